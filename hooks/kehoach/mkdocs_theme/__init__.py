"""What MkDocs finds under `theme: {name: kehoach}`: Material's layout, under ours (see building.theming)."""
