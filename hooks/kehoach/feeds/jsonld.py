"""JSON-LD for search engines, in the vocabulary of schema.org, as plain dicts.

An Event has a startDate, so only an event whose day is certain is one; for any other there is no
Event at all. What the records do not say (an attendance mode, a legal force) is left out.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from pydantic_core import to_json

from kehoach.feeds.text import line
from kehoach.feeds.times import Occurrence, certain, moments, occurrences, standing
from kehoach.records.campaign import Campaign, Reference
from kehoach.records.event import Event, EventStatus
from kehoach.records.library import Library
from kehoach.records.material import Material, MaterialKind
from kehoach.records.period import Period
from kehoach.records.photographs import shown
from kehoach.records.plan import Plan, PlanStatus
from kehoach.records.unit import Unit, UnitKind
from kehoach.site import Site

Node = dict[str, Any]

_EVENT_STATUS = {
    EventStatus.SCHEDULED: "EventScheduled",
    EventStatus.DONE: "EventScheduled",
    EventStatus.RESCHEDULED: "EventRescheduled",
    EventStatus.POSTPONED: "EventPostponed",
    EventStatus.CANCELLED: "EventCancelled",
}
_UNIT_TYPES = {
    UnitKind.MINISTRY: "GovernmentOrganization",
    UnitKind.COMMITTEE: "GovernmentOrganization",
    UnitKind.DEPARTMENT: "GovernmentOrganization",
    UnitKind.DIVISION: "GovernmentOrganization",
    UnitKind.CENTRE: "GovernmentOrganization",
    UnitKind.BRANCH: "GovernmentOrganization",
    UnitKind.INSPECTORATE: "GovernmentOrganization",
    UnitKind.PRESS: "NewsMediaOrganization",
}
_MATERIAL_TYPES = {
    MaterialKind.PRESS_RELEASE: "NewsArticle",
    MaterialKind.RADIO_SCRIPT: "CreativeWork",
    MaterialKind.INFOGRAPHIC: "CreativeWork",
    MaterialKind.OTHER: "CreativeWork",
}
# That a text is in force rests on more than its status; that it is not, does not.
_NOT_IN_FORCE = {PlanStatus.DRAFT, PlanStatus.SUPERSEDED, PlanStatus.WITHDRAWN}


def script(node: Node) -> str:
    """`node` as a data block for a page's head; nothing in it can end the block or begin a tag."""
    text = to_json({"@context": "https://schema.org", **node}).decode()
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return f'<script type="application/ld+json">{text}</script>'


def website(site: Site, library: Library) -> Node:
    """The site itself, for the home page."""
    publisher = library.units.by_id.get(site.department)
    return _filled(
        {
            "@type": "WebSite",
            "@id": site.absolute("#trang"),
            "name": line(site.name),
            "description": line(site.description),
            "url": site.absolute(""),
            "inLanguage": "vi",
            "publisher": publisher and organization(publisher, site),
        }
    )


def breadcrumbs(crumbs: Iterable[tuple[str, str]], title: str, address: str, site: Site) -> Node:
    """The way from the home page to the page `title`; `crumbs` are the (title, address) between."""
    way = [(site.name, ""), *crumbs, (title, address)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": line(name),
                "item": {"@type": "WebPage", "@id": site.absolute(where)},
            }
            for position, (name, where) in enumerate(way, 1)
        ],
    }


def organization(unit: Unit, site: Site) -> Node:
    """A unit as others name it."""
    return {
        "@type": _UNIT_TYPES.get(unit.kind, "Organization"),
        "@id": site.absolute(f"{unit.page}#don-vi"),
        "name": line(unit.name),
        "url": site.absolute(unit.page),
    }


def unit(unit: Unit, library: Library, site: Site) -> Node:
    """A unit on its own page."""
    parent = library.units.by_id.get(unit.parent or "")
    return _filled(
        {
            **organization(unit, site),
            "alternateName": list(dict.fromkeys(line(n) for n in (unit.short, *unit.aliases) if n)),
            "parentOrganization": parent and organization(parent, site),
            "areaServed": _area(library.units.province(unit)),
            "address": unit.address and line(unit.address),
            "telephone": unit.phone,
            "email": unit.email,
            "sameAs": unit.url,
        }
    )


def event(event: Event, library: Library, site: Site) -> Node | None:
    """An event whose days are all certain; None for any other."""
    when, status, plan = event.when, standing(event), event.plan
    if when is None or not all(map(certain, when.each)):
        return None
    campaign = library.campaign(plan.campaign)
    previous = event.previous_when if status is EventStatus.RESCHEDULED else None
    lead = [_party(name, plan, library, site) for name in event.lead]
    return _filled(
        {
            "@type": "Event",
            "@id": site.absolute(f"{event.page}#su-kien"),
            "name": line(event.title),
            "url": site.absolute(event.page),
            **_dates_of_all(when),
            **_sessions(event, when, site),
            "previousStartDate": _dates(previous)["startDate"] if certain(previous) else None,
            "eventStatus": f"https://schema.org/{_EVENT_STATUS[status]}",
            "eventAttendanceMode": _attendance(event),
            "location": _places(event),
            "image": event.image and [site.absolute(shown(plan.address, event.image.file))],
            "offers": _offer(event),
            "description": event.description and line(event.description),
            "about": event.theme and {"@type": "Thing", "name": line(event.theme)},
            "organizer": lead or _issuers(plan, library, site),
            "contributor": [_party(name, plan, library, site) for name in event.partners],
            "audience": event.audience
            and {"@type": "Audience", "audienceType": line(event.audience)},
            "superEvent": campaign and _day(campaign, site),
            "subjectOf": _reference(plan, site),
            "inLanguage": "vi",
        }
    )


def campaign(campaign: Campaign, library: Library, site: Site) -> Node | None:
    """The Day of a year; None where its day is not certain."""
    return _day(campaign, site) if certain(campaign.day) else None


def plan(plan: Plan, library: Library, site: Site) -> Node:
    """A plan as an administrative document (Decree 42/2022/NĐ-CP), in the terms of Legislation."""
    numbers = [line(number) for number in plan.given_numbers]
    issuers = _issuers(plan, library, site)
    unit = library.issuer(plan)
    older = next(iter(library.predecessors(plan)), None)
    return _filled(
        {
            "@type": ["Legislation", "DigitalDocument"],
            "@id": site.absolute(f"{plan.address}#van-ban"),
            "name": line(plan.title),
            "url": site.absolute(plan.address),
            "abstract": plan.summary and line(plan.summary),
            "legislationType": line(plan.kind),
            "legislationIdentifier": _one_or_all(numbers),
            "legislationDate": _day_of(plan.date),
            "legislationDateOfApplicability": _day_of(plan.effective),
            "legislationPassedBy": _one_or_all(issuers),
            "legislationJurisdiction": _area(library.units.province(unit) if unit else ""),
            "legislationLegalForce": (
                "https://schema.org/NotInForce" if plan.status in _NOT_IN_FORCE else None
            ),
            "legislationRepeals": older and _reference(older, site),
            "isBasedOn": [_basis(reference) for reference in plan.basis],
            "publisher": _one_or_all(issuers),
            "inLanguage": "vi",
            "encoding": [
                {
                    "@type": "MediaObject",
                    "contentUrl": site.absolute(f"{plan.address}{plan.slug}.pdf"),
                    "encodingFormat": "application/pdf",
                }
            ],
        }
    )


def material(material: Material, library: Library, site: Site) -> Node:
    about = library.plan(material.plan)
    issuer = library.issuer(material)
    author = material.author and {"@type": "Person", "name": line(material.author)}
    publisher = (
        organization(issuer, site)
        if issuer
        else {"@type": "Organization", "name": line(material.issuer)}
    )
    name = line(material.title)
    kind = _MATERIAL_TYPES.get(material.kind, "Article")
    return _filled(
        {
            "@type": kind,
            "name": name,
            "headline": name,
            "url": site.absolute(material.address),
            "description": material.summary and line(material.summary),
            "genre": material.kind.value,
            "datePublished": _day_of(material.date),
            "author": author or publisher,
            "publisher": publisher,
            "about": about and _reference(about, site),
            "inLanguage": "vi",
        }
    )


def _filled(node: Node) -> Node:
    """`node` without what is empty."""
    return {name: value for name, value in node.items() if value not in (None, "", [])}


def _day(campaign: Campaign, site: Site) -> Node:
    dates = _dates(campaign.day) if certain(campaign.day) else {}
    return {
        "@type": "Event",
        "@id": site.absolute(f"{campaign.address}#ngay"),
        "name": line(campaign.title),
        "url": site.absolute(campaign.address),
        **dates,
    }


def _dates(when: Period) -> Node:
    """startDate and, where it says more, endDate: days, or moments where hours are named."""
    first, last = when.bounds
    start, end = moments(when)
    if when.end_time is None:
        end = last if last != first else None
    return {"startDate": start.isoformat()} | ({"endDate": end.isoformat()} if end else {})


def _dates_of_all(when: Period) -> Node:
    """From the beginning of the first of several times to the end of the last."""
    each = [_dates(part) for part in when.each]
    starts = [str(node["startDate"]) for node in each]
    ends = [str(node.get("endDate", node["startDate"])) for node in each]
    if len(each) == 1:
        return each[0]
    return {"startDate": min(starts), "endDate": max(ends)}


def _sessions(event: Event, when: Period, site: Site) -> Node:
    """Each time of several, and hours that are those of each day."""
    found = list(occurrences(when))
    if len(found) == 1 and found[0].daily == 1:
        return {}
    schedules = [_schedule(once) for once in found if once.daily > 1]
    parts = [
        _filled(
            {
                "@type": "Event",
                "@id": site.absolute(f"{event.page}#su-kien-{number}"),
                "name": line(event.title),
                "startDate": once.start.isoformat(),
                "endDate": _last(once),
                "location": _places(event),
            }
        )
        for number, once in enumerate(found, 1)
        if once.daily == 1
    ]
    return {"subEvent": parts, "eventSchedule": schedules}


def _last(once: Occurrence) -> str | None:
    """When it ends: an hour, or the last of several days, which iCalendar counts on to the next."""
    if isinstance(once.start, datetime):
        return once.end.isoformat() if once.end else None
    return once.days[1].isoformat() if once.days[1] != once.days[0] else None


def _schedule(once: Occurrence) -> Node:
    """Hours of each day of a run (schema.org/Schedule), as schema.org/Time: hh:mm:ss."""
    hours = [at for at in (once.start, once.end) if isinstance(at, datetime)]
    return {
        "@type": "Schedule",
        "startDate": once.days[0].isoformat(),
        "endDate": once.days[1].isoformat(),
        "repeatFrequency": "P1D",
        "scheduleTimezone": "Asia/Ho_Chi_Minh",
        **dict(zip(("startTime", "endTime"), (f"{at:%H:%M:%S}" for at in hours), strict=False)),
    }


def _day_of(when: Period | None) -> str | None:
    if not certain(when):
        return None
    start, end = when.bounds
    return start.isoformat() if start == end else None


def _attendance(event: Event) -> str | None:
    """Where the plan names a place or a link; "trực tuyến" in a place says that there is another one,
    or none."""
    places = " ".join(venue.name for venue in event.venues).casefold()
    if not places and not event.online:
        return None
    online = bool(event.online) or "trực tuyến" in places
    here = bool(places) and (
        "trực tuyến" not in places or "trực tiếp" in places or "kết hợp" in places
    )
    mode = "Mixed" if online and here else "Online" if online else "Offline"
    return f"https://schema.org/{mode}EventAttendanceMode"


def _places(event: Event) -> Node | list[Node] | None:
    """Its places and its link: one as such, several as a list."""
    places = [
        _filled(
            {
                "@type": "Place",
                "name": line(venue.name),
                "address": venue.address and line(venue.address),
                "hasMap": venue.map,
            }
        )
        for venue in event.venues
    ]
    if event.online:
        places.append({"@type": "VirtualLocation", "url": event.online})
    return places[0] if len(places) == 1 else places or None


_PRICE = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)\s*(?:đồng|đ|VNĐ|VND)\b", re.IGNORECASE)


def _offer(event: Event) -> Node | None:
    """An Offer: the price where the words say it plainly, and where to register; None without either."""
    fee = (event.fee or "").strip()
    price = "0" if fee.casefold().startswith("miễn phí") else None
    if match := _PRICE.fullmatch(fee.rstrip(".")):
        price = match[1].replace(".", "")
    url = event.registration and event.registration.url
    if price is None and not url:
        return None
    until = event.registration.until if event.registration else None
    return _filled(
        {
            "@type": "Offer",
            "price": price,
            "priceCurrency": "VND" if price is not None else None,
            "url": url,
            "validThrough": _day_of(until),
            "description": fee and line(fee),
        }
    )


def _party(name: str, plan: Plan, library: Library, site: Site) -> Node:
    unit = library.unit(name, plan)
    return organization(unit, site) if unit else {"@type": "Organization", "name": line(name)}


def _issuers(plan: Plan, library: Library, site: Site) -> list[Node]:
    return [_party(name, plan, library, site) for name in plan.issuers]


def _one_or_all(values: Sequence[Any]) -> Any:
    """The one value, or the list of several; None for none."""
    return values[0] if len(values) == 1 else list(values) or None


def _reference(plan: Plan, site: Site) -> Node:
    return {
        "@type": "Legislation",
        "@id": site.absolute(f"{plan.address}#van-ban"),
        "name": line(plan.title),
        "url": site.absolute(plan.address),
    }


def _basis(reference: Reference) -> Node:
    return _filled(
        {
            "@type": "Legislation",
            "name": line(reference.title or reference.number),
            "legislationIdentifier": line(reference.number),
            "legislationDate": _day_of(reference.date),
            "legislationPassedBy": reference.issuer
            and {"@type": "Organization", "name": line(reference.issuer)},
        }
    )


def _area(province: str) -> Node | None:
    return {"@type": "AdministrativeArea", "name": line(province)} if province else None
