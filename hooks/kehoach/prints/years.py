"""The year of all units on A3 sheets: who does what in which month, and what has become of it."""

from typing import Any

from kehoach.prints.typesetting import compile_one
from kehoach.records import library as records
from kehoach.records.event import Deadline, Event, EventStatus
from kehoach.records.period import Period
from kehoach.records.shares import WHOLE_YEAR, shares
from kehoach.site import Site


def address(year: int) -> str:
    return f"lich/{year}/don-vi-{year}.pdf"


def data(year: int, library: records.Library, site: Site) -> dict[str, Any]:
    """All that the sheets of `year` depend on; no rows where no unit has anything to do."""
    return {
        "title": f"Công việc năm {year} theo đơn vị và tháng",
        "publisher": site.name,
        "address": site.absolute(f"lich/{year}/") if site.url else "",
        "months": ["Trong năm", *(f"Tháng {month}" for month in range(1, 13))],
        "rows": [
            {
                "unit": share.name,
                "cells": [
                    [_thing(*thing) for thing in share.months.get(month, ())]
                    for month in range(WHOLE_YEAR, 13)
                ],
            }
            for share in shares(library, year)
        ],
    }


def _thing(item: Event | Deadline, when: Period) -> dict[str, str]:
    if isinstance(item, Deadline):
        return {"title": f"Hạn: {item.what}", "words": when.words, "state": "", "kind": "deadline"}
    scheduled = item.status is EventStatus.SCHEDULED
    return {
        "title": item.title,
        "words": when.words,
        "state": "" if scheduled else item.status.label,
        "kind": item.status.value,
    }


def draw(data: dict[str, Any]) -> bytes:
    """PDF/UA-1: a table on A3 sheets that lie, its months repeated on each."""
    return compile_one("year", data, standards=("ua-1",))
