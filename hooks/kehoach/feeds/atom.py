"""Atom feeds (RFC 4287): plans, materials, and what changed in plans.

Ids are tag URIs (RFC 4151) of the permanent address, so that a page which moves keeps its entry.
Times come from Git; where it knows none, from the document's own date where that names a day, else
from the build's clock.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from itertools import chain, groupby
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from kehoach.feeds.concerns import Concern
from kehoach.feeds.feed import Feed
from kehoach.feeds.markup import INDENT, element, nest
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


class Item(dict[str, Any]):
    """One entry as plain data; its bytes are made once, however many feeds hold it."""

    @cached_property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self["updated"])

    @cached_property
    def chunk(self) -> bytes:
        lines = nest(
            "entry",
            element("id", self["id"]),
            element("title", self["title"]),
            element("updated", self["updated"]),
            element("published", self["published"]) if self["published"] else (),
            nest("author", element("name", self["author"])),
            element("link", rel="alternate", type="text/html", href=self["page"]),
            element("category", term=self["category"]),
            element("summary", self["summary"]),
        )
        return "".join([f"{INDENT}{line}\n" for line in lines]).encode()


def feed(
    entries: Iterable[Item], *, address: str, page: str, title: str, site: Site
) -> list[bytes]:
    """The feed at `address` about the page `page`: its entries, the latest first, a chunk for each."""
    ordered = sorted(entries, key=lambda item: item["id"])
    ordered.sort(key=lambda item: item.moment, reverse=True)
    head = (
        element("id", _tag(site, address)),
        element("title", line(title)),
        element("updated", ordered[0]["updated"] if ordered else site.clock.isoformat()),
        nest("author", element("name", line(site.name))),
        element("link", rel="self", type="application/atom+xml", href=site.absolute(address)),
        element("link", rel="alternate", type="text/html", href=site.absolute(page)),
    )
    whole = xml(nest("feed", *head, **{"xmlns": NAMESPACE, "xml:lang": "vi"}))
    end = b"</feed>\n"
    return [whole.removesuffix(end), *(item.chunk for item in ordered[:LIMIT]), end]


def feeds(
    library: Library, site: Site, history: History, told: Mapping[str, Concern]
) -> Iterator[Feed]:
    """The feeds of the site, of each campaign and of each unit."""
    plans = {p.address: list(plan_entries(p, library, site, history)) for p in library.plans}
    materials = [(m, material_entry(m, library, site, history)) for m in library.materials]

    def feed_at(page: str, title: str, entries: Iterable[Item]) -> Feed:
        address = f"{page}feed.xml"
        return Feed(address, feed(entries, address=address, page=page, title=title, site=site))

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


def plan_entries(plan: Plan, library: Library, site: Site, history: History) -> Iterator[Item]:
    """The plan, then a note for each commit that changed it."""
    label = plan_label(plan)
    entry = _item(plan, label, plan.kind, library, site, history)
    yield entry
    for commit, changes in groupby(history.changes(plan.path), key=lambda change: change.commit):
        told = [change for change in changes if change.field]
        if told:
            yield Item(entry, **_note(told, label, plan, commit, site))


def _note(changes: list[Change], label: str, plan: Plan, commit: str, site: Site) -> dict[str, Any]:
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
    dated = at(document.date.bounds[0]) if certain(document.date) else None
    return Item(
        id=_tag(site, _permanent(document)),
        title=title,
        updated=(history.updated(document.path) or dated or site.clock).isoformat(),
        published=dated and dated.isoformat(),
        author=line(_author(document, library)),
        page=site.absolute(document.address),
        category=line(category),
        summary=line(document.summary or document.title),
    )


def _author(document: Plan | Material, library: Library) -> str:
    """Who issued it; of a joint document all of them."""
    if isinstance(document, Plan):
        return " và ".join(library.issuer_names(document))
    issuer = library.issuer(document)
    return issuer.name if issuer else document.issuer


def _permanent(document: Plan | Material) -> str:
    """The first address a document had."""
    return (*document.aliases, document.address)[0].strip("/") + "/"


def _tag(site: Site, address: str) -> str:
    """RFC 4151; of a site without an address, a name that needs no host (RFC 4122)."""
    authority, _, folder = host(site).partition("/")
    if not authority:
        return uuid5(NAMESPACE_URL, f"/{address}").urn
    return f"tag:{authority},{TAG_DATE}:{folder}{'/' if folder else ''}{address}"
