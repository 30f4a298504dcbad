"""Long commands say what they do: a bar that moves on a terminal, plain lines in CI, nothing when quiet."""

import os
import re
import signal
import subprocess
import sys

import pytest

pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")

WORK = """
import time
from kehoach import command_line, progress

def work():
    progress.show(quiet={quiet})
    for _ in progress.over("Bản in", range(40), 40):
        time.sleep({pause})
    return 0

command_line.conduct(work)
"""


def command(*, pause=0.03, quiet=False):
    return [sys.executable, "-c", WORK.format(pause=pause, quiet=quiet)]


@pytest.fixture
def terminal(root):
    """Runs a command on a terminal of its own; gives the process and what reads all it shows."""
    opened = []

    def begin(arguments):
        mine, theirs = pty.openpty()
        opened.append(mine)
        environment = os.environ | {
            "PYTHONPATH": str(root / "hooks"), "TERM": "xterm", "COLUMNS": "100",
        }  # fmt: skip
        process = subprocess.Popen(
            arguments, stdout=theirs, stderr=theirs, stdin=theirs, env=environment, cwd=root
        )
        os.close(theirs)
        return process, mine

    yield begin
    for descriptor in opened:
        os.close(descriptor)


def shown(descriptor):
    """All that comes until the other side is closed."""
    found = b""
    while True:
        try:
            some = os.read(descriptor, 65536)
        except OSError:  # as Linux tells the end of a terminal
            return found.decode()
        if not some:
            return found.decode()
        found += some


def test_a_bar_moves_and_leaves_the_terminal_clean(terminal):
    process, screen = terminal(command())
    text = shown(screen)
    assert process.wait() == 0
    counts = [int(found) for found in re.findall(r"(\d+)/40", text)]
    assert counts == sorted(counts)
    assert counts[0] == 0
    assert len(set(counts)) >= 5
    assert "Bản in" in text
    assert "còn" in text
    assert text.rindex("\x1b[?25h") > text.rindex("\x1b[?25l")  # the cursor is there again
    assert text.endswith("\x1b[2K")  # and the bar's line is empty


def test_ctrl_c_leaves_the_terminal_clean(terminal):
    process, screen = terminal(command(pause=0.5))
    text = ""
    while "1/40" not in text:
        text += os.read(screen, 65536).decode()
    process.send_signal(signal.SIGINT)
    text += shown(screen)
    assert process.wait() == 130
    assert text.rindex("\x1b[?25h") > text.rindex("\x1b[?25l")
    assert text.rstrip().endswith("Đã dừng.")


def told(root, arguments):
    environment = os.environ | {"PYTHONPATH": str(root / "hooks")}
    return subprocess.run(
        arguments, capture_output=True, text=True, check=True, env=environment
    ).stderr


def test_elsewhere_a_stage_that_takes_time_is_a_line(root):
    assert re.fullmatch(r"Bản in: 40, \d+\.\d giây\n", told(root, command(pause=0.13)))


def test_elsewhere_a_short_stage_is_not_told(root):
    assert told(root, command(pause=0)) == ""


def test_quiet_tells_nothing(root):
    assert told(root, command(pause=0.13, quiet=True)) == ""


@pytest.mark.built
def test_a_build_shows_its_stages(checkout, terminal):
    build = [sys.executable, str(checkout / "build.py"), "build", "--without", "prints"]
    process, screen = terminal(build)
    text = shown(screen)
    assert process.wait() == 0
    for name in ("Đọc, rà soát văn bản", "Trang, lịch, dữ liệu", "Tìm kiếm, sơ đồ trang"):
        assert name in text
