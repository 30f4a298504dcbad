"""sitemap.xml and opensearch.xml."""

import json
from dataclasses import replace
from datetime import datetime

import pytest
from lxml import etree

from feeds.department import NOWHERE, SITE
from kehoach.feeds import manifest, opensearch, robots, sitemap
from kehoach.history import Commit, History
from kehoach.site import TIMEZONE, Site

MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
SEARCH = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
WHEN = datetime(2024, 5, 2, 9, tzinfo=TIMEZONE)


def test_a_page_has_the_time_its_record_changed(library):
    plan = library.plans[0]
    history = History(versions={plan.path: (Commit("a" * 40, WHEN),)})
    shown = [("", None), (plan.address, plan), (plan.events[0].page, plan.events[0])]
    changed = [(address, sitemap.changed(subject, history)) for address, subject in shown]
    pages = [(address, when and when.isoformat()) for address, when in changed]
    (feed,) = sitemap.feeds(pages, SITE)
    root = etree.fromstring(feed.content)
    rows = [
        (url.findtext("s:loc", None, MAP), url.findtext("s:lastmod", None, MAP)) for url in root
    ]
    assert feed.address == "sitemap.xml"
    stamp = "2024-05-02T09:00:00+07:00"
    assert rows == [
        ("https://kehoach.example.vn/", None),
        ("https://kehoach.example.vn/ke-hoach/2024/ngay-khcn/", stamp),
        ("https://kehoach.example.vn/su-kien/2024/toa-dam/", stamp),
    ]


def test_many_pages_go_to_several_files(library):
    pages = [(f"{number}/", None) for number in range(5)]
    files = {f.address: etree.fromstring(f.content) for f in sitemap.feeds(pages, SITE, limit=2)}
    index = files["sitemap.xml"]
    assert index.tag == "{http://www.sitemaps.org/schemas/sitemap/0.9}sitemapindex"
    assert index.xpath("//s:loc/text()", namespaces=MAP) == [
        f"https://kehoach.example.vn/sitemap-{number}.xml" for number in (1, 2, 3)
    ]
    assert [len(files[f"sitemap-{number}.xml"]) for number in (1, 2, 3)] == [2, 2, 1]


def test_robots_are_told_where_all_pages_are():
    (feed,) = robots.feeds(SITE)
    assert (feed.address, feed.content.decode().splitlines()) == (
        "robots.txt",
        [
            *("User-agent: *", "Disallow: /xem-truoc/", ""),
            "Sitemap: https://kehoach.example.vn/sitemap.xml",
        ],
    )
    assert list(robots.feeds(replace(SITE, url="https://tinh.vn/kehoach/"))) == []


def test_a_site_can_be_kept_on_a_home_screen():
    (feed,) = manifest.feeds(SITE, [(192, "bieu-tuong-192.png")])
    told = json.loads(feed.content)
    assert (feed.address, told["name"], told["lang"]) == ("manifest.webmanifest", SITE.name, "vi")
    assert told["icons"] == [{"src": "bieu-tuong-192.png", "sizes": "192x192", "type": "image/png"}]


def test_the_search_is_described():
    (feed,) = opensearch.feeds(SITE)
    root = etree.fromstring(feed.content)
    assert feed.address == "opensearch.xml"
    assert root.findtext("o:ShortName", None, SEARCH) == "Kế hoạch KH&CN"
    assert root.find("o:Url", SEARCH).get("template") == (
        "https://kehoach.example.vn/tim-kiem/?q={searchTerms}"
    )


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Kế hoạch", "Kế hoạch"),
        ("Kế hoạch Khoa học và Công nghệ", "Kế hoạch Khoa"),
        ("Khoahocvacongnghe Việt Nam", "Khoahocvacongngh"),
        ("Một hai ba bốn 5 sáu", "Một hai ba bốn 5"),
    ],
)
def test_a_short_name_is_at_most_sixteen_letters(text, short):
    assert opensearch.shorten(text, 16) == short


def test_a_site_without_an_address_has_neither():
    assert list(sitemap.feeds([("", None)], NOWHERE)) == []
    assert list(opensearch.feeds(NOWHERE)) == []


def test_a_site_below_a_path_keeps_it():
    site = Site("x", "https://example.vn/khcn/", "", WHEN)
    (feed,) = sitemap.feeds([("lich/", None)], site)
    assert b"<loc>https://example.vn/khcn/lich/</loc>" in feed.content
