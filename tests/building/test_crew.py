"""Work that several processes share gives what one gives, in its order."""

import os
import threading

import pytest

from kehoach.building import crew

HERE = os.getpid()


@pytest.fixture(autouse=True)
def _two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "CORES", 2)


def test_results_come_in_the_order_of_the_jobs_from_other_processes():
    known = {number: number * number for number in range(50)}
    found = list(crew.share(lambda n: (known[n], os.getpid()), range(50), pays=50))
    assert [square for square, _ in found] == [n * n for n in range(50)]
    assert HERE not in {process for _, process in found}


def test_few_jobs_are_done_here():
    assert set(crew.share(lambda _: os.getpid(), range(49), pays=50)) == {HERE}


def test_a_process_with_threads_is_not_forked():
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert set(crew.share(lambda _: os.getpid(), range(50), pays=50)) == {HERE}
    finally:
        done.set()
        thread.join()


def test_what_a_job_raises_is_raised_here():
    with pytest.raises(ZeroDivisionError):
        list(crew.share(lambda n: 1 / n, range(50), pays=50))
    assert list(crew.share(lambda n: n, range(50), pays=50)) == list(range(50))
