"""Work that several processes share gives what one gives, in its order."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from kehoach.building import crew

HERE = os.getpid()


@pytest.fixture(autouse=True)
def _two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "CORES", 2)


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a command: threads that other tests have left do not count."""
    monkeypatch.setattr(crew, "has_threads", lambda: False)


def test_results_come_in_the_order_of_the_jobs_from_other_processes(alone):
    known = {number: number * number for number in range(50)}
    found = list(crew.share(lambda n: (known[n], os.getpid()), range(50), at_least=50))
    assert [square for square, _ in found] == [n * n for n in range(50)]
    assert HERE not in {process for _, process in found}


def test_few_jobs_are_done_here(alone):
    assert set(crew.share(lambda _: os.getpid(), range(49), at_least=50)) == {HERE}


def test_a_process_with_threads_is_not_forked():
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert set(crew.share(lambda _: os.getpid(), range(50), at_least=50)) == {HERE}
    finally:
        done.set()
        thread.join()


def test_what_a_job_raises_is_raised_here(alone):
    with pytest.raises(ZeroDivisionError):
        list(crew.share(lambda n: 1 / n, range(50), at_least=50))
    assert list(crew.share(lambda n: n, range(50), at_least=50)) == list(range(50))


SLEEPERS = r"""
import os, time
from kehoach.building import crew
crew.CORES = 2
def sleep(job):
    os.write(1, b"%d\n" % os.getpid())  # in one: two of them write
    time.sleep(600)
list(crew.share(sleep, range(2), at_least=1))
"""


def test_a_crew_ends_with_who_sent_it_however_that_ends(root):
    paths = os.environ | {"PYTHONPATH": str(root / "hooks")}
    sender = subprocess.Popen(
        [sys.executable, "-c", SLEEPERS], stdout=subprocess.PIPE, text=True, env=paths
    )
    crew_of_two = {Path("/proc") / sender.stdout.readline().strip() for _ in range(2)}
    assert all(process.name.isdigit() and process.exists() for process in crew_of_two)
    sender.kill()
    sender.wait()
    sender.stdout.close()
    deadline = time.monotonic() + 20
    while any(map(_lives, crew_of_two)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(_lives, crew_of_two))


def _lives(process: Path) -> bool:
    """Whether a process runs; one that has ended may wait for its new parent to notice."""
    try:
        return "\nState:\tZ" not in (process / "status").read_text()
    except OSError:
        return False


_TYPESETS = """
from kehoach.building import crew
from kehoach.prints.typesetting import compile_pages

def work(number):
    text = {"text": f"Khẩu hiệu {number}", "font": "Anton", "weight": 400}
    return len(compile_pages("outline", [text], format="svg"))

first = work(0)
print(*crew.share(work, range(1, 9), at_least=2))
"""


def test_who_has_typeset_does_so_again_in_no_fork(root):
    """The threads of what typesets are not there in a fork, which would wait for them for ever."""
    done = subprocess.run(
        [sys.executable, "-c", _TYPESETS],
        cwd=root / "hooks",
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    assert len(done.stdout.split()) == 8
