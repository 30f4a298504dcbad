"""A file that machines read, before it is written."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Feed:
    """`address` is site-relative, without a leading slash. The file is a function of `data`, plain
    JSON-able data whose hash is the file's fingerprint; `write` makes the bytes."""

    address: str
    data: Any
    write: Callable[[Any], bytes]

    @property
    def content(self) -> bytes:
        return self.write(self.data)
