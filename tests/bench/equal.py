"""What Hugo needs to write a site equal in content to kehoach's: content files, data and settings.

Hugo cannot read "cuối tháng 10 năm 2022", tell which unit "Phòng QLCN" is, or know the lunar calendar:
what kehoach finds out while it builds stands ready in Hugo's files and costs Hugo nothing. Lists name
their records in the order they are shown in, so that no template looks through all pages.
"""

import re
from calendar import Calendar
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from kehoach.almanac import SCIENCE_DAY, lunar, public_holidays
from kehoach.feeds import api, openapi, schema
from kehoach.feeds.concerns import concerns
from kehoach.feeds.ics import uid
from kehoach.feeds.text import plan_label
from kehoach.feeds.times import certain
from kehoach.history import History, key
from kehoach.pages import events, parts, slogans, units
from kehoach.pages.calendars import ROWS
from kehoach.pages.page import by_year, latest
from kehoach.pages.plans import in_order
from kehoach.pages.timeline import timeline
from kehoach.records.campaign import Campaign
from kehoach.records.document import Document
from kehoach.records.event import Deadline, Event, EventKind, Slogan, SloganKind
from kehoach.records.library import Duties, Library
from kehoach.records.period import Period, Precision
from kehoach.records.plan import Plan
from kehoach.records.shares import shares
from kehoach.records.text import capital, slug
from kehoach.records.unit import Unit
from kehoach.search import entries
from kehoach.site import TIMEZONE, Site

SITE = Site(
    "Kế hoạch Khoa học và Công nghệ",
    "https://kehoach.example.vn/",
    "Kế hoạch, sự kiện, khẩu hiệu và lịch chủ đề Ngày Khoa học và Công nghệ Việt Nam 18/5",
    datetime.now(TIMEZONE),
)
LISTED = 60  # events of the home page
FEED = 100  # entries of a feed

Meta = dict[str, Any]
File = tuple[str, Meta, str]  # under content/, front matter, body

_SECTIONS = (
    ("ke-hoach", "Kế hoạch"),
    ("su-kien", "Sự kiện"),
    ("lich", "Lịch theo chủ đề"),
    ("chu-de", "Chủ đề"),
    ("khau-hieu", "Khẩu hiệu và chủ đề"),
    ("don-vi", "Đơn vị"),
    ("truyen-thong", "Truyền thông"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """Something with days. `ref` is the path of its page, or its name in the data `items`."""

    ref: str
    title: str
    first: date
    last: date
    exact: bool  # for sure a day or a run of days, which the grid of a month shows
    units: tuple[str, ...] = ()
    plan: str = ""
    kind: str = ""


def files(library: Library) -> Iterator[File]:
    """Every content file."""
    things = sorted(_timed(library), key=lambda item: (item.first, item.last, item.title))
    place = {item.ref: at for at, item in enumerate(things)}

    def ordered(refs: Iterable[str]) -> list[str]:
        return sorted({ref for ref in refs if ref in place}, key=place.__getitem__)

    yield _home(library, [item.ref for item in things])
    for name, title in _SECTIONS:
        more = _LISTS[name](library) if name in _LISTS else {}
        yield f"{name}/_index.md", {"title": title} | more, ""
    for plan in library.plans:
        yield _plan(plan, library, ordered)
    yield from (_event(event, library) for event in library.events)
    for year, _ in by_year(library.plans):
        yield f"ke-hoach/{year}/_index.md", {"title": f"Kế hoạch năm {year}"}, ""
    for year, group in by_year(library.events):
        meta = {"title": f"Sự kiện năm {year}", "items": _refs(group)}
        yield f"su-kien/{year}/_index.md", meta, ""
    yield from _slogans(library)
    yield from _calendars(library, things)
    yield from _units(library, ordered)
    yield from _campaigns(library, ordered)
    yield from _materials(library)
    yield from _guides(library)


def searched(library: Library) -> dict[str, Meta]:
    """What kehoach's index holds of each page beside the text that Hugo renders, by content file."""
    found = {}
    for entry in entries(library):
        document = library.by_address.get(entry.address)
        outline = document.outline if document else None
        written = {section.text for section in outline.sections} if outline else set()
        head = outline.preamble if outline else ""
        texts = [(p.text.removesuffix(head), p.hidden) for p in entry.passages]
        fields = asdict(entry)
        for given in ("address", "title", "passages"):
            del fields[given]
        words = "\n".join(chain(*(pair for pair in texts if pair[0] not in written)))
        found[f"{entry.address.rstrip('/')}.md"] = fields | {"words": words}
    return found


def items(library: Library) -> dict[str, Meta]:
    """Everything with a time that has no page of its own, by the name that lists call it by."""
    found: dict[str, Meta] = {}
    for deadline in library.deadlines:
        plan = deadline.plan
        mark = "Hạn: " if certain(deadline.when) else ""
        record = api.deadline(deadline, library, SITE, History()) | {
            "kind": "thời hạn", "title": f"{mark}{deadline.what}", "status": "scheduled",
        }  # fmt: skip
        found[_ref(deadline)] = _with_time(deadline.when, uid(key(deadline), SITE)) | {
            "address": f"/{plan.address}#{deadline.anchor}",
            "plan": f"/{plan.address.rstrip('/')}",
            "record": record,
        }
    for slogan in _hung(library):
        noun = "chủ đề" if slogan.kind is SloganKind.THEME else "khẩu hiệu"
        found[_ref(slogan)] = _with_time(slogan.when, uid(key(slogan), SITE)) | {
            "address": f"/{slogan.page}",
            "record": {
                "title": f"Treo {noun}: {slogan.text}", "kind": "băng rôn", "place": slogan.where,
                "when": api.period(slogan.when), "status": "scheduled",
            },
        }  # fmt: skip
    for ref, title, when, where in _all_stretches(library):
        found[ref] = _with_time(when, uid(tuple(re.split("[/#]", ref)), SITE)) | {
            "address": f"/{ref.partition('#')[0]}/",
            "record": {
                "title": title, "kind": "chiến dịch", "place": where,
                "when": api.period(when), "status": "scheduled",
            },
        }  # fmt: skip
    return found


def yearly(library: Library) -> dict[str, list[str]]:
    """The pages whose records `api/v1/<year>/` holds, by year, in its order."""
    found: dict[str, list[str]] = {}
    for document in (*library.campaigns, *library.plans, *library.materials):
        found.setdefault(str(document.year), []).append(_path(document.address))
    return found


def descriptions() -> dict[str, Meta]:
    """What describes the JSON files, by address: an author would write it by hand once."""
    address = f"{api.FOLDER}schema.json"
    return {
        address: schema.document(address, api.VERSION, SITE),
        openapi.ADDRESS: openapi.document(api.VERSION, SITE),
    }


def _ref(record: Event | Deadline | Slogan) -> str:
    if isinstance(record, Event):
        return f"/{record.page.rstrip('/')}"
    if isinstance(record, Deadline):
        return f"{record.plan.address}#{record.anchor}"
    return f"{record.owner.address}#{record.id}"


def _path(address: str) -> str:
    """The path of a page to Hugo."""
    return "/" + address.rstrip("/")


def _hung(library: Library) -> Iterator[Slogan]:
    """The slogans with days of their own, not those of a banner event of their plan."""
    for slogan in library.slogans:
        if slogan.when and not _banner(slogan):
            yield slogan


def _banner(slogan: Slogan) -> bool:
    owner = slogan.owner
    events = owner.events if isinstance(owner, Plan) else ()
    spans = [e.when.span for e in events if e.when and e.kind is EventKind.BANNER]
    return slogan.when.span in spans


def _stretches(
    library: Library, campaign: Campaign
) -> Iterator[tuple[str, str, Period, str | None]]:
    """The Day and those periods of a campaign that no event stands for: name, title, time, place."""
    home = campaign.address.rstrip("/")
    yield f"{home}#ngay", campaign.title, campaign.day, None
    kinds: list[str] = []
    for stretch in campaign.periods:
        kinds.append(slug(stretch.kind.value))
        title = f"{stretch.name}: {campaign.title}"
        if library.stands_alone(stretch):
            yield f"{home}#{kinds[-1]}-{kinds.count(kinds[-1])}", title, stretch.when, stretch.where


def _all_stretches(library: Library) -> Iterator[tuple[str, str, Period, str | None]]:
    return chain(*(_stretches(library, campaign) for campaign in library.campaigns))


def _timed(library: Library) -> Iterator[Item]:
    def units(names: Iterable[str], plan: Plan) -> tuple[str, ...]:
        found = (*(library.unit(name, plan) for name in names), library.issuer(plan))
        return tuple(dict.fromkeys(unit.id for unit in found if unit))

    rows: list[tuple[str, str, Period | None, tuple[str, ...], str, str]] = []
    for event in library.events:
        mine = units((*event.lead, *event.partners), event.plan)
        of = event.plan.address
        rows.append((_ref(event), event.title, event.when, mine, of, event.kind.value))
    for deadline in library.deadlines:
        mine = units((*deadline.who, *deadline.to), deadline.plan)
        of = deadline.plan.address
        rows.append((_ref(deadline), f"Hạn: {deadline.what}", deadline.when, mine, of, "thời hạn"))
    for slogan in _hung(library):
        rows.append((_ref(slogan), slogan.text, slogan.when, (), "", "băng rôn"))
    for ref, title, when, _ in _all_stretches(library):
        rows.append((ref, title, when, (), "", "chiến dịch"))
    for ref, title, when, mine, of, kind in rows:
        if when and when.span:
            yield Item(ref, title, *when.span, when.precision is Precision.DAY, mine, of, kind)


def _with_time(when: Period | None, name: str) -> Meta:
    days = [day.isoformat() for day in when.span] if when and when.span else []
    return {"uid": name, "days": days, "leaf": parts.leaf(when)}


def _home(library: Library, calendar: list[str]) -> File:
    dated = [event for event in library.events if event.when and event.when.span]
    year = SITE.clock.year
    newest = in_order(library.plans)
    meta = {
        "title": SITE.name,
        "description": SITE.description,
        "hero": f"/chu-de/{max((c.year for c in library.campaigns if c.year <= year), default=0)}",
        "latest": _refs(dated)[: -LISTED - 1 : -1],
        "plans": [_path(plan.address) for plan in newest[:6]],
        "feed": [_path(plan.address) for plan in newest[:FEED]],
        "materials": [_path(m.address) for m in sorted(library.materials, key=lambda m: -m.year)],
        "calendar": calendar,
    }
    return "_index.md", meta, ""


def _filter(name: str, attribute: str, choices: Iterable[tuple[str, str]]) -> Meta:
    rows = sorted(set(choices), key=lambda choice: choice[1])
    return {"name": name, "key": attribute, "choices": [list(row) for row in rows]}


def _refs(records: Iterable[Event | Deadline]) -> list[str]:
    return [_ref(record) for record in sorted(records, key=parts.start_of)]


def _plans(library: Library) -> Meta:
    issuers = {unit.label for plan in library.plans if (unit := library.issuer(plan))}
    return {
        "filters": [
            _filter("Cơ quan ban hành", "issuer", ((name, name) for name in issuers)),
            _filter("Loại", "kind", ((plan.kind, plan.kind) for plan in library.plans)),
        ]
    }


def _events(library: Library) -> Meta:
    shown = latest(library.events, events.LISTED)
    kinds = {event.kind.value for event in shown}
    leads = {library.units.called(name) for event in shown for name in event.lead}
    return {
        "filters": [
            _filter("Loại sự kiện", "kind", ((kind, capital(kind)) for kind in kinds)),
            _filter("Đơn vị chủ trì", "lead", ((name, name) for name in leads)),
        ],
        "items": _refs(shown),
    }


def _list_of_slogans(library: Library) -> Meta:
    firsts = [uses[0] for uses in slogans.uses_by_page(library).values()]
    return {
        "years": [year for year, _ in by_year(firsts)],
        "shown": len(by_year(latest(firsts, slogans.LISTED))),
    }


_LISTS = {"ke-hoach": _plans, "su-kien": _events, "khau-hieu": _list_of_slogans}


def _plan(plan: Plan, library: Library, ordered: Any) -> File:
    record = api.plan(plan, library, SITE, History())
    full = api.plan_in_full(plan, library, SITE, History())
    issuer = library.issuer(plan)
    parent, name = library.units.letterhead(issuer) if issuer else ("", plan.issuer)
    for given in ("text", "events"):  # Hugo has them: the body, the pages
        del full[given]
    campaign = library.campaign(plan.campaign)
    meta = {
        "title": plan.title,
        "description": plan.summary or "",
        "date": sorted_by(plan.date, plan.year),
        "outputs": ["html", "calendar", "json"],
        "label": plan_label(plan),
        "letterhead": [parent, name],
        "province": library.units.province(issuer) if issuer else "",
        "issuer": issuer.label if issuer else plan.issuer,
        "events": _refs(plan.events),
        "deadlines": _refs(plan.deadlines),
        "calendar": ordered(map(_ref, (*plan.events, *plan.deadlines, *plan.slogans))),
        "timeline": timeline([*plan.events, *plan.deadlines]),
        "successor": _related(plan.superseded_by, library),
        "predecessor": _related(plan.supersedes, library),
        "campaign": _path(campaign.address) if campaign else "",
        "materials": [_path(m.address) for m in library.materials if library.plan(m.plan) is plan],
        "record": record,
        "full": {name: value for name, value in full.items() if value != record.get(name)},
    }
    return f"{plan.address.rstrip('/')}.md", meta, plan.body


def _related(address: str | None, library: Library) -> str:
    plan = library.plan(address)
    return _path(plan.address) if plan else ""


def _event(event: Event, library: Library) -> File:
    plan = event.plan
    campaign = library.campaign(plan.campaign)
    record = api.event(event, library, SITE, History())
    words = event.when.words if event.when else parts.NO_TIME
    meta = {
        "title": event.title,
        "description": f"{capital(event.kind.value)}: {event.title}. Thời gian: {words}.",
        "date": sorted_by(event.when, event.year),
        "outputs": ["html", "calendar"],
        **_with_time(event.when, uid(key(event), SITE)),
        "address": f"/{event.page}",
        "plan": _path(plan.address),
        "section": f"/{plan.address}#{plan.anchors.get(event.section or '', '')}",
        "campaign": _path(campaign.address) if campaign else "",
        "calendar": [_ref(event)] if event.when and event.when.span else [],
        "record": record,
    }
    return f"{event.page.rstrip('/')}.md", meta, event.description or ""


def _slogans(library: Library) -> Iterator[File]:
    for year, _ in by_year(library.slogans):
        yield f"khau-hieu/{year}/_index.md", {"title": f"Khẩu hiệu và chủ đề năm {year}"}, ""
    for page, found in slogans.uses_by_page(library).items():
        first = found[0]
        campaign = library.campaign(first.year)
        meta = {
            "title": first.text,
            "date": f"{first.year}-01-01",
            "kind": first.kind.value,
            "year": first.year,
            "campaign": _path(campaign.address) if campaign else "",
            "uses": [api.slogan(slogan, SITE) for slogan in found],
        }
        yield f"{page.rstrip('/')}.md", meta, ""


def _calendars(library: Library, things: list[Item]) -> Iterator[File]:
    years = {SITE.clock.year, *(campaign.year for campaign in library.campaigns)}
    for item in things:
        years |= {item.first.year, item.last.year}
    labels = {unit.id: unit.label for unit in library.units}
    plans = {plan.address: parts.plan_label(plan) for plan in library.plans}

    def filters(inside: list[Item]) -> list[Meta]:
        units = {unit for item in inside for unit in item.units}
        kinds = {item.kind for item in inside}
        of = {item.plan for item in inside if item.plan}
        return [
            _filter("Đơn vị", "units", ((unit, labels[unit]) for unit in units)),
            _filter("Loại", "kind", ((kind, capital(kind)) for kind in kinds)),
            _filter("Kế hoạch", "plan", ((address, plans[address]) for address in of)),
        ]

    for year in sorted(years):
        inside = _overlapping(things, date(year, 1, 1), date(year, 12, 31))
        refs = [item.ref for item in inside]
        meta = {
            "title": f"Lịch năm {year}",
            "year": year,
            "outputs": ["html", "agenda"],
            "hero": f"/chu-de/{year}",
            "years": sorted(years, reverse=True),
            "months": [_mini(year, month, inside) for month in range(1, 13)],
            "filters": filters(inside),
            "calendar": refs,
            **_shared_out(library, year),
        }
        yield f"lich/{year}/_index.md", meta, ""
        for month in range(1, 13):
            yield _month(year, month, years, inside, filters)
    busy = [u for u in library.units if (d := library.duties[u.id]).leads or d.joins or d.owes]
    meta = {
        "title": "Đăng ký nhận lịch và tin",
        "layout": "subscribe",
        "feeds": [
            *([c.title, f"{c.address}lich.ics"] for c in library.campaigns),
            *([unit.label, f"{unit.page}lich.ics"] for unit in busy),
        ],
    }
    yield "lich/dang-ky.md", meta, ""


def _shared_out(library: Library, year: int) -> Meta:
    """The table of units and months: its columns, and for each unit the items of each."""
    rows = shares(library, year)
    columns = sorted({month for share in rows for month in share.months})
    return {
        "columns": [f"Tháng {month}" if month else "Trong năm" for month in columns],
        "shares": [
            {
                "unit": share.name,
                "address": f"/{share.unit.page}" if share.unit else "",
                "cells": [
                    [_ref(item) for item, _ in share.months.get(month, ())] for month in columns
                ],
            }
            for share in rows
        ],
    }


def _overlapping(things: list[Item], first: date, last: date) -> list[Item]:
    return [item for item in things if item.first <= last and item.last >= first]


def _weeks(year: int, month: int) -> list[list[date]]:
    return Calendar().monthdatescalendar(year, month)


def _mini(year: int, month: int, inside: list[Item]) -> Meta:
    days = [day for week in _weeks(year, month) for day in week if day.month == month]
    mine = _overlapping(inside, days[0], days[-1])
    shown = [item for item in mine if item.exact]
    return {
        "title": f"Tháng {month}",
        "address": f"/lich/{year}/{month:02}/",
        "total": len(mine),
        "blank": days[0].weekday(),
        "days": [
            {
                "day": day.day,
                "class": "science" if (day.month, day.day) == SCIENCE_DAY
                else "busy" if any(item.first <= day <= item.last for item in shown) else "",
            }
            for day in days
        ],
    }  # fmt: skip


def _month(year: int, month: int, years: set[int], of_year: list[Item], filters: Any) -> File:
    weeks = _weeks(year, month)
    days = [day for week in weeks for day in week if day.month == month]
    inside = _overlapping(of_year, days[0], days[-1])
    holidays = public_holidays(year)
    beside = {"before": (year, month - 1), "after": (year, month + 1)}
    if month == 1:
        beside["before"] = (year - 1, 12)
    if month == 12:
        beside["after"] = (year + 1, 1)
    meta = {
        "title": f"Lịch tháng {month} năm {year}",
        "year": year,
        "hero": f"/chu-de/{year}",
        "beside": {
            name: {"title": f"Tháng {m}/{y}", "address": f"/lich/{y}/{m:02}/"}
            for name, (y, m) in beside.items()
            if y in years
        },
        "filters": filters(inside),
        "weeks": [_week(week, month, inside) for week in weeks],
        "fuzzy": [item.ref for item in inside if not item.exact],
        "holidays": [
            {"day": f"{day.day}/{month}", "name": holidays[day]} for day in days if day in holidays
        ],
        "calendar": [item.ref for item in inside],
    }
    return f"lich/{year}/{month:02}.md", meta, ""


def _week(week: list[date], month: int, inside: list[Item]) -> Meta:
    bars = [item for item in _overlapping(inside, week[0], week[-1]) if item.exact]
    return {
        "days": [_day(day, month) for day in week],
        "bars": [
            {
                "ref": item.ref,
                "column": max((item.first - week[0]).days, 0) + 1,
                "span": (min(item.last, week[-1]) - max(item.first, week[0])).days + 1,
            }
            for item in bars[:ROWS]
        ],
        "hidden": len(bars[ROWS:]),
    }


def _day(day: date, month: int) -> Meta:
    moon, moon_month, leap = lunar(day)
    full = moon == 1 or day.day == 1
    science = (day.month, day.day) == SCIENCE_DAY
    return {
        "day": day.day,
        "iso": day.isoformat(),
        "outside": day.month != month,
        "lunar": f"{moon}/{moon_month}{' nhuận' if leap else ''}" if full else f"{moon}",
        "name": public_holidays(day.year).get(
            day, "Ngày Khoa học và Công nghệ Việt Nam" if science else ""
        ),
    }


def _units(library: Library, ordered: Any) -> Iterator[File]:
    told, issued = concerns(library), units.issued_by_unit(library)
    for unit in library.units:
        concern = told[unit.id]
        own = (chain(p.events, p.deadlines, p.slogans) for p in concern.issued)
        parent = library.units.by_id.get(unit.parent or "")
        work = units.Work.of(unit, library, issued)
        shown = work.within(work.latest)
        common = {
            "date": "2000-01-01",
            "home": f"/{unit.page}",
            "kind": unit.kind.value,
            "province": library.units.province(unit),
        }
        meta = common | {
            "title": unit.name,
            "outputs": ["html", "agenda", "feed"],
            "ancestors": [_link(u) for u in reversed(library.units.ancestors(unit))],
            "children": [_link(child) for child in library.units.children(unit)],
            "parent": _link(parent) if parent else None,
            "years": work.years if len(work.years) > 1 else [],
            "duties": _duties(shown.own),
            "shared": [
                {"unit": _link(group), "duties": _duties(duties)} for group, duties in shown.shared
            ],
            "issued": [_path(plan.address) for plan in in_order(shown.issued)],
            "calendar": ordered(map(_ref, chain(concern.duties, *own))),
            "feed": [_path(plan.address) for plan in in_order(concern.plans())[:FEED]],
            "record": api.unit(unit, library, SITE),
        }
        yield f"{unit.page.rstrip('/')}.md", meta, ""
        for year in work.years:
            of = work.within({year})
            yield (
                f"{unit.page}{year}.md",
                common
                | {
                    "title": f"{unit.name} năm {year}",
                    "duties": _duties(of.own),
                    "groups": [
                        {"title": f"{g.label} năm {year}", "address": f"/{g.page}{year}/"}
                        for g, _ in of.shared
                    ],
                    "issued": [_path(plan.address) for plan in in_order(of.issued)],
                },
                "",
            )


def _link(unit: Unit) -> Meta:
    return {"title": unit.label, "address": f"/{unit.page}"}


def _duties(duties: Duties) -> list[Meta]:
    shelves = (
        ("Thời hạn phải thực hiện", duties.owes),
        ("Chủ trì", duties.leads),
        ("Phối hợp", duties.joins),
        ("Nơi nhận báo cáo", duties.receives),
    )
    return [{"title": title, "items": _refs(shelf)} for title, shelf in shelves if shelf]


def _campaigns(library: Library, ordered: Any) -> Iterator[File]:
    for campaign in library.campaigns:
        joined = [plan for plan in library.plans if plan.campaign == campaign.year]
        own = [ref for ref, *_ in _stretches(library, campaign)]
        hung = map(_ref, (*campaign.themes, *campaign.slogans))
        of = (_ref(r) for p in joined for r in (*p.events, *p.deadlines, *p.slogans))
        meta = {
            "title": campaign.title,
            "date": sorted_by(campaign.day, campaign.year),
            "description": campaign.summary or "",
            "outputs": ["html", "agenda", "feed"],
            "periods": own,
            "plans": [_path(plan.address) for plan in in_order(joined)],
            "materials": [_path(m.address) for m in _of_year(library, campaign.year)],
            "calendar": ordered((*own, *hung, *of)),
            "feed": [_path(plan.address) for plan in in_order(joined)[:FEED]],
            "record": api.campaign(campaign, SITE, History()),
        }
        yield f"{campaign.address.rstrip('/')}.md", meta, campaign.body


def _of_year(library: Library, year: int) -> Iterator[Document]:
    return (material for material in library.materials if material.campaign == year)


def _materials(library: Library) -> Iterator[File]:
    for year, _ in by_year(library.materials):
        yield f"truyen-thong/{year}/_index.md", {"title": f"Truyền thông năm {year}"}, ""
    for material in library.materials:
        meta = {
            "title": material.title,
            "date": sorted_by(material.date, material.year),
            "description": material.summary or "",
            "plan": _related(material.plan, library),
            "record": api.material(material, library, SITE, History()),
        }
        yield f"{material.address.rstrip('/')}.md", meta, material.body


def _guides(library: Library) -> Iterator[File]:
    for guide in library.guides:
        if not guide.address:
            continue
        file = guide.file.replace("index.md", "_index.md")
        meta = {"title": guide.title, "weight": guide.order, "description": guide.description or ""}
        yield file, meta, guide.body
    years = [str(year) for year, _ in by_year(library.plans)]
    yield "tim-kiem.md", {"title": "Tìm kiếm", "layout": "search", "years": years}, ""
    yield _map(library)


def _map(library: Library) -> File:
    by_folder = {"ke-hoach": library.plans, "su-kien": library.events, "khau-hieu": library.slogans}
    groups = [
        {
            "title": title,
            "address": f"{name}/",
            "items": [
                {"title": f"Năm {year}", "address": f"{name}/{year}/"}
                for year, _ in by_year(by_folder.get(name, ()))
            ],
        }
        for name, title in _SECTIONS
    ]
    return "so-do-trang.md", {"title": "Sơ đồ trang", "layout": "map", "groups": groups}, ""


def sorted_by(when: Period | None, year: int) -> str:
    """Hugo wants an exact day to sort by."""
    return when.start.isoformat() if when and when.start else f"{year}-01-01"
