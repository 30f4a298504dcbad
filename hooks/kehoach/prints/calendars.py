"""The year of the theme as a wall calendar: one A2 sheet of the year, an A3 page a month.

A time that names no day is a band with its own words; no day is made up for it.
"""

from calendar import Calendar
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from kehoach.almanac import SCIENCE_DAY, lunar, public_holidays
from kehoach.prints.coverage import BANNER, LABEL, SCREEN, drawable
from kehoach.prints.lines import unbroken
from kehoach.prints.typesetting import compile_one
from kehoach.records.event import Deadline, Event, EventKind
from kehoach.records.fulfilment import Item, takes_place
from kehoach.records.library import Library
from kehoach.records.period import Period, Precision, Relation
from kehoach.site import Site

# Bars a week can hold one under another: a month of six weeks has less room for each.
LANES = {4: 4, 5: 4, 6: 3}
SCIENCE_DAY_NAME = "Ngày Khoa học và Công nghệ Việt Nam"
_TO_A_DAY = {Precision.DAY, Precision.PART_OF_MONTH}
# What fits in one column of a lane, in characters of the bar's type.
_BAR = 30


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of the year, in the months from `since` to `until`.

    `first` and `last` bound its bar (ISO 8601); both are "" where the words name no day.
    """

    title: str
    kind: str  # event, banner, window, deadline
    words: str
    since: int
    until: int
    first: str
    last: str
    hour: str  # of the first day; "" where the words name none
    certain: bool
    stages: str  # of the campaign that it carries out; "" for none

    @property
    def long(self) -> bool:
        """Whether it lasts longer than a quarter: it then belongs to the year."""
        return self.until - self.since > 2

    def shown_in(self, month: int) -> bool:
        return self.since <= month <= self.until and bool(self.first or not self.long)


def address(year: int) -> str:
    return f"lich/{year}/lich-{year}.pdf"


def years(library: Library) -> list[int]:
    """The years that have a campaign, an event or a deadline with a time."""
    items: tuple[Event | Deadline, ...] = (*library.events, *library.deadlines)
    whens = [item.when for item in items if item.when]
    dated = {day.year for when in whens for day in when.span or ()}
    return sorted(dated | {campaign.year for campaign in library.campaigns})


def data(year: int, library: Library, site: Site) -> dict[str, Any]:
    """All that the calendar of `year` depends on, but the almanac."""
    campaign = library.campaign(year)
    return {
        "year": year,
        "themes": [theme.text for theme in campaign.themes] if campaign else [],
        "slogans": [slogan.text for slogan in campaign.slogans[:1]] if campaign else [],
        "publisher": site.name,
        "address": site.absolute(f"lich/{year}/") if site.url else "",
        "entries": [asdict(entry) for entry in sorted(_entries(library, year), key=_order)],
    }


def draw(data: dict[str, Any]) -> bytes:
    """PDF/UA-1: the A2 sheet, then twelve A3 pages."""
    data = drawable(data, SCREEN, LABEL)
    year, entries = data["year"], [Entry(**entry) for entry in data["entries"]]
    holidays = public_holidays(year)
    ready = {
        "title": f"Lịch năm {year}",
        "themes": [unbroken(drawable(theme.upper(), BANNER)) for theme in data["themes"]],
        "slogans": [unbroken(slogan) for slogan in data["slogans"]],
        "months": [month_grid(year, month, entries, holidays) for month in range(1, 13)],
        "undated": [_listed(entry) for entry in entries if not entry.first and entry.long],
    }
    return compile_one("calendar", data | ready, standards=("ua-1",))


def _entries(library: Library, year: int) -> Iterator[Entry]:
    campaign = library.campaign(year)
    if campaign:
        for period in filter(library.stands_alone, campaign.periods):
            name = period.title or period.stage
            yield from _entry(f"{name}: {campaign.title}", "window", period.when, year, year)
    for item in (item for plan in library.plans for item in plan.items):
        if item.when and takes_place(item):
            stages = ", ".join(one.period.stage for one in library.stages(item))
            title, kind = _called(item)
            yield from _entry(title, kind, item.when, year, item.plan.meant_year, stages)


def _called(item: Item) -> tuple[str, str]:
    """The title of an event or a deadline, and the kind of its bar."""
    if isinstance(item, Deadline):
        return item.what, "deadline"
    return item.title, "banner" if item.kind is EventKind.BANNER else "event"


def _entry(
    title: str, kind: str, when: Period, year: int, of: int, stages: str = ""
) -> Iterator[Entry]:
    """Of the year `of`; what has no day ("định kỳ 6 tháng") stands beside the year of its plan."""
    if when.parts:
        for part in when.parts:
            yield from _entry(title, kind, part, year, of, stages)
        return
    if when.span is None and of == year:
        yield Entry(title, kind, when.words, 1, 12, "", "", "", False, stages)
    if when.span is None or not when.span[0].year <= year <= when.span[1].year:
        return
    start, end = when.span
    first, last = max(start, date(year, 1, 1)), min(end, date(year, 12, 31))
    to_a_day = when.precision in _TO_A_DAY and when.relation is not Relation.AFTER
    at = when.start_time or when.end_time
    hour = at.isoformat("minutes") if at and first == start else ""
    bar = (
        (first.isoformat(), last.isoformat(), hour, when.exact) if to_a_day else ("", "", "", False)
    )
    yield Entry(title, kind, when.words, first.month, last.month, *bar, stages)


def _order(entry: Entry) -> tuple[Any, ...]:
    return (entry.since, entry.first or "9", entry.hour, entry.last, entry.title)


def month_grid(
    year: int, month: int, entries: list[Entry], holidays: dict[date, str]
) -> dict[str, Any]:
    here = [entry for entry in entries if entry.shown_in(month)]
    barred = [entry for entry in here if entry.first]
    numbers = {id(entry): number for number, entry in enumerate(barred, 1)}
    dates = Calendar().monthdatescalendar(year, month)
    bars = [(numbers[id(entry)], entry) for entry in barred]
    weeks = []
    for days in dates:
        lanes, others = _lanes(days, month, bars, LANES[len(dates)])
        cells = [
            day_cell(day, month, holidays) | {"others": numbers}
            for day, numbers in zip(days, others, strict=True)
        ]
        weeks.append({"days": cells, "lanes": lanes})
    return {
        "month": month,
        "weeks": weeks,
        "listed": [_listed(entry) | {"number": numbers.get(id(entry), 0)} for entry in here],
    }


def day_cell(day: date, month: int, holidays: dict[date, str]) -> dict[str, Any]:
    if day.month != month:
        return {"day": 0}
    moon_day, moon_month, leap = lunar(day)
    moon = (
        f"{moon_day}/{moon_month}{' nhuận' if leap else ''}"
        if moon_day == 1 or day.day == 1
        else f"{moon_day}"
    )
    science = (day.month, day.day) == SCIENCE_DAY
    return {
        "day": day.day,
        "lunar": moon,
        "rest": day.weekday() == 6 or day in holidays,
        "science": science,
        "name": SCIENCE_DAY_NAME if science else holidays.get(day, ""),
    }


def _lanes(
    days: list[date], month: int, entries: list[tuple[int, Entry]], most: int
) -> tuple[list[list[dict[str, Any]]], list[list[int]]]:
    """The bars of a week in at most `most` rows, and for each day the numbers that found no row."""
    inside = [day for day in days if day.month == month]
    lanes: list[list[dict[str, Any]]] = [[] for _ in range(most)]
    ends = [-1] * most
    others: list[list[int]] = [[] for _ in days]
    for number, entry in entries:
        start, end = date.fromisoformat(entry.first), date.fromisoformat(entry.last)
        if end < inside[0] or start > inside[-1]:
            continue
        first, last = days.index(max(start, inside[0])), days.index(min(end, inside[-1]))
        lane = next((i for i in range(most) if ends[i] < first), None)
        if lane is None:
            for index in range(first, last + 1):
                others[index].append(number)
            continue
        ends[lane] = last
        text = entry.title if entry.certain else f"{entry.words}: {entry.title}"
        room = _BAR * (last - first + 1) - 4
        lanes[lane].append(
            {
                "first": first,
                "span": last - first + 1,
                "text": f"{number}. "
                + (text if len(text) <= room else text[: room - 1].rstrip() + "…"),
                "kind": entry.kind,
                "certain": entry.certain,
            }
        )
    return lanes, others


def _listed(entry: Entry) -> dict[str, Any]:
    words = "; ".join(filter(None, (entry.words, entry.stages)))
    return {"number": 0, "title": entry.title, "words": words, "kind": entry.kind}
