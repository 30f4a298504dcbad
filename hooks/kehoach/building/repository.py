"""The commit that a project stands at, by Git; where there is none, why."""

import os
import subprocess
from pathlib import Path
from typing import NamedTuple

from kehoach.building.problem import SetupError


class Head(NamedTuple):
    """The commit that is checked out, its time in seconds since the epoch, both "" where there is none;
    whether Git has only the last part of its history."""

    commit: str = ""
    seconds: str = ""
    is_shallow: bool = False


def read_head(root: Path) -> Head:
    """The commit that is checked out at `root`, with what Git cannot tell of it.

    Raises SetupError where there is a repository that Git does not read, with Git's own words.
    """
    try:
        done = _run(root, "log", "-1", "--format=%H %ct")
    except FileNotFoundError:
        if _is_within(root):
            raise SetupError("Thư mục này là kho Git nhưng máy chưa có git: cài gói git.") from None
        return Head()
    if done.returncode == 0:
        commit, _, seconds = done.stdout.strip().partition(" ")
        return Head(commit, seconds, _is_shallow(root))
    if not _is_within(root) or "does not have any commits yet" in done.stderr:
        return Head()
    said = "\n".join(line.strip() for line in done.stderr.strip().splitlines() if line.strip())
    raise SetupError(f"Git không đọc được kho của thư mục này:\n{said}")


def _is_shallow(root: Path) -> bool:
    return _run(root, "rev-parse", "--is-shallow-repository").stdout.strip() == "true"


def _is_within(root: Path) -> bool:
    """Whether `root` lies in what is meant to be a repository."""
    whole = root.resolve()
    return any(os.path.lexists(folder / ".git") for folder in (whole, *whole.parents))


def _run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["git", "-c", "log.showSignature=false", *arguments]
    environment = os.environ | {"LC_ALL": "C"}  # its words are compared
    return subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
