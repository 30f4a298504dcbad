"""The versions of files that Git holds, along the line of first parents."""

import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from kehoach.records.document import Document
from kehoach.records.library import parse_document
from kehoach.site import TIMEZONE

# What a user's own settings would add to the output, or leave out of it.
_PLAIN = ("-c", "log.showSignature=false", "-c", "log.showRoot=true", "-c", "color.ui=false")
_LOG = (
    *("log", "--first-parent", "-m", "--raw", "-z", "--no-abbrev", "-M", "--no-ext-diff"),
    *("--relative", "--format=%x01%H %ct", "--"),
)


class Commit(NamedTuple):
    """One commit; `when` is the committer's time, in Asia/Ho_Chi_Minh."""

    hash: str
    when: datetime


class Version(NamedTuple):
    """A file as one commit left it; `blob` is "" where it deleted the file.

    `known` is False at the edge of a shallow clone: so by then, but since who knows when.
    """

    commit: Commit
    path: str
    blob: str
    known: bool


def git(root: Path, *arguments: str) -> str:
    """The output of a Git command, whatever the user's own settings; raises subprocess.CalledProcessError."""
    command = ["git", *_PLAIN, *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "surrogateescape")


def differing(root: Path, name: str) -> set[str]:
    """The files in the folder `name` that differ from the last commit."""
    return set(git(root, "diff", "--name-only", "--relative", "-z", "HEAD", "--", name).split("\0"))


def read_chains(root: Path, name: str) -> dict[str, tuple[Version, ...]]:
    """The versions of every file in the folder `name`, newest first, by its last path."""
    cut = edge(root)
    log = git(root, *_LOG, name)
    chains: dict[str, list[Version]] = {}
    later: dict[str, str] = {}  # a path of the past -> the path it has now
    for block in log.split("\x01")[1:]:
        head, *entries = block.split("\0")
        commit_hash, seconds = head.split()
        commit = Commit(commit_hash, datetime.fromtimestamp(int(seconds), TIMEZONE))
        renamed: dict[str, str] = {}
        for blob, before, after in _raw(entries):
            now = later.get(after, after)
            chains.setdefault(now, []).append(Version(commit, after, blob, commit_hash not in cut))
            if before:
                renamed[before] = now
        later.update(renamed)
    return {path: tuple(chain) for path, chain in chains.items()}


def _raw(entries: list[str]) -> Iterator[tuple[str, str, str]]:
    """(blob or "", old path of a renamed file or "", path) of the records of `git log --raw -z`."""
    fields = iter(entries)
    for entry in fields:
        if entry.startswith((":", "\n:")):
            _, _, _, blob, status = entry.split()
            before = next(fields) if status[0] == "R" else ""
            yield ("" if status == "D" else blob), before, next(fields)


def edge(root: Path) -> set[str]:
    """The commits that a shallow clone was cut at: they seem to add every file."""
    shallow = root / git(root, "rev-parse", "--git-path", "shallow").strip()
    return set(shallow.read_text().split()) if shallow.exists() else set()


class Blobs:
    """Older versions of files, as records, by one `git cat-file --batch`, started when asked.

    `name` is the content's folder as Git calls it.
    """

    def __init__(self, root: Path, name: str) -> None:
        self._root = root
        self._name = name
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Blobs":
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            self._process.communicate()

    def document(self, version: Version) -> Document | None:
        """The record that the version was; None where it was not valid."""
        raw = self._read(version.blob)
        file = version.path.removeprefix(f"{self._name}/")
        return None if raw is None else parse_document(raw, file, name=self._name)

    def _read(self, blob: str) -> bytes | None:
        if self._process is None:
            command = ["git", "cat-file", "--batch"]
            pipe = subprocess.PIPE
            self._process = subprocess.Popen(command, cwd=self._root, stdin=pipe, stdout=pipe)
        asked, answers = self._process.stdin, self._process.stdout
        assert asked
        assert answers
        asked.write(f"{blob}\n".encode())
        asked.flush()
        _, kind, *size = answers.readline().split()
        if kind != b"blob":
            return None
        raw = answers.read(int(size[0]))
        answers.read(1)
        return raw
