"""ruff and mypy find nothing: style, layout of the code, types."""

import re
import subprocess
import sys

import pytest

CHECKED = ["build.py", "hooks", "tests"]


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", *CHECKED],
        ["ruff", "format", "--check", *CHECKED],
        ["mypy"],  # what it reads and how strictly: pyproject.toml
    ],
    ids=["style", "layout", "types"],
)
def test_nothing_is_found(root, command):
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_pattern_is_matched_otherwise_by_the_oldest_python(root):
    """Before 3.11.5, which Debian 12 lacks, a possessive group misses what it should match (gh-106052)."""
    possessive = re.compile(r"(?<!\\)\)(?:[*+?]|\{\d*,?\d*\})\+")
    found = [
        f"{path.relative_to(root)}:{number}"
        for path in [root / "build.py", *(root / "hooks").rglob("*.py")]
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if possessive.search(line)
    ]
    assert found == []
