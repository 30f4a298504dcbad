"""The same site where the system has less: no fork, no flock, no links, no exchange of two names."""

import subprocess
import sys
from pathlib import Path

import pytest

from conftest import build, contents

# What Windows has not, taken away before the program begins.
POOR = """
import ctypes, os, sys

def refuse(*_, **__):
    raise OSError("not here")

sys.modules["fcntl"] = None
for name in ("fork", "sched_getaffinity", "O_DIRECTORY"):
    delattr(os, name)
os.link = os.symlink = ctypes.CDLL = refuse
os.supports_dir_fd = os.supports_dir_fd - {os.stat}
sys.path.insert(0, "hooks")
from kehoach import command_line
command_line.main()
"""


def poor(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", POOR, *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


@pytest.mark.heavy
def test_the_site_is_the_same_cold_and_after_an_edit(checkout, tmp_path):
    out, rich = tmp_path / "poor", tmp_path / "rich"
    plan = checkout / "content/ke-hoach/2022/ngay-khcn-quang-ngai.md"
    for edit in ("", "\nThêm một câu.\n"):
        plan.write_text(plan.read_text("utf-8") + edit, "utf-8")
        done = poor(checkout, "build", "--out", str(out), "--without", "prints")
        assert done.returncode == 0, done.stderr
        build(checkout, rich, "--without", "prints", "--clean")
        assert contents(out) == contents(rich)


def test_check_works_and_publishing_says_where_it_does(checkout, tmp_path):
    done = poor(checkout, "check")
    assert done.returncode == 0, done.stderr
    done = poor(checkout, "publish", str(tmp_path / "srv"))
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        2,
        "Công bố chạy trên Linux: đẩy lên máy chủ Git, hoặc để CI công bố thay.",
    )
    assert not (tmp_path / "srv").exists()
