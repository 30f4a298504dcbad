"""A file that machines read, before it is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from kehoach.hashing import digest


@dataclass(frozen=True, slots=True)
class Feed:
    """An artefact. The file is `chunks`, one after the other: an entry that many files hold is written
    once, and they share its bytes."""

    address: str
    chunks: Sequence[bytes]

    @property
    def content(self) -> bytes:
        return b"".join(self.chunks)

    @property
    def fingerprint(self) -> str:
        return digest(self.content)

    def make(self) -> bytes:
        return self.content
