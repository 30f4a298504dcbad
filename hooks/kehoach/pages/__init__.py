"""A view for every page of the site. Pages use records and know neither MkDocs nor each other.

`ROOMS` make the pages that show many records, each by `listing`. Of some, the pages of a year are
made apart, by `pages`, and of plans each one's, by `page`.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from kehoach.records import addresses

if TYPE_CHECKING:
    from kehoach.pages.page import Page
    from kehoach.pages.parts import Book

ROOMS = (
    "home",
    "plans",
    "events",
    "calendars",
    "campaigns",
    "slogans",
    "units",
    "materials",
    "guides",
)


# The sections that pages belong to; "" is the home page's.
SECTIONS = ("", "404", *sorted(addresses.SECTIONS))


def listing(room: str, book: "Book") -> "Iterator[Page]":
    """The pages of one of `ROOMS`, whose module is not read before somebody asks."""
    made: Iterator[Page] = import_module(f"{__name__}.{room}").listing(book)
    return made


def of_year(room: str, book: "Book", year: int, **more: Any) -> "Iterator[Page]":
    """The pages of `year` in one of `ROOMS`: events, slogans, calendars or units."""
    made: Iterator[Page] = import_module(f"{__name__}.{room}").pages(book, year, **more)
    return made
