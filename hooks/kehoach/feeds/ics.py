"""Calendars (RFC 5545, with REFRESH-INTERVAL and NAME of RFC 7986): records in, bytes out.

Only a certain day is CONFIRMED. Anything fuzzy fills its whole span as an all-day entry, TENTATIVE
and TRANSPARENT, and its own words lead the SUMMARY; "trước ngày 14/5" is a mark on the 13th, the last
day in time. What has no day, or only a rhythm ("định kỳ 6 tháng", "ngày 25 hằng tháng"), is in no
calendar: a rule (RFC 5545 §3.8.5.3) counts from a first day, and such words name none. Several times, or
several sessions of a day, are a VEVENT each, related to the first (§3.8.4.5); hours of each day of a run
are one that recurs daily.

CANCELLED keeps its days. RFC 5545 §3.8.1.11 has no word for what schema.org calls EventPostponed,
an event whose new day is not known. It is not cancelled, so it is TENTATIVE and TRANSPARENT on the
days it left, with "[Hoãn]" before its title: who looks at that day learns why the room is empty.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from itertools import chain, compress
from typing import Any

from kehoach.feeds.concerns import Concern
from kehoach.feeds.contentline import escaped, folded
from kehoach.feeds.feed import Feed
from kehoach.feeds.text import host, line, plan_label, printable
from kehoach.feeds.times import certain, occurrences, standing
from kehoach.history import History, Key, Part, Revision, key, time_key
from kehoach.records.campaign import Campaign, CampaignPeriod
from kehoach.records.event import (
    Contact,
    Deadline,
    Event,
    EventKind,
    EventStatus,
    Registration,
    Slogan,
    SloganKind,
    Venue,
)
from kehoach.records.fulfilment import Fulfilment, Item
from kehoach.records.library import Library
from kehoach.records.period import Period
from kehoach.records.plan import Plan, PlanStatus
from kehoach.records.unit import Units
from kehoach.site import TIMEZONE, Site

PRODID = "-//kehoach//Lich//VI"
REFRESH = "PT12H"
TZID = "Asia/Ho_Chi_Minh"
# Days before and hour: at 9:00 on the third and on the last day before the day of the deadline.
REMINDERS = ("-P2DT15H", "-PT15H")

_CAMPAIGN = "chiến dịch"
_OFF = (EventStatus.CANCELLED, EventStatus.POSTPONED)  # said before the title

_BEGIN = folded(["BEGIN:VCALENDAR", f"PRODID:{PRODID}", "VERSION:2.0", "CALSCALE:GREGORIAN"])
_REFRESH = folded(
    [
        f"X-WR-TIMEZONE:{TZID}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
    ]
)
# Indochina Time: +07 without summer time, since 13 June 1975 (tz database).
_VTIMEZONE = folded(
    [
        "BEGIN:VTIMEZONE",
        f"TZID:{TZID}",
        "BEGIN:STANDARD",
        "DTSTART:19750613T000000",
        "TZOFFSETFROM:+0700",
        "TZOFFSETTO:+0700",
        "TZNAME:+07",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]
)
_END = folded(["END:VCALENDAR"])

# Kinds that take nobody's time on their days.
_BACKGROUND = {EventKind.BANNER, EventKind.MEDIA}


class Entry(dict[str, Any]):
    """One VEVENT as plain data; its text is made once, however many calendars hold it."""

    @cached_property
    def component(self) -> bytes:
        return _component(self)

    def touches(self, year: int) -> bool:
        return int(self["first"][:4]) <= year <= int(self["last"][:4])


def calendar(entries: Iterable[Entry], *, name: str, url: str) -> list[bytes]:
    """One calendar, UTF-8, CRLF, lines of at most 75 octets that never split a character.

    Entries stand by their first day, each UID once. The bytes come in chunks, one for each entry.
    """
    by_uid = {entry["uid"]: entry for entry in entries}
    ordered = sorted(by_uid.values(), key=lambda entry: (entry["start"], entry["uid"]))
    title = escaped(line(name))
    chunks = [_BEGIN, folded([f"NAME:{title}", f"X-WR-CALNAME:{title}"]), _REFRESH]
    if url:
        chunks.append(folded([f"URL:{url}"]))
    if any("T" in entry["start"] for entry in ordered):
        chunks.append(_VTIMEZONE)
    return [*chunks, *(entry.component for entry in ordered), _END]


def own(plan: Plan, library: Library, site: Site, history: History) -> Iterator[Feed]:
    """The calendars of a plan and of each of its events."""
    entries = list(plan_entries(plan, library.units, site, history, library.stages))
    by_whole = _by_whole(entries)
    yield _calendar_at(f"{plan.address}index.ics", plan.address, plan.title, entries, site)
    for event in plan.events:
        found = by_whole.get(uid(key(event), site), [])
        yield _calendar_at(f"{event.page}index.ics", event.page, event.title, found, site)


def shared(
    library: Library, site: Site, history: History, told: Mapping[str, Concern]
) -> Iterator[Feed]:
    """The calendars of the site, of each year, campaign and unit."""
    units = library.units
    plans = {
        p.address: list(plan_entries(p, units, site, history, library.stages))
        for p in library.plans
    }
    days = {
        c.address: list(campaign_entries(c, site, history, library.stands_alone))
        for c in library.campaigns
    }
    everything = list(chain(*plans.values(), *days.values()))
    by_whole = _by_whole(everything)

    def known(parts: Iterable[Part]) -> Iterator[Entry]:
        return chain.from_iterable(by_whole.get(uid(key(part), site), ()) for part in parts)

    yield _calendar_at("lich.ics", "lich/", site.name, everything, site)
    for year in sorted(_years(everything, library, site)):
        touching = (entry for entry in everything if entry.touches(year))
        page = f"lich/{year}/"
        yield _calendar_at(f"{page}lich.ics", page, f"{site.name} - năm {year}", touching, site)
    for campaign in library.campaigns:
        page = campaign.address
        own = (plans[plan.address] for plan in library.plans if plan.campaign == campaign.year)
        entries = chain(days[page], *own)
        yield _calendar_at(f"{page}lich.ics", page, campaign.title, entries, site)
    for unit in library.units:
        concern = told[unit.id]
        own = (plans[plan.address] for plan in concern.issued)
        entries = chain(known(concern.duties), *own)
        yield _calendar_at(f"{unit.page}lich.ics", unit.page, unit.label, entries, site)


def campaign_calendar(campaign: Campaign, library: Library, site: Site) -> bytes:
    """A campaign's calendar by itself, the same whenever it is made: without history and clock, its
    entries are stamped with the first day of the campaign's year, so that any other is newer."""
    history, stamp = History(), datetime(campaign.year, 1, 1, tzinfo=TIMEZONE)
    then = Site(site.name, site.url, site.description, stamp, site.department, extra=site.extra)
    entries = chain(
        campaign_entries(campaign, then, history, library.stands_alone),
        *(
            plan_entries(plan, library.units, then, history, library.stages)
            for plan in library.plans
            if plan.campaign == campaign.year
        ),
    )
    url = site.absolute(campaign.address) if site.url else ""
    return b"".join(calendar(entries, name=campaign.title, url=url))


def _by_whole(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The entries of each event, deadline or slogan, by the UID of its first."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry["whole"], []).append(entry)
    return found


def _calendar_at(address: str, page: str, name: str, entries: Iterable[Entry], site: Site) -> Feed:
    url = site.absolute(page) if site.url else ""
    return Feed(address, calendar(entries, name=name, url=url))


def _years(entries: Iterable[Entry], library: Library, site: Site) -> set[int]:
    """Every year that something touches, every campaign's, and the clock's own."""
    years = {site.clock.year, *(campaign.year for campaign in library.campaigns)}
    for entry in entries:
        years.update(range(int(entry["first"][:4]), int(entry["last"][:4]) + 1))
    return years


def uid(name: Key, site: Site) -> str:
    """The lasting UID of a record, from its permanent address and the site (RFC 5545 §3.8.4.7)."""
    return "@".join(filter(None, (".".join(name), host(site))))


def plan_entries(
    plan: Plan,
    units: Units,
    site: Site,
    history: History,
    stages: Callable[[Item], Iterable[Fulfilment]] = lambda item: (),
) -> Iterator[Entry]:
    """The calendar entries of a plan: events, deadlines, and slogans for the days they hang.

    A slogan that hangs on the days of one of the plan's banner events is told there instead, as are
    the `stages` of a campaign that an event or a deadline carries out.
    """
    banners = {
        event.when.span: event
        for event in plan.events
        if event.kind is EventKind.BANNER and event.when
    }
    for event in plan.events:
        hung = [s for s in plan.slogans if s.when and banners.get(s.when.span) is event]
        yield from event_entries(event, units, site, history, hung, stages(event))
    others = [
        deadline_entries(deadline, units, site, history, stages(deadline))
        for deadline in plan.deadlines
    ]
    others += [
        slogan_entries(slogan, site, history)
        for slogan in plan.slogans
        if slogan.when and slogan.when.span not in banners
    ]
    for entry in chain.from_iterable(others):
        if plan.status is PlanStatus.WITHDRAWN:
            entry |= {"status": "CANCELLED", "summary": f"[Huỷ] {entry['summary']}", "alarms": []}
        yield entry


def campaign_entries(
    campaign: Campaign,
    site: Site,
    history: History,
    stands_alone: Callable[[CampaignPeriod], bool] = lambda period: True,
) -> Iterator[Entry]:
    """The Day itself, those of its periods that nothing else stands for, and slogans with a time of
    their own."""
    day, *stretches = campaign.times
    alone = map(stands_alone, campaign.periods)
    for time in (day, *compress(stretches, alone)):
        notes = [f"Thời gian: {time.when.words}", f"Theo: {time.source}" if time.source else ""]
        revision = history.revision_of_time(campaign, time)
        name, page = time_key(campaign, time), campaign.address
        for entry in _entries(name, time.when, time.title, site, revision, page, notes):
            yield Entry(entry, categories=[_CAMPAIGN], location=line(time.where))
    for slogan in (*campaign.themes, *campaign.slogans):
        yield from slogan_entries(slogan, site, history)


def event_entries(
    event: Event,
    units: Units,
    site: Site,
    history: History,
    slogans: Iterable[Slogan] = (),
    stages: Iterable[Fulfilment] = (),
) -> Iterator[Entry]:
    """An event as one VEVENT, or one for each of its times; none where nothing says when."""
    when, status, stages = event.when, standing(event), list(stages)
    notes = [
        f"Thời gian: {when.words}" if when else "",
        f"Trước khi đổi: {event.previous_when.words}" if event.previous_when else "",
        f"Lý do: {event.reason}" if event.reason else "",
        f"Kế hoạch đã được thu hồi. {event.plan.reason or ''}"
        if status is not event.status
        else "",
        _called("Chủ trì", event.lead, units),
        _called("Phối hợp", event.partners, units),
        f"Thành phần: {event.audience}" if event.audience else "",
        f"Chủ đề: {event.theme}" if event.theme else "",
        event.description or "",
        f"Kết quả: {event.result.words}" if event.result else "",
        f"Phí tham dự: {event.fee}" if event.fee else "",
        _registered(event.registration) if event.registration else "",
        _reached("Liên hệ", event.contact) if event.contact else "",
        f"Trực tuyến: {event.online}" if event.online else "",
        *(f"{step.at}: {step.what}{f' ({step.who})' if step.who else ''}" for step in event.steps),
        *(f"{slogan.kind.value.capitalize()}: {slogan.text}" for slogan in slogans),
        *map(_stage, stages),
        _source(event.plan, event.section),
    ]
    title = f"[{status.label}] {event.title}" if status in _OFF else event.title
    made = _entries(key(event), when, title, site, history.revision(event), event.page, notes)
    where = "; ".join(map(_located, event.venues)) or event.online
    where = where or "; ".join(one.period.where for one in stages if one.period.where)
    for entry in made:
        entry["categories"] = [event.kind.value, *([_CAMPAIGN] if stages else [])]
        entry["location"] = line(where)
        entry["transparent"] = entry["transparent"] or event.kind in _BACKGROUND
        if status in _OFF:
            entry["status"] = "CANCELLED" if status is EventStatus.CANCELLED else "TENTATIVE"
            entry["transparent"] = True
        yield entry


def deadline_entries(
    deadline: Deadline,
    units: Units,
    site: Site,
    history: History,
    stages: Iterable[Fulfilment] = (),
) -> Iterator[Entry]:
    """A deadline as a mark on its day, with reminders; none where no day is named."""
    stages = list(stages)
    notes = [
        f"Thời hạn: {deadline.when.words}",
        _called("Đơn vị thực hiện", deadline.who, units),
        _called("Nơi nhận", deadline.to, units),
        *map(_stage, stages),
        _source(deadline.plan, deadline.section),
    ]
    page = f"{deadline.plan.address}#{deadline.anchor}"
    revision = history.revision(deadline)
    title = f"Hạn: {deadline.what}" if certain(deadline.when) else deadline.what
    for entry in _entries(key(deadline), deadline.when, title, site, revision, page, notes):
        categories = ["thời hạn", *([_CAMPAIGN] if stages else [])]
        yield Entry(entry, categories=categories, transparent=True, alarms=list(REMINDERS))


def slogan_entries(slogan: Slogan, site: Site, history: History) -> Iterator[Entry]:
    """A slogan for the days it hangs; none where it has none."""
    if slogan.when is None:
        return
    noun = "chủ đề" if slogan.kind is SloganKind.THEME else "khẩu hiệu"
    notes = [
        f"Thời gian treo: {slogan.when.words}",
        f"Nơi treo: {slogan.where}" if slogan.where else "",
        _source(slogan.owner, slogan.section) if isinstance(slogan.owner, Plan) else "",
    ]
    title = f"Treo {noun}: {slogan.text}"
    revision = history.revision(slogan)
    for entry in _entries(key(slogan), slogan.when, title, site, revision, slogan.page, notes):
        yield Entry(entry, categories=["băng rôn"], transparent=True)


def _located(venue: Venue) -> str:
    return ", ".join(filter(None, (venue.name, venue.address)))


def _registered(registration: Registration) -> str:
    ways = (registration.url, registration.phone, registration.email)
    room = f"{registration.places} chỗ" if registration.places else ""
    until = f"hạn {registration.until.words}" if registration.until else ""
    return f"Đăng ký: {'; '.join(filter(None, (*ways, until, room)))}"


def _reached(part: str, contact: Contact) -> str:
    return f"{part}: {', '.join(filter(None, (contact.name, contact.phone, contact.email)))}"


def _called(part: str, names: Iterable[str], units: Units) -> str:
    """Who has a part in it; "" for nobody."""
    shown = ", ".join(map(units.called, names))
    return shown and f"{part}: {shown}"


def _stage(fulfilment: Fulfilment) -> str:
    """The period of a campaign that is carried out, and the document that sets it."""
    campaign, period, _ = fulfilment
    title = f" ({period.title})" if period.title else ""
    source = f", theo {period.source}" if period.source else ""
    return f"{period.stage} của {campaign.title}{title}{source}"


def _source(plan: Plan, section: str | None) -> str:
    return f"Theo: {plan_label(plan)}" + (f", mục {section}" if section else "")


def _entries(
    name: Key,
    when: Period | None,
    title: str,
    site: Site,
    revision: Revision,
    page: str,
    notes: Iterable[str],
) -> Iterator[Entry]:
    """One VEVENT for each time and session; those after the first name it as their sibling."""
    whole = uid(name, site)
    described = printable("\n".join(note for note in notes if note))
    for number, once in enumerate(occurrences(when), 1):
        yield Entry(
            uid=whole if number == 1 else uid((*name, str(number)), site),
            whole=whole,
            sequence=revision.sequence,
            modified=revision.modified.isoformat() if revision.modified else None,
            stamp=(revision.modified or site.clock).isoformat(),
            start=once.start.isoformat(),
            end=once.end.isoformat() if once.end else None,
            daily=once.daily,
            first=once.days[0].isoformat(),
            last=once.days[1].isoformat(),
            summary=line(title if once.certain else f"{once.words}: {title}"),
            description=described,
            location="",
            url=site.absolute(page) if site.url else "",
            status="CONFIRMED" if once.certain else "TENTATIVE",
            transparent=not once.certain,
            categories=[],
            alarms=[],
        )


def _component(entry: Entry) -> bytes:
    """RFC 5545 §3.6.1, with §3.6.6 for the reminders."""
    summary = escaped(entry["summary"])
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escaped(entry['uid'])}",
        f"DTSTAMP:{_moment(entry['stamp'])}",
        f"DTSTART;{_when(entry['start'])}",
    ]
    if entry["end"]:
        lines.append(f"DTEND;{_when(entry['end'])}")
    if entry["daily"] > 1:
        lines.append(f"RRULE:FREQ=DAILY;COUNT={entry['daily']}")
    if entry["uid"] != entry["whole"]:
        lines.append(f"RELATED-TO;RELTYPE=SIBLING:{escaped(entry['whole'])}")
    if entry["sequence"] is not None:
        lines.append(f"SEQUENCE:{entry['sequence']}")
    if entry["modified"]:
        lines.append(f"LAST-MODIFIED:{_moment(entry['modified'])}")
    lines += (
        f"STATUS:{entry['status']}",
        f"TRANSP:{'TRANSPARENT' if entry['transparent'] else 'OPAQUE'}",
        f"SUMMARY:{summary}",
        f"CATEGORIES:{','.join(map(escaped, entry['categories']))}",
    )
    if entry["description"]:
        lines.append(f"DESCRIPTION:{escaped(entry['description'])}")
    if entry["location"]:
        lines.append(f"LOCATION:{escaped(entry['location'])}")
    if entry["url"]:
        lines.append(f"URL:{entry['url']}")
    for trigger in entry["alarms"]:
        lines += (
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{summary}",
            f"TRIGGER:{trigger}",
            "END:VALARM",
        )
    lines.append("END:VEVENT")
    return folded(lines)


def _when(text: str) -> str:
    """The parameter and the value of a day (RFC 5545 §3.3.4) or of an hour here (§3.3.5, form 3)."""
    if "T" not in text:
        return f"VALUE=DATE:{text.replace('-', '')}"
    return f"TZID={TZID}:{_basic(text)}"


def _moment(text: str) -> str:
    """A moment in UTC (RFC 5545 §3.3.5, form 2)."""
    return f"{_basic(datetime.fromisoformat(text).astimezone(UTC).isoformat())}Z"


def _basic(text: str) -> str:
    """The clock of ISO 8601's extended format in its basic one, to the second, without the zone."""
    return text[:19].replace("-", "").replace(":", "")
