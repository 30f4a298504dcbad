"""The JSON API, version 1: every record as plain data, described by `api/v1/schema.json`.

Versions are additive: within 1 a field is never removed, renamed or given another meaning, so a
reader passes over what it does not know. A time is never a bare date (see `times.data`).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from pydantic_core import to_json

from kehoach.feeds import openapi, schema
from kehoach.feeds.feed import Feed
from kehoach.feeds.times import data as period
from kehoach.history import History
from kehoach.records.campaign import Campaign
from kehoach.records.event import Deadline, Event, Registration, Result, Slogan
from kehoach.records.fields import Attachment, Picture
from kehoach.records.fulfilment import Item
from kehoach.records.library import Library
from kehoach.records.material import Material
from kehoach.records.photographs import shown
from kehoach.records.plan import Plan
from kehoach.records.unit import Unit
from kehoach.site import Site

VERSION = "1.0"
FOLDER = "api/v1/"

Data = dict[str, Any]


def write(data: Data) -> bytes:
    """`data` as JSON in UTF-8 and a line end."""
    return to_json(data) + b"\n"


def document(name: str, content: Any, site: Site) -> Data:
    """One file of the API: what it is, then `content` under its name."""
    return {
        "version": VERSION,
        "schema": site.absolute(f"{FOLDER}schema.json"),
        "site": {"name": site.name, "url": site.absolute("")},
        name: content,
    }


def shared(library: Library, site: Site, history: History) -> Iterator[Feed]:
    """The lists of records, their schema and the API's description."""
    address = f"{FOLDER}schema.json"
    lists = {
        "plans": [plan(item, library, site, history) for item in library.plans],
        "events": [event(item, library, site, history) for item in library.events],
        "campaigns": [campaign(item, site, history) for item in library.campaigns],
        "units": [unit(item, library, site) for item in library.units],
        "slogans": [slogan(item, site) for item in library.slogans],
        "materials": [material(item, library, site, history) for item in library.materials],
    }
    for name, content in lists.items():
        yield Feed(f"{FOLDER}{name}.json", [write(document(name, content, site))])
    yield Feed(address, [write(schema.document(address, VERSION, site))])
    yield Feed(openapi.ADDRESS, [write(openapi.document(VERSION, site))])


def own(plan: Plan, library: Library, site: Site, history: History) -> Feed:
    """A plan in full."""
    full = document("plan", plan_in_full(plan, library, site, history), site)
    return Feed(f"{plan.address}index.json", [write(full)])


def plan(plan: Plan, library: Library, site: Site, history: History) -> Data:
    """A plan as lists of plans show it."""
    issuer = library.issuer(plan)
    return {
        "id": plan.address.rstrip("/"),
        "url": site.absolute(plan.address),
        "title": plan.title,
        "kind": plan.kind,
        "number": plan.number,
        "issuer": _party(plan.issuer, plan, library),
        "province": library.units.province(issuer) if issuer else "",
        "place": plan.place,
        "date": period(plan.date),
        "effective": period(plan.effective),
        "status": plan.status.value,
        "reason": plan.reason,
        "supersedes": _id(next(iter(library.predecessors(plan)), None)),
        "superseded_by": _id(next(iter(library.successors(plan)), None)),
        "amends": [_id(other) for other in library.amended(plan)],
        "amended_by": [_id(other) for other in library.amenders(plan)],
        "elsewhere": library.elsewhere(plan),
        "campaign": plan.campaign,
        "summary": plan.summary,
        "source": plan.source,
        "updated": iso(history.updated(plan.path)),
        "events": [_event_id(event) for event in plan.events],
        "deadlines": [deadline(item, library, site, history) for item in plan.deadlines],
        "slogans": [_slogan_id(slogan) for slogan in plan.slogans],
        "links": {
            "pdf": site.absolute(f"{plan.address}{plan.slug}.pdf"),
            "calendar": site.absolute(f"{plan.address}index.ics"),
            "json": site.absolute(f"{plan.address}index.json"),
        },
    }


def plan_in_full(plan_: Plan, library: Library, site: Site, history: History) -> Data:
    """A plan with its text, its records and its history."""
    return {
        **plan(plan_, library, site, history),
        "events": [event(item, library, site, history) for item in plan_.events],
        "slogans": [slogan(item, site) for item in plan_.slogans],
        **plan_text(plan_, library, site, history),
    }


def plan_text(plan_: Plan, library: Library, site: Site, history: History) -> Data:
    """What a plan in full has beside its records: its text, who signs it, its history."""
    return {
        "basis": _references(plan_.basis),
        "signer": plan_.signer.model_dump() if plan_.signer else None,
        "signers": [signer.model_dump() for signer in plan_.signers],
        "joint": [
            {
                "issuer": _party(party.issuer, plan_, library),
                "number": party.number,
                "signer": party.signer.model_dump() if party.signer else None,
            }
            for party in plan_.joint
        ],
        "recipients": list(plan_.recipients),
        "attachments": _attachments(plan_.attachments, plan_.address, site),
        "sections": [
            {"number": section.number, "title": section.title, "level": section.level}
            | {"url": site.absolute(f"{plan_.address}#{section.anchor}")}
            for section in plan_.outline.sections
        ],
        "text": plan_.body,
        "changes": [
            {"when": iso(change.when), "words": change.words, "field": change.field}
            for change in history.changes(plan_.path)
        ],
    }


def event(event: Event, library: Library, site: Site, history: History) -> Data:
    revision = history.revision(event)
    plan = event.plan
    return {
        "id": _event_id(event),
        "url": site.absolute(event.page),
        "plan": plan.address.rstrip("/"),
        "section": event.section,
        "title": event.title,
        "kind": event.kind.value,
        "when": period(event.when),
        "place": event.place,
        "address": event.address,
        "lead": _parties(event.lead, plan, library),
        "partners": _parties(event.partners, plan, library),
        "audience": event.audience,
        "attendance": event.attendance,
        "theme": event.theme,
        "description": event.description,
        "status": event.status.value,
        "previous_when": period(event.previous_when),
        "reason": event.reason,
        "campaign": plan.campaign,
        "stages": _stages(event, library, site),
        "documents": _attachments(event.documents, plan.address, site),
        "programme": [step.model_dump() for step in event.steps],
        "places": [venue.model_dump() for venue in event.venues],
        "online": event.online,
        "registration": event.registration and _registration(event.registration),
        "contact": event.contact and event.contact.model_dump(),
        "fee": event.fee,
        "image": event.image and _picture(event.image, plan, site),
        "result": event.result and _result(event.result, plan, site),
        "sequence": revision.sequence,
        "updated": iso(revision.modified),
        "links": {"calendar": site.absolute(f"{event.page}index.ics")},
    }


def deadline(deadline: Deadline, library: Library, site: Site, history: History) -> Data:
    plan = deadline.plan
    return {
        "id": deadline.id,
        "url": site.absolute(f"{plan.address}#{deadline.anchor}"),
        "section": deadline.section,
        "what": deadline.what,
        "when": period(deadline.when),
        "who": _parties(deadline.who, plan, library),
        "to": _parties(deadline.to, plan, library),
        "stages": _stages(deadline, library, site),
        "updated": iso(history.revision(deadline).modified),
    }


def campaign(campaign: Campaign, site: Site, history: History) -> Data:
    return {
        "id": campaign.address.rstrip("/"),
        "url": site.absolute(campaign.address),
        "year": campaign.year,
        "title": campaign.title,
        "day": period(campaign.day),
        "summary": campaign.summary,
        "themes": [slogan(item, site) for item in campaign.themes],
        "slogans": [slogan(item, site) for item in campaign.slogans],
        "periods": [
            {
                "kind": item.kind.value,
                "name": item.name,
                "when": period(item.when),
                "where": item.where,
                "source": item.source,
            }
            for item in campaign.periods
        ],
        "guidance": _references(campaign.guidance),
        "attachments": _attachments(campaign.attachments, campaign.address, site),
        "updated": iso(history.updated(campaign.path)),
        "links": {
            "calendar": site.absolute(f"{campaign.address}lich.ics"),
            "feed": site.absolute(f"{campaign.address}feed.xml"),
        },
    }


def slogan(slogan: Slogan, site: Site) -> Data:
    return {
        "id": _slogan_id(slogan),
        "url": site.absolute(slogan.page),
        "owner": slogan.owner.address.rstrip("/"),
        "text": slogan.text,
        "kind": slogan.kind.value,
        "when": period(slogan.when),
        "where": slogan.where,
        "section": slogan.section,
        "source": slogan.source,
    }


def unit(unit: Unit, library: Library, site: Site) -> Data:
    duties = library.duties[unit.id]
    return {
        "id": unit.id,
        "url": site.absolute(unit.page),
        "name": unit.name,
        "short": unit.short,
        "kind": unit.kind.value,
        "parent": unit.parent,
        "province": library.units.province(unit),
        "aliases": list(unit.aliases),
        "address": unit.address,
        "phone": unit.phone,
        "email": unit.email,
        "website": unit.url,
        "leads": [_event_id(event) for event in duties.leads],
        "joins": [_event_id(event) for event in duties.joins],
        "owes": [site.absolute(f"{d.plan.address}#{d.anchor}") for d in duties.owes],
        "links": {
            "calendar": site.absolute(f"{unit.page}lich.ics"),
            "feed": site.absolute(f"{unit.page}feed.xml"),
        },
    }


def material(material: Material, library: Library, site: Site, history: History) -> Data:
    issuer = library.issuer(material)
    plan = library.plan(material.plan)
    event = library.event(material.event, plan.year) if plan else None
    return {
        "id": material.address.rstrip("/"),
        "url": site.absolute(material.address),
        "title": material.title,
        "kind": material.kind.value,
        "date": period(material.date),
        "issuer": {
            "name": library.units.called(material.issuer),
            "unit": issuer and issuer.id,
        },
        "campaign": material.campaign,
        "plan": _id(plan),
        "event": event and _event_id(event),
        "summary": material.summary,
        "author": material.author,
        "contact": material.contact,
        "attachments": _attachments(material.attachments, material.address, site),
        "updated": iso(history.updated(material.path)),
    }


def _registration(registration: Registration) -> Data:
    return registration.model_dump(exclude={"until"}) | {"until": period(registration.until)}


def _picture(picture: Picture, plan: Plan, site: Site) -> Data:
    """A picture as the site shows it at its largest."""
    largest = shown(plan.address, picture.file)
    return {"url": site.absolute(largest), "alt": picture.alt, "caption": picture.caption}


def _result(result: Result, plan: Plan, site: Site) -> Data:
    return {
        "words": result.words,
        "figures": [figure.model_dump() for figure in result.figures],
        "documents": _attachments(result.documents, plan.address, site),
        "pictures": [_picture(picture, plan, site) for picture in result.pictures],
    }


def _stages(item: Item, library: Library, site: Site) -> list[Data]:
    """The periods of campaigns that an event or a deadline carries out."""
    return [
        {
            "campaign": one.campaign.address.rstrip("/"),
            "url": site.absolute(one.campaign.address),
            "kind": one.period.kind.value,
            "name": one.period.name,
            "where": one.period.where,
        }
        for one in library.stages(item)
    ]


def _id(plan: Plan | None) -> str | None:
    return plan.address.rstrip("/") if plan else None


def _event_id(event: Event) -> str:
    return event.page.rstrip("/")


def _slogan_id(slogan: Slogan) -> str:
    return slogan.page.rstrip("/")


def iso(when: datetime | None) -> str | None:
    return when.isoformat() if when else None


def _party(name: str, plan: Plan, library: Library) -> Data:
    """A unit as readers are shown it, and the id of the unit that is meant, where there is one."""
    unit = library.unit(name, plan)
    return {"name": library.units.called(name), "unit": unit and unit.id}


def _parties(names: Iterable[str], plan: Plan, library: Library) -> list[Data]:
    return [_party(name, plan, library) for name in names]


def _references(references: Iterable[Any]) -> list[Data]:
    return [
        {"number": r.number, "date": period(r.date), "issuer": r.issuer, "title": r.title}
        for r in references
    ]


def _attachments(files: Iterable[Attachment], address: str, site: Site) -> list[Data]:
    folder = address.rstrip("/").rpartition("/")[0]
    return [{"title": f.title, "url": site.absolute(f"{folder}/{f.file}")} for f in files]
