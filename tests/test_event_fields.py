"""What an author writes of an event is told wherever events are told, field by field."""

import json
import re
from datetime import datetime
from pathlib import Path

import pytest

from kehoach import feeds, pages
from kehoach.history import History
from kehoach.history.comparing import FIELDS
from kehoach.pages.page import Templates
from kehoach.pages.parts import Book
from kehoach.prints import invitations
from kehoach.records.event import Event
from kehoach.search.documents import entries
from kehoach.site import TIMEZONE, Site
from whole import empty, of_one_event

# Every field, each with words of its own, so that one that is told nowhere is missed.
EVENT = """    title: w-title
    kind: hội thảo
    section: I
    when: cuối tháng 10 năm 2024
    place: w-place
    address: w-address
    lead: w-lead
    partners: [w-partners]
    audience: w-audience
    attendance: w-attendance
    theme: w-theme
    description: w-description
    documents: [{file: w-paper.pdf, title: w-documents}]
    status: rescheduled
    previous_when: đầu tháng 9 năm 2024
    reason: w-reason
    aliases: [mot-cu]
    programme: [{at: w-at, what: w-what, who: w-who}]
    places: [{name: w-venue, address: w-where, map: "https://ban-do.vn/w-map"}]
    online: "https://hop.vn/w-online"
    registration:
      {url: "https://moi.vn/w-url", phone: 0255.1111.111, email: w-asked@so.vn, until: trước ngày 9/5/2024, places: 157}
    contact: {name: w-contact, phone: 0255.2222.222, email: w-mail@so.vn}
    fee: w-fee
    image: {file: w-image.jpg, alt: w-alt, caption: w-caption}
    result:
      words: w-result
      figures: [{value: "4321", of: w-figures}]
      documents: [{file: w-sheet.pdf, title: w-reports}]
      pictures: [{file: w-photo.jpg, alt: w-shown, caption: w-told}]
"""
WORDS = re.findall(
    r"w-[a-z]+|0255[.\d]+|157|4321|[^ \n]+ (?:tháng|ngày) [/\d]+(?: năm 2024)?", EVENT
)

SITE = Site("Sở", "https://so.vn/", "", datetime(2024, 6, 1, tzinfo=TIMEZONE))


@pytest.fixture
def library(tmp_path: Path):
    return of_one_event(tmp_path, EVENT)


def test_the_sample_has_every_field(library):
    (event,) = library.events
    assert list(empty(event)) == []
    assert len(WORDS) == len(set(WORDS))


def page(library, site: Site, root: Path) -> str:
    found = pages.of_year("events", Book(library, site, History()), 2024)
    shown = next(page for page in found if isinstance(page.subject, Event))
    made = Templates(root / "theme/pages").render(shown, shown.root).replace("\xa0", " ")
    return made + re.sub("<[^>]*>", "", made)  # words are kept together by elements, too


def of(library, site: Site, name: str) -> str:
    (plan,) = library.plans
    made = {feed.address: feed for feed in feeds.own(plan, library, site, History())}
    return made[name].content.replace(b"\r\n ", b"").decode()


PLACES = {
    "page": page,
    "json": lambda library, site, root: of(library, site, "ke-hoach/2024/x/index.json"),
    "calendar": lambda library, site, root: of(library, site, "su-kien/2024/mot/index.ics"),
    "invitation": lambda library, site, root: json.dumps(
        invitations.data(library.events[0], library, site), ensure_ascii=False
    ),
    "search": lambda library, site, root: "\n".join(
        passage.text for entry in entries(library) for passage in entry.passages
    ),
}
# What is left out of a place on purpose: pictures, files, what paper and lists have no use for.
_PICTURES = {"w-image", "w-alt", "w-caption", "w-photo", "w-shown", "w-told"}
_RESULT = {"w-result", "4321", "w-figures", "w-reports", "w-sheet"}
UNTOLD = {
    "page": set(),
    "json": set(),
    "calendar": _PICTURES
    | {"w-attendance", "w-documents", "w-paper", "w-map"}
    | _RESULT - {"w-result"},
    "invitation": _PICTURES | _RESULT | {"đầu tháng 9 năm 2024", "w-reason", "w-paper", "w-map"},
    "search": _PICTURES
    | {"đầu tháng 9 năm 2024", "w-online", "w-map", "w-paper", "w-sheet"}
    | {"w-url", "0255.1111.111", "w-asked", "trước ngày 9/5/2024", "157"},  # how to register
}


@pytest.mark.parametrize("place", PLACES)
def test_every_word_is_told(place, library, root):
    told = PLACES[place](library, SITE, root)
    assert {word for word in WORDS if word not in told} == UNTOLD[place]


def test_every_field_is_followed_through_history():
    assert FIELDS[Event].keys() ^ Event.model_fields.keys() == {"id", "section", "aliases"}
