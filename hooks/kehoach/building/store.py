"""Where builds keep what they made: entries in folders, each under a key.

Most keys are hashes of everything that the entry depends on, so it never goes stale: it is found or
it is not. Files are written beside and renamed, so that a killed build leaves none half written, and
begin with a seal, so that a damaged one is made again. What is loaded in a way that could run it
(pickles, compiled templates) is sealed with the secret of this machine (see `machine`).
"""

import os
from collections.abc import Callable, Iterable
from hmac import compare_digest
from pathlib import Path

from kehoach.building import machine
from kehoach.hashing import SIZE, seal


class Store:
    """The entries in `folder`. With `trusted`, only those that this machine has sealed are found."""

    def __init__(self, folder: Path, *, trusted: bool) -> None:
        self.folder = folder
        self._trusted = trusted

    def get(self, key: str) -> bytes | None:
        """The content under `key`; None where there is none or it is damaged."""
        try:
            kept = (self.folder / key).read_bytes()
        except OSError:
            return None
        content = kept[SIZE:]
        return content if compare_digest(self._seal(content), kept[:SIZE]) else None

    def has(self, key: str) -> bool:
        """Whether there is an entry under `key`, be it a damaged one."""
        return (self.folder / key).exists()

    def put(self, key: str, content: bytes) -> bytes:
        """Keep `content`, which is returned; raises OSError where nothing can be kept."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / key
        beside = path.with_name(f"{key}.{os.getpid()}")
        with beside.open("wb") as file:
            file.writelines([self._seal(content), content])
        beside.replace(path)
        return content

    def recall(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The content under `key`, made and put there first where it is missing."""
        content = self.get(key)
        return self.put(key, make()) if content is None else content

    def forget(self, key: str) -> None:
        """Have no entry under `key`."""
        (self.folder / key).unlink(missing_ok=True)

    def prune(self, keys: Iterable[str]) -> None:
        """Forget all entries but those under `keys`."""
        used = set(keys)
        for entry in self.folder.iterdir() if self.folder.is_dir() else ():
            if entry.name not in used:
                entry.unlink(missing_ok=True)

    def _seal(self, content: bytes) -> bytes:
        return seal(content, secret=machine.secret() if self._trusted else b"")
