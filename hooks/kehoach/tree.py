"""The site as files. Two folders take turns: one is public, the other becomes the next site.

A build brings the private one up to date, which takes as many writes as files differ, and then the
two change places in one step. A file that both have is one file with two names; it is never
written to, only replaced.
"""

import contextlib
import ctypes
import os
import pickle
import shutil
from collections.abc import Iterable
from pathlib import Path

from kehoach.cache import read_sealed, write_sealed

_AT_FDCWD = -100  # of linux/fcntl.h
_RENAME_EXCHANGE = 2  # of linux/fs.h


class Tree:
    """A folder, and what is known of it: the fingerprint of each file, and when each folder changed."""

    def __init__(self, folder: Path, notes: Path) -> None:
        self.folder = folder
        self.notes = notes
        self.prints: dict[str, str] = {}
        self._changed: dict[str, int] = {}

    def read(self) -> None:
        """Learn from the notes what is in the folder; nothing, where it is not as it was left."""
        content = read_sealed(self.notes)
        if content is None:
            return
        prints, changed = pickle.loads(content)
        root = str(self.folder)
        if all(_changed(f"{root}/{folder}") == when for folder, when in changed.items()):
            self.prints, self._changed = prints, changed
        else:
            self.notes.unlink()

    def open(self) -> None:
        """Begin to write: from here to `close` the notes say nothing."""
        self.notes.unlink(missing_ok=True)
        if not self.prints:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
            self._changed = {"": 0}

    def write(self, path: str, content: bytes) -> None:
        """A file is replaced, never changed: the other tree may have it too."""
        target = self._place(path)
        with contextlib.suppress(FileNotFoundError):
            os.unlink(target)
        file = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            with open(file, "wb", closefd=False) as stream:
                stream.write(content)
        finally:
            os.close(file)

    def link(self, path: str, source: str) -> None:
        """The same file as `source`, an absolute path, under another name."""
        target = self._place(path)
        with contextlib.suppress(FileNotFoundError):
            os.unlink(target)
        try:
            os.link(source, target)
        except OSError:  # another file system, or one without links
            shutil.copyfile(source, target)

    def touch(self, paths: Iterable[str]) -> None:
        """Another process has written `paths` here."""
        for path in paths:
            folder = os.path.dirname(path)
            while folder and self._changed.get(folder) != 0:
                self._changed[folder] = 0
                folder = os.path.dirname(folder)
            self._changed[""] = 0

    def copy(self, source: Path, prints: dict[str, str]) -> None:
        """Become what `source` is, for the next time."""
        self.prints = {}
        self.open()
        for path in prints:
            self.link(path, f"{source}/{path}")
        self.close(prints)

    def remove(self, path: str) -> None:
        """Remove a file, and the folders that it leaves empty."""
        with contextlib.suppress(FileNotFoundError):
            os.unlink(f"{self.folder}/{path}")
        folder = os.path.dirname(path)
        while folder and not os.listdir(f"{self.folder}/{folder}"):
            os.rmdir(f"{self.folder}/{folder}")
            self._changed.pop(folder, None)
            folder = os.path.dirname(folder)
            self._changed[folder] = 0

    def close(self, prints: dict[str, str]) -> None:
        """Note that the folder holds exactly `prints`."""
        for folder in _folders(prints):
            when = self._changed.get(folder, 0)
            self._changed[folder] = when or _changed(f"{self.folder}/{folder}")
        self.prints = prints
        self.notes.parent.mkdir(parents=True, exist_ok=True)
        content = pickle.dumps((prints, self._changed), pickle.HIGHEST_PROTOCOL)
        write_sealed(self.notes, content)

    def _place(self, path: str) -> str:
        folder = os.path.dirname(path)
        if folder not in self._changed:
            os.makedirs(f"{self.folder}/{folder}", exist_ok=True)
            self._changed[os.path.dirname(folder)] = 0
        self._changed[folder] = 0
        return f"{self.folder}/{path}"


def exchange(one: Path, other: Path) -> None:
    """Let two folders change places, in one step where the system can (Linux, renameat2)."""
    if not other.exists():
        one.rename(other)
        return
    with contextlib.suppress(OSError, AttributeError):
        rename = ctypes.CDLL(None).renameat2
        paths = os.fsencode(one), os.fsencode(other)
        if rename(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE) == 0:
            return
    between = other.with_name(f"{other.name}.{os.getpid()}")
    other.rename(between)
    one.rename(other)
    between.rename(one)


def _folders(paths: Iterable[str]) -> set[str]:
    found = {""}
    for path in paths:
        folder = os.path.dirname(path)
        while folder not in found:
            found.add(folder)
            folder = os.path.dirname(folder)
    return found


def _changed(folder: str) -> int:
    try:
        return os.stat(folder).st_mtime_ns
    except OSError:
        return -1
