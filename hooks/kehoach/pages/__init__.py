"""A view for every page of the site. Pages use records and know neither MkDocs nor each other.

`ROOMS` are the pages that show many records, by the room that makes them; `plans.page` and
`events.pages` make those of one plan and of one year's events.
"""

from collections.abc import Callable, Iterator

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

ROOMS: dict[str, Callable[[Book], Iterator[Page]]] = {
    "home": home.pages,
    "plans": plans.lists,
    "events": events.lists,
    "calendars": calendars.pages,
    "campaigns": campaigns.pages,
    "slogans": slogans.pages,
    "units": units.pages,
    "materials": materials.pages,
    "guides": guides.pages,
}
