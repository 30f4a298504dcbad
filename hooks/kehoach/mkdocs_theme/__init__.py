"""The theme that MkDocs finds as `theme: {name: kehoach}`: Material's layout, under ours (see building.theming)."""
