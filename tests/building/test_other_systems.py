"""The same site where the system has less: no fork, no flock, no links, no exchange of two names; the same
findings where names that differ in case are one."""

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


# A disk as those of Windows and macOS: it has "Anh.png" where somebody asks for "anh.png".
FOLDING = """
import io, os

def found(path):
    here = os.sep if os.path.isabs(path) else "."
    for part in os.path.relpath(path, here).split(os.sep):
        names = os.listdir(here) if os.path.isdir(here) else ()
        part = next((name for name in names if name.casefold() == part.casefold()), part)
        here = os.path.join(here, part)
    return here

def folding(real):
    def call(path, *arguments, **named):
        try:
            return real(path, *arguments, **named)
        except FileNotFoundError:
            if isinstance(path, int) or not path or named.get("dir_fd") is not None:
                raise
            return real(found(os.fsdecode(path)), *arguments, **named)
    return call

os.stat, os.lstat, io.open = folding(os.stat), folding(os.lstat), folding(io.open)
"""


def poor(root: Path, *arguments: str, more: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", more + POOR, *arguments]
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


def test_findings_are_the_same_where_case_is_nothing(checkout):
    page = "# Trang\n\n[x](huong-dan/BAT-dau.md) ![Ảnh](ANH.svg)\n"
    (checkout / "content/trang.md").write_text(page, "utf-8")
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
    (checkout / "content/anh.svg").write_text(svg, "utf-8")
    settings = checkout / "mkdocs.yml"
    text = settings.read_text("utf-8").replace("  custom_dir:", "  logo: ANH.svg\n  custom_dir:")
    settings.write_text(text + "extra_css: [assets/CSS/site.css]\n", "utf-8")
    told = [poor(checkout, "check", more=more) for more in ("", FOLDING)]
    assert told[0].returncode == told[1].returncode == 1
    assert told[0].stdout == told[1].stdout
    for rule in ("broken-link", "refused-setting"):
        assert f"[{rule}]" in told[0].stdout, told[0].stdout
