"""Views that several kinds of pages share: a time, a unit, an event in a list."""

from collections import Counter
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field
from datetime import date, time
from functools import wraps
from typing import Any, TypeVar

from kehoach.history import History
from kehoach.pages.page import View, link
from kehoach.records.body.references import name_of
from kehoach.records.document import Document
from kehoach.records.event import Deadline, Event, EventStatus, Slogan, SloganKind
from kehoach.records.fields import Attachment, Picture
from kehoach.records.fulfilment import Fulfilment
from kehoach.records.library import Library
from kehoach.records.period import Period, Precision, Relation
from kehoach.records.photographs import FORMATS, WIDTHS, place
from kehoach.records.plan import Plan
from kehoach.records.text import capital
from kehoach.records.unit import Unit
from kehoach.site import Site

R = TypeVar("R")
_BOUNDS = {Relation.BEFORE: ("Đến", "Trước"), Relation.AFTER: ("Từ", "Sau")}
UTC_OFFSET = "+07:00"  # Asia/Ho_Chi_Minh, all year
NO_TIME = "Chưa ấn định thời gian"


@dataclass(frozen=True, slots=True)
class Book:
    """All that pages are made from."""

    library: Library
    site: Site
    history: History
    prints: Container[str] = frozenset()  # the addresses of everything that is printed
    banners: Callable[[Slogan], list[Any]] = lambda slogan: []  # what a slogan is printed as
    phrases: Callable[[str], list[list[str]]] = lambda text: [
        text.split()
    ]  # line by line, what no line end parts
    items: dict[int, View] = field(default_factory=dict)  # of records, made once for all lists
    bare: "Book | None" = (
        None  # what items are made from: it knows nothing that not every list may show
    )

    def printed(self, address: str) -> str:
        """`address` where it is among the prints, else ""."""
        return address if address in self.prints else ""


def phrases(book: Book, text: str) -> list[str]:
    """The words of a slogan in the groups that a line of big letters keeps together."""
    return [phrase for line in book.phrases(text) for phrase in line]


def webcal(site: Site, address: str) -> str:
    """The address that makes a calendar program subscribe; "" on a site without an address of its own."""
    return "webcal://" + site.absolute(address).split("://", 1)[1] if site.url else ""


def period(when: Period | None) -> View:
    """A time as written, with its bounds for the browser; `datetime` only where the day is certain.

    What is due begins and ends with its last day; what has no end ("kể từ ngày 14/5") has none. A
    bound with an hour is that minute ("2022-05-18T08:30"), in Vietnam's time.
    """
    if when is None:
        return {
            "words": NO_TIME,
            "rhythm": "",
            "start": "",
            "end": "",
            "exact": False,
            "settled": False,
            "datetime": "",
            "each": [],
            "leaf": leaf(None),
        }
    earliest = min(when.each, key=_begins)
    last = max(when.each, key=_ends)
    opens = earliest.start_time if earliest.first else earliest.end_time
    start = _minute(earliest.first or earliest.last, opens)
    return {
        "words": when.words,
        "rhythm": when.rhythm,
        "start": start,
        "end": _minute(last.last, last.end_time),
        "exact": when.exact,
        "settled": all(part.exact for part in when.each),
        "datetime": f"{start}{UTC_OFFSET if 'T' in start else ''}" if when.exact else "",
        "each": [period(part) for part in when.parts],
        "leaf": leaf(when),
    }


def words_of(when: Period | None) -> list[str]:
    """The words of each time that `when` names."""
    return [part.words for part in when.each] if when else [NO_TIME]


def _begins(when: Period) -> tuple[date, time]:
    """The day and hour by which a time sorts by its beginning; without a day it comes last."""
    return when.moment or (date.max, time.max)


def _ends(when: Period) -> tuple[date, time]:
    """The day and hour by which a time sorts by its end; without an end it comes last of those with a day."""
    if when.last:
        return when.last, when.end_time or time.max
    return (date.max if when.first else date.min), time.max


def _minute(day: date | None, hour: time | None) -> str:
    if day is None:
        return ""
    return f"{day.isoformat()}T{hour:%H:%M}" if hour else day.isoformat()


def leaf(when: Period | None) -> View:
    """A leaf of the wall calendar: month, day and year; words instead where no day is certain."""
    start = when and (when.start or when.end)
    end = when and (when.end or when.start)
    if not when or not start or not end:
        return {
            "month": "",
            "day": "",
            "year": "",
            "words": _without_day(when),
            "hour": "",
            "span": False,
            "fuzzy": True,
        }
    if when.parts:
        year = str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
        several = {"month": _months(start, end), "words": "Nhiều đợt", "year": year}
        return several | {"day": "", "hour": "", "span": False, "fuzzy": True}
    hour = (when.start_time or when.end_time) if start == end else None
    fuzzy: View = {"year": str(start.year), "day": "", "span": False, "fuzzy": True}
    fuzzy["hour"] = f"{hour.hour}:{hour.minute:02}" if hour else ""
    if when.relation in _BOUNDS:
        word = _BOUNDS[when.relation][when.exclusive]
        return fuzzy | {
            "month": word,
            "day": f"{end.day}/{end.month}",
            "words": "",
            "span": True,
            "year": str(end.year),
        }
    if when.precision is Precision.YEAR:
        return fuzzy | {"month": "Năm", "words": "Trong năm"}
    if when.precision is not Precision.DAY:
        return fuzzy | {"month": _months(start, end), "words": _part(when.precision, start)}
    leaf = fuzzy | {"fuzzy": not when.exact, "words": ""}
    if start == end:
        return leaf | {"month": f"Tháng {start.month}", "day": str(start.day)}
    if (start.year, start.month) == (end.year, end.month):
        return leaf | {
            "month": f"Tháng {start.month}",
            "day": f"{start.day}–{end.day}",
            "span": True,
        }
    return leaf | {
        "month": _months(start, end),
        "day": f"{start.day}/{start.month}–{end.day}/{end.month}",
        "span": True,
    }


def _without_day(when: Period | None) -> str:
    if when is None:
        return "Chưa định"
    return capital(when.rhythm) if when.recurrence else "Theo văn bản"


def _months(start: date, end: date) -> str:
    return (
        f"Tháng {start.month}" if start.month == end.month else f"Tháng {start.month}–{end.month}"
    )


def _part(precision: Precision, start: date) -> str:
    if precision is Precision.PART_OF_MONTH:
        return {1: "Đầu tháng", 11: "Giữa tháng", 21: "Cuối tháng"}.get(start.day, "Trong tháng")
    return "Trong quý" if precision is Precision.QUARTER else "Trong tháng"


def party(book: Book, name: str, plan: Plan) -> View:
    unit = book.library.unit(name, plan)
    return link(book.library.units.called(name), unit.page if unit else "")


def parties(book: Book, names: Iterable[str], plan: Plan) -> list[View]:
    return [party(book, name, plan) for name in names]


def unit_link(unit: Unit | None, name: str = "") -> View:
    return link(name or unit.label, unit.page) if unit else link(name, "")


def section_link(plan: Plan, ref: str | None) -> View | None:
    """The place in the plan's text that a record comes from."""
    if not ref:
        return None
    anchor = plan.anchors.get(ref)
    return link(name_of(ref), f"{plan.address}#{anchor}" if anchor else plan.address)


def _made_once(make: Callable[[Book, R], View]) -> Callable[[Book, R], View]:
    """`make`, for the view of a record in lists, which gives the same object to all of them."""

    @wraps(make)
    def item(book: Book, record: R) -> View:
        if id(record) not in book.items:
            book.items[id(record)] = make(book.bare or book, record)
        return book.items[id(record)]

    return item


@_made_once
def event_item(book: Book, event: Event) -> View:
    """An event as lists show it."""
    plan = event.plan
    issuer = book.library.issuer(plan)
    return {
        "title": event.title,
        "address": event.page,
        "id": event.id,
        "kind": event.kind.value,
        "kind_title": capital(event.kind.value),
        "when": period(event.when),
        "place": event.place or "",
        "province": book.library.units.province(issuer) if issuer else "",
        "audience": event.audience or "",
        "lead": parties(book, event.lead, plan),
        "leads": "|".join(map(book.library.units.called, event.lead)),
        "status": event.status.value,
        "status_label": event.status.label,
        "plan": link(plan_label(plan), plan.address),
        "issuer": unit_link(issuer, "" if issuer else plan.issuer),
        "section": section_link(plan, event.section),
        "campaign": plan.campaign or 0,
        "result": event.result.words if event.result else "",
    }


@_made_once
def deadline_item(book: Book, deadline: Deadline) -> View:
    plan = deadline.plan
    return {
        "what": deadline.what,
        "when": period(deadline.when),
        "who": parties(book, deadline.who, plan),
        "to": parties(book, deadline.to, plan),
        "section": section_link(plan, deadline.section),
        "anchor": deadline.anchor,
        "address": f"{plan.address}#{deadline.anchor}",
        "plan": link(plan_label(plan), plan.address),
    }


@_made_once
def slogan_item(book: Book, slogan: Slogan) -> View:
    owner = slogan.owner
    return {
        "text": slogan.text,
        "address": slogan.page,
        "kind": slogan.kind.value,
        "is_theme": slogan.kind is SloganKind.THEME,
        "when": period(slogan.when) if slogan.when else None,
        "where": slogan.where or "",
        "source": slogan.source or "",
        "owner": link(plan_label(owner) if isinstance(owner, Plan) else owner.title, owner.address),
        "from_plan": isinstance(owner, Plan),
    }


def files(document: Document, attachments: Iterable[Attachment]) -> list[View]:
    """Links to `attachments` that lie beside `document`."""
    folder = document.address.rsplit("/", 2)[0]
    return [link(attached.title, f"{folder}/{attached.file}") for attached in attachments]


@_made_once
def plan_item(book: Book, plan: Plan) -> View:
    issuer = book.library.issuer(plan)
    return {
        "title": plan.title,
        "kind": plan.kind,
        "label": plan_label(plan),
        "address": plan.address,
        "number": number(plan),
        "date": period(plan.date),
        "year": plan.year,
        "issuers": [
            link(unit, "") if isinstance(unit, str) else unit_link(unit)
            for unit in book.library.issuers(plan)
        ],
        "province": book.library.units.province(issuer) if issuer else "",
        "status": plan.status.value,
        "status_label": plan.status.label,
        "summary": plan.summary or "",
        "events": len(plan.events),
        "campaign": plan.campaign or 0,
    }


def stages(found: Iterable[Fulfilment]) -> list[View]:
    """The periods that are carried out, as links to their campaigns."""
    return [link(f"{one.period.stage} {one.campaign.year}", one.campaign.address) for one in found]


def number(plan: Plan) -> str:
    """The number as signed, single-spaced; "" where the text has none."""
    return " ".join((plan.number or "").split())


def plan_label(plan: Plan) -> str:
    """How lists call a plan: kind and number where it has one, else kind and abstract."""
    return (
        f"{plan.kind} số {number(plan).replace(' ', '')}"
        if plan.is_numbered
        else f"{plan.kind} {plan.title[:1].lower()}{plan.title[1:]}"
    )


def picture(document: Document, shown: Picture) -> View:
    """A photograph in the widths and formats that the site makes of it; addresses by width."""

    def addresses(extension: str) -> list[View]:
        return [
            {"width": width, "address": place(document.address, shown.file, width, extension)}
            for width in WIDTHS
        ]

    *modern, last = FORMATS
    return {
        "alt": shown.alt,
        "caption": shown.caption or "",
        "sources": [{"type": f"image/{ext}", "widths": addresses(ext)} for ext in modern],
        "widths": addresses(last),
        "largest": addresses(last)[-1]["address"],
    }


def tally(events: Iterable[Event]) -> list[View]:
    """How many of `events` are done, moved, postponed, cancelled; what is none of them is not counted."""
    counts = Counter(event.status for event in events)
    return [
        {"status": status.value, "label": status.label, "count": counts[status]}
        for status in EventStatus
        if status is not EventStatus.SCHEDULED and counts[status]
    ]


def start_of(item: Event | Deadline) -> tuple[bool, str, str]:
    """Sorting key: by first possible day and its hour, things without a time last."""
    moment = item.when and item.when.moment
    return (moment is None, _minute(*moment) if moment else "", item.id)


def events_of(book: Book, events: Iterable[Event]) -> list[View]:
    return [event_item(book, event) for event in sorted(events, key=start_of)]


def deadlines_of(book: Book, deadlines: Iterable[Deadline]) -> list[View]:
    return [deadline_item(book, deadline) for deadline in sorted(deadlines, key=start_of)]
