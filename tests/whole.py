"""What the program makes part by part, all of a library at once."""

from collections.abc import Iterator

from kehoach import feeds
from kehoach.history import History
from kehoach.prints import document_problems, settings_problems
from kehoach.prints.catalogue import Print, own, shared
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.site import Site


def all_feeds(library: Library, site: Site, history: History) -> Iterator[feeds.Feed]:
    """Every feed but the sitemap."""
    for kind in feeds.KINDS:
        yield from feeds.shared(kind, library, site, history)
    found = {document.year for document in (*library.plans, *library.campaigns, *library.materials)}
    yield feeds.years(found, site)
    for year in sorted(found):
        yield from feeds.of_year(year, library, site, history)
    for plan in library.plans:
        yield from feeds.own(plan, library, site, history)


def all_prints(library: Library, site: Site) -> Iterator[Print]:
    """Every print, none of them drawn."""
    for plan in library.plans:
        yield from own(plan, library, site)
    yield from shared(library, site)


def all_problems(library: Library, site: Site) -> Iterator[Finding]:
    """Everything that cannot be printed as it is written."""
    yield from settings_problems(library, site)
    for document in (*library.campaigns, *library.plans):
        yield from document_problems(document, library, site)
