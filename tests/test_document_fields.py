"""What an author writes of a plan, a campaign or a material is told wherever it is told, field by field."""

import json
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import pytest

from kehoach.building.shelf import read_library
from kehoach.history import History
from kehoach.history.comparing import FIELDS
from kehoach.pages import campaigns, materials, plans, slogans
from kehoach.pages.page import Page, Templates
from kehoach.pages.parts import Book
from kehoach.prints import documents
from kehoach.records.event import Deadline, Slogan
from kehoach.records.library import Library
from kehoach.search.documents import entries
from kehoach.site import TIMEZONE, Site
from whole import all_feeds, empty

# Every field, each with words of its own, so that one that is told nowhere is missed.
PLAN = """title: w-title
summary: w-summary
kind: Kế hoạch
number: 157/KH-SKHCN
issuer: w-issuer
place: w-place
date: 04/5/2024
effective: 06/5/2024
campaign: 2024
status: withdrawn
reason: w-reason
supersedes: w-supersedes
superseded_by: w-successor
amends: [w-amends]
amended_by: [w-amended]
source: w-source
unverified: w-unverified
basis: [{number: w-based, date: 07/3/2024, issuer: w-baser, title: w-basis}]
signer: {authority: w-authority, title: w-director, name: w-name}
signers: [{authority: w-other, title: w-deputy, name: w-cosigner}]
joint: [{issuer: w-joint, number: w-jointly, signer: {authority: w-joining, title: w-head, name: w-joiner}}]
recipients: ["- w-recipient;"]
attachments: [{file: w-paper.pdf, title: w-attached}]
aliases: [ke-hoach/2024/cu]
publish_on: 01/5/2024
review_by: 08/8/2024
allow: [{rule: title-length, why: w-allowed}]
slogans: [{id: cau, text: w-slogan, when: tháng 6/2024, where: w-hung, section: I, source: w-quoted}]
events: [{id: mot, title: w-event, when: ngày 18/7/2024, section: I}]
deadlines: [{id: han, what: w-what, when: trước ngày 09/9/2024, who: w-who, to: w-to, section: I}]
"""
CAMPAIGN = """title: w-day
summary: w-about
day: 18/5/2024
themes: [{id: chu-de, text: w-theme, when: tháng 3/2024, where: w-shown, section: I, source: w-said}]
slogans: [{id: khau-hieu, text: w-words, when: tháng 4/2024, where: w-street, section: I, source: w-letter}]
periods:
  - {kind: cao điểm, title: w-core, when: 11/5/2024 - 17/5/2024, where: w-where, source: w-set, fulfilled_by: []}
guidance: [{number: w-guide, date: 02/2/2024, issuer: w-ministry, title: w-guidance}]
attachments: [{file: w-scan.pdf, title: w-sheet}]
aliases: [chu-de/cu]
publish_on: 01/1/2024
review_by: 10/10/2024
allow: [{rule: title-length, why: w-dispensed}]
"""
MATERIAL = """title: w-release
summary: w-brief
kind: thông cáo báo chí
date: 12/5/2024
issuer: w-publisher
author: w-author
contact: w-contact
campaign: 2024
plan: ke-hoach/2024/x
event: mot
attachments: [{file: w-booklet.pdf, title: w-pages}]
aliases: [truyen-thong/2024/cu]
publish_on: 10/5/2024
review_by: 11/11/2024
allow: [{rule: title-length, why: w-passed}]
"""
SLOGANS = "".join(re.findall("^(?:slogans|themes): .*", PLAN + CAMPAIGN, re.MULTILINE))
FILES = {"ke-hoach/2024/x": PLAN, "chu-de/2024": CAMPAIGN, "truyen-thong/2024/t": MATERIAL}
SITE = Site("Sở", "https://so.vn/", "", datetime(2024, 6, 1, tzinfo=TIMEZONE))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    for name, head in FILES.items():
        path = tmp_path / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{head}---\n\n## I. NỘI DUNG\n\nTọa đàm.\n", "utf-8")
    return read_library(tmp_path)


def words(head: str) -> list[str]:
    return re.findall(r"w-[a-z-]+|157/KH|\d\d?/\d\d?/2024|tháng \d/2024", head)


def test_the_samples_have_every_field(library):
    assert library.findings == []
    (plan,), (campaign,), (material,) = library.plans, library.campaigns, library.materials
    own = [field for field in empty(plan) if not field.startswith("events.")]  # test_event_fields
    assert own == list(empty(material)) == ["allow.field"]
    assert list(empty(campaign)) == ["allow.field", "periods.fulfilled_by"]  # [] says: by nothing
    for head in FILES.values():
        assert len(words(head)) == len(set(words(head)))


def shown(views: Iterable[Page], root: Path) -> str:
    templates = Templates(root / "theme/pages")
    made = "\n".join(templates.render(page, page.root) for page in views).replace("\xa0", " ")
    return made + re.sub("<[^>]*>", "", made)  # words are kept together by elements, too


def of(library: Library, address: str) -> str:
    feed = next(feed for feed in all_feeds(library, SITE, History()) if feed.address == address)
    return feed.content.replace(b"\r\n ", b"").decode()


def searched(library: Library, address: str) -> str:
    (entry,) = (entry for entry in entries(library) if entry.address == address)
    return "\n".join(f"{entry.title} {passage.text}" for passage in entry.passages)


def book(library: Library) -> Book:
    return Book(library, SITE, History())


# What a place tells, and whose words it is asked for.
PLACES: dict[str, tuple[str, Callable[[Library, Path], str]]] = {
    "plan's page": (
        PLAN,
        lambda library, root: shown([plans.page(book(library), library.plans[0])], root),
    ),
    "plan's JSON": (PLAN, lambda library, root: of(library, "ke-hoach/2024/x/index.json")),
    "plan's print": (
        PLAN,
        lambda library, root: json.dumps(
            documents.data(library.plans[0], library, SITE), ensure_ascii=False
        ),
    ),
    "plan in search": (PLAN, lambda library, root: searched(library, "ke-hoach/2024/x/")),
    "campaign's page": (
        CAMPAIGN,
        lambda library, root: shown(campaigns.listing(book(library)), root),
    ),
    "campaign's JSON": (CAMPAIGN, lambda library, root: of(library, "api/v1/campaigns.json")),
    "campaign in search": (CAMPAIGN, lambda library, root: searched(library, "chu-de/2024/")),
    "calendar of themes": (CAMPAIGN, lambda library, root: of(library, "lich.ics")),
    "slogans' pages": (
        SLOGANS,
        lambda library, root: shown(slogans.pages(book(library), 2024), root),
    ),
    "slogans' JSON": (SLOGANS, lambda library, root: of(library, "api/v1/slogans.json")),
    "slogans in search": (
        SLOGANS,
        lambda library, root: "".join(searched(library, item.page) for item in library.slogans),
    ),
    "material's page": (
        MATERIAL,
        lambda library, root: shown(materials.listing(book(library)), root),
    ),
    "material's JSON": (MATERIAL, lambda library, root: of(library, "api/v1/materials.json")),
    "material in search": (
        MATERIAL,
        lambda library, root: searched(library, "truyen-thong/2024/t/"),
    ),
}
# What is left out of a place on purpose.
_INTERNAL = {"w-allowed", "w-unverified", "01/5/2024", "08/8/2024"}  # what rules and clocks ask
_SLOGAN = {"w-slogan", "tháng 6/2024", "w-hung", "w-quoted"}  # has a page of its own, as events do
_EVENT = {"w-event", "18/7/2024"}
_HEAD = {"w-summary", "04/5/2024", "06/5/2024", "w-reason", "w-source", "w-paper", "w-attached"}
_RELATED = {"w-supersedes", "w-successor", "w-amends", "w-amended"}
_BASIS = {"w-based", "07/3/2024", "w-baser", "w-basis"}  # stands in the text of what was signed
_DEADLINE = {"w-what", "09/9/2024", "w-who", "w-to"}
_DAY = {"w-dispensed", "01/1/2024", "10/10/2024"}
_GUIDANCE = {"w-guide", "02/2/2024", "w-ministry", "w-guidance", "w-scan", "w-sheet"}
UNTOLD: dict[str, set[str]] = {
    "plan's page": _INTERNAL,
    "plan's JSON": _INTERNAL,
    "plan's print": _INTERNAL | _SLOGAN | _EVENT | _HEAD | _RELATED | _BASIS | _DEADLINE,
    "plan in search": _INTERNAL
    | _SLOGAN
    | _EVENT
    | {"w-authority", "w-other", "w-joining", "w-paper"}
    | {"w-summary"},  # whoever seeks its words is led to the section that has them
    "campaign's page": _DAY,
    "campaign's JSON": _DAY,
    "campaign in search": _DAY
    | {"w-scan", "tháng 3/2024", "w-shown", "w-said", "tháng 4/2024", "w-street", "w-letter"},
    "calendar of themes": _DAY | _GUIDANCE | {"w-about", "w-said", "w-letter"},
    "slogans' pages": set(),
    "slogans' JSON": set(),
    "slogans in search": set(),
    "material's page": {"10/5/2024", "11/11/2024", "w-passed"},
    "material's JSON": {"10/5/2024", "11/11/2024", "w-passed"},
    "material in search": {"10/5/2024", "11/11/2024", "w-passed", "w-booklet"},
}


@pytest.mark.parametrize("place", PLACES)
def test_every_word_is_told(place, library, root):
    head, told_by = PLACES[place]
    told = told_by(library, root)
    assert {word for word in words(head) if word not in told} == UNTOLD[place]


def test_every_field_is_followed_through_history():
    assert FIELDS[Deadline].keys() ^ Deadline.model_fields.keys() == {"id", "section"}
    assert FIELDS[Slogan].keys() ^ Slogan.model_fields.keys() == {"id", "section", "kind", "source"}
