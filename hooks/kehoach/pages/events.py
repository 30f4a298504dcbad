"""Events: the list of all, and a page for each."""

from collections.abc import Iterable, Iterator

from kehoach.pages import parts
from kehoach.pages.invite import calendar_links, map_links
from kehoach.pages.page import Page, View, by_year, latest, link
from kehoach.pages.parts import Book
from kehoach.records.event import Event, EventKind, EventStatus
from kehoach.records.text import alphabetical, capital

SECTION = "su-kien"
CRUMB = ("Sự kiện", "su-kien/")
# What is drawn for an event without a picture, by its kind.
_MOTIFS = {
    EventKind.CONFERENCE: "unit",
    EventKind.WORKSHOP: "quote",
    EventKind.TALK: "quote",
    EventKind.CONTEST: "flag",
    EventKind.TRAINING: "document",
    EventKind.MEDIA: "megaphone",
    EventKind.BANNER: "banner",
    EventKind.CULTURE: "sun",
    EventKind.OTHER: "calendar",
}
LABEL = 60  # letters of a choice in a filter
LISTED = 200  # events of the list of all, or the latest year's; every year has a list of its own


def listing(book: Book) -> Iterator[Page]:
    lead = "Mọi hoạt động mà các kế hoạch đặt ra, với thời gian đúng như kế hoạch viết."
    feeds = (("Lịch của toàn trang", "lich.ics", "text/calendar"),)
    shown = latest(book.library.events, LISTED)
    years = sorted({event.year for event in book.library.events}, reverse=True)
    view = _list(book, "Sự kiện", lead, shown) | {
        "years": years,
        "earlier": years[len({event.year for event in shown}) :],
    }
    yield Page("su-kien/", "events.html", "Sự kiện", SECTION, view, lead, feeds=feeds)


def _list(book: Book, title: str, lead: str, events: Iterable[Event]) -> View:
    events = sorted(events, key=parts.start_of)
    dated = [event for event in events if not parts.start_of(event)[0]]
    undated = [event for event in events if parts.start_of(event)[0]]
    leads = {book.library.units.called(name) for event in events for name in event.lead}
    items = parts.events_of(book, events)
    return {
        "title": title,
        "lead": lead,
        "groups": [
            {"year": y, "events": parts.events_of(book, group)} for y, group in by_year(dated)
        ],
        "undated": parts.events_of(book, undated),
        "kinds": [
            (kind, capital(kind))
            for kind in sorted({event.kind.value for event in events}, key=alphabetical)
        ],
        "units": [(name, name) for name in sorted(leads, key=alphabetical)],
        "provinces": _values(items, "province"),
        "places": _values(items, "place"),
        "audiences": _values(items, "audience"),
        "years": [],
        "earlier": [],
        "total": len(events),
        "calendar": "lich/",
    }


def _values(items: Iterable[View], name: str) -> list[tuple[str, str]]:
    """The choices of a filter: every value that is told, and its words, cut where they are many."""
    return [
        (value, value if len(value) <= LABEL else f"{value[:LABEL].rsplit(' ', 1)[0]} …")
        for value in sorted({item[name] for item in items} - {""}, key=alphabetical)
    ]


def pages(book: Book, year: int) -> Iterator[Page]:
    """The list of the events of `year`, and a page for each that leads to the ones beside it."""
    events = (event for event in book.library.events if event.year == year)
    group = sorted(events, key=parts.start_of)
    if not group:
        return
    title, lead = f"Sự kiện năm {year}", f"{len(group)} hoạt động theo các kế hoạch năm {year}."
    view = _list(book, title, lead, group)
    yield Page(f"su-kien/{year}/", "events.html", title, SECTION, view, lead, crumbs=(CRUMB,))
    dated = [event for event in group if not parts.start_of(event)[0]]
    around = zip([None, *dated], dated, [*dated[1:], None], strict=False)
    neighbours = {event: (before, after) for before, event, after in around}
    for event in group:
        yield _event(book, event, *neighbours.get(event, (None, None)))


def _event(book: Book, event: Event, before: Event | None, after: Event | None) -> Page:
    plan = event.plan
    item = parts.event_item(book, event)
    campaign = book.library.campaign(plan.campaign)
    calendar = f"{event.page}index.ics"
    view = {
        **item,
        "facts": _facts(book, event),
        "description": event.description or "",
        "story": _story(event),
        "notice": _notice(event),
        "theme": event.theme or "",
        "programme": [step.model_dump() for step in event.steps],
        "registration": _registration(event),
        "contact": event.contact.model_dump() if event.contact else None,
        "online": event.online or "",
        "result": _result(event),
        "image": parts.picture(plan, event.image) if event.image else None,
        "motif": _MOTIFS[event.kind],
        "documents": parts.files(plan, event.documents),
        "plan_title": plan.title,
        "stages": parts.stages(book.library.stages(event)),
        "campaign_page": link(campaign.title, campaign.address) if campaign else None,
        "slogans": [parts.slogan_item(book, slogan) for slogan in plan.slogans[:3]],
        "before": link(before.title, before.page) if before else None,
        "after": link(after.title, after.page) if after else None,
        "calendar": calendar,
        "invitation": book.printed(f"{event.page}giay-moi.pdf"),
        "webcal": parts.webcal(book.site, calendar),
        "calendar_links": calendar_links(event, book.site),
        "maps": map_links(event),
        "materials": [
            link(m.title, m.address) for m in book.library.materials if m.event == event.id
        ],
    }
    crumbs = (CRUMB, (f"Năm {event.year}", f"su-kien/{event.year}/"))
    description = f"{capital(event.kind.value)}: {event.title}. Thời gian: {item['when']['words']}."
    feeds = (("Lịch của sự kiện", calendar, "text/calendar"),)
    return Page(
        event.page,
        "event.html",
        event.title,
        SECTION,
        view,
        description,
        subject=event,
        feeds=feeds,
        crumbs=crumbs,
    )


def _facts(book: Book, event: Event) -> list[View]:
    """The facts of an event (what, when, where, who), each with the records it links to."""
    plan = event.plan

    def text(value: str | None) -> list[View]:
        return [link(value, "")] if value else []

    facts = [
        ("Thời gian", [link(words, "") for words in parts.words_of(event.when)]),
        ("Địa điểm", text(event.place)),
        ("Địa chỉ", text(event.address)),
        ("Địa điểm khác" if event.place else "Các địa điểm", _venues(event)),
        ("Đơn vị chủ trì", parts.parties(book, event.lead, plan)),
        ("Đơn vị phối hợp", parts.parties(book, event.partners, plan)),
        ("Thành phần", text(event.audience)),
        ("Quy mô", text(event.attendance)),
        ("Phí tham dự", text(event.fee)),
        ("Chủ đề", text(event.theme)),
    ]
    return [{"term": term, "entries": entries} for term, entries in facts if entries]


def _venues(event: Event) -> list[View]:
    return [
        link(", ".join(filter(None, (venue.name, venue.address))), "") for venue in event.places
    ]


def _registration(event: Event) -> View | None:
    asked = event.registration
    if asked is None:
        return None
    return {
        "url": asked.url or "",
        "phone": asked.phone or "",
        "email": asked.email or "",
        "until": parts.period(asked.until) if asked.until else None,
        "places": asked.places or 0,
    }


def _result(event: Event) -> View | None:
    """The view of an event's result; None where the site has no news."""
    told = event.result
    if told is None:
        return None
    return {
        "words": told.words,
        "figures": [figure.model_dump() for figure in told.figures],
        "documents": parts.files(event.plan, told.documents),
        "pictures": [parts.picture(event.plan, picture) for picture in told.pictures],
    }


def _story(event: Event) -> View | None:
    """Moved from what to what, and why."""
    if event.status is not EventStatus.RESCHEDULED or not event.previous_when:
        return None
    return {
        "before": event.previous_when.words,
        "after": event.when.words if event.when else parts.NO_TIME,
    }


def _notice(event: Event) -> View | None:
    words = {
        EventStatus.CANCELLED: "Sự kiện này đã huỷ.",
        EventStatus.POSTPONED: "Sự kiện này hoãn, chưa có thời gian mới.",
        EventStatus.RESCHEDULED: "Sự kiện này đã đổi thời gian.",
    }.get(event.status)
    return (
        {"kind": event.status.value, "words": words, "reason": event.reason or ""}
        if words
        else None
    )
