"""An event in several sessions, hours of each day, a plan for the next year: alike on page, feed and print."""

import json
from datetime import date

import pytest

from feeds.department import BODY, HEAD, SITE, lay
from kehoach import rules
from kehoach.feeds import jsonld
from kehoach.history import History
from kehoach.pages import calendars, events, home, parts
from kehoach.pages.page import Page, View
from kehoach.pages.parts import Book
from kehoach.prints import calendars as wall
from kehoach.prints import invitations
from kehoach.records.finding import Severity
from whole import all_feeds

DECEMBER = "ke-hoach/2024/nam-sau.md"
HEAD_OF_DECEMBER = HEAD.replace("năm 2024", "năm 2025").replace("06/5/2024", "27/12/2024")
EVENT = """events:
  - id: hai-dot
    title: Hội thảo hai đợt
    kind: hội thảo
    when: {when}
    lead: Văn phòng Sở
"""


def book(tmp_path, when: str) -> Book:
    head = HEAD_OF_DECEMBER.replace("campaign: 2024\n", "")
    library = lay(tmp_path, {DECEMBER: head + EVENT.format(when=when) + BODY})
    assert [f for f in library.findings if f.path.endswith("nam-sau.md")] == []
    return Book(library, SITE, History())


def told(book: Book) -> dict[str, bytes]:
    return {f.address: f.content for f in all_feeds(book.library, SITE, History())}


def entries(calendar: bytes) -> list[dict[str, str]]:
    """The properties of each VEVENT, by name with parameters."""
    text = calendar.decode().replace("\r\n ", "")
    blocks = text.split("BEGIN:VEVENT\r\n")[1:]
    return [dict(row.split(":", 1) for row in b.split("\r\n") if ":" in row) for b in blocks]


def listed_in(page: Page) -> list[View]:
    """What a month lists: day by day, then what names no day."""
    days = [item for day in page.view["days"] for item in day["items"]]
    return [*days, *page.view["fuzzy"]]


def the_event(book: Book):
    return next(e for e in book.library.events if e.id == "hai-dot" and "nam-sau" in e.plan.path)


TWO = """
      - sáng ngày 10/01, từ 8 giờ 00 đến 11 giờ 30
      - "Đợt 2: chiều ngày 15/5/2025, lúc 14 giờ 00\""""


def test_two_sessions_are_two_entries_everywhere(tmp_path):
    made = book(tmp_path, TWO)
    event = the_event(made)
    words = [
        "sáng ngày 10/01, từ 8 giờ 00 đến 11 giờ 30",
        "Đợt 2: chiều ngày 15/5/2025, lúc 14 giờ 00",
    ]
    files = told(made)

    first, second = entries(files["su-kien/2024/hai-dot/index.ics"])
    assert first["DTSTART;TZID=Asia/Ho_Chi_Minh"] == "20250110T080000"
    assert first["DTEND;TZID=Asia/Ho_Chi_Minh"] == "20250110T113000"
    assert second["DTSTART;TZID=Asia/Ho_Chi_Minh"] == "20250515T140000"
    assert second["RELATED-TO;RELTYPE=SIBLING"] == first["UID"]
    assert second["UID"] == first["UID"].replace("hai-dot", "hai-dot.2")
    assert {entry["STATUS"] for entry in (first, second)} == {"CONFIRMED"}

    when = json.loads(files["ke-hoach/2024/nam-sau/index.json"])["plan"]["events"][0]["when"]
    assert [part["words"] for part in when["parts"]] == words
    assert [(p["start"], p["start_time"]) for p in when["parts"]] == [
        ("2025-01-10", "08:00"),
        ("2025-05-15", "14:00"),
    ]
    assert (when["start"], when["end"], when["exact"]) == ("2025-01-10", "2025-05-15", False)

    node = jsonld.event(event, made.library, SITE)
    assert node
    assert [part["startDate"] for part in node["subEvent"]] == [
        "2025-01-10T08:00:00+07:00",
        "2025-05-15T14:00:00+07:00",
    ]
    assert (node["startDate"], node["endDate"]) == (
        "2025-01-10T08:00:00+07:00",
        "2025-05-15T14:00:00+07:00",
    )

    shown = [(e.start, e.end, e.view["when"]["words"]) for e in calendars.entries_of(made)]
    assert {(date(2025, 1, 10), date(2025, 1, 10), words[0])} <= set(shown)
    assert {(date(2025, 5, 15), date(2025, 5, 15), words[1])} <= set(shown)
    for month, there in (("01", words[0]), ("05", words[1]), ("03", None)):
        (page,) = (
            page
            for page in calendars.pages(made, 2025, [2024, 2025])
            if page.address == f"lich/2025/{month}/"
        )
        agenda = [item["when"]["words"] for item in listed_in(page)]
        assert (there in agenda) if there else (set(words).isdisjoint(agenda))

    view = parts.event_item(made, event)["when"]
    assert [part["datetime"] for part in view["each"]] == [
        "2025-01-10T08:00+07:00",
        "2025-05-15T14:00+07:00",
    ]
    assert (view["start"], view["end"]) == ("2025-01-10T08:00", "2025-05-15")
    assert (view["exact"], view["settled"]) == (False, True)
    assert (view["leaf"]["month"], view["leaf"]["words"]) == ("Tháng 1–5", "Nhiều đợt")
    assert invitations.data(event, made.library, SITE)["when"] == words
    bars = [e for e in wall.data(2025, made.library, SITE)["entries"] if "hai đợt" in e["title"]]
    assert [(e["first"], e["hour"]) for e in bars] == [
        ("2025-01-10", "08:00"),
        ("2025-05-15", "14:00"),
    ]


def test_hours_of_each_day_recur_daily_and_those_of_one_day_are_an_entry_each(tmp_path):
    made = book(tmp_path, "8h00 - 17h00 hằng ngày, từ ngày 15/5 đến ngày 18/5")
    (entry,) = entries(told(made)["su-kien/2024/hai-dot/index.ics"])
    assert entry["DTSTART;TZID=Asia/Ho_Chi_Minh"] == "20250515T080000"
    assert entry["DTEND;TZID=Asia/Ho_Chi_Minh"] == "20250515T170000"
    assert entry["RRULE"] == "FREQ=DAILY;COUNT=4"
    node = jsonld.event(the_event(made), made.library, SITE)
    assert node
    (schedule,) = node["eventSchedule"]
    assert (schedule["startTime"], schedule["endTime"]) == ("08:00:00", "17:00:00")

    made = book(tmp_path / "b", "'Sáng: 8h00-11h30; chiều: 13h30-17h00, ngày 16/5'")
    found = entries(told(made)["su-kien/2024/hai-dot/index.ics"])
    assert [entry["DTSTART;TZID=Asia/Ho_Chi_Minh"][-6:] for entry in found] == ["080000", "133000"]


@pytest.mark.parametrize("when", ["kể từ ngày ký", "nhân dịp 18/5"])
def test_what_has_only_its_words_is_published_and_on_no_day(tmp_path, when):
    made = book(tmp_path, when)
    files = told(made)
    assert entries(files["su-kien/2024/hai-dot/index.ics"]) == []
    assert "Hội thảo hai đợt" not in files["lich.ics"].decode()
    data = json.loads(files["ke-hoach/2024/nam-sau/index.json"])["plan"]["events"][0]["when"]
    assert (data["words"], data["start"], data["end"]) == (when, None, None)
    assert data["understood"] is (when == "kể từ ngày ký")
    assert jsonld.event(the_event(made), made.library, SITE) is None
    view = parts.event_item(made, the_event(made))["when"]
    assert (view["words"], view["start"], view["datetime"]) == (when, "", "")
    assert view["leaf"]["words"] == "Theo văn bản"
    (year,) = (p for p in calendars.pages(made, 2025, [2025]) if p.address == "lich/2025/")
    assert [item["when"]["words"] for item in year.view["undated"]] == [when]
    (every,) = (page for page in events.listing(made) if page.address == "su-kien/")
    listed = [item["when"]["words"] for item in every.view["undated"]]
    assert when in listed


@pytest.mark.parametrize(
    ("when", "span"),
    [
        ("Quý II", ("2025-04-01", "2025-06-30")),
        ("ngày 10/01", ("2025-01-10", "2025-01-10")),
        ("ngày 15/01 năm sau", ("2026-01-15", "2026-01-15")),
    ],
)
def test_a_plan_of_december_for_the_next_year_means_that_year(tmp_path, when, span):
    period = the_event(book(tmp_path, when)).when
    assert period
    assert period.span
    assert tuple(map(str, period.span)) == span


@pytest.mark.parametrize(
    ("title", "date_", "when", "found"),
    [
        ("Kế hoạch năm 2025", "27/12/2024", "ngày 10/01", []),
        ("Kế hoạch hoạt động", "27/12/2024", "ngày 10/01", ["year-needed"]),
        ("Kế hoạch giai đoạn 2024 - 2025", "27/12/2024", "Quý II", ["year-needed"]),
        ("Kế hoạch giai đoạn 2024 - 2025", "27/12/2024", "Quý II/2025", []),
        ("Kế hoạch năm 2026", "27/12/2024", "Quý II", ["year-needed"]),
        ("Kế hoạch năm 2025", "27/12/2024", "ngày 10/01 và 12/01", ["ambiguous-date"]),
        ("Kế hoạch năm 2025", "27/12/2024", "nhân dịp 18/5", ["unknown-date"]),
    ],
)
def test_a_time_without_a_year_lies_in_the_year_of_its_plan_or_asks_for_it(
    tmp_path, title, date_, when, found
):
    text = f"---\ntitle: {title}\nnumber: 12/KH-SKHCN\nissuer: so-khcn\ndate: {date_}\n"
    body = f"---\n\n## I. NỘI DUNG\n\nHội thảo: {when}. Chủ trì: Văn phòng Sở.\n"
    event = EVENT.format(when=when).replace("lead:", "section: I\n    lead:")
    library = lay(tmp_path, {DECEMBER: text + event + body})
    told = [f for f in rules.check(library, today=date(2025, 1, 1)) if "nam-sau" in f.path]
    assert [finding.rule for finding in told] == found
    severe = {finding.rule for finding in told if finding.severity is Severity.ERROR}
    assert severe == set(found) - {"ambiguous-date", "unknown-date"}


HOURS = """events:
  - {id: a-chieu, title: Họp chiều, when: "16 giờ 30 ngày 16/5/2024", lead: Văn phòng Sở}
  - {id: b-sang, title: Họp sáng, when: "8 giờ 30 ngày 16/5/2024", lead: Văn phòng Sở}
  - {id: c-ca-ngay, title: Trực cả ngày, when: "16/5/2024", lead: Văn phòng Sở}
  - {id: d-hom-sau, title: Hôm sau, when: "7 giờ 00 ngày 17/5/2024", lead: Văn phòng Sở}
"""


def test_lists_calendars_and_feeds_go_by_the_hour(tmp_path):
    library = lay(tmp_path, {"ke-hoach/2024/ngay-khcn.md": HEAD + HOURS + BODY})
    made = Book(library, SITE, History())
    by_hour = ["Trực cả ngày", "Họp sáng", "Họp chiều", "Hôm sau"]

    def of(titles: list[str]) -> list[str]:
        return [title for title in titles if title in by_hour]

    assert of([item["title"] for item in parts.events_of(made, library.events)]) == by_hour
    (month,) = (p for p in calendars.pages(made, 2024, [2024]) if p.address == "lich/2024/05/")
    assert of([item["title"] for item in listed_in(month)]) == by_hour
    bars = [bar["title"] for week in month.view["weeks"] for bar in week["bars"]]
    assert of(bars) == by_hour
    front = next(page for page in home.listing(made) if page.address == "")
    shown = of([item["title"] for item in front.view["events"]])
    assert shown == ["Hôm sau", "Trực cả ngày", "Họp sáng", "Họp chiều"]  # the latest day first
    summaries = [entry["SUMMARY"] for entry in entries(told(made)["lich.ics"])]
    assert of(summaries) == by_hour
    assert of([e["title"] for e in wall.data(2024, library, SITE)["entries"]]) == by_hour
    leaf = parts.event_item(made, next(e for e in library.events if e.id == "b-sang"))["when"]
    assert (leaf["datetime"], leaf["leaf"]["hour"]) == ("2024-05-16T08:30+07:00", "8:30")
