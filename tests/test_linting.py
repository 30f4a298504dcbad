"""ruff and mypy find nothing: style, layout of the code, types."""

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
