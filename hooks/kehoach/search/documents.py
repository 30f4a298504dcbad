"""The entries of the search index: one for each page of a record, cut into the places that a result opens."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypedDict, TypeVar

from kehoach.records.campaign import Campaign, Reference
from kehoach.records.document import Document
from kehoach.records.event import Deadline, Event, Slogan
from kehoach.records.fulfilment import Item
from kehoach.records.library import Library
from kehoach.records.material import Material
from kehoach.records.period import Period
from kehoach.records.plan import Plan
from kehoach.records.text import capital
from kehoach.records.unit import Unit

R = TypeVar("R", Plan, Campaign, Slogan, Material)

# Kinds in the order in which equal matches are shown.
PLAN, EVENT, UNIT, CAMPAIGN, SLOGAN, MATERIAL = KINDS = (
    "Kế hoạch",
    "Sự kiện",
    "Đơn vị",
    "Chủ đề",
    "Khẩu hiệu",
    "Truyền thông",
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a page with an address of its own."""

    anchor: str  # "" is the top of the page
    heading: str  # "II.3. Tọa đàm nội bộ …"; "" at the top
    text: str
    hidden: str = ""  # searched like the text, not shown: what its words say in other words
    weight: float = 1.0  # below 1 where the page says it better elsewhere


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that can be found. `year` is 0 where it has none; dates are ISO, "" where unknown."""

    kind: str
    address: str
    title: str
    label: str  # the line under the title
    year: int
    passages: tuple[Passage, ...]
    start: str = ""
    end: str = ""
    province: str = ""
    units: tuple[str, ...] = ()
    status: str = ""
    campaign: int = 0


def entries(library: Library, year: int | None = None) -> Iterator[Entry]:
    """Every page that can be found, or only those of `year` (0: of none), each plan followed by its events."""
    for plan in _of(year, library.plans):
        yield _plan(library, plan)
        for event in plan.events:
            yield _event(library, event)
    for campaign in _of(year, library.campaigns):
        yield _campaign(campaign)
    slogans = _of(year, reversed(library.slogans))
    for slogan in {slogan.page: slogan for slogan in slogans}.values():
        yield _slogan(slogan)
    for material in _of(year, library.materials):
        yield _material(library, material)
    for unit in () if year else library.units:
        yield _unit(library, unit)


def _of(year: int | None, records: Iterable[R]) -> Iterator[R]:
    return (record for record in records if year is None or record.year == year)


def _plan(library: Library, plan: Plan) -> Entry:
    issuer = library.issuer(plan)
    labels = [unit if isinstance(unit, str) else unit.label for unit in library.issuers(plan)]
    number = ", ".join(" ".join(number.split()) for number in plan.numbers)
    numbered = f"Số {number}" if number else ""
    top = _lines(
        f"{plan.kind} {numbered}",
        " ".join(part for part in (plan.place, plan.date.words) if part),
        plan.title,
        *library.issuer_names(plan),
        plan.effective.words if plan.effective else None,
        plan.reason,
        plan.source,
        *(name for names in library.elsewhere(plan).values() for name in names),
        *_files(plan),
        plan.outline.preamble,
    )
    signed = "\n".join(f"{signer.title} {signer.name}" for signer in plan.signatures)
    foot = _lines("\n".join(plan.recipients), signed)
    passages = [
        Passage("", "", top, _dates(plan.date)),
        *_sections(plan),
        Passage("noi-nhan", "Nơi nhận, người ký", foot, weight=0.5),
        Passage("can-cu", "Văn bản căn cứ, viện dẫn", _references(plan.basis), weight=0.5),
        *(_deadline(library, deadline) for deadline in plan.deadlines),
    ]
    return Entry(
        kind=PLAN,
        address=plan.address,
        title=plan.title,
        label=_joined(numbered, plan.date.words, *labels),
        year=plan.year,
        passages=_filled(passages),
        **_span(plan.date),
        province=library.units.province(issuer) if issuer else "",
        units=tuple(labels),
        status=plan.status.label,
        campaign=plan.campaign or 0,
    )


def _sections(document: Document) -> Iterator[Passage]:
    sections = document.outline.sections
    for section in sections:
        above = section
        while not above.heading and above.parent is not None:
            above = sections[above.parent]
        title = above.title if above.heading else ""
        separator = ". " if section.heading else " · "
        heading = separator.join(part for part in (section.ref, title) if part)
        yield Passage(section.anchor, heading, section.text)


def _deadline(library: Library, deadline: Deadline) -> Passage:
    units = map(library.units.called, (*deadline.who, *deadline.to))
    text = _lines(deadline.what, deadline.when.words, *units, *_stages(library, deadline))
    return Passage(deadline.anchor, "Thời hạn phải thực hiện", text, _dates(deadline.when), 0.5)


def _stages(library: Library, item: Item) -> Iterator[str]:
    """The periods of campaigns that an event or a deadline carries out, in words."""
    for campaign, period, _ in library.stages(item):
        yield f"{period.name}: {campaign.title}"


def _before_and_after(event: Event) -> Iterator[str | None]:
    """The texts of an event for those who come, and of its result; its programme only where it is no annex,
    which its plan is found by."""
    for venue in event.places:
        yield _spaced(venue.name, venue.address)
    for step in event.programme:
        yield _spaced(step.at, step.what, step.who)
    if event.contact:
        yield _spaced(event.contact.name, event.contact.phone, event.contact.email)
    yield event.fee
    yield event.reason
    told = event.result
    for document in (*event.documents, *(told.documents if told else ())):
        yield document.title
    if told:
        yield told.words
        for figure in told.figures:
            yield _spaced(figure.value, figure.of)


def _event(library: Library, event: Event) -> Entry:
    plan = event.plan
    issuer = library.issuer(plan)
    leads = [(unit.label if (unit := library.unit(name, plan)) else name) for name in event.lead]
    when = event.when.words if event.when else "chưa ấn định thời gian"
    text = _lines(
        event.title,
        event.kind,
        when,
        event.place,
        event.address,
        *map(library.units.called, (*event.lead, *event.partners)),
        event.audience,
        event.attendance,
        event.theme,
        event.description,
        *_stages(library, event),
        *_before_and_after(event),
    )
    return Entry(
        kind=EVENT,
        address=event.page,
        title=event.title,
        label=_joined(capital(event.kind), when),
        year=event.year,
        passages=(Passage("", "", text, _dates(event.when)),),
        **_span(event.when),
        province=library.units.province(issuer) if issuer else "",
        units=tuple(dict.fromkeys(leads)),
        status=event.status.label,
        campaign=plan.campaign or 0,
    )


def _campaign(campaign: Campaign) -> Entry:
    top = _lines(
        campaign.title,
        campaign.day.words,
        campaign.summary,
        *(theme.text for theme in (*campaign.themes, *campaign.slogans)),
        *(
            _spaced(f"{period.name}: {period.when.words}", period.where, period.source)
            for period in campaign.periods
        ),
        _references(campaign.guidance),
        *_files(campaign),
        campaign.outline.preamble,
    )
    return Entry(
        kind=CAMPAIGN,
        address=campaign.address,
        title=campaign.title,
        label=campaign.day.words,
        year=campaign.year,
        passages=_filled([Passage("", "", top), *_sections(campaign)]),
        **_span(campaign.day),
        campaign=campaign.year,
    )


def _slogan(slogan: Slogan) -> Entry:
    when = slogan.when.words if slogan.when else None
    text = _lines(slogan.text, slogan.kind, when, slogan.where, slogan.source)
    return Entry(
        kind=SLOGAN,
        address=slogan.page,
        title=slogan.text,
        label=_joined(capital(slogan.kind), f"năm {slogan.year}"),
        year=slogan.year,
        passages=(Passage("", "", text, _dates(slogan.when)),),
        **_span(slogan.when),
        campaign=slogan.year if isinstance(slogan.owner, Campaign) else slogan.plan.campaign or 0,
    )


def _material(library: Library, material: Material) -> Entry:
    issuer = library.issuer(material)
    top = _lines(
        material.title,
        material.date.words,
        library.units.called(material.issuer),
        material.author,
        material.contact,
        material.summary,
        *_files(material),
        material.outline.preamble,
    )
    return Entry(
        kind=MATERIAL,
        address=material.address,
        title=material.title,
        label=_joined(capital(material.kind), material.date.words),
        year=material.year,
        passages=_filled([Passage("", "", top, _dates(material.date)), *_sections(material)]),
        **_span(material.date),
        province=library.units.province(issuer) if issuer else "",
        units=(issuer.label if issuer else material.issuer,),
        campaign=material.campaign or 0,
    )


def _unit(library: Library, unit: Unit) -> Entry:
    above = library.units.ancestors(unit)
    text = _lines(unit.name, unit.short, *unit.aliases, unit.address, unit.phone, unit.email)
    return Entry(
        kind=UNIT,
        address=unit.page,
        title=unit.name,
        label=_joined(capital(unit.kind), *(other.label for other in above[:1])),
        year=0,
        passages=(Passage("", "", text),),
        province=library.units.province(unit),
        units=(unit.label,),
    )


def _files(document: Document) -> Iterator[str]:
    return (attached.title for attached in document.attachments)


def _references(references: Iterable[Reference]) -> str:
    return "\n".join(
        " ".join(part for part in (r.number, r.date and r.date.words, r.issuer, r.title) if part)
        for r in references
    )


def _dates(when: Period | None) -> str:
    """The first and the last day of `when` in digits: its words may name one with half a date."""
    certain = [part for part in when.each if part.exact] if when else []
    days = dict.fromkeys(day for part in certain for day in part.bounds)
    return " ".join(f"{day.day}/{day.month}/{day.year}" for day in days)


class _Days(TypedDict, total=False):
    start: str
    end: str


def _span(when: Period | None) -> _Days:
    days = when and when.span
    return {"start": days[0].isoformat(), "end": days[1].isoformat()} if days else {}


def _filled(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    return tuple(passage for passage in passages if passage.text)


def _lines(*parts: str | None) -> str:
    return "\n".join(dict.fromkeys(part for part in parts if part))


def _spaced(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
