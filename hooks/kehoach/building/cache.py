"""What earlier builds made, by the hash of everything it depends on.

An entry is a function of its key, so entries never go stale: they are found or they are not. Files
are written beside and renamed, so that a killed build leaves none half written, and begin with the
hash of their content, so that a damaged one is made again.
"""

import hashlib
import json
import marshal
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache

_SIZE = 20
_PLAIN = 2  # the version of marshal's format that tells nothing of which objects are the same


def fingerprint(*parts: Any) -> str:
    """The hash of JSON-able data: equal for equal data with its keys in the same order."""
    try:
        content = marshal.dumps(parts, _PLAIN)
    except ValueError:  # a text of a class of its own
        content = json.dumps(parts).encode()
    return digest(content)


def digest(*parts: bytes) -> str:
    """The hash of some bytes; parts do not run together."""
    whole = hashlib.blake2b(digest_size=_SIZE)
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.hexdigest()


def digest_of(path: Path | str) -> str:
    """The hash of a file's bytes; "" where it cannot be read."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, _hash).hexdigest()
    except OSError:
        return ""


def _hash() -> "hashlib._Hash":
    return hashlib.blake2b(digest_size=_SIZE)


def read_sealed(path: Path) -> memoryview | None:
    """What `write_sealed` wrote there; None where there is nothing or it is damaged."""
    try:
        kept = memoryview(path.read_bytes())
    except OSError:
        return None
    seal, content = kept[:_SIZE], kept[_SIZE:]
    return content if _seal(content) == seal else None


def write_sealed(path: Path, *parts: bytes) -> None:
    """Keep `parts`, one behind the other, so that all of them are found or none."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    with beside.open("wb") as file:
        file.writelines([_seal(*parts), *parts])
    beside.replace(path)


class Cache:
    """A folder of results. `used` grows with every entry asked for; `prune` drops the others."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.used: set[str] = set()
        folder.mkdir(parents=True, exist_ok=True)

    def get(self, key: str) -> bytes | None:
        """The content kept under `key`; None where there is none or it is damaged."""
        self.used.add(key)
        content = read_sealed(self.folder / key)
        return None if content is None else bytes(content)

    def has(self, key: str) -> bool:
        return (self.folder / key).exists()

    def put(self, key: str, content: bytes) -> bytes:
        write_sealed(self.folder / key, content)
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
    """Jinja's compiled templates in `folder`, sealed: Python may die of a damaged one.

    Another `edition` of what compiles them knows nothing of them.
    """

    def __init__(self, folder: Path, edition: str) -> None:
        self._folder = folder
        self._edition = edition
        folder.mkdir(parents=True, exist_ok=True)

    def load_bytecode(self, bucket: Bucket) -> None:
        content = read_sealed(self._file(bucket))
        if content is not None:
            bucket.bytecode_from_string(bytes(content))

    def dump_bytecode(self, bucket: Bucket) -> None:
        write_sealed(self._file(bucket), bucket.bytecode_to_string())

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / f"{self._edition}-{bucket.key}"


def _seal(*parts: bytes) -> bytes:
    whole = hashlib.blake2b(digest_size=_SIZE)
    for part in parts:
        whole.update(part)
    return whole.digest()
