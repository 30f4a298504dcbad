"""Atom feeds (RFC 4287): plans, materials, and what changed in plans.

Ids are tag URIs (RFC 4151) of the permanent address, so that a page which moves keeps its entry.
Times come from Git; where it knows none, from the document's own date where that names a day, else
from the build's clock.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain, groupby
from typing import Any
from xml.etree import ElementTree

from kehoach.feeds.concerns import Concern
from kehoach.feeds.feed import Feed
from kehoach.feeds.markup import add
from kehoach.feeds.markup import document as xml
from kehoach.feeds.text import host, line, plan_label
from kehoach.feeds.times import at, certain
from kehoach.history import Change, History
from kehoach.records.library import Library
from kehoach.records.material import Material
from kehoach.records.plan import Plan
from kehoach.site import Site

NAMESPACE = "http://www.w3.org/2005/Atom"
# RFC 4151 §2.1: a day on which the site's owner held its name. Never changed: ids rest on it.
TAG_DATE = "2026"
# Entries of one feed; readers who come by once a year find the rest on the site.
LIMIT = 100

Item = dict[str, Any]


def feed(data: Item) -> bytes:
    """One feed from its data; see `document`."""
    root = ElementTree.Element("feed", {"xmlns": NAMESPACE, "xml:lang": "vi"})
    add(root, "id", data["id"])
    add(root, "title", data["title"])
    add(root, "updated", data["updated"])
    add(add(root, "author"), "name", data["author"])
    add(root, "link", rel="self", type="application/atom+xml", href=data["self"])
    add(root, "link", rel="alternate", type="text/html", href=data["page"])
    for item in data["entries"]:
        _entry(add(root, "entry"), item)
    return xml(root)


def _entry(entry: ElementTree.Element, item: Item) -> None:
    add(entry, "id", item["id"])
    add(entry, "title", item["title"])
    add(entry, "updated", item["updated"])
    if item["published"]:
        add(entry, "published", item["published"])
    add(add(entry, "author"), "name", item["author"])
    add(entry, "link", rel="alternate", type="text/html", href=item["page"])
    add(entry, "category", term=item["category"])
    add(entry, "summary", item["summary"])


def feeds(
    library: Library, site: Site, history: History, told: Mapping[str, Concern]
) -> Iterator[Feed]:
    """The feeds of the site, of each campaign and of each unit."""
    plans = {p.address: list(plan_entries(p, library, site, history)) for p in library.plans}
    materials = [(m, material_entry(m, library, site, history)) for m in library.materials]

    def feed_at(page: str, title: str, entries: Iterable[Item]) -> Feed:
        data = document(entries, address=f"{page}feed.xml", page=page, title=title, site=site)
        return Feed(f"{page}feed.xml", data, feed)

    yield feed_at("", site.name, chain(*plans.values(), (item for _, item in materials)))
    for campaign in library.campaigns:
        year = campaign.year
        joined = (plans[plan.address] for plan in library.plans if plan.campaign == year)
        told_of = (item for material, item in materials if material.campaign == year)
        yield feed_at(campaign.address, campaign.title, chain(*joined, told_of))
    for unit in library.units:
        concerned = (plans[plan.address] for plan in told[unit.id].plans())
        own = (item for material, item in materials if library.issuer(material) is unit)
        yield feed_at(unit.page, unit.label, chain(*concerned, own))


def document(entries: Iterable[Item], *, address: str, page: str, title: str, site: Site) -> Item:
    """The data of the feed at `address` about the page `page`: its entries, the latest first."""
    ordered = sorted(entries, key=lambda item: item["id"])
    ordered.sort(key=lambda item: datetime.fromisoformat(item["updated"]), reverse=True)
    return {
        "id": _tag(site, address),
        "title": line(title),
        "author": line(site.name),
        "self": site.absolute(address),
        "page": site.absolute(page),
        "updated": ordered[0]["updated"] if ordered else site.clock.isoformat(),
        "entries": ordered[:LIMIT],
    }


def plan_entries(plan: Plan, library: Library, site: Site, history: History) -> Iterator[Item]:
    """The plan, then a note for each commit that changed it."""
    label = plan_label(plan)
    entry = _item(plan, label, plan.kind, library, site, history)
    yield entry
    for commit, changes in groupby(history.changes(plan.path), key=lambda change: change.commit):
        told = [change for change in changes if change.field]
        if told:
            yield entry | _note(told, label, plan, commit, site)


def _note(changes: list[Change], label: str, plan: Plan, commit: str, site: Site) -> Item:
    words = [line(change.words) for change in changes]
    more = f" và {len(words) - 1} thay đổi khác" if len(words) > 1 else ""
    when = changes[0].when
    sentence = "; ".join(words)
    return {
        "id": _tag(site, f"{_permanent(plan)}#{commit}"),
        "title": f"Thay đổi: {words[0]}{more} ({label})",
        "updated": when.isoformat(),
        "published": when.isoformat(),
        "category": "Thay đổi",
        "summary": f"Ngày {when:%d/%m/%Y}, {sentence}.",
    }


def material_entry(material: Material, library: Library, site: Site, history: History) -> Item:
    return _item(material, line(material.title), material.kind.value, library, site, history)


def _item(
    document: Plan | Material,
    title: str,
    category: str,
    library: Library,
    site: Site,
    history: History,
) -> Item:
    dated = at(document.date.start) if certain(document.date) else None
    issuer = library.issuer(document)
    return {
        "id": _tag(site, _permanent(document)),
        "title": title,
        "updated": (history.updated(document.path) or dated or site.clock).isoformat(),
        "published": dated and dated.isoformat(),
        "author": line(issuer.name if issuer else document.issuer),
        "page": site.absolute(document.address),
        "category": line(category),
        "summary": line(document.summary or document.title),
    }


def _permanent(document: Plan | Material) -> str:
    """The first address a document had."""
    return (*document.aliases, document.address)[0].strip("/") + "/"


def _tag(site: Site, address: str) -> str:
    return f"tag:{host(site)},{TAG_DATE}:{address}"
