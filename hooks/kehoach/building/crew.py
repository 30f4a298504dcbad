"""Work that several processes do. Each begins with everything that this one knows: it is a fork of it."""

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

J = TypeVar("J")
R = TypeVar("R")

# Each one holds a copy of what it changes; elsewhere a fork is not to be relied on.
_FORKS = sys.platform == "linux" and hasattr(os, "fork")
CORES = min(4, len(os.sched_getaffinity(0))) if _FORKS else 1

_PR_SET_PDEATHSIG = 1  # of linux/prctl.h

# What the processes of a crew do, told to them by being there when they begin.
_work: list[Callable[[Any], Any]] = []


def share(work: Callable[[J], R], jobs: Sequence[J], *, at_least: int) -> Iterator[R]:
    """The result of `work` for each of `jobs`, in their order; from `at_least` jobs on by several processes.

    Those begin as this process is now, so only jobs and results are pickled. What else `work`
    changes in them is lost. A process with threads is not forked: another's lock would stay closed.
    """
    if len(jobs) < at_least or CORES < 2 or has_threads():
        yield from map(work, jobs)
        return
    from concurrent.futures import ProcessPoolExecutor  # late: most builds need one process
    from multiprocessing import get_context

    _work.append(work)
    gc.freeze()  # what is collected would be copied
    try:
        with ProcessPoolExecutor(CORES, get_context("fork"), _end_with, (os.getpid(),)) as crew:
            yield from crew.map(_do, jobs, chunksize=max(1, len(jobs) // (CORES * 32)))
    finally:
        gc.unfreeze()
        _work.pop()


def has_threads() -> bool:
    """Whether this process has threads besides the first: Python's, or those that a library keeps.

    What typesets keeps some once it has been used, and waits for ever in a fork that has none.
    """
    try:
        return len(os.listdir("/proc/self/task")) > 1
    except OSError:
        return threading.active_count() > 1


def _end_with(parent: int) -> None:
    """Have the system end this process with its `parent`: else it would keep the locks of a killed build.

    Ctrl+C reaches both; the parent says so.
    """
    import ctypes  # late: most builds need one process

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # which was killed before this line
        os._exit(1)


def _do(job: Any) -> Any:
    return _work[-1](job)
