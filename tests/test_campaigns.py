"""A campaign's themes are themes and its periods are told apart, in every room."""

import json
from collections import Counter

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


def test_the_two_periods_of_2024_are_told_apart_in_calendars_and_data(published, files):
    events = icalendar.Calendar.from_ical(files["chu-de/2024/lich.ics"]).walk("VEVENT")
    shown = {str(event["SUMMARY"]): str(event.get("LOCATION", "")) for event in events}
    assert shown[f"{AT_HOME}: {DAY}"].startswith("Sảnh trụ sở của đơn vị")
    assert shown[f"{ABOUT}: {DAY}"].startswith("Các ngành, địa phương, các trường đại học")
    data = json.loads(files["api/v1/campaigns.json"])["campaigns"]
    (campaign,) = (one for one in data if one["year"] == 2024)
    assert [(p["kind"], p["name"]) for p in campaign["periods"]] == [
        ("tuyên truyền", AT_HOME),
        ("tuyên truyền", ABOUT),
        ("báo cáo", "Báo cáo"),
    ]
    assert all(p["where"] for p in campaign["periods"][:2])


def test_the_two_periods_of_2024_are_told_apart_on_pages_and_prints(published):
    book = Book(published, SITE, History())
    campaign = published.campaign(2024)
    titles = Counter(entry.view["title"] for entry in calendars.entries_of(book))
    assert titles[f"{AT_HOME}: {DAY}"] == titles[f"{ABOUT}: {DAY}"] == 1
    keys = [entry.view["key"] for entry in calendars.entries_of(book)]
    assert len(set(keys)) == len(keys)
    assert [period["name"] for period in campaigns.listed(campaign)["periods"]] == [
        AT_HOME,
        ABOUT,
        "Báo cáo",
    ]
    printed = [entry["title"] for entry in wall.data(2024, published, SITE)["entries"]]
    assert f"{AT_HOME}: {DAY}" in printed
    assert f"{ABOUT}: {DAY}" in printed
    assert f"- {AT_HOME}: từ ngày 21/4/2024" in catalogue.words_of(campaign)
