"""The records of a year, for other sites that gather those of many departments.

    api/v1/index.json                          the years, each with the address of its own index
    api/v1/<year>/index.json                   its files
    api/v1/<year>/records-<fingerprint>.json   plans with their text, events, slogans, campaign, materials

A file of records stays under 300 KB and bears a fingerprint of its content: who gathers reads the
indexes, and of the records what he does not have yet. Records of one document stay together. A year is
cut into runs of documents first, at places that their names alone decide, and each run into files by
size: an edit moves no record but within its run.
"""

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import NamedTuple

from kehoach.feeds import api
from kehoach.feeds.api import Data
from kehoach.feeds.feed import Feed
from kehoach.hashing import digest
from kehoach.history import History
from kehoach.records.campaign import Campaign
from kehoach.records.document import Document
from kehoach.records.library import Library
from kehoach.records.material import Material
from kehoach.records.plan import Plan
from kehoach.site import Site

INDEX = f"{api.FOLDER}index.json"
_MOST = 250_000  # bytes of records in a file; one plan that is larger has a file of its own
_LEAST = 8  # documents in a run, but for the last of a year
_ENDS = 0x20  # of 256 names, those that end a run which is long enough


class Told(NamedTuple):
    """A file of records as the index of its year tells of it: its address, how many records and bytes."""

    address: str
    records: int
    bytes: int


def runs(files: Iterable[str]) -> list[list[str]]:
    """The `files` of a year's documents, in their order, cut into runs; one that comes or goes concerns
    its own run and seldom more than the next."""
    found: list[list[str]] = []
    run: list[str] = []
    for file in files:
        run.append(file)
        if len(run) >= _LEAST and int(digest(file.encode())[:2], 16) < _ENDS:
            found.append(run)
            run = []
    return [*found, run] if run else found


def of_run(
    year: int, files: Iterable[str], library: Library, site: Site, history: History
) -> Iterator[tuple[Feed, Told]]:
    """The files of records of one run, of the documents in `files`, each with what is told of it."""
    documents = filter(None, (library.document(f"{library.name}/{file}") for file in files))
    groups = (list(_group(document, library, site, history)) for document in documents)
    for records in _cut(groups):
        content = api.write(api.document("records", records, site))
        mark = blake2b(content, digest_size=6).hexdigest()
        address = f"{api.FOLDER}{year}/records-{mark}.json"
        yield Feed(address, [content]), Told(address, len(records), len(content))


def index_of(year: int, told: Iterable[Told], site: Site) -> Feed:
    """The list of the files of `year`."""
    files = [
        {"url": site.absolute(address), "records": records, "bytes": size}
        for address, records, size in told
    ]
    return Feed(_index_of(year), [api.write(api.document("files", files, site))])


def index(years: Iterable[int], site: Site) -> Feed:
    """The list of the years that there are records of."""
    told = [{"year": year, "url": site.absolute(_index_of(year))} for year in sorted(years)]
    return Feed(INDEX, [api.write(api.document("years", told, site))])


def _index_of(year: int) -> str:
    return f"{api.FOLDER}{year}/index.json"


def _group(document: Document, library: Library, site: Site, history: History) -> Iterator[Data]:
    """Records that belong together; `modified` is when the text of one last changed, as Git tells."""
    match document:
        case Campaign():
            yield _record("campaign", api.campaign(document, site, history))
        case Plan():
            yield from _of_plan(document, library, site, history)
        case Material():
            data = api.material(document, library, site, history)
            yield _record("material", data | {"text": document.body})


def _of_plan(plan: Plan, library: Library, site: Site, history: History) -> Iterator[Data]:
    brief = api.plan(plan, library, site, history)
    yield _record("plan", brief | api.plan_text(plan, library, site, history))
    for event in plan.events:
        yield _record("event", api.event(event, library, site, history))
    for slogan in plan.slogans:
        data = api.slogan(slogan, site) | {"updated": api.iso(history.revision(slogan).modified)}
        yield _record("slogan", data)


def _record(kind: str, data: Data) -> Data:
    return {"type": kind, **data, "modified": data["updated"]}


def _cut(groups: Iterable[list[Data]]) -> Iterator[list[Data]]:
    """The groups in files of about `_MOST` bytes."""
    records: list[Data] = []
    size = 0
    for group in groups:
        weight = sum(len(api.write(record)) for record in group)
        if records and size + weight > _MOST:
            yield records
            records, size = [], 0
        records += group
        size += weight
    if records:
        yield records
