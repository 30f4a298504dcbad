"""Who may use what builds remember, and whose turn it is to build: locks between processes."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kehoach import locks
from kehoach.building.settings import CACHE

_held: set[Path] = set()  # by this process


@contextmanager
def using_cache(root: Path, *, anew: bool = False) -> Iterator[None]:
    """Hold the cache of the project at `root` for use; with `anew` empty it first, once nobody else uses it."""
    path = (root / CACHE).with_suffix(".lock")  # outside of what is thrown away
    if anew:
        with locks.exclusive(path):
            shutil.rmtree(root / CACHE, ignore_errors=True)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    except OSError:  # nothing can be remembered here, so nobody can take it away
        yield
        return
    with locks.shared(path):
        yield


@contextmanager
def holding(path: Path) -> Iterator[None]:
    """Hold the lock file `path`, which other processes wait for; its holder may take it again."""
    if path in _held:
        yield
        return
    with locks.exclusive(path):
        _held.add(path)
        try:
            yield
        finally:
            _held.remove(path)
