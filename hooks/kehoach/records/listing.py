"""The files in `content/`: those that are read, and those that are left alone and why."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISDIR, S_ISREG

# What editors, office programs and file managers leave beside the files that people mean.
_LEFTOVER = re.compile(
    r".*~|#.*#|~\$.*|\.~lock\..*#|~WRL.*\.tmp|.*\.(?:bak|sw[opx]|tmp|orig|rej|part|crdownload)"
    r"|Thumbs\.db|ehthumbs\.db|desktop\.ini",
    re.IGNORECASE | re.DOTALL,
)

_GIT = re.compile(r"\.git(?:keep|ignore|attributes|modules)?")


@dataclass
class Listing:
    """The files of a folder by their paths under it.

    `outward` are links that lead out of the folder, `special` are neither files nor folders, or are
    repositories of their own; neither is ever opened. `leftovers` are of no interest to anybody;
    `hidden` are files whose name, or whose folder's, begins with a dot, but for Git's own.
    """

    files: dict[str, tuple[str, os.stat_result]] = field(default_factory=dict)
    outward: list[str] = field(default_factory=list)
    special: list[str] = field(default_factory=list)
    leftovers: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)

    @property
    def strange(self) -> list[list[str]]:
        """The paths that rules find fault with, beside those of files that are read."""
        return [self.outward, self.special]


def look(content: Path) -> Listing:
    """All of `content`, each list in the order of paths.

    A link that leads nowhere, or round, is a file that cannot be read.
    """
    listing = Listing()
    _Walk(os.path.realpath(content), listing).enter(str(content), "", ())
    listing.files = dict(sorted(listing.files.items()))
    for names in (listing.outward, listing.special, listing.leftovers, listing.hidden):
        names.sort()
    return listing


class _Walk:
    def __init__(self, root: str, listing: Listing) -> None:
        self.root = root
        self.listing = listing

    def enter(self, folder: str, prefix: str, above: tuple[Path, ...]) -> None:
        """`above` are the folders that links led away from."""
        with os.scandir(folder) as entries:
            for entry in entries:
                self.take(entry, folder, prefix, above)

    def take(
        self, entry: os.DirEntry[str], folder: str, prefix: str, above: tuple[Path, ...]
    ) -> None:
        name = prefix + entry.name
        if entry.is_symlink() and not self.is_inside(entry.path):
            self.listing.outward.append(name)
            return
        if _LEFTOVER.fullmatch(entry.name) and not entry.is_dir(follow_symlinks=False):
            self.listing.leftovers.append(name)
            return
        if entry.name.startswith("."):
            if not _GIT.fullmatch(entry.name):
                self.listing.hidden += _below(entry.path, name)
            return
        try:
            stat = entry.stat()
        except OSError:
            stat = entry.stat(follow_symlinks=False)
        if S_ISDIR(stat.st_mode) and entry.is_symlink():
            above = (*above, Path(folder).resolve())
            target = Path(entry.path).resolve()
            if any(place.is_relative_to(target) for place in above):
                stat = entry.stat(follow_symlinks=False)
        if S_ISDIR(stat.st_mode) and os.path.lexists(os.path.join(entry.path, ".git")):
            self.listing.special.append(name)  # Git keeps none of its files with the others
        elif S_ISDIR(stat.st_mode):
            self.enter(entry.path, f"{name}/", above)
        elif S_ISREG(stat.st_mode) or entry.is_symlink():
            self.listing.files[name] = entry.path, stat
        else:
            self.listing.special.append(name)

    def is_inside(self, path: str) -> bool:
        target = os.path.realpath(path)
        return target == self.root or target.startswith(f"{self.root}{os.sep}")


def _below(path: str, name: str) -> list[str]:
    """The file at `path`, called `name`, or all files of the folder there; no link is followed."""
    if not os.path.isdir(path) or os.path.islink(path):
        return [name]
    return [
        f"{name}{folder.removeprefix(path)}/{file}".replace(os.sep, "/")
        for folder, _, files in os.walk(path)
        for file in files
    ]
