"""A campaign's themes are themes and its periods are told apart, in every room."""

import json
from datetime import date

import icalendar
import pytest

from feeds.department import CAMPAIGN, SITE, lay
from kehoach.building.shelf import read_library
from kehoach.history import History
from kehoach.pages import calendars, campaigns, parts
from kehoach.pages.parts import Book
from kehoach.prints import calendars as wall
from kehoach.prints import catalogue
from kehoach.records.library import Library
from kehoach.search import documents
from whole import all_feeds

SHOWN = "Treo băng rôn, khẩu hiệu tại "
AT_HOME = f"{SHOWN}Sở và các đơn vị trực thuộc"
ABOUT = f"{SHOWN}các ngành, địa phương, trường, tổ chức và doanh nghiệp"
DAY = "Ngày Khoa học và Công nghệ Việt Nam năm 2024"


@pytest.fixture(scope="module")
def published(root) -> Library:
    return read_library(root / "content")


@pytest.fixture(scope="module")
def files(published) -> dict[str, bytes]:
    return {f.address: f.content for f in all_feeds(published, SITE, History())}


def test_what_a_campaign_lists_as_a_theme_is_one_everywhere(tmp_path):
    timed = CAMPAIGN.replace("sáng tạo}", "sáng tạo, when: 10 - 12/5/2024}")
    library = lay(tmp_path, {"chu-de/2024.md": timed})
    theme = library.campaigns[0].themes[0]
    files = {f.address: f.content for f in all_feeds(library, SITE, History())}
    slogans = json.loads(files["api/v1/slogans.json"])["slogans"]
    assert [s["kind"] for s in slogans if s["text"] == theme.text] == ["chủ đề"]
    assert "Treo chủ đề: Đổi mới sáng tạo" in files["lich.ics"].decode()
    assert parts.slogan_item(Book(library, SITE, History()), theme)["is_theme"]
    (entry,) = (e for e in documents.entries(library) if e.address == theme.page)
    assert entry.label == "Chủ đề · năm 2024"


def test_a_theme_cannot_be_called_a_slogan(tmp_path):
    lay(tmp_path)
    path = tmp_path / "content/chu-de/2024.md"
    path.write_text(CAMPAIGN.replace("sáng tạo}", "sáng tạo, kind: khẩu hiệu}"))
    (finding,) = read_library(tmp_path / "content").findings
    assert (finding.line, finding.rule) == (5, "unknown-value")
    assert finding.hint == "bỏ khoá này, hoặc chuyển câu sang `slogans`"


@pytest.mark.parametrize("year", range(2018, 2026))
def test_no_two_periods_of_a_year_look_the_same(published, year):
    periods = published.campaign(year).periods
    assert len({period.name for period in periods}) == len(periods)


def test_the_periods_of_2024_are_one_entry_each_with_the_events_that_carry_them_out(files):
    """May 2024 states four facts beside the Day; the campaign says three of them over again."""
    for address in ("lich.ics", "lich/2024/lich.ics", "chu-de/2024/lich.ics"):
        events = icalendar.Calendar.from_ical(files[address]).walk("VEVENT")
        shown = {
            str(event["UID"]).split("@")[0]: event
            for event in events
            if event["DTSTART"].dt.isoformat() < "2024-06"
            and event["DTEND"].dt.isoformat() > "2024-05-02"
        }
        assert sorted(shown) == [
            "chu-de.2024.ngay",
            "ke-hoach.2024.ngay-khcn-thanh-hoa.han-bao-cao-ket-qua-huong-ung",
            "su-kien.2024.hoi-thao-doi-ngu-tri-thuc",
            "su-kien.2024.treo-bang-ron-tai-so",
            "su-kien.2024.treo-bang-ron-tren-dia-ban-tinh",
        ]
    about = shown["su-kien.2024.treo-bang-ron-tren-dia-ban-tinh"]
    assert about["LOCATION"].startswith("Các ngành, địa phương, các trường đại học")
    assert about["CATEGORIES"].cats == ["băng rôn", "chiến dịch"]
    assert f"Đợt tuyên truyền của {DAY} ({ABOUT})" in about["DESCRIPTION"]
    due = shown["ke-hoach.2024.ngay-khcn-thanh-hoa.han-bao-cao-ket-qua-huong-ung"]
    assert f"Báo cáo kết quả của {DAY}" in due["DESCRIPTION"]


def test_who_carries_a_period_out_says_so_in_the_data(files):
    data = json.loads(files["api/v1/campaigns.json"])["campaigns"]
    (campaign,) = (one for one in data if one["year"] == 2024)
    assert [(p["kind"], p["name"]) for p in campaign["periods"]] == [
        ("tuyên truyền", AT_HOME),
        ("tuyên truyền", ABOUT),
        ("báo cáo", "Báo cáo"),
    ]
    assert all(p["where"] for p in campaign["periods"][:2])
    events = json.loads(files["api/v1/events.json"])["events"]
    told = {
        e["id"]: [(s["campaign"], s["name"]) for s in e["stages"]] for e in events if e["stages"]
    }
    assert told == {
        "su-kien/2024/treo-bang-ron-tai-so": [("chu-de/2024", AT_HOME)],
        "su-kien/2024/treo-bang-ron-tren-dia-ban-tinh": [("chu-de/2024", ABOUT)],
    }
    plan = json.loads(files["ke-hoach/2024/ngay-khcn-thanh-hoa/index.json"])["plan"]
    assert [s["kind"] for d in plan["deadlines"] for s in d["stages"]] == ["báo cáo"]


def test_the_periods_of_2024_are_one_item_each_on_pages_and_prints(published):
    book = Book(published, SITE, History())
    inside = [
        entry.view
        for entry in calendars.entries_of(book)
        if entry.start <= date(2024, 5, 31) and entry.end >= date(2024, 5, 1)
    ]
    assert [(view["title"][:40], [s["title"] for s in view["stages"]]) for view in inside] == [
        ("Hội thảo Khoa học 2 về đội ngũ trí thức,", []),
        ("Treo băng rôn, khẩu hiệu tại Cơ quan Sở ", ["Đợt tuyên truyền 2024"]),
        ("Treo băng rôn, khẩu hiệu tại các ngành, ", ["Đợt tuyên truyền 2024"]),
        ("Hạn: Gửi báo cáo kết quả thực hiện các h", ["Báo cáo kết quả 2024"]),
    ]
    assert [view["kinds"] for view in inside[1:]] == [
        ["băng rôn", "chiến dịch"],
        ["băng rôn", "chiến dịch"],
        ["thời hạn", "chiến dịch"],
    ]
    entries = [wall.Entry(**entry) for entry in wall.data(2024, published, SITE)["entries"]]
    printed = wall.month_grid(2024, 5, entries, {})["listed"]
    assert [(item["kind"], item["words"]) for item in printed] == [
        ("banner", "từ ngày 21/4/2024 đến ngày 19/5/2024; Đợt tuyên truyền"),
        ("banner", "từ 15/5-19/5/2024; Đợt tuyên truyền"),
        ("event", "Hoàn thành trước 18/5/2024"),
        ("deadline", "trước ngày 25/5/2024; Báo cáo kết quả"),
    ]


def test_the_page_of_a_campaign_still_tells_its_periods_and_who_carries_them_out(published):
    campaign = published.campaign(2024)
    pages = campaigns.listing(Book(published, SITE, History()))
    periods = next(p for p in pages if p.address == campaign.address).view["periods"]
    assert [(period["name"], period["when"]["words"]) for period in periods] == [
        (AT_HOME, "từ ngày 21/4/2024 đến ngày 19/5/2024"),
        (ABOUT, "từ 15/5-19/5/2024"),
        ("Báo cáo", "trước ngày 25/5/2024"),
    ]
    assert [by["address"] for period in periods for by in period["by"]] == [
        "su-kien/2024/treo-bang-ron-tai-so/",
        "su-kien/2024/treo-bang-ron-tren-dia-ban-tinh/",
        "ke-hoach/2024/ngay-khcn-thanh-hoa/#han-bao-cao-ket-qua-huong-ung",
    ]
    assert f"- {AT_HOME}: từ ngày 21/4/2024" in catalogue.words_of(campaign)


def test_an_event_is_found_by_the_period_that_it_carries_out(published):
    (entry,) = (
        e for e in documents.entries(published) if e.address.endswith("/treo-bang-ron-tai-so/")
    )
    assert f"{AT_HOME}: {DAY}" in entry.passages[0].text
