"""What earlier builds made, by the hash of everything it depends on.

An entry is a function of its key, so entries never go stale: they are found or they are not. Files
are written beside and renamed, so that a killed build leaves none half written, and begin with a seal,
so that a damaged one is made again. What is loaded in a way that could run it is sealed with the secret
of this machine (see `machine`).
"""

import os
from collections.abc import Callable
from hmac import compare_digest
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from kehoach.building import machine
from kehoach.hashing import SIZE, seal


def read_sealed(path: Path) -> memoryview | None:
    """What `write_sealed` wrote there on this machine; None where there is nothing or it is damaged."""
    return _read(path, machine.secret())


def write_sealed(path: Path, *parts: bytes) -> None:
    """Keep `parts`, one behind the other, so that all of them are found or none."""
    _write(path, parts, machine.secret())


def _read(path: Path, secret: bytes) -> memoryview | None:
    try:
        kept = memoryview(path.read_bytes())
    except OSError:
        return None
    content = kept[SIZE:]
    return content if compare_digest(seal(content, secret=secret), kept[:SIZE]) else None


def _write(path: Path, parts: tuple[bytes, ...], secret: bytes) -> None:
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    with beside.open("wb") as file:
        file.writelines([seal(*parts, secret=secret), *parts])
    beside.replace(path)


class Cache:
    """A folder of results that are never run, from whatever machine: their names are made from all that
    they depend on. `used` grows with every entry asked for; `prune` drops the others."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.used: set[str] = set()
        folder.mkdir(parents=True, exist_ok=True)

    def get(self, key: str) -> bytes | None:
        """The content kept under `key`; None where there is none or it is damaged."""
        self.used.add(key)
        content = _read(self.folder / key, b"")
        return None if content is None else bytes(content)

    def has(self, key: str) -> bool:
        return (self.folder / key).exists()

    def put(self, key: str, content: bytes) -> bytes:
        _write(self.folder / key, (content,), b"")
        return content

    def make(self, key: str, draw: Callable[[], bytes]) -> bytes:
        """What is kept under `key`, drawn and kept first where it is missing."""
        content = self.get(key)
        return self.put(key, draw()) if content is None else content

    def prune(self) -> None:
        """Forget what this build did not ask for."""
        for entry in self.folder.iterdir():
            if entry.name not in self.used:
                entry.unlink(missing_ok=True)


class CompiledTemplates(BytecodeCache):
    """Jinja's compiled templates in `folder`, sealed: they are run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def load_bytecode(self, bucket: Bucket) -> None:
        content = read_sealed(self._folder / bucket.key)
        if content is not None:
            bucket.bytecode_from_string(bytes(content))

    def dump_bytecode(self, bucket: Bucket) -> None:
        write_sealed(self._folder / bucket.key, bucket.bytecode_to_string())
