"""Atom feeds against RFC 4287: its RELAX NG, its Schematron rules, and what people read."""

from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree

from feeds.department import BODY, EVENT, HEAD, NOWHERE, PLAN, SITE, lay
from kehoach.feeds import atom
from kehoach.history import Change, Commit, History
from kehoach.site import TIMEZONE
from whole import all_feeds

ATOM = {"a": "http://www.w3.org/2005/Atom"}
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
PATH = f"content/{PLAN}"
PAGE = "https://kehoach.example.vn/ke-hoach/2024/ngay-khcn/"
ID = "tag:kehoach.example.vn,2026:ke-hoach/2024/ngay-khcn/"


def may(day: int) -> datetime:
    return datetime(2024, 5, day, 9, tzinfo=TIMEZONE)


def change(day: int, words: str, field: str) -> Change:
    return Change(may(day), words, field, f"{day:040}")


HISTORY = History(
    versions={PATH: tuple(Commit(f"{day:040}", may(day)) for day in (9, 8, 7))},
    stories={
        PATH: (
            change(9, "huỷ sự kiện “Tọa đàm”: Bão số 1", "events.toa-dam.status"),
            change(8, "đổi thời gian “Tọa đàm” từ “16/5” sang “17/5”", "events.toa-dam.when"),
            change(8, "đính chính nội dung", "body"),
            change(7, "đăng lần đầu", ""),
        )
    },
)


def read(library, site=SITE, history=HISTORY) -> dict[str, etree._Element]:
    made = all_feeds(library, site, history)
    return {f.address: etree.fromstring(f.content) for f in made if f.address.endswith("feed.xml")}


def texts(feed, path: str) -> list[str]:
    return [str(text) for text in feed.xpath(path, namespaces=ATOM)]


def test_every_feed_has_its_address(library):
    assert list(read(library)) == [
        "feed.xml",
        "chu-de/2024/feed.xml",
        "don-vi/so-khcn/feed.xml",
        "don-vi/van-phong/feed.xml",
        "don-vi/phong-qlkh/feed.xml",
        "don-vi/cac-phong/feed.xml",
    ]


@pytest.mark.parametrize("site", [SITE, NOWHERE])
def test_every_feed_is_valid(library, published, site):
    for feed in (*read(library, site).values(), *read(published, site).values()):
        SCHEMA.assertValid(feed)


def test_the_schema_rejects_what_the_standard_forbids(library):
    feed = read(library)["feed.xml"]
    feed.remove(feed.find("a:id", ATOM))
    assert not SCHEMA.validate(feed)
    feed = read(library)["feed.xml"]
    feed.find("a:updated", ATOM).text = "2024-05-01"
    assert not SCHEMA.validate(feed)


def test_the_schematron_rules_hold(library, published):
    """RFC 4287, Appendix B: an author for every entry, an alternate link where there is no content;
    and §4.1.1: one self link, no two entries with one id and one time."""
    for feed in (*read(library).values(), *read(published).values()):
        assert texts(feed, "a:author/a:name/text()")
        assert len(texts(feed, "a:link[@rel='self']/@href")) == 1
        for entry in feed.findall("a:entry", ATOM):
            assert len(texts(entry, "a:link[@rel='alternate']/@href")) == 1
            assert len(texts(entry, "a:author/a:name/text()")) == 1
        ids = texts(feed, "a:entry/a:id/text()")
        assert len(ids) == len(set(ids))


def test_entries_are_plans_materials_and_changes_the_latest_first(library):
    feed = read(library)["feed.xml"]
    label = "Kế hoạch số 254/KH-SKHCN: Tổ chức Ngày Khoa học và Công nghệ Việt Nam năm 2024"
    assert texts(feed, "a:entry/a:title/text()") == [
        label,
        f"Thay đổi: huỷ sự kiện “Tọa đàm”: Bão số 1 ({label})",
        f"Thay đổi: đổi thời gian “Tọa đàm” từ “16/5” sang “17/5” và 1 thay đổi khác ({label})",
        "Thông cáo về tọa đàm",
    ]
    assert texts(feed, "a:entry/a:updated/text()") == [
        "2024-05-09T09:00:00+07:00",
        "2024-05-09T09:00:00+07:00",
        "2024-05-08T09:00:00+07:00",
        "2024-05-06T00:00:00+07:00",
    ]
    assert texts(feed, "a:entry/a:id/text()") == [
        ID,
        f"{ID}#{9:040}",
        f"{ID}#{8:040}",
        "tag:kehoach.example.vn,2026:truyen-thong/2024/thong-cao/",
    ]
    assert texts(feed, "a:entry/a:summary/text()")[2] == (
        "Ngày 08/05/2024, đổi thời gian “Tọa đàm” từ “16/5” sang “17/5”; đính chính nội dung."
    )
    assert texts(feed, "a:entry/a:link/@href")[:3] == [PAGE] * 3
    assert texts(feed, "a:updated/text()") == ["2024-05-09T09:00:00+07:00"]


def test_without_git_the_document_gives_the_day(library):
    feed = read(library, history=History())["feed.xml"]
    assert texts(feed, "a:entry/a:updated/text()") == ["2024-05-06T00:00:00+07:00"] * 2


def test_a_document_without_a_day_takes_the_clock_and_claims_no_publication(tmp_path):
    undated = HEAD.replace("date: 06/5/2024", "date: tháng 5/2024")
    library = lay(tmp_path, {PLAN: undated + EVENT + BODY})
    entry = read(library, history=History())["don-vi/cac-phong/feed.xml"].find("a:entry", ATOM)
    assert texts(entry, "a:updated/text()") == ["2024-06-01T08:00:00+07:00"]
    assert texts(entry, "a:published/text()") == []


def test_a_feed_with_nothing_in_it_is_a_feed(tmp_path):
    feed = read(lay(tmp_path, {PLAN: HEAD + BODY}))["don-vi/van-phong/feed.xml"]
    SCHEMA.assertValid(feed)
    assert texts(feed, "a:updated/text()") == ["2024-06-01T08:00:00+07:00"]


def test_a_unit_hears_of_what_it_has_to_do(library):
    made = read(library)
    assert ID in texts(made["don-vi/phong-qlkh/feed.xml"], "a:entry/a:id/text()")
    material = "Thông cáo về tọa đàm"
    assert material in texts(made["don-vi/so-khcn/feed.xml"], "a:entry/a:title/text()")
    assert material not in texts(made["don-vi/phong-qlkh/feed.xml"], "a:entry/a:title/text()")


def test_a_moved_plan_keeps_its_id(tmp_path):
    moved = HEAD.replace("campaign:", "aliases: [ke-hoach/2024/cu]\ncampaign:")
    feed = read(lay(tmp_path, {PLAN: moved + BODY}), history=History())["feed.xml"]
    assert "tag:kehoach.example.vn,2026:ke-hoach/2024/cu/" in texts(feed, "a:entry/a:id/text()")


def test_odd_letters_are_fit_for_xml(tmp_path):
    title = r'"<b>A & B</b>\x07\uFFFF"'
    odd = HEAD.replace("Tổ chức Ngày Khoa học và Công nghệ Việt Nam năm 2024", title)
    feed = read(lay(tmp_path, {PLAN: odd + BODY}, faulty=True))["feed.xml"]
    assert "Kế hoạch số 254/KH-SKHCN: <b>A & B</b>" in texts(feed, "a:entry/a:title/text()")


def test_a_feed_holds_its_latest_hundred(library):
    entry = atom.material_entry(library.materials[0], library, SITE, History())
    entries = [atom.Item(entry, id=f"tag:x,2026:{n:03}") for n in range(150)]
    chunks = atom.feed(entries, address="feed.xml", page="", title="x", site=SITE)
    ids = texts(etree.fromstring(b"".join(chunks)), "a:entry/a:id/text()")
    assert ids == [f"tag:x,2026:{n:03}" for n in range(100)]


def test_two_runs_give_the_same_bytes(published):
    def made() -> list[bytes]:
        return [f.content for f in all_feeds(published, SITE, HISTORY)]

    assert made() == made()
