"""The permanent addresses answer, and say what they should."""

import json

import pytest

from kehoach.building import translating
from website.reading import text, tree

ADDRESSES = [
    "", "ke-hoach/", "ke-hoach/2022/ngay-khcn-quang-ngai/", "su-kien/", "lich/", "lich/2022/", "lich/2022/05/",
    "su-kien/2022/toa-dam-cai-cach-hanh-chinh/", "chu-de/", "chu-de/2022/", "khau-hieu/",
    "khau-hieu/2022/nhiet-liet-18-5/", "don-vi/", "don-vi/so-khcn-quang-ngai/", "truyen-thong/",
    "truyen-thong/2022/y-nghia-ngay-18-5/", "tim-kiem/",
]  # fmt: skip
FILES = [
    "ke-hoach/2022/ngay-khcn-quang-ngai/index.ics", "ke-hoach/2022/ngay-khcn-quang-ngai/index.json", "feed.xml",
    "lich.ics", "lich/2022/lich.ics", "chu-de/2022/lich.ics", "don-vi/so-khcn-quang-ngai/lich.ics",
    "api/v1/plans.json", "api/v1/events.json", "api/v1/campaigns.json", "api/v1/units.json", "sitemap.xml", "404.html",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_answers_with_one_heading(site, address):
    page = tree(site / address / "index.html")
    assert len(page.xpath("//h1")) == 1
    assert text(page.xpath("//h1")[0])
    assert page.get("lang") == "vi"


@pytest.mark.parametrize("address", FILES)
def test_file_answers(site, address):
    assert (site / address).stat().st_size > 100


def test_every_campaign_from_2018_to_2025_has_its_page(site):
    assert all((site / f"chu-de/{year}/index.html").is_file() for year in range(2018, 2026))


@pytest.mark.parametrize(
    ("plan", "events", "deadlines"),
    [
        ("ke-hoach/2022/ngay-khcn-quang-ngai", 7, 1),
        ("ke-hoach/2024/ngay-khcn-thanh-hoa", 8, 1),
        ("ke-hoach/2024/cam-ket-trach-nhiem-quang-tri", 1, 1),
        ("ke-hoach/2021/hoi-nghi-nong-thon-mien-nui-quang-ngai", 1, 1),
        ("ke-hoach/2022/hoi-thao-sang-kien-bac-giang", 1, 1),
    ],
)
def test_a_plan_shows_its_events_and_deadlines(site, plan, events, deadlines):
    page = tree(site / plan / "index.html")
    rows = page.xpath("//section[h2[@id='su-kien']]//tbody/tr")
    due = page.xpath("//section[h2[@id='thoi-han']]//tbody/tr")
    assert (len(rows), len(due)) == (events, deadlines)


def test_json_ld_speaks_of_exact_days_only(site):
    """An event "trong tháng 4/2024" has no day, so search engines are told none."""
    for page in sorted((site / "su-kien").rglob("index.html")):
        for block in tree(page).xpath("//script[@type='application/ld+json']"):
            for node in json.loads(block.text).get("@graph", [json.loads(block.text)]):
                if node.get("@type") == "Event":
                    assert tree(page).xpath("//time[@datetime]"), page


def test_an_event_without_a_certain_day_gives_machines_no_date(site):
    """Neither its page nor any list marks up a date for it, though both tell its words."""
    events = json.loads((site / "api/v1/events.json").read_text())["events"]
    fuzzy = [event for event in events if not (event["when"] and event["when"]["exact"])]
    assert len(fuzzy) > 10
    for event in fuzzy:
        page = tree(site / event["id"] / "index.html")
        assert page.xpath("//header[@class='page-header']//time") == []
        when = event["when"]["words"] if event["when"] else "Chưa ấn định thời gian"
        assert when in text(page.xpath("//header[@class='page-header']//p[@class='lead']")[0])
    rows = {
        a.get("href"): a.getparent().getparent() for a in listed(tree(site / "su-kien/index.html"))
    }
    assert len(rows) == len(events)
    for event in fuzzy:
        assert rows[f"../{event['id']}/"].xpath(".//time") == []


def listed(page):
    return page.xpath("//li[contains(@class, 'event')]//h3/a")


def test_navigation_lists_sections_only(site):
    links = tree(site / "index.html").xpath("//nav[@class='sections']//a/@href")
    assert links == [f"./{address}" for address in translating.SECTIONS.values()]
