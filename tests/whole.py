"""What the program makes part by part, all of a library at once."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from kehoach import feeds
from kehoach.building.shelf import read_library
from kehoach.feeds import yearly
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
        yield from records_of(year, library, site, history)
    for plan in library.plans:
        yield from feeds.own(plan, library, site, history)


def records_of(year: int, library: Library, site: Site, history: History) -> Iterator[feeds.Feed]:
    """The files of one year's records, the index last."""
    documents = (*library.campaigns, *library.plans, *library.materials)
    told = []
    for run in yearly.runs(document.file for document in documents if document.year == year):
        for feed, one in yearly.of_run(year, run, library, site, history):
            told.append(one)
            yield feed
    yield yearly.index_of(year, told, site)


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


def of_one_event(content: Path, fields: str) -> Library:
    """A library in `content` of one plan, whose one event has `fields`, indented lines of YAML."""
    plan = content / "ke-hoach/2024/x.md"
    plan.parent.mkdir(parents=True)
    head = "---\ntitle: X\nnumber: 1/KH-SKHCN\nissuer: Sở\ndate: 04/5/2024\nevents:\n  - id: mot\n"
    plan.write_text(f"{head}{fields}---\n\n## I. NỘI DUNG\n\nTọa đàm.\n", "utf-8")
    return read_library(content)


def empty(record: BaseModel, name: str = "") -> Iterator[str]:
    """The fields of `record`, and of the records in it, that hold nothing."""
    for field, value in record:
        held = value if isinstance(value, tuple) else (value,)
        if value in (None, ()):
            yield f"{name}{field}"
        for item in held:
            if isinstance(item, BaseModel):
                yield from empty(item, f"{name}{field}.")
