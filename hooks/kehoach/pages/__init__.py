"""A view for every page of the site. Pages use records and know neither MkDocs nor each other.

`ROOMS` make the pages that show many records, each by `listing`; `plans.page` and `events.pages`
make those of one plan and of one year's events.
"""

from collections.abc import Iterator
from importlib import import_module

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
SECTIONS = (
    "",
    "404",
    "chu-de",
    "don-vi",
    "huong-dan",
    "ke-hoach",
    "khau-hieu",
    "lich",
    "su-kien",
    "tim-kiem",
    "truyen-thong",
)


def listing(room: str, book: Book) -> Iterator[Page]:
    """The pages of one of `ROOMS`, whose module is not read before somebody asks."""
    return import_module(f"{__name__}.{room}").listing(book)
