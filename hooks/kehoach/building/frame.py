"""The frame that MkDocs and the theme give a site: layouts, and static files.

MkDocs makes them in one run without pages. They are kept as long as `mkdocs.yml`, the theme and the
installed packages are the same; while they are, MkDocs is not run.
"""

import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from kehoach.artefact import Artefact, Plain
from kehoach.building.layout import Layout
from kehoach.building.store import Store
from kehoach.hashing import digest_of, fingerprint
from kehoach.pages.page import Templates

Layouts = dict[str, Layout]
_NOTES = "notes"  # under which all but the files is kept


class Frame:
    """The frame of a site, kept in `folder`; `run` has MkDocs put the static files into a folder
    and gives the layouts of some sections."""

    def __init__(
        self,
        folder: Path,
        key: str,
        templates: Templates,
        run: Callable[[Path, set[str]], tuple[str, Layouts]],
        sections: set[str],
    ) -> None:
        self._folder = folder
        self._kept = Store(folder, trusted=True)
        self._key = key
        self._run = run
        self.templates = templates
        self.assets = ""  # the folder of the site that holds the theme's scripts, styles and fonts
        self.statics: dict[str, str] = {}  # path -> hash
        self._layouts: Layouts = {}
        if not self._read():
            self._make(sections)

    def gives(self, path: str) -> bool:
        """Whether one of the static files stands at `path` of the site."""
        return path in self.statics

    def layout(self, section: str) -> Layout:
        if section not in self._layouts:
            self._make({*self._layouts, section})
        return self._layouts[section]

    def files(self) -> Iterator[Artefact]:
        """The static files."""
        for path, content in self.statics.items():
            yield Plain(path, content, partial(self._file, path))

    def _file(self, path: str) -> bytes:
        """One of the static files; all are made again where it is not what it was."""
        if digest_of(self._folder / "files" / path) != self.statics[path]:
            self._make(set(self._layouts))
        return (self._folder / "files" / path).read_bytes()

    def _read(self) -> bool:
        content = self._kept.get(_NOTES)
        if content is None:
            return False
        key, assets, statics, layouts = pickle.loads(content)
        if key != self._key:
            return False
        self.assets, self.statics, self._layouts = assets, statics, layouts
        return True

    def _make(self, sections: set[str]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=self._folder) as beside:
            files = Path(beside) / "files"
            files.mkdir()
            self.assets, self._layouts = self._run(files, sections)
            self._kept.forget(_NOTES)
            shutil.rmtree(self._folder / "files", ignore_errors=True)
            files.rename(self._folder / "files")
        files = self._folder / "files"
        self.statics = {
            path.relative_to(files).as_posix(): digest_of(path)
            for path in sorted(files.rglob("*"))
            if path.is_file()
        }
        content = pickle.dumps(
            (self._key, self.assets, self.statics, self._layouts), pickle.HIGHEST_PROTOCOL
        )
        self._kept.put(_NOTES, content)


class ByHand:
    """The frame of a site that MkDocs is building: it has put the static files in their places itself."""

    statics: ClassVar[dict[str, str]] = {}

    def __init__(
        self, templates: Templates, assets: str, render: Callable[[str], Layout], folder: Path
    ) -> None:
        self.templates = templates
        self.assets = assets
        self.layout = cache(render)
        self._folder = folder
        self.gives = cache(self._gives)  # as it was before anything of ours was put there

    def files(self) -> Iterator[Artefact]:
        """None: all stand in their places already."""
        return iter(())

    def _gives(self, path: str) -> bool:
        return (self._folder / path).is_file()


def state_of(folder: Path) -> str:
    """A hash of which files are in `folder` and of what is in them: a theme is small."""
    found = (Path(where) / name for where, _, names in os.walk(folder) for name in names)
    return fingerprint(
        [[path.relative_to(folder).as_posix(), digest_of(path)] for path in sorted(found)]
    )
