"""A view for every page of the site. Pages use records and know neither MkDocs nor each other."""

from collections.abc import Iterator

from kehoach.pages import (
    calendars,
    campaigns,
    events,
    guides,
    home,
    materials,
    plans,
    slogans,
    units,
)
from kehoach.pages.page import Page
from kehoach.pages.parts import Book

_ROOMS = (home, plans, events, calendars, campaigns, slogans, units, materials, guides)


def pages_of(book: Book) -> Iterator[Page]:
    """Every page, in a fixed order."""
    for room in _ROOMS:
        yield from room.pages(book)
