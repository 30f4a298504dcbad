"""The published text is the signed text."""

import re
from pathlib import Path

import pytest

from content.sources import footnotes, source_paragraphs
from website.reading import blocks, text, tree

SOURCES = Path(__file__).parent.parent / "content" / "sources"
PLANS = {
    "bac-giang-2022-hoi-thao-sang-kien": "ke-hoach/2022/hoi-thao-sang-kien-bac-giang/",
    "quang-ngai-2021-hoi-nghi-ntmn": "ke-hoach/2021/hoi-nghi-nong-thon-mien-nui-quang-ngai/",
    "quang-ngai-2022-ngay-khcn": "ke-hoach/2022/ngay-khcn-quang-ngai/",
    "quang-tri-2024-cam-ket": "ke-hoach/2024/cam-ket-trach-nhiem-quang-tri/",
    "thanh-hoa-2024-ngay-khcn": "ke-hoach/2024/ngay-khcn-thanh-hoa/",
}
# A signed number at the start of a line: II. 1. 1.1. a) (2)
NUMBERED = re.compile(r"^(?:[IVX]+\.|\d+(?:\.\d+)*\.|[a-zđ]\)|\(\d+\))(?= )")


def sheet(site: Path, address: str):
    (found,) = tree(site / address / "index.html").xpath("//article[contains(@class, 'sheet')]")
    return found


def words(value: str) -> str:
    return re.sub(r"\s+", "", value)


@pytest.mark.parametrize(("source", "address"), PLANS.items())
def test_every_paragraph_stands_in_order(site, source, address):
    page = words(blocks(sheet(site, address)))
    position = 0
    paragraphs = source_paragraphs((SOURCES / f"{source}.txt").read_text())
    assert len(paragraphs) > 30
    for paragraph in paragraphs:
        found = page.find(words(paragraph), position)
        assert found >= 0, paragraph
        position = found + len(words(paragraph))


@pytest.mark.parametrize(("source", "address"), PLANS.items())
def test_every_footnote_stands_in_order_below_the_text(site, source, address):
    page = words(blocks(sheet(site, address)))
    position = 0
    for note in footnotes((SOURCES / f"{source}.txt").read_text()):
        position = page.find(words(note), position)
        assert position >= 0, note


def test_thanh_hoa_has_its_two_footnotes():
    assert len(footnotes((SOURCES / "thanh-hoa-2024-ngay-khcn.txt").read_text())) == 2


@pytest.mark.parametrize(("source", "address"), PLANS.items())
def test_every_number_is_the_signed_one(site, source, address):
    """II followed by IV included: the numbers of the page are the numbers of the source, in order."""
    signed = [
        match[0]
        for paragraph in source_paragraphs((SOURCES / f"{source}.txt").read_text())
        if (match := NUMBERED.match(paragraph))
    ]
    shown = [text(number) for number in sheet(site, address).xpath(".//*[@class='number']")]
    assert shown == signed
    assert len(signed) > 10


def test_the_gap_from_two_to_four_is_published_as_signed(site):
    romans = sheet(site, PLANS["quang-ngai-2022-ngay-khcn"]).xpath(".//h2/span[@class='number']")
    assert [text(number) for number in romans] == ["I.", "II.", "IV."]


@pytest.mark.parametrize(
    ("source", "anchors"),
    [
        ("quang-ngai-2022-ngay-khcn", ["ii-3", "ii-3-dd", "iv-1"]),
        ("thanh-hoa-2024-ngay-khcn", ["ii-1-6", "1-6", "iii-1"]),
    ],
)
def test_sections_have_anchors_made_from_their_numbers(site, source, anchors):
    page = tree(site / PLANS[source] / "index.html")
    assert [page.get_element_by_id(anchor, None) is not None for anchor in anchors] == [True] * len(
        anchors
    )
