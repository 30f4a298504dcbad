"""One shape from every room to the disk: a file of the site before it is made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


class Artefact(Protocol):
    """A page, a feed, a print, a file of the index: whatever becomes one file of the site.

    `address` is site-relative, without a leading slash. `fingerprint` is a hash of all that the file
    is made from: while it is the same, so are the bytes that `make` gives.
    """

    @property
    def address(self) -> str: ...

    @property
    def fingerprint(self) -> str: ...

    @property
    def make(self) -> Callable[[], bytes]: ...


@dataclass(frozen=True, slots=True)
class Plain:
    """An artefact without more to it than these three."""

    address: str
    fingerprint: str
    make: Callable[[], bytes]
