"""A timeline as numbers on a grid, so that HTML and CSS draw it without a script."""

from collections.abc import Iterable
from datetime import date, timedelta
from math import ceil

from kehoach.pages import parts
from kehoach.pages.page import View
from kehoach.records.event import Deadline, Event

LABEL_LIMIT = 90
# How many names of months stand side by side: on a phone of 320 px, on a screen of 768 px.
NARROW, WIDE = 4, 12


def timeline(items: Iterable[Event | Deadline]) -> View | None:
    """The items with a time as bars between the first and the last month that they touch.

    None where fewer than two have a time: one bar says nothing.
    """
    rows = []
    for item in sorted(items, key=parts.start_of):
        for when in item.when.each if item.when else ():
            if days := when.span:
                rows.append((item, when, *days))
    if len(rows) < 2:
        return None
    first = min(start for *_, start, _ in rows).replace(day=1)
    last = _month_end(max(end for *_, end in rows))
    months = list(_months(first, last))
    return {
        "days": (last - first).days + 1,
        "ticks": "".join(f"M{(month - first).days} 0V10" for month in months[1:]),
        "months": [
            {
                "label": f"{month.month}/{month.year}" if _is_named(at, len(months), WIDE) else "",
                "days": _month_end(month).day,
                "wide": not _is_named(at, len(months), NARROW),
            }
            for at, month in enumerate(months)
        ],
        "rows": [
            {
                "title": _title(item),
                "address": item.page
                if isinstance(item, Event)
                else f"{item.plan.address}#{item.anchor}",
                "words": when.words,
                "x": (start - first).days,
                "width": (end - start).days + 1,
                "kind": "deadline" if isinstance(item, Deadline) else "day" if start == end else "",
                "fuzzy": not when.exact,
            }
            for item, when, start, end in rows
        ],
    }


def _is_named(at: int, months: int, room: int) -> bool:
    """Whether the month at this place of so many says its name, where `room` of them have names beside
    one another: each so-many-th, and none that would stand out at the end."""
    step = ceil(months / room)
    return at % step == 0 and at + step <= months


def _title(item: Event | Deadline) -> str:
    words = item.title if isinstance(item, Event) else f"Hạn: {item.what}"
    return words if len(words) <= LABEL_LIMIT else words[:LABEL_LIMIT].rsplit(" ", 1)[0] + " …"


def _months(first: date, last: date) -> Iterable[date]:
    month = first
    while month <= last:
        yield month
        month = _month_end(month) + timedelta(days=1)


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
