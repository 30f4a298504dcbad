"""Locks between processes, on every system; one ends with the process that holds it.

By flock(2) where the system has it, which costs nothing; elsewhere (Windows) by filelock.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:
    HAS_FLOCK = False
else:
    HAS_FLOCK = True


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold `path` alone: who has it, or shares it, is waited for."""
    with _held(path, alone=True):
        yield


@contextmanager
def shared(path: Path) -> Iterator[None]:
    """Hold `path` with others who share it: who has it alone is waited for."""
    with _held(path, alone=False):
        yield


@contextmanager
def _held(path: Path, *, alone: bool) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    if HAS_FLOCK:
        with path.open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
            yield
        return
    from filelock import ReadWriteLock  # late: it takes a while to load

    lock = ReadWriteLock(str(path))
    with lock.write_lock() if alone else lock.read_lock():
        yield
