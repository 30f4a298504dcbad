"""What can be found of the real plans, and where it leads."""

import pytest

from kehoach.building.shelf import read_library
from kehoach.search.documents import KINDS, entries


@pytest.fixture(scope="module")
def found(root):
    return list(entries(read_library(root / "content")))


def one(found, address):
    return next(entry for entry in found if entry.address == address)


def test_every_kind_of_page_is_there_once(found):
    assert {entry.kind for entry in found} == set(KINDS)
    addresses = [entry.address for entry in found]
    assert len(addresses) == len(set(addresses))


def test_a_plan_is_found_section_by_section(found):
    plan = one(found, "ke-hoach/2021/hoi-nghi-nong-thon-mien-nui-quang-ngai/")
    assert plan.label == "Số 254 /KH-SKHCN · 16/3/2021 · Sở KH&CN Quảng Ngãi"
    assert (plan.start, plan.end, plan.year, plan.province) == (
        "2021-03-16",
        "2021-03-16",
        2021,
        "Quảng Ngãi",
    )
    assert plan.status == "Đã ban hành"
    passages = {passage.anchor: passage for passage in plan.passages}
    assert passages[""].text.startswith(
        "Kế hoạch Số 254 /KH-SKHCN\nQuảng Ngãi 16/3/2021\nTổ chức Hội nghị"
    )
    assert passages["iv-2"].heading.startswith("IV.2 · ")
    assert "Khách sạn Hùng Vương" in passages["iv-2"].text
    assert "Hội trường" not in passages["i"].text
    assert len(passages) == len(plan.passages)


def test_a_paragraph_is_headed_by_the_heading_above_it(found):
    plan = one(found, "ke-hoach/2022/ngay-khcn-quang-ngai/")
    headings = {passage.anchor: passage.heading for passage in plan.passages}
    assert headings["ii-3-dd"].startswith("II.3.đ · ")
    assert headings["i-1"] == "I.1. Mục đích"
    assert headings["han-gui-bao-cao-tham-luan"] == "Thời hạn phải thực hiện"


def test_an_event_is_found_by_its_days_and_units(found):
    event = one(found, "su-kien/2022/treo-bang-ron/")
    assert (event.kind, event.start, event.end) == ("Sự kiện", "2022-05-04", "2022-05-20")
    assert event.passages[0].hidden == "4/5/2022 20/5/2022"
    assert event.campaign == 2022
    assert len(event.units) == 2


def test_no_day_is_made_up_for_what_has_none(found):
    event = one(found, "su-kien/2022/hoi-thao-hoat-dong-sang-kien/")
    assert event.passages[0].hidden == ""
    assert "Dự kiến cuối tháng 10 năm 2022" in event.passages[0].text


def test_units_belong_to_no_year(found):
    unit = one(found, "don-vi/so-khcn-quang-ngai/")
    assert unit.year == 0
    assert "Sở KH&CN Quảng Ngãi" in unit.passages[0].text
