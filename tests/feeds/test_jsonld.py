"""JSON-LD against the vocabulary of schema.org, and what it says of an event."""

import json
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest

from feeds.department import BODY, EVENT, HEAD, NOWHERE, PLAN, SITE, lay
from feeds.vocabulary import Vocabulary
from kehoach import feeds
from kehoach.feeds import jsonld
from kehoach.records.library import Library
from kehoach.records.unit import UnitKind
from website.reading import KINDS, pages, tree

CRUMBS = (("Sự kiện", "su-kien/"), ("Năm 2024", "su-kien/2024/"))


@pytest.fixture(scope="session")
def vocabulary(node: Path) -> Vocabulary:
    return Vocabulary.read(node)


def blocks(subject: object, library: Library, site=SITE, address="x/") -> list[dict]:
    """The nodes in a page's head, as a browser's parser finds them."""
    head = "".join(feeds.metadata(subject, "Tên <trang>", address, CRUMBS, site, library))
    page = html5lib.parse(f"<!doctype html><head>{head}</head>", namespaceHTMLElements=False)
    scripts = page.findall("head/script")
    assert [script.get("type") for script in scripts] == ["application/ld+json"] * len(scripts)
    return [json.loads(script.text) for script in scripts]


def event(library: Library, name: str = "toa-dam") -> dict | None:
    return jsonld.event(library.event(name, 2024), library, SITE)


def changed(tmp_path: Path, *changes: tuple[str, str]) -> Library:
    text = EVENT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return lay(tmp_path, {PLAN: HEAD + text + BODY})


def every_node(library: Library, site) -> list[dict]:
    subjects = [
        *(library.plans + library.events + library.campaigns + library.materials),
        *library.units,
        library.slogans[0],
    ]
    found = [block for subject in subjects for block in blocks(subject, library, site)]
    return found + blocks(None, library, site, address="")


@pytest.mark.node
@pytest.mark.parametrize("site", [SITE, NOWHERE])
def test_every_node_is_of_the_vocabulary(library, published, vocabulary, site):
    nodes = every_node(library, site) + every_node(published, site)
    assert {str(node["@type"]) for node in nodes} == {
        *("Event", "BreadcrumbList", "GovernmentOrganization", "Organization", "WebSite"),
        *("NewsArticle", "Article", "['Legislation', 'DigitalDocument']", "NewsMediaOrganization"),
    }
    for node in nodes:
        assert node["@context"] == "https://schema.org"
        assert list(vocabulary.problems(node)) == []


@pytest.mark.node
def test_every_block_of_the_built_site_is_of_the_vocabulary(site, vocabulary):
    """Each kind of page has its blocks; no page of any kind says what schema.org has no word for."""
    told = {path: list(written(path)) for path in pages(site)}
    silent = {"404.html", "tim-kiem/index.html"}
    for name, address in KINDS.items():
        path = site / address / "index.html"
        assert told[path] or path.relative_to(site).as_posix() in silent, name
    problems = {
        f"{path.relative_to(site)}: {problem}"
        for path, nodes in told.items()
        for node in nodes
        for problem in vocabulary.problems(node)
    }
    assert problems == set()
    assert sum(map(len, told.values())) > 300


def written(path: Path) -> Iterator[dict]:
    """The JSON-LD nodes of a built page."""
    for script in tree(path).xpath("//script[@type='application/ld+json']"):
        node = json.loads(script.text)
        assert node["@context"] == "https://schema.org"
        yield node


@pytest.mark.node
@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"@type": "Evento"}, "node: no class ['Evento']"),
        ({"@type": "Event", "startsOn": "2024-05-18"}, "startsOn: no property"),
        ({"@type": "Event", "headline": "x"}, "headline: no property of ['Event']"),
        ({"@type": "Event", "doorTime": 8}, "doorTime: a number is none of ['DateTime', 'Time']"),
        (
            {"@type": "Event", "eventStatus": "https://schema.org/OnlineEventAttendanceMode"},
            "eventStatus: 'https://schema.org/OnlineEventAttendanceMode' is none of"
            " ['EventStatusType']",
        ),
        (
            {"@type": "Event", "startDate": "tháng 5/2022"},
            "startDate: 'tháng 5/2022' is none of ['Date', 'DateTime']",
        ),
        (
            {"@type": "Event", "organizer": {"@type": "Place"}},
            "organizer: ['Place'] is none of ['Organization', 'Person']",
        ),
        (
            {"@type": "Event", "eventStatus": "https://schema.org/EventGone"},
            "eventStatus: 'https://schema.org/EventGone' is none of ['EventStatusType']",
        ),
        (
            {"@type": "Event", "superEvent": {"@type": "Event", "isbn": "1"}},
            "superEvent.isbn: no property of ['Event']",
        ),
        (
            {"@type": "Event", "subEvent": [{"@type": "Event", "startsOn": "2025-05-16"}]},
            "subEvent.startsOn: no property",
        ),
        (
            {"@type": "Event", "eventSchedule": [{"@type": "Place"}]},
            "eventSchedule: ['Place'] is none of ['Schedule']",
        ),
        (
            {"@type": "Event", "eventSchedule": {"@type": "Schedule", "startTime": "8 giờ"}},
            "eventSchedule.startTime: '8 giờ' is none of ['DateTime', 'Time']",
        ),
    ],
)
def test_the_vocabulary_tells_right_from_wrong(vocabulary, wrong, problem):
    assert list(vocabulary.problems(wrong)) == [problem]


@pytest.mark.node
def test_the_vocabulary_knows_what_a_class_inherits_and_what_stands_for_another(vocabulary):
    assert len(vocabulary.classes) > 900
    assert len(vocabulary.properties) > 1400
    right = {
        "@type": "BusinessEvent",
        "name": "Hội nghị",
        "startDate": "2024-05-18T08:30:00+07:00",
        "organizer": {"@type": "GovernmentOrganization", "url": "https://kehoach.example.vn/"},
        "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
        "maximumAttendeeCapacity": 150,
    }
    assert list(vocabulary.problems(right)) == []


def test_an_event_with_a_certain_day(library):
    node = event(library)
    assert node["startDate"] == "2024-05-16"
    assert "endDate" not in node
    assert node["eventStatus"] == "https://schema.org/EventScheduled"
    assert node["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert node["location"] == {"@type": "Place", "name": "Hội trường Sở"}
    assert node["organizer"] == [
        {
            "@type": "GovernmentOrganization",
            "@id": "https://kehoach.example.vn/don-vi/van-phong/#don-vi",
            "name": "Văn phòng Sở",
            "url": "https://kehoach.example.vn/don-vi/van-phong/",
        }
    ]
    assert [node["@type"] for node in node["contributor"]] == ["Organization"]
    assert node["superEvent"]["name"] == "Ngày Khoa học và Công nghệ Việt Nam năm 2024"
    assert node["superEvent"]["startDate"] == "2024-05-18"
    assert node["subjectOf"]["url"] == "https://kehoach.example.vn/ke-hoach/2024/ngay-khcn/"


def test_hours_carry_their_offset(library):
    node = event(library, "hoi-nghi")
    assert node["startDate"] == "2024-05-18T08:30:00+07:00"
    assert node["endDate"] == "2024-05-18T11:00:00+07:00"
    assert node["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"


def test_several_days_have_an_end(library):
    node = event(library, "treo-bang-ron")
    assert (node["startDate"], node["endDate"]) == ("2024-05-04", "2024-05-20")
    assert "location" not in node
    assert "eventAttendanceMode" not in node


@pytest.mark.node
@pytest.mark.parametrize(
    ("when", "told"),
    [
        (
            "[sáng ngày 16/5/2024 lúc 8 giờ, 'Đợt 2: 14 giờ 00 ngày 20/5/2024']",
            ("subEvent", "startDate", ["2024-05-16T08:00:00+07:00", "2024-05-20T14:00:00+07:00"]),
        ),
        ("[16/5/2024, 20/5/2024]", ("subEvent", "startDate", ["2024-05-16", "2024-05-20"])),
        (
            "8h00 - 17h00 các ngày 15, 16 và 17/5/2024",
            ("eventSchedule", "startTime", ["08:00:00"]),
        ),
        (
            "'Sáng: 8h00-11h30; chiều: 13h30-17h00, ngày 16/5/2024'",
            ("subEvent", "endDate", ["2024-05-16T11:30:00+07:00", "2024-05-16T17:00:00+07:00"]),
        ),
    ],
)
def test_sessions_and_hours_of_each_day_are_of_the_vocabulary(tmp_path, vocabulary, when, told):
    node = event(changed(tmp_path, ("when: ngày 16/5/2024", f"when: {when}")))
    name, property_, values = told
    assert [part[property_] for part in node[name]] == values
    assert list(vocabulary.problems(node)) == []


@pytest.mark.parametrize("name", ["hoi-thao", "phong-su"])
def test_without_a_certain_day_there_is_no_event(library, name):
    found = library.event(name, 2024)
    assert [block["@type"] for block in blocks(found, library)] == ["BreadcrumbList"]


@pytest.mark.parametrize(
    ("place", "mode"),
    [
        ("Trực tuyến qua Zoom", "Online"),
        ("Hội trường Sở, kết hợp trực tuyến", "Mixed"),
        ("Trực tiếp tại Sở và trực tuyến", "Mixed"),
        ("Hội trường Sở", "Offline"),
    ],
)
def test_the_place_tells_the_attendance_mode(tmp_path, place, mode):
    node = event(changed(tmp_path, ("Hội trường Sở", place)))
    assert node["eventAttendanceMode"] == f"https://schema.org/{mode}EventAttendanceMode"


RESCHEDULED = "when: ngày 16/5/2024\n    status: rescheduled\n    previous_when: "


@pytest.mark.parametrize(
    ("when", "status", "previous"),
    [
        (RESCHEDULED + "ngày 10/5/2024", "EventRescheduled", "2024-05-10"),
        (RESCHEDULED + "đầu tháng 5/2024", "EventRescheduled", None),
        ("when: ngày 16/5/2024\n    status: postponed", "EventPostponed", None),
        ("when: ngày 16/5/2024\n    status: cancelled", "EventCancelled", None),
        ("when: ngày 16/5/2024\n    status: done", "EventScheduled", None),
    ],
)
def test_a_status_keeps_the_day(tmp_path, when, status, previous):
    node = event(changed(tmp_path, ("when: ngày 16/5/2024", when)))
    assert node["startDate"] == "2024-05-16"
    assert node["eventStatus"] == f"https://schema.org/{status}"
    assert node.get("previousStartDate") == previous


def test_an_event_of_a_withdrawn_plan_is_cancelled(tmp_path):
    withdrawn = HEAD.replace("campaign:", "status: withdrawn\nreason: Nhầm\ncampaign:")
    library = lay(tmp_path, {PLAN: withdrawn + EVENT + BODY})
    assert event(library)["eventStatus"] == "https://schema.org/EventCancelled"
    assert blocks(library.plans[0], library)[0]["legislationLegalForce"].endswith("/NotInForce")


def test_a_plan_is_an_administrative_document(library):
    node = blocks(library.plans[0], library)[0]
    assert node["legislationIdentifier"] == "254 /KH-SKHCN"
    assert node["legislationType"] == "Kế hoạch"
    assert node["legislationDate"] == "2024-05-06"
    assert node["legislationPassedBy"]["name"] == "Sở Khoa học và Công nghệ"
    assert node["legislationJurisdiction"]["name"] == "Quảng Ngãi"
    assert node["isBasedOn"][0]["legislationIdentifier"] == "961/BKHCN-VP"
    assert "legislationLegalForce" not in node


def test_a_blank_number_and_a_blank_day_stay_blank(tmp_path):
    blank = HEAD.replace("254 /KH-SKHCN", "/KH-SKHCN").replace("06/5/2024", "tháng 5/2024")
    node = blocks(lay(tmp_path, {PLAN: blank + BODY}).plans[0], lay(tmp_path))[0]
    assert "legislationIdentifier" not in node
    assert "legislationDate" not in node


def test_breadcrumbs_lead_from_the_home_page(library):
    crumbs = blocks(None, library, address="su-kien/2024/toa-dam/")[0]
    assert [
        (item["position"], item["name"], item["item"]["@id"]) for item in crumbs["itemListElement"]
    ] == [
        (1, "Kế hoạch KH&CN Quảng Ngãi", "https://kehoach.example.vn/"),
        (2, "Sự kiện", "https://kehoach.example.vn/su-kien/"),
        (3, "Năm 2024", "https://kehoach.example.vn/su-kien/2024/"),
        (4, "Tên <trang>", "https://kehoach.example.vn/su-kien/2024/toa-dam/"),
    ]


def test_a_unit_and_the_one_above_it(library):
    node = blocks(library.units.by_id["phong-qlkh"], library)[0]
    assert node["@type"] == "GovernmentOrganization"
    assert node["alternateName"] == ["Phòng QLKH"]
    assert node["parentOrganization"]["name"] == "Sở Khoa học và Công nghệ"
    assert node["areaServed"]["name"] == "Quảng Ngãi"


def test_a_group_is_no_government_body(library):
    assert library.units.by_id["cac-phong"].kind is UnitKind.COLLECTIVE
    assert blocks(library.units.by_id["cac-phong"], library)[0]["@type"] == "Organization"


def test_no_text_can_leave_its_block():
    nasty = "</script><!--<script>&amp;\u2028\u2029]]>"
    block = jsonld.script({"@type": "Thing", "name": nasty})
    inside = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&\u2028\u2029") & set(inside)
    assert json.loads(inside)["name"] == nasty
