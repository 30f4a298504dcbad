"""Theme calendars: a year and its months under the year's theme, with all that plans set in them."""

from calendar import Calendar
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, NamedTuple

from kehoach.almanac import SCIENCE_DAY, lunar, public_holidays
from kehoach.pages import parts
from kehoach.pages.page import Page, View, link
from kehoach.pages.parts import Book
from kehoach.records.campaign import Campaign, CampaignPeriod
from kehoach.records.event import Deadline, Event, EventKind, Slogan, SloganKind
from kehoach.records.fulfilment import Fulfilment, Item
from kehoach.records.library import Library
from kehoach.records.period import Period, Precision
from kehoach.records.plan import Plan
from kehoach.records.shares import Share, shares
from kehoach.records.text import alphabetical, capital

SECTION = "lich"
CRUMB = ("Lịch", "lich/")
WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
CAMPAIGN = "chiến dịch"
TONES = {"băng rôn": "red", "thời hạn": "yellow", CAMPAIGN: "festive"}
WEEKDAY_LETTERS = ("H", "B", "T", "N", "S", "B", "C")
LEVELS = ((1, "1 mục"), (2, "2–4 mục"), (5, "từ 5 mục"))  # of a day in the overview of a year
DAY = timedelta(days=1)
ROWS = 8  # bars over one another in a week; the agenda below the month lists everything


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with a time that a calendar shows; both days inclusive, `hour` of the first."""

    view: View
    start: date
    end: date
    hour: time
    in_grid: bool


def listing(book: Book) -> Iterator[Page]:
    totals = Counter(
        year
        for _, _, when in _timed(book.library)
        if (days := when.span)
        for year in range(days[0].year, days[1].year + 1)
    )
    view: View = {
        "title": "Lịch theo chủ đề",
        "lead": "Mỗi năm một chủ đề; mọi sự kiện, thời hạn và thời gian treo băng rôn trên một tờ lịch.",
        "years": [
            {
                "year": year,
                "address": f"lich/{year}/",
                "themes": _theme(book, year)["themes"],
                "total": totals[year],
            }
            for year in sorted(years(book), reverse=True)
        ],
        "feed": "lich.ics",
    }
    feeds = (("Lịch của toàn trang", "lich.ics", "text/calendar"),)
    yield Page("lich/", "calendars.html", view["title"], SECTION, view, view["lead"], feeds=feeds)


def years(book: Book) -> set[int]:
    """Every year that something happens in, every campaign's, and the clock's own."""
    owners: tuple[Plan | Campaign, ...] = (*book.library.plans, *book.library.campaigns)
    return {book.site.clock.year, *(year for owner in owners for year in owner.years)}


def pages(book: Book, year: int, years: list[int]) -> Iterator[Page]:
    """The pages of `year`, one of all `years`, and of its months."""
    entries = sorted(entries_of(book), key=_order)
    rhythms, undated = (found.get(year, []) for found in (rhythms_of(book), _undated(book)))
    shared_out = shares(book.library, year)
    yield _year(book, year, years, entries, rhythms, undated, shared_out)
    for month in range(1, 13):
        yield _month(book, date(year, month, 1), years, entries)


def entries_of(book: Book) -> Iterator[Entry]:
    """The calendar entries of everything that has days."""
    for item, _, when in _timed(book.library):
        if (days := when.span) and (moment := when.moment):
            view = _view(book, item, when)
            yield Entry(view, *days, moment[1], when.precision is Precision.DAY)


def _order(entry: Entry) -> tuple[date, time, date, str]:
    """By day and hour, then what ends first."""
    return entry.start, entry.hour, entry.end, entry.view["title"]


def rhythms_of(book: Book) -> dict[int, list[View]]:
    """The views of what only has a rhythm ("định kỳ 6 tháng"), by the year of its plan: it is on no day."""
    return _without_days(book, lambda when: bool(when.recurrence))


def _undated(book: Book) -> dict[int, list[View]]:
    """The views of what only has its words ("kể từ ngày ký"), by the year of its plan."""
    return _without_days(book, lambda when: not when.recurrence)


def _without_days(book: Book, chosen: Callable[[Period], bool]) -> dict[int, list[View]]:
    found: dict[int, list[View]] = {}
    for item, year, when in _timed(book.library):
        if not when.span and chosen(when):
            found.setdefault(year, []).append(_view(book, item, when))
    return found


def _timed(library: Library) -> Iterator[tuple[Any, int, Period]]:
    """All that calendars show: an event, a deadline, a slogan or a campaign's period that none of them
    stands for, with the year that the plan or campaign that sets it is for, and each of its times."""
    for item, year, when in _set(library):
        for each in when.each:
            yield item, year, each


def _set(library: Library) -> Iterator[tuple[Any, int, Period]]:
    """The same, with the times of a list together."""
    hung = set()
    for event in library.events:
        if event.when:
            yield _Planned(event, library.stages(event)), event.meant_year, event.when
            if event.kind is EventKind.BANNER:
                hung.add((event.year, event.when.words))
    for deadline in library.deadlines:
        yield _Planned(deadline, library.stages(deadline)), deadline.meant_year, deadline.when
    for slogan in library.slogans:
        if slogan.when and (slogan.year, slogan.when.words) not in hung:
            yield slogan, slogan.meant_year, slogan.when
    for campaign in library.campaigns:
        for period in filter(library.stands_alone, campaign.periods):
            yield _Stretch(campaign, period), campaign.year, period.when


class _Planned(NamedTuple):
    """An event or a deadline of a plan, and the part of a campaign that it carries out."""

    item: Item
    stages: list[Fulfilment]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A period of a campaign."""

    owner: Campaign
    period: CampaignPeriod


def _view(book: Book, item: Any, when: Period) -> View:
    """The view of one of `_timed` in calendars."""
    stages: list[View] = []
    if isinstance(item, _Planned):
        item, stages = item.item, parts.stages(item.stages)
    if isinstance(item, Event):
        shown = parts.event_item(book, item)
        more = {
            "stages": stages,
            "status": shown["status"],
            "status_label": shown["status_label"] if shown["status"] != "scheduled" else "",
            "plan": shown["plan"],
            "campaign": shown["campaign"],
            "units": _units(book, (*item.lead, *item.partners), item),
            "lead": shown["lead"],
        }
        return _item(_of(item, when, shown), item.title, item.page, item.kind.value, more)
    if isinstance(item, Deadline):
        shown = parts.deadline_item(book, item)
        more = {
            "stages": stages,
            "status": "deadline",
            "status_label": "",
            "plan": shown["plan"],
            "campaign": item.plan.campaign or 0,
            "units": _units(book, (*item.who, *item.to), item),
            "lead": shown["who"],
        }
        title = f"Hạn: {item.what}"
        return _item(_of(item, when, shown), title, shown["address"], "thời hạn", more)
    if isinstance(item, Slogan):
        noun = "chủ đề" if item.kind is SloganKind.THEME else "khẩu hiệu"
        title = f"Treo {noun}: {item.text}"
        return _item(parts.period(when), title, item.page, "băng rôn", _plain(item.year))
    campaign = item.owner
    title = f"{item.period.name}: {campaign.title}"
    return _item(parts.period(when), title, campaign.address, CAMPAIGN, _plain(campaign.year))


def _of(item: Event | Deadline, when: Period, shown: View) -> View:
    """The view of one of an item's times, which in most cases is its only one."""
    return shown["when"] if when is item.when else parts.period(when)


def _plain(campaign: int) -> View:
    return {
        "stages": [],
        "status": "",
        "status_label": "",
        "plan": None,
        "campaign": campaign,
        "units": [],
        "lead": [],
    }


def _units(book: Book, names: Iterable[str], item: Event | Deadline) -> list[str]:
    found = (book.library.unit(name, item.plan) for name in names)
    issuing = book.library.issuing(item.plan)
    return list(dict.fromkeys(unit.id for unit in (*found, *issuing) if unit))


def _item(when: View, title: str, address: str, kind: str, more: View) -> View:
    return {
        "title": title,
        "address": address,
        "kind": kind,
        "kinds": [kind, *([CAMPAIGN] if more["stages"] else [])],
        "kind_title": capital(kind),
        "tone": "green" if more["status"] == "done" else TONES.get(kind, "blue"),
        "when": when,
        **more,
        # The same thing in grid and list; a campaign's periods share a page.
        "key": f"{address} {title} {when['words']}",
    }


def _theme(book: Book, year: int) -> View:
    """The words that stand over the calendar of a year."""
    campaign = book.library.campaign(year)
    themes = [theme.text for theme in campaign.themes] if campaign else []
    slogans = [slogan.text for slogan in campaign.slogans[:1]] if campaign else []
    words = [*themes, *slogans]
    return {
        "year": year,
        "page": link(campaign.title, campaign.address) if campaign else None,
        "themes": themes,
        "headline": parts.phrases(book, words[0]) if words else [],
        "below": words[1:],
    }


def _overlapping(entries: list[Entry], first: date, last: date) -> list[Entry]:
    return [entry for entry in entries if entry.start <= last and entry.end >= first]


def _filters(items: list[View], book: Book) -> View:
    """The choices of the filter bar, from what is on the page."""
    units = dict.fromkeys(unit for item in items for unit in item["units"])
    plans = {i["plan"]["address"]: i["plan"] for i in items if i["plan"]}
    return {
        "kinds": [
            (kind, capital(kind))
            for kind in sorted({kind for item in items for kind in item["kinds"]}, key=alphabetical)
        ],
        "units": sorted(
            ((unit, book.library.units.by_id[unit].label) for unit in units),
            key=lambda unit: alphabetical(unit[1]),
        ),
        "plans": sorted(
            ((address, plan["title"]) for address, plan in plans.items()),
            key=lambda plan: alphabetical(plan[1]),
        ),
        "campaigns": sorted(
            (str(year), f"Năm {year}") for year in {item["campaign"] for item in items} if year
        ),
    }


def _year(
    book: Book,
    year: int,
    years: list[int],
    entries: list[Entry],
    rhythms: list[View],
    undated: list[View],
    shared_out: list[Share],
) -> Page:
    inside = _overlapping(entries, date(year, 1, 1), date(year, 12, 31))
    title = f"Lịch năm {year}"
    view: View = {
        "title": title,
        "year": year,
        "theme": _theme(book, year),
        "letters": list(WEEKDAY_LETTERS),
        "levels": [words for _, words in LEVELS],
        "months": [_mini(date(year, month, 1), inside) for month in range(1, 13)],
        "agenda": [entry.view for entry in inside],
        "rhythms": rhythms,
        "undated": undated,
        "total": len(inside) + len(rhythms) + len(undated),
        "filters": _filters([*(entry.view for entry in inside), *rhythms, *undated], book),
        "years": [{"year": y, "address": f"lich/{y}/", "here": y == year} for y in reversed(years)],
        "feed": f"lich/{year}/lich.ics",
        "pdf": book.printed(f"lich/{year}/lich-{year}.pdf"),
        "sheets": book.printed(f"lich/{year}/don-vi-{year}.pdf"),
        **_shared_out(book, shared_out),
    }
    feeds = ((f"Lịch năm {year}", view["feed"], "text/calendar"),)
    description = f"{title}: {len(inside)} sự kiện, thời hạn và đợt tuyên truyền."
    return Page(
        f"lich/{year}/",
        "year.html",
        title,
        SECTION,
        view,
        description,
        feeds=feeds,
        crumbs=(CRUMB,),
        banner=True,
    )


def _shared_out(book: Book, rows: list[Share]) -> View:
    """The table of units and months: `columns` are those with something in them, each row has a cell for each."""
    columns = sorted({month for share in rows for month in share.months})
    return {
        "columns": [f"Tháng {month}" if month else "Trong năm" for month in columns],
        "rows": [
            {
                "unit": parts.unit_link(share.unit, share.name),
                "cells": [
                    [_view(book, item, when) for item, when in share.months.get(month, ())]
                    for month in columns
                ],
            }
            for share in rows
        ],
    }


def _mini(first: date, entries: list[Entry]) -> View:
    """One month of the year overview: its days, those with something on them marked."""
    last = _last(first)
    inside = _overlapping(entries, first, last)
    busy = Counter(
        day
        for entry in inside
        if entry.in_grid
        for day in _days(max(entry.start, first), min(entry.end, last))
    )
    return {
        "title": f"Tháng {first.month}",
        "address": f"lich/{first.year}/{first.month:02d}/",
        "total": len(inside),
        "days": [
            {
                "day": day.day if day.month == first.month else 0,
                "iso": day.isoformat(),
                "busy": _level(busy[day]) if day.month == first.month else 0,
                "science_day": (day.month, day.day) == SCIENCE_DAY and day.month == first.month,
            }
            for day in Calendar().itermonthdates(first.year, first.month)
        ],
    }


def _level(things: int) -> int:
    """How busy a day with so many things on it is shown: as the last of LEVELS that it reaches."""
    return sum(things >= least for least, _ in LEVELS)


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


def _last(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - DAY


def _month(book: Book, first: date, years: list[int], entries: list[Entry]) -> Page:
    last = _last(first)
    inside = _overlapping(entries, first, last)
    grid = [entry for entry in inside if entry.in_grid]
    ways = _ways(grid, first, last)
    told: set[int] = set()
    title = f"Lịch tháng {first.month} năm {first.year}"
    before, after = first - DAY, last + DAY
    view: View = {
        "title": title,
        "year": first.year,
        "month": first.month,
        "theme": _theme(book, first.year),
        "weekdays": list(WEEKDAYS),
        "weeks": [
            _week(week, first, grid, ways, told)
            for week in Calendar().monthdatescalendar(first.year, first.month)
        ],
        "fuzzy": [entry.view for entry in inside if not entry.in_grid],
        "total": len(inside),
        "days": _by_day(grid, first, last),
        "filters": _filters([entry.view for entry in inside], book),
        "years": years,
        "before": _neighbour(before, years),
        "after": _neighbour(after, years),
        "feed": f"lich/{first.year}/lich.ics",
        "holidays": [
            {"day": day.day, "name": name}
            for day, name in sorted(public_holidays(first.year).items())
            if day.month == first.month
        ],
    }
    crumbs = (CRUMB, (f"Năm {first.year}", f"lich/{first.year}/"))
    description = f"{title}: {len(inside)} sự kiện, thời hạn và đợt tuyên truyền."
    address = f"lich/{first.year}/{first.month:02d}/"
    return Page(
        address, "month.html", title, SECTION, view, description, crumbs=crumbs, banner=True
    )


def _neighbour(day: date, years: list[int]) -> View | None:
    if day.year not in years:
        return None
    return link(f"Tháng {day.month}/{day.year}", f"lich/{day.year}/{day.month:02d}/")


def _week(
    week: list[date], first: date, entries: list[Entry], ways: dict[date, str], told: set[int]
) -> View:
    """Seven days and the bars that lie over them; a bar says where it goes on.

    `ways` leads from a day to its part of the list below; a day with more than there is room for
    says how many. `told` are the entries, by their identity, that a week before this one has a bar of,
    and grows: nobody hears or tabs to the same thing week after week.
    """
    monday, sunday = week[0], week[-1]
    bars: list[View] = []
    hidden: Counter[date] = Counter()
    total: Counter[date] = Counter()
    free = [monday] * ROWS  # the first day each row has room on
    for entry in _overlapping(entries, monday, sunday):
        start, end = max(entry.start, monday), min(entry.end, sunday)
        total.update(_days(start, end))
        row = next((index for index, day in enumerate(free) if day <= start), None)
        if row is None:
            hidden.update(_days(start, end))
            continue
        free[row] = end + DAY
        bars.append(
            {
                **entry.view,
                "column": start.weekday() + 1,
                "span": (end - start).days + 1,
                "from_before": entry.start < monday,
                "goes_on": entry.end > sunday,
                "told": id(entry) in told,
            }
        )
        told.add(id(entry))
    days = [_day(day, first, ways.get(day, ""), total[day]) for day in week]
    more = [
        {"column": day.weekday() + 1, "count": count, "way": ways.get(day, "")}
        for day, count in sorted(hidden.items())
        if day in ways
    ]
    return {"days": days, "bars": bars, "more": more}


def _by_day(entries: list[Entry], first: date, last: date) -> list[View]:
    """The views of what is on from `first` to `last`, each once, on the first of its days there."""
    groups: dict[date, list[View]] = {}
    for entry in entries:
        groups.setdefault(max(entry.start, first), []).append(entry.view)
    return [
        {
            "id": f"ngay-{day.day}",
            "title": f"{WEEKDAYS[day.weekday()]}, {day.day}/{day.month}",
            "iso": day.isoformat(),
            "items": items,
        }
        for day, items in sorted(groups.items())
    ]


def _ways(entries: list[Entry], first: date, last: date) -> dict[date, str]:
    """From each day with something on it to where the list says what: at the last that began."""
    ways: dict[date, str] = {}
    for entry in sorted(entries, key=lambda entry: entry.start):
        start = max(entry.start, first)
        ways |= dict.fromkeys(_days(start, min(entry.end, last)), f"#ngay-{start.day}")
    return ways


def _day(day: date, first: date, way: str, total: int) -> View:
    lunar_day, lunar_month, leap = lunar(day)
    science_day = (day.month, day.day) == SCIENCE_DAY
    return {
        "day": day.day,
        "month": day.month,
        "iso": day.isoformat(),
        "outside": day.month != first.month,
        "way": way,
        "total": total,
        "lunar": f"{lunar_day}/{lunar_month}{' nhuận' if leap else ''}"
        if lunar_day == 1 or day.day == 1
        else f"{lunar_day}",
        "holiday": day in public_holidays(day.year),
        "name": public_holidays(day.year).get(
            day, "Ngày Khoa học và Công nghệ Việt Nam" if science_day else ""
        ),
        "science_day": science_day,
    }
