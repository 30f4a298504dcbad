"""The files that machines read: calendars, feeds, data, metadata. Feeds use records and history.

`own` gives the files of one plan, `shared` those of one of `KINDS`; the sitemap, which lists pages, is
`sitemap.feeds`. `metadata` gives the data blocks of one page.
"""

from collections.abc import Callable, Iterable, Iterator

from kehoach.feeds import api, atom, ics, jsonld, manifest, opensearch, robots, yearly
from kehoach.feeds.concerns import concerns
from kehoach.feeds.feed import Feed
from kehoach.feeds.ics import campaign_calendar
from kehoach.history import History
from kehoach.records.campaign import Campaign
from kehoach.records.event import Event
from kehoach.records.library import Library
from kehoach.records.material import Material
from kehoach.records.plan import Plan
from kehoach.records.unit import Unit
from kehoach.site import Site

__all__ = ["KINDS", "Feed", "campaign_calendar", "metadata", "own", "shared", "years"]

_SUBJECTS: dict[type, Callable[..., jsonld.Node | None]] = {
    Plan: jsonld.plan,
    Event: jsonld.event,
    Campaign: jsonld.campaign,
    Unit: jsonld.unit,
    Material: jsonld.material,
}


def own(plan: Plan, library: Library, site: Site, history: History) -> Iterator[Feed]:
    """The files that stand beside the pages of one plan and of its events."""
    yield from ics.own(plan, library, site, history)
    yield api.own(plan, library, site, history)


def years(found: Iterable[int], site: Site) -> Feed:
    """The list of the years that there are records of."""
    return yearly.index(found, site)


def shared(kind: str, library: Library, site: Site, history: History) -> Iterator[Feed]:
    """The files of one of `KINDS` for the site, for years, campaigns and units."""
    return iter(_SHARED[kind](library, site, history))


MANIFEST_ICONS = ((192, "bieu-tuong-192.png"), (512, "bieu-tuong-512.png"))  # drawn by prints

_SHARED: dict[str, Callable[[Library, Site, History], Iterable[Feed]]] = {
    "calendars": lambda library, site, history: ics.shared(
        library, site, history, concerns(library)
    ),
    "news": lambda library, site, history: atom.feeds(library, site, history, concerns(library)),
    "data": api.shared,
    "description": lambda library, site, history: [
        *opensearch.feeds(site),
        *robots.feeds(site),
        *manifest.feeds(site, MANIFEST_ICONS),
    ],
}
KINDS = tuple(_SHARED)


def metadata(
    subject: object,
    title: str,
    address: str,
    crumbs: Iterable[tuple[str, str]],
    site: Site,
    library: Library,
) -> list[str]:
    """The JSON-LD blocks of the page `address`, as HTML for its head.

    `subject` is the record that it shows, `crumbs` the (title, address) of the pages above it.
    """
    if not address:
        return [jsonld.script(jsonld.website(site, library))]
    about = _SUBJECTS.get(type(subject))
    node = about(subject, library, site) if about else None
    nodes = [node] if node else []
    return [jsonld.script(n) for n in (*nodes, jsonld.breadcrumbs(crumbs, title, address, site))]
