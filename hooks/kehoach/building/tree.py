"""The site as files. Two folders take turns: one is public, the other becomes the next site.

A build brings the private one up to date, which takes as many writes as files differ (the first time
it is made, by links), and then the two change places in one step. A file that both have is one file
with two names; it is never written to, only replaced.
"""

import contextlib
import ctypes
import os
import pickle
import shutil
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kehoach.building.problem import SetupError

_AT_FDCWD = -100  # of linux/fcntl.h
_RENAME_EXCHANGE = 2  # of linux/fs.h

# Windows would write two bytes for each end of line.
_WRITING = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class Stamps(NamedTuple):
    """When each of some folders changed, in ns: how many they are, and the times, pickled until they are
    looked at."""

    number: int
    pickled: bytes

    @classmethod
    def of(cls, times: dict[str, int]) -> "Stamps":
        return cls(len(times), pickle.dumps(times, pickle.HIGHEST_PROTOCOL))

    @property
    def times(self) -> dict[str, int]:
        found: dict[str, int] = pickle.loads(self.pickled)
        return found


# By the year that folders belong to; under "" those of none, and those that hold a year.
Years = dict[str, Stamps]

# Folders that one build looks at, beside those under "": all that 500 plans with 4,000 events have. In a
# larger site years take turns, for a look at all of it would take longer than the build of an edit.
LOOKS = 6_000


class Notes(NamedTuple):
    """How a build left the two folders: their inodes, the public one's stamps and the private one's,
    and the files in which the private one is a build behind. `private` is 0 where there is none;
    `looked` is the last year whose folders the build looked at."""

    public: int
    stamps: Years
    private: int
    private_stamps: Years
    behind: list[str]
    looked: str = ""


class Folder:
    """A folder that files are put into; `changed` are those that were, `touched` the folders they are in.

    `bare` says that it held nothing, so that what is put into it has nothing to replace.
    """

    def __init__(self, root: Path, *, bare: bool = False) -> None:
        self.root = root
        self.bare = bare
        self.changed: set[str] = set()
        self.touched: set[str] = set()

    def write(self, path: str, content: bytes) -> None:
        """Put a file in place of the one at its path, whose bytes stay: they may have another name elsewhere."""
        file = os.open(self._clear(path), _WRITING, 0o666)
        try:
            while content:  # one write may take less than all
                content = content[os.write(file, content) :]
        finally:
            os.close(file)

    def link(self, path: str, source: Path | str) -> None:
        """Link the file `source` under another name."""
        target = self._clear(path)
        try:
            os.link(source, target)
        except OSError:  # another file system, or one without links
            shutil.copyfile(source, target)

    def remove(self, path: str) -> None:
        """Remove a file, and the folders that it leaves empty."""
        self.changed.add(path)
        # What stands where its folder was, or is a folder itself by now, has taken its place.
        with contextlib.suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
            os.unlink(f"{self.root}/{path}")
        folder = os.path.dirname(path)
        self.touched.add(folder)
        while folder and not _entries(f"{self.root}/{folder}"):
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                os.rmdir(f"{self.root}/{folder}")
            folder = os.path.dirname(folder)
            self.touched.add(folder)

    def note(self, paths: Iterable[str]) -> None:
        """Note that another process has put `paths` here."""
        for path in paths:
            self.changed.add(path)
            folder = os.path.dirname(path)
            while folder not in self.touched:
                self.touched.add(folder)
                folder = os.path.dirname(folder)

    def _clear(self, path: str) -> str:
        target, folder = f"{self.root}/{path}", os.path.dirname(path)
        new = self.bare and path not in self.changed
        known = folder in self.touched
        self.note([path])
        if new:
            if not known:
                self._make(f"{self.root}/{folder}")
            return target
        try:
            os.unlink(target)
        except FileNotFoundError:
            self._make(f"{self.root}/{folder}")
        except IsADirectoryError:
            shutil.rmtree(target)
        except NotADirectoryError:  # an earlier build's file is where a folder is to be
            while not os.path.lexists(f"{self.root}/{folder}"):
                folder = os.path.dirname(folder)
            os.unlink(f"{self.root}/{folder}")
            self._make(os.path.dirname(target))
        return target

    def _make(self, folder: str) -> None:
        """Make `folder`, whose own folder is mostly there.

        Raises SetupError where somebody took all away: what is left would pass for the whole site.
        """
        with contextlib.suppress(FileExistsError):
            try:
                os.mkdir(folder)
            except FileNotFoundError:
                if not os.path.isdir(self.root):
                    message = f"{self.root} bị xoá trong khi đang dựng. Hãy chạy lại lệnh này."
                    raise SetupError(message) from None
                os.makedirs(folder, exist_ok=True)


class Tree:
    """The public folder `out` and the private one `beside`, as `notes` say that they were left."""

    def __init__(self, out: Path, beside: Path, notes: Notes | None) -> None:
        self.out = out
        self._resting = beside
        self._notes = notes
        self.next = Folder(beside.with_name(f"{beside.name}.next"))
        self._years = _due(notes) if notes else []
        self._rests = notes is not None and self._holds_private(notes)
        self.stands = notes is not None and self._holds_public(notes)

    def open(self) -> None:
        """Make the private folder what the public one is; empty, where that is not as it was left."""
        root, notes = self.next.root, self._notes
        shutil.rmtree(root, ignore_errors=True)
        if notes and self.stands and self._rests:
            self._resting.rename(root)
            behind: Iterable[str] = notes.behind
        else:
            shutil.rmtree(self._resting, ignore_errors=True)
            root.mkdir(parents=True)
            self.next.bare = True
            self.next.touched.add("")
            behind = _files(self.out) if self.stands else ()
        for path in behind:
            self._take(path)
        self.next.bare = not self.stands
        self.next.changed.clear()  # that is how it is in public

    def _holds_private(self, notes: Notes) -> bool:
        """Whether the private folder is as it was left, as far as this build looks."""
        resting = self._resting
        same = _inode(resting) == notes.private != 0
        return same and _holds(str(resting), notes.private_stamps, self._years)

    def _holds_public(self, notes: Notes) -> bool:
        """Whether the public folder is; the whole of it, where the private one is to be made from it."""
        years = self._years if self._rests else list(notes.stamps)
        return _inode(self.out) == notes.public and _holds(str(self.out), notes.stamps, years)

    def _take(self, path: str) -> None:
        source = self.out / path
        if source.is_file():
            self.next.link(path, source)
        else:
            self.next.remove(path)

    def close(self) -> Notes:
        """Publish what was put into the private folder, in one step; return how the two are left, to be noted.

        Raises OSError where the two cannot be exchanged; then nothing is published.
        """
        notes = self._notes if self.stands else None
        stamps = dict(notes.private_stamps) if notes else {}
        _stamp(self.next.root, self.next.touched, stamps)
        if notes and not self.next.changed:
            self.next.root.rename(self._resting)
            private = _inode(self._resting)
            return Notes(notes.public, notes.stamps, private, stamps, [], self._years[-1])
        was_there = self.out.exists()
        try:
            exchange(self.next.root, self.out)
        except OSError:
            shutil.rmtree(self.next.root, ignore_errors=True)
            raise
        if not notes:  # another than was left: the next build makes the private one anew
            if was_there:
                shutil.rmtree(self.next.root)
            return Notes(_inode(self.out), stamps, 0, {}, [])
        self.next.root.rename(self._resting)
        behind = sorted(self.next.changed)
        private, looked = _inode(self._resting), self._years[-1]
        return Notes(_inode(self.out), stamps, private, notes.stamps, behind, looked)


def exchange(one: Path, other: Path) -> None:
    """Let two folders change places, in one step where the system can (Linux, renameat2)."""
    one.stat()  # before anything is moved for one that is not there
    if not other.exists():
        one.rename(other)
        return
    with contextlib.suppress(OSError, AttributeError, TypeError):
        rename = ctypes.CDLL(None).renameat2
        paths = os.fsencode(one), os.fsencode(other)
        if rename(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE) == 0:
            return
    between = other.with_name(f"{other.name}.{os.getpid()}")
    other.rename(between)
    one.rename(other)
    between.rename(one)


def _stamp(root: Path, folders: Iterable[str], stamps: Years) -> None:
    """Write into `stamps` when `folders` changed; those that are gone have none."""
    new: dict[str, dict[str, int]] = {}
    for folder in folders:
        year = _year_of(folder)
        if year not in new:
            new[year] = stamps[year].times if year in stamps else {}
        new[year].pop(folder, None)
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            new[year][folder] = os.stat(f"{root}/{folder}/.").st_mtime_ns  # of a folder, no file
    stamps |= {year: Stamps.of(times) for year, times in new.items()}


def _year_of(folder: str) -> str:
    """The year under which a folder has its stamp: of "ke-hoach/2022/x" 2022."""
    parts = folder.split("/", 2)
    return parts[1] if len(parts) == 3 and parts[1].isdecimal() else ""


def _due(notes: Notes) -> list[str]:
    """The years whose folders a build looks at: "", and as many as `LOOKS` allows, but one at least,
    beginning after the one that was looked at last."""
    years = sorted(notes.stamps.keys() - {""})
    first = bisect_right(years, notes.looked)
    found, left = [""], LOOKS
    for year in years[first:] + years[:first]:
        left -= notes.stamps[year].number
        if left < 0 and len(found) > 1:
            break
        found.append(year)
    return found


def _holds(root: str, found: Years, years: list[str]) -> bool:
    """Whether the folders of `years` under `root` have changed at the times that are `found`, and no other."""
    stamps: dict[str, int] = {}
    for year in filter(found.__contains__, years):
        stamps |= found[year].times
    if os.stat not in os.supports_dir_fd:  # as on Windows: the whole way each time
        try:
            return all(os.stat(f"{root}/{path}").st_mtime_ns == was for path, was in stamps.items())
        except OSError:
            return False
    try:
        top = os.open(root, os.O_DIRECTORY)
        try:
            return all(
                os.stat(path or ".", dir_fd=top).st_mtime_ns == was for path, was in stamps.items()
            )
        finally:
            os.close(top)
    except OSError:
        return False


def _inode(folder: Path) -> int:
    try:
        return os.stat(folder).st_ino
    except OSError:
        return 0


def _entries(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return []


def _files(root: Path) -> Iterator[str]:
    prefix = len(f"{root}/")
    for where, _, names in os.walk(root):
        for name in names:
            yield f"{where}/{name}"[prefix:]
