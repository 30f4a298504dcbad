"""The secret of this machine, which seals what builds remember.

Loading a pickle or compiled code runs whatever stands in it. A cache may come from elsewhere (CI restores
one that other jobs have written), so nothing of that kind is loaded unless this machine has sealed it,
or another one that was given the same KEHOACH_CACHE_KEY.
"""

import contextlib
import hashlib
import os
from functools import cache
from pathlib import Path

_SIZE = 32


@cache
def secret() -> bytes:
    """KEHOACH_CACHE_KEY where it is set, else the one that lies in the user's own folder.

    Where no file can be kept, it is another one each time: then nothing is remembered.
    """
    if given := os.environ.get("KEHOACH_CACHE_KEY"):
        return hashlib.blake2b(given.encode(), digest_size=_SIZE).digest()
    path = _folder() / "kehoach" / "cache-key"
    with contextlib.suppress(OSError):
        return _read(path) or _made(path)
    return os.urandom(_SIZE)


def _folder() -> Path:
    """Where programs keep their state (XDG Base Directory Specification 0.8)."""
    given = os.environ.get("XDG_STATE_HOME", "")
    return Path(given) if os.path.isabs(given) else Path.home() / ".local" / "state"


def _read(path: Path) -> bytes:
    try:
        found = path.read_bytes()
    except FileNotFoundError:
        return b""
    return found if len(found) == _SIZE else b""


def _made(path: Path) -> bytes:
    """A new secret at `path`, readable by its user alone; another process may have been quicker."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():  # of another size: damaged
        path.unlink()
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.touch(mode=0o600)
    beside.write_bytes(os.urandom(_SIZE))
    with contextlib.suppress(FileExistsError):
        os.link(beside, path)
    beside.unlink()
    return _read(path)
