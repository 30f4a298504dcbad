"""The day on which something is due is one day, wherever it is told."""

import json
from datetime import timedelta

import icalendar
import pytest

from feeds.department import BODY, HEAD, PLAN, SITE, lay
from kehoach.history import History
from kehoach.pages import calendars, parts
from kehoach.pages.parts import Book
from kehoach.pages.timeline import timeline
from kehoach.prints import calendars as wall
from kehoach.search import documents
from whole import all_feeds

ITEMS = """events:
  - {{id: hoi-thao, title: Hội thảo, kind: hội thảo, when: {when}}}
  - {{id: hoi-nghi, title: Hội nghị, kind: hội nghị, when: 01/5/2024}}
deadlines:
  - {{id: bao-cao, what: Gửi báo cáo, when: {when}, who: so-khcn}}
"""


@pytest.mark.parametrize(
    ("when", "due"),
    [
        ("Hoàn thành trước 18/5/2024", "2024-05-17"),
        ("trước 17 giờ ngày 18/5/2024", "2024-05-18"),
        ("trước hoặc trong ngày 18/5/2024", "2024-05-18"),
        ("chậm nhất ngày 18/5/2024", "2024-05-18"),
        ("đến hết ngày 18/5/2024", "2024-05-18"),
    ],
)
def test_a_due_day_is_the_same_everywhere_and_its_words_stay(tmp_path, when, due):
    library = lay(tmp_path, {PLAN: HEAD + ITEMS.format(when=when) + BODY})
    book = Book(library, SITE, History())
    plan = library.plans[0]
    files = {feed.address: feed.content for feed in all_feeds(library, SITE, History())}
    told: dict[str, tuple[str, str]] = {}

    for event in icalendar.Calendar.from_ical(files["lich.ics"]).walk("VEVENT"):
        if event["SUMMARY"].startswith(when):
            told[f"ics {event['UID']}"] = (str(event.start), str(event.end - timedelta(days=1)))
    for name, item in (
        ("event", parts.event_item(book, plan.events[0])),
        ("deadline", parts.deadline_item(book, plan.deadlines[0])),
    ):
        assert item["when"]["words"] == when
        assert item["when"]["datetime"] == ""
        told[f"page {name}"] = (item["when"]["start"], item["when"]["end"])
    for entry in calendars.entries_of(book):
        if entry.view["when"]["words"] == when:
            told[f"calendar {entry.view['title']}"] = (str(entry.start), str(entry.end))
    for entry in wall.data(2024, library, SITE)["entries"]:
        if entry["words"] == when:
            told[f"wall {entry['title']}"] = (entry["first"], entry["last"])
    for row in timeline([*plan.events, *plan.deadlines])["rows"]:
        if row["words"] == when:
            day = f"2024-05-{row['x'] + 1:02}"
            assert row["width"] == 1
            told[f"timeline {row['title']}"] = (day, day)
    for entry in documents.entries(library):
        if entry.address == "su-kien/2024/hoi-thao/":
            told["search"] = (entry.start, entry.end)
    full = json.loads(files["ke-hoach/2024/ngay-khcn/index.json"])["plan"]
    for item in (full["events"][0], full["deadlines"][0]):
        assert (item["when"]["start"], item["when"]["exact"]) == (None, False)
        told[f"json {item['id']}"] = (item["when"]["end"], item["when"]["end"])

    assert len(told) == 13
    days = {(start[:10], end[:10]) for start, end in told.values()}
    assert days == {(due, due)}, told  # pages tell the hour too
