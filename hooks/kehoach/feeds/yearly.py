"""The records of a year, for other sites that gather those of many departments.

    api/v1/index.json                          the years, each with the address of its own index
    api/v1/<year>/index.json                   its files
    api/v1/<year>/records-<fingerprint>.json   plans with their text, events, slogans, campaign, materials

A file of records stays under 300 KB and bears a fingerprint of its content: who gathers reads the
indexes, and of the records what he does not have yet. Records of one plan stay together.
"""

from collections.abc import Iterable, Iterator
from hashlib import blake2b

from kehoach.feeds import api
from kehoach.feeds.api import Data
from kehoach.feeds.feed import Feed
from kehoach.history import History
from kehoach.records.library import Library
from kehoach.records.plan import Plan
from kehoach.site import Site

INDEX = f"{api.FOLDER}index.json"
_MOST = 250_000  # bytes of records in a file; one plan that is larger has a file of its own


def of_year(year: int, library: Library, site: Site, history: History) -> Iterator[Feed]:
    """The files of `year`, of the plans that `library` lists; the index is the last."""
    told: list[Data] = []
    for records in _cut(_groups(year, library, site, history)):
        content = api.write(api.document("records", records, site))
        mark = blake2b(content, digest_size=6).hexdigest()
        address = f"{api.FOLDER}{year}/records-{mark}.json"
        told.append({"url": site.absolute(address), "records": len(records), "bytes": len(content)})
        yield Feed(address, [content])
    yield Feed(_index_of(year), [api.write(api.document("files", told, site))])


def index(years: Iterable[int], site: Site) -> Feed:
    """The list of the years that there are records of."""
    told = [{"year": year, "url": site.absolute(_index_of(year))} for year in sorted(years)]
    return Feed(INDEX, [api.write(api.document("years", told, site))])


def _index_of(year: int) -> str:
    return f"{api.FOLDER}{year}/index.json"


def _groups(year: int, library: Library, site: Site, history: History) -> Iterator[list[Data]]:
    """Records that belong together; `modified` is when the text of one last changed, as Git tells."""
    for campaign in library.campaigns:
        if campaign.year == year:
            yield [_record("campaign", api.campaign(campaign, site, history))]
    for plan in library.plans:
        if plan.year == year:
            yield list(_of_plan(plan, library, site, history))
    for material in library.materials:
        if material.year == year:
            data = api.material(material, library, site, history)
            yield [_record("material", data | {"text": material.body})]


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
