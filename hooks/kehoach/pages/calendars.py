"""Theme calendars: a year and its months under the year's theme, with all that plans set in them."""

from calendar import Calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kehoach.almanac import SCIENCE_DAY, lunar, public_holidays
from kehoach.pages import parts
from kehoach.pages.page import Page, View, link
from kehoach.pages.parts import Book
from kehoach.records.event import Deadline, Event, SloganKind
from kehoach.records.period import Period, Precision
from kehoach.records.text import capital

SECTION = "lich"
CRUMB = ("Lịch", "lich/")
WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
TONES = {"băng rôn": "red", "thời hạn": "yellow", "chiến dịch": "festive"}
DAY = timedelta(days=1)
ROWS = 8  # bars over one another in a week; the agenda below the month lists everything


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with a time that a calendar shows; both days inclusive."""

    view: View
    start: date
    end: date
    in_grid: bool


def listing(book: Book) -> Iterator[Page]:
    entries = sorted(_entries(book), key=lambda e: (e.start, e.end, e.view["title"]))
    rhythms = _rhythms(book)
    years = sorted(_years(book, entries) | rhythms.keys())
    view = {
        "title": "Lịch theo chủ đề",
        "lead": "Mỗi năm một chủ đề; mọi sự kiện, thời hạn và thời gian treo băng rôn trên một tờ lịch.",
        "years": [_year_item(book, year, entries) for year in reversed(years)],
        "feed": "lich.ics",
    }
    feeds = (("Lịch của toàn trang", "lich.ics", "text/calendar"),)
    yield Page("lich/", "calendars.html", view["title"], SECTION, view, view["lead"], feeds=feeds)
    for year in years:
        yield _year(book, year, years, entries, rhythms.get(year, []))
        for month in range(1, 13):
            yield _month(book, date(year, month, 1), years, entries)


def _years(book: Book, entries: Iterable[Entry]) -> set[int]:
    """Every year that something happens in, every campaign's, and the clock's own."""
    years = {book.site.clock.year} | {campaign.year for campaign in book.library.campaigns}
    for entry in entries:
        years |= {entry.start.year, entry.end.year}
    return years


def _entries(book: Book) -> Iterator[Entry]:
    """What has days."""
    for _, when, view in _items(book):
        if days := when.span:
            yield Entry(view, *days, when.precision is Precision.DAY)


def _rhythms(book: Book) -> dict[int, list[View]]:
    """What only has a rhythm ("định kỳ 6 tháng"), by the year of its plan: it is on no day."""
    found: dict[int, list[View]] = {}
    for year, when, view in _items(book):
        if when.recurrence and not when.span:
            found.setdefault(year, []).append(view)
    return found


def _items(book: Book) -> Iterator[tuple[int, Period, View]]:
    """All that has a time, with the year of the plan or campaign that sets it."""
    for event in book.library.events:
        item = parts.event_item(book, event)
        yield from _item(
            event.year,
            event.when,
            event.title,
            event.page,
            event.kind.value,
            {
                "status": item["status"],
                "status_label": item["status_label"] if item["status"] != "scheduled" else "",
                "plan": item["plan"],
                "campaign": item["campaign"],
                "units": _units(book, (*event.lead, *event.partners), event),
                "lead": item["lead"],
            },
        )
    for deadline in book.library.deadlines:
        item = parts.deadline_item(book, deadline)
        yield from _item(
            deadline.year,
            deadline.when,
            f"Hạn: {deadline.what}",
            item["address"],
            "thời hạn",
            {
                "status": "deadline",
                "status_label": "",
                "plan": item["plan"],
                "campaign": deadline.plan.campaign or 0,
                "units": _units(book, (*deadline.who, *deadline.to), deadline),
                "lead": item["who"],
            },
        )
    hung = {
        (event.year, event.when.words)
        for event in book.library.events
        if event.when and event.kind.value == "băng rôn"
    }
    for slogan in book.library.slogans:
        if slogan.when is None or (slogan.year, slogan.when.words) in hung:
            continue
        noun = "chủ đề" if slogan.kind is SloganKind.THEME else "khẩu hiệu"
        title = f"Treo {noun}: {slogan.text}"
        more = _plain(slogan.year)
        yield from _item(slogan.year, slogan.when, title, slogan.page, "băng rôn", more)
    for campaign in book.library.campaigns:
        for stretch in campaign.periods:
            title = f"{stretch.name}: {campaign.title}"
            more = _plain(campaign.year)
            yield from _item(
                campaign.year, stretch.when, title, campaign.address, "chiến dịch", more
            )


def _plain(campaign: int) -> View:
    return {
        "status": "",
        "status_label": "",
        "plan": None,
        "campaign": campaign,
        "units": [],
        "lead": [],
    }


def _units(book: Book, names: Iterable[str], item: Event | Deadline) -> list[str]:
    found = (book.library.unit(name, item.plan) for name in names)
    issuer = book.library.issuer(item.plan)
    return list(dict.fromkeys(unit.id for unit in (*found, issuer) if unit))


def _item(
    year: int, when: Period | None, title: str, address: str, kind: str, more: View
) -> Iterator[tuple[int, Period, View]]:
    if when is None:
        return
    tone = "green" if more["status"] == "done" else TONES.get(kind, "blue")
    view = {
        "title": title,
        "address": address,
        "kind": kind,
        "tone": tone,
        "when": parts.period(when),
        **more,
    }
    # The same thing in grid and list; a campaign's periods share a page.
    view["key"] = f"{address} {title} {when.words}"
    yield year, when, view


def _theme(book: Book, year: int) -> View:
    """The words that stand over the calendar of a year."""
    campaign = book.library.campaign(year)
    return {
        "year": year,
        "page": link(campaign.title, campaign.address) if campaign else None,
        "themes": [theme.text for theme in campaign.themes] if campaign else [],
        "slogan": parts.phrases(book, campaign.slogans[0].text)
        if campaign and campaign.slogans
        else [],
    }


def _year_item(book: Book, year: int, entries: list[Entry]) -> View:
    return {
        "year": year,
        "address": f"lich/{year}/",
        "themes": _theme(book, year)["themes"],
        "total": sum(1 for e in entries if e.start.year <= year <= e.end.year),
    }


def _overlapping(entries: list[Entry], first: date, last: date) -> list[Entry]:
    return [entry for entry in entries if entry.start <= last and entry.end >= first]


def _filters(items: list[View], book: Book) -> View:
    """The choices of the filter bar, from what is on the page."""
    units = dict.fromkeys(unit for item in items for unit in item["units"])
    plans = {i["plan"]["address"]: i["plan"] for i in items if i["plan"]}
    return {
        "kinds": [(kind, capital(kind)) for kind in sorted({item["kind"] for item in items})],
        "units": sorted(
            ((unit, book.library.units.by_id[unit].label) for unit in units),
            key=lambda unit: unit[1],
        ),
        "plans": sorted(
            ((address, plan["title"]) for address, plan in plans.items()), key=lambda plan: plan[1]
        ),
        "campaigns": sorted(
            (str(year), f"Năm {year}") for year in {item["campaign"] for item in items} if year
        ),
    }


def _year(
    book: Book, year: int, years: list[int], entries: list[Entry], rhythms: list[View]
) -> Page:
    inside = _overlapping(entries, date(year, 1, 1), date(year, 12, 31))
    title = f"Lịch năm {year}"
    view = {
        "title": title,
        "year": year,
        "theme": _theme(book, year),
        "months": [_mini(date(year, month, 1), inside) for month in range(1, 13)],
        "agenda": [entry.view for entry in inside],
        "rhythms": rhythms,
        "filters": _filters([*(entry.view for entry in inside), *rhythms], book),
        "years": [{"year": y, "address": f"lich/{y}/", "here": y == year} for y in reversed(years)],
        "feed": f"lich/{year}/lich.ics",
        "pdf": book.printed(f"lich/{year}/lich-{year}.pdf"),
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


def _mini(first: date, entries: list[Entry]) -> View:
    """One month of the year overview: its days, those with something on them marked."""
    last = _last(first)
    inside = _overlapping(entries, first, last)
    busy = {
        day
        for entry in inside
        if entry.in_grid
        for day in _days(max(entry.start, first), min(entry.end, last))
    }
    return {
        "title": f"Tháng {first.month}",
        "address": f"lich/{first.year}/{first.month:02d}/",
        "total": len(inside),
        "days": [
            {
                "day": day.day if day.month == first.month else 0,
                "iso": day.isoformat(),
                "busy": day in busy and day.month == first.month,
                "science_day": (day.month, day.day) == SCIENCE_DAY and day.month == first.month,
            }
            for day in Calendar().itermonthdates(first.year, first.month)
        ],
    }


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
    title = f"Lịch tháng {first.month} năm {first.year}"
    before, after = first - DAY, last + DAY
    view = {
        "title": title,
        "year": first.year,
        "month": first.month,
        "theme": _theme(book, first.year),
        "weekdays": list(WEEKDAYS),
        "weeks": [
            _week(week, first, grid)
            for week in Calendar().monthdatescalendar(first.year, first.month)
        ],
        "fuzzy": [entry.view for entry in inside if not entry.in_grid],
        "agenda": [entry.view for entry in inside],
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


def _week(week: list[date], first: date, entries: list[Entry]) -> View:
    """Seven days and the bars that lie over them; a bar says where it goes on."""
    monday, sunday = week[0], week[-1]
    bars: list[View] = []
    hidden = 0
    free = [monday] * ROWS  # the first day each row has room on
    for entry in _overlapping(entries, monday, sunday):
        start, end = max(entry.start, monday), min(entry.end, sunday)
        row = next((index for index, day in enumerate(free) if day <= start), None)
        if row is None:
            hidden += 1
            continue
        free[row] = end + DAY
        bars.append(
            {
                **entry.view,
                "column": start.weekday() + 1,
                "span": (end - start).days + 1,
                "from_before": entry.start < monday,
                "goes_on": entry.end > sunday,
            }
        )
    return {"days": [_day(day, first) for day in week], "bars": bars, "hidden": hidden}


def _day(day: date, first: date) -> View:
    lunar_day, lunar_month, leap = lunar(day)
    science_day = (day.month, day.day) == SCIENCE_DAY
    return {
        "day": day.day,
        "iso": day.isoformat(),
        "outside": day.month != first.month,
        "lunar": f"{lunar_day}/{lunar_month}{' nhuận' if leap else ''}"
        if lunar_day == 1 or day.day == 1
        else f"{lunar_day}",
        "holiday": day in public_holidays(day.year),
        "name": public_holidays(day.year).get(
            day, "Ngày Khoa học và Công nghệ Việt Nam" if science_day else ""
        ),
        "science_day": science_day,
    }
