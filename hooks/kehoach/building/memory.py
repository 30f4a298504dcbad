"""The results of reading each text, kept from one run to the next: a database, for there are many.

Each value is stored under the hash of what it was made from and of the program that made it, so it
is never out of date; what a run did not ask for is forgotten at its end. A database that cannot be
read is an empty one. Values are sealed as those of `store` are.
"""

import contextlib
import os
import pickle
import sqlite3
import zlib
from collections.abc import Callable, Mapping
from hmac import compare_digest
from pathlib import Path
from typing import Any, TypeVar
from weakref import finalize

from kehoach.hashing import SIZE, digest, seal

V = TypeVar("V")


class Memory:
    """A database in the file `path`, None for one run; another `program` knows nothing of it.

    Values are sealed with the `secret`: what somebody else wrote there is not loaded.
    """

    def __init__(self, path: Path | None, program: str, secret: bytes = b"") -> None:
        self._path = path
        self._secret = secret
        self._program = program.encode()
        self._asked: set[bytes] = set()
        self._known: set[bytes] = set()
        self._made: dict[bytes, bytes] = {}
        self._stores: dict[int, sqlite3.Connection] = {}
        if path is None:
            return
        with contextlib.suppress(sqlite3.Error, OSError):  # damaged, or where nothing may be kept
            self._known = {key for (key,) in self._here().execute("SELECT key FROM made")}

    def recall(self, *parts: bytes, make: Callable[[], V]) -> V:
        """The result of `make`, or the one that it had for equal `parts` in an earlier run."""
        key = self.key(*parts)
        self.keep(key)
        with contextlib.suppress(Exception):  # whatever a damaged store or pickle raises
            known: V = pickle.loads(zlib.decompress(self._opened(key)))
            return known
        value = make()
        packed = zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)
        self._made[key] = self._seal(key, packed) + packed
        return value

    def _seal(self, key: bytes, packed: bytes) -> bytes:
        return seal(key, packed, secret=self._secret)

    def _opened(self, key: bytes) -> bytes:
        """The packed value of `key`; raises KeyError where there is none, ValueError where its seal is not ours."""
        kept = self._read(key)
        packed = kept[SIZE:]
        if not compare_digest(kept[:SIZE], self._seal(key, packed)):
            raise ValueError(key)
        return packed

    def key(self, *parts: bytes) -> bytes:
        """The key of what was made for `parts`."""
        return bytes.fromhex(digest(self._program, *parts))

    def keep(self, *keys: bytes) -> None:
        """Do not forget what is known under `keys`."""
        self._asked.update(keys)

    def knows(self, key: bytes) -> bool:
        return key in self._known or key in self._made

    def added_by(self, make: Callable[[], Any]) -> dict[bytes, bytes]:
        """Call `make`; return the entries that it added here, packed, for `learn` of another process."""
        before, self._made = self._made, {}
        try:
            make()
        finally:
            new, self._made = self._made, before
            before.update(new)
        return new

    def learn(self, packed: Mapping[bytes, bytes]) -> None:
        """Take over what another process's memory has packed."""
        self._made.update(packed)

    def _read(self, key: bytes) -> bytes:
        if key in self._made:
            return self._made[key]
        if key not in self._known:
            raise KeyError(key)
        row = self._here().execute("SELECT value FROM made WHERE key = ?", (key,)).fetchone()
        value: bytes = row[0]
        return value

    def _here(self) -> sqlite3.Connection:
        """The connection of this process: a fork must neither use nor close its parent's."""
        process = os.getpid()
        if process not in self._stores:
            if self._path is None:
                raise sqlite3.OperationalError("a memory without a file")
            self._stores[process] = store = _open(self._path)
            finalize(self, _close, store, process).atexit = False
        return self._stores[process]

    def save(self) -> None:
        """Write what is new and forget what nobody asked for."""
        gone = [(key,) for key in self._known - self._asked]
        if self._path is None or not (gone or self._made):
            return
        try:
            with contextlib.closing(_open(self._path)) as store, store:
                store.executemany("DELETE FROM made WHERE key = ?", gone)
                store.executemany("INSERT OR REPLACE INTO made VALUES (?, ?)", self._made.items())
        except sqlite3.Error:
            self._path.unlink(missing_ok=True)


def _close(store: sqlite3.Connection, process: int) -> None:
    if os.getpid() == process:
        store.close()


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    store = sqlite3.connect(path, timeout=30)
    # With rows of its own, the keys have an index, and to list them reads no value.
    try:
        store.execute("CREATE TABLE IF NOT EXISTS made (key BLOB PRIMARY KEY, value BLOB)")
    except sqlite3.Error:  # no database, or a damaged one
        store.close()
        raise
    return store
