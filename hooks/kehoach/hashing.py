"""One hash for all that is told apart by its content: BLAKE2b (RFC 7693), 20 bytes.

Names that browsers see (of assets, of the index) have hashes of their own, for they are permanent.
"""

import hashlib
import json
import marshal
from collections.abc import Iterable
from pathlib import Path
from typing import Any

SIZE = 20
_PART = 1 << 18  # bytes of a file that are read at once: all of most
_PLAIN = 2  # the version of marshal's format that tells nothing of which objects are the same


def fingerprint(*parts: Any) -> str:
    """The hash of JSON-able data: equal for equal data with its keys in the same order."""
    try:
        content = marshal.dumps(parts, _PLAIN)
    except ValueError:  # a text of a class of its own
        content = json.dumps(parts).encode()
    return digest(content)


def digest(*parts: bytes) -> str:
    """The hash of some bytes, in hex; parts do not run together."""
    whole = _hash()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.hexdigest()


def digest_of(path: Path | str) -> str:
    """The hash of a file's bytes, in hex; "" where it cannot be read."""
    whole = _hash()
    try:
        with open(path, "rb", buffering=0) as file:
            while part := file.read(_PART):
                whole.update(part)
    except OSError:
        return ""
    return whole.hexdigest()


def digest_of_all(files: Iterable[Path]) -> str:
    """The hash of the bytes of `files`, in their order."""
    return digest(*(path.read_bytes() for path in files))


def seal(*parts: bytes | memoryview, secret: bytes = b"") -> bytes:
    """The hash of `parts` as if they were one, which only who has the `secret` can make."""
    whole = hashlib.blake2b(digest_size=SIZE, key=secret)
    for part in parts:
        whole.update(part)
    return whole.digest()


def _hash() -> hashlib.blake2b:
    return hashlib.blake2b(digest_size=SIZE)
