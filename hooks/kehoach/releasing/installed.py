"""The program as an administrator installed it beside a repository: the only one that a push runs.

A push changes what is said: `content/`, and of `mkdocs.yml` what is the department's to say. Code,
theme, locks and the rest of `mkdocs.yml` stay those of the administrator until he installs others.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kehoach.releasing.problem import PublishError, TargetError

SETTINGS = "mkdocs.yml"
_LOCKS = ("", "-import", "-store", "-test")
_PARTS = ("build.py", "hooks", "theme", *(f"requirements{kind}.lock" for kind in _LOCKS))
# What of mkdocs.yml is the department's (https://www.mkdocs.org/user-guide/configuration/); the rest
# names code, templates and files that run on the server.
_SAID = frozenset(
    ["site_name", "site_url", "site_description", "site_author", "copyright", "nav", "extra"]
)
_LARGEST = 1024 * 1024  # bytes of mkdocs.yml


@dataclass(frozen=True, slots=True)
class Program:
    """An installed program in a folder of its own."""

    folder: Path

    @classmethod
    def install(cls, source: Path, room: Path) -> "Program":
        """Copy the program in the folder `source` under `room`; what is the same already stays."""
        if not (source / SETTINGS).is_file():
            raise TargetError([f"{source} không phải thư mục chương trình: thiếu {SETTINGS}"])
        state = hashlib.sha256()
        for path in _files(source):
            state.update(path.relative_to(source).as_posix().encode() + b"\0")
            state.update(hashlib.sha256(path.read_bytes()).digest())
        folder = room / "program" / state.hexdigest()[:16]
        if not folder.is_dir():
            fresh = folder.with_name(f".{folder.name}")
            shutil.rmtree(fresh, ignore_errors=True)
            for path in _files(source):
                copy = fresh / path.relative_to(source)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, copy)
            fresh.rename(folder)
        for other in folder.parent.iterdir():
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)
        return cls(folder)

    @property
    def command(self) -> list[str]:
        """The words that begin a command of the program: its own build.py, or where the administrator has the
        program from a wheel, the package."""
        if (self.folder / "build.py").is_file():
            return [sys.executable, str(self.folder / "build.py")]
        return [sys.executable, "-P", "-m", "kehoach"]

    @property
    def content(self) -> str:
        """The folder of texts, as the administrator's settings name it."""
        return str(
            read_settings((self.folder / SETTINGS).read_text("utf-8")).get("docs_dir") or "docs"
        )

    def lay(self, worktree: Path, pushed: str) -> list[str]:
        """Make `worktree`, which holds the texts, a project of this program with the settings `pushed`.

        Returns the keys of `pushed` that are the program's to set and say otherwise there. Raises
        PublishError where `pushed` is not plain YAML.
        """
        for name in ("theme", "hooks"):
            link = worktree / name
            if not link.is_symlink() and (self.folder / name).is_dir():
                shutil.rmtree(link, ignore_errors=True)
                link.symlink_to(self.folder / name)
        said, own = (
            read_settings(pushed),
            read_settings((self.folder / SETTINGS).read_text("utf-8")),
        )
        mine = {key: value for key, value in own.items() if key not in _SAID}
        theirs = {key: value for key, value in said.items() if key not in _SAID}
        keys = {*mine, *theirs}
        differing = sorted(key for key in keys if mine.get(key) != theirs.get(key))
        if differing:
            merged = {key: value for key, value in said.items() if key in _SAID} | mine
            pushed = yaml.safe_dump(merged, allow_unicode=True, sort_keys=False)
        settings = worktree / SETTINGS
        settings.unlink(missing_ok=True)  # it may be a link
        settings.write_text(pushed, "utf-8")
        return differing

    def differing(self, repository: Path, commit: str, environment: dict[str, str]) -> list[str]:
        """The parts of the program that `commit` has in another form, be it in files that it lacks;
        none of a repository that holds no program."""
        listed = subprocess.run(
            ["git", "ls-tree", "-r", "-z", "--full-tree", commit, "--", *_PARTS],
            cwd=repository,
            env=environment,
            capture_output=True,
            check=True,
        ).stdout
        theirs = {}
        for entry in filter(None, listed.split(b"\0")):
            head, _, name = entry.partition(b"\t")
            theirs[os.fsdecode(name)] = head.split()[2].decode()
        if not theirs:
            return []
        paths = [path for path in _files(self.folder) if path != self.folder / SETTINGS]
        hashes = subprocess.run(
            ["git", "hash-object", "--no-filters", "--stdin-paths"],
            cwd=repository,
            env=environment,
            input="".join(f"{path}\n" for path in paths).encode(),
            capture_output=True,
            check=True,
        ).stdout.split()
        names = [path.relative_to(self.folder).as_posix() for path in paths]
        mine = dict(zip(names, map(bytes.decode, hashes), strict=True))
        changed = {name for name in {*mine, *theirs} if mine.get(name) != theirs.get(name)}
        return sorted({name.split("/", 1)[0] for name in changed})


def _files(root: Path) -> Iterator[Path]:
    """The files of a program, in order."""
    for name in (*_PARTS, SETTINGS):
        path = root / name
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in found if file.is_file() and "__pycache__" not in file.parts)


def read_settings(text: str) -> dict[str, Any]:
    """The settings in `text`, plain YAML: a tag (`!!python/…`, `!ENV`) could run code or tell secrets.

    Raises PublishError where it is none.
    """
    if len(text) > _LARGEST:
        raise PublishError([f"{SETTINGS} dài quá {_LARGEST // 1024} KB"])
    try:
        found = yaml.safe_load(text)
    except RecursionError:
        raise PublishError([f"{SETTINGS} lồng quá nhiều tầng"]) from None
    except yaml.YAMLError as error:
        problem = str(getattr(error, "problem", None) or error).splitlines()[0]
        raise PublishError([f"{SETTINGS} không dùng được trên máy chủ: {problem}"]) from None
    if not isinstance(found, dict) or not all(isinstance(key, str) for key in found):
        raise PublishError([f"{SETTINGS} không phải một nhóm `khoá: giá trị`"])
    return found
