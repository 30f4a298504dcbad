"""A file that machines read, before it is written."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Feed:
    """`address` is site-relative, without a leading slash. The file is `chunks`, one after the other:
    an entry that many files hold is written once, and they share its bytes."""

    address: str
    chunks: Sequence[bytes]

    @property
    def content(self) -> bytes:
        return b"".join(self.chunks)
