"""What only recurs is said to recur, and stands on no day that its words do not name."""

import json

import pytest

from feeds.department import BODY, HEAD, PLAN, SITE, lay
from kehoach.history import History
from kehoach.pages import calendars, parts, units
from kehoach.pages.parts import Book
from kehoach.prints import calendars as wall
from whole import all_feeds

DEADLINE = """deadlines:
  - {{id: bao-cao, what: Báo cáo kết quả, when: "{when}", who: phong-qlkh}}
"""


@pytest.fixture
def department(tmp_path):
    def laid(when: str) -> Book:
        library = lay(tmp_path, {PLAN: HEAD + DEADLINE.format(when=when) + BODY})
        return Book(library, SITE, History())

    return laid


def calendar(book: Book) -> str:
    made = all_feeds(book.library, SITE, History())
    return "".join(f.content.decode() for f in made if f.address.endswith(".ics"))


@pytest.mark.parametrize(
    ("when", "rhythm"),
    [
        ("định kỳ 6 tháng và năm", "Định kỳ 6 tháng và năm"),
        ("hằng tháng trước ngày 20", "Hằng tháng"),
        ("trước ngày 15/12 hằng năm", "Hằng năm"),
        ("ngày 25 hàng tháng", "Hằng tháng"),
    ],
)
def test_a_rhythm_stands_beside_the_year_of_its_plan(department, when, rhythm):
    book = department(when)
    text = calendar(book)
    assert "han-bao-cao" not in text
    assert "RRULE" not in text
    assert "Báo cáo kết quả" not in {e.view["title"] for e in calendars.entries_of(book)}

    rhythms = calendars.rhythms_of(book)
    assert [(view["title"], view["when"]["words"]) for view in rhythms[2024]] == [
        ("Hạn: Báo cáo kết quả", when)
    ]
    (page,) = (page for page in calendars.pages(book, 2024, [2024]) if page.address == "lich/2024/")
    assert page.view["rhythms"] == rhythms[2024]
    assert "phong-qlkh" in dict(page.view["filters"]["units"])

    item = parts.deadline_item(book, book.library.deadlines[0])
    assert (item["when"]["start"], item["when"]["end"], item["when"]["datetime"]) == ("", "", "")
    assert item["when"]["leaf"] == parts.leaf(None) | {"words": rhythm}
    (desk,) = (page for page in units.listing(book) if page.address == "don-vi/phong-qlkh/")
    assert [owed["when"]["words"] for owed in desk.view["owes"]] == [when]

    full = json.loads(feeds_json(book))["plan"]["deadlines"][0]["when"]
    assert (full["words"], full["start"], full["end"], full["exact"]) == (when, None, None, False)
    assert full["recurrence"]

    printed = wall.data(2024, book.library, SITE)["entries"]
    (entry,) = (entry for entry in printed if entry["title"] == "Báo cáo kết quả")
    assert (entry["words"], entry["first"], entry["last"]) == (when, "", "")
    assert wall.Entry(**entry).long


def feeds_json(book: Book) -> bytes:
    made = all_feeds(book.library, SITE, History())
    return next(f.content for f in made if f.address == "ke-hoach/2024/ngay-khcn/index.json")


def test_a_first_day_beside_a_rhythm_is_marked_and_no_other(department):
    book = department("trước ngày 15/12/2024, định kỳ 6 tháng và năm")
    text = calendar(book)
    assert "DTSTART;VALUE=DATE:20241214" in text
    assert "RRULE" not in text
    assert calendars.rhythms_of(book) == {}
    days = [(e.start, e.end) for e in calendars.entries_of(book) if "Hạn" in e.view["title"]]
    assert [tuple(map(str, ends)) for ends in days] == [("2024-12-14", "2024-12-14")]
