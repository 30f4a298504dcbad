"""A year by units and months: each thing with whoever leads or owes it, in every month that it touches."""

from pathlib import Path

import pytest

from kehoach.building.shelf import read_library
from kehoach.records.shares import NOBODY, WHOLE_YEAR, shares

PLAN = """---
title: Kế hoạch
kind: Kế hoạch
number: 1/KH-SKHCN
issuer: so-khcn-quang-ngai
place: Quảng Ngãi
date: 02/01/2024
events:
{events}
---

## I. NỘI DUNG

Một đoạn.
"""
EVENT = "  - {{id: viec-{n}, title: Việc {n}, kind: khác, when: {when}, section: I{lead}}}"


@pytest.fixture(scope="module")
def library():
    return read_library(Path(__file__).resolve().parents[2] / "content")


def told(library, year):
    return {
        share.name: {
            month: [getattr(item, "title", "") or item.what for item, _ in things]
            for month, things in share.months.items()
        }
        for share in shares(library, year)
    }


def test_what_lasts_is_told_in_each_of_its_months(library):
    rows = told(library, 2022)
    centre = rows["Trung tâm Ứng dụng và Dịch vụ KHCN"]
    (news, banners), (later,) = centre[5], centre[6]
    assert news == later
    assert news.startswith("Thông tin, tuyên truyền")
    assert banners.startswith("Treo băng rôn")
    assert sorted(centre) == [5, 6]


def test_units_of_one_name_say_of_which_province_they_are(library):
    names = [name for name in told(library, 2022) if name.startswith("Các phòng, đơn vị")]
    assert names == [
        "Các phòng, đơn vị thuộc Sở, Bắc Giang",
        "Các phòng, đơn vị thuộc Sở, Quảng Ngãi",
    ]


def test_a_rhythm_is_of_the_whole_year_of_its_plan(library):
    (things,) = (row[WHOLE_YEAR] for row in told(library, 2024).values() if WHOLE_YEAR in row)
    assert things == ["Báo cáo kết quả thực hiện các nhiệm vụ được giao theo Kế hoạch"]


@pytest.mark.parametrize(
    ("when", "year", "months"),
    [
        ("quý II năm 2024", 2024, [4, 5, 6]),
        ("từ ngày 01/02/2024 đến ngày 31/5/2024", 2024, [WHOLE_YEAR]),
        ("từ ngày 20/12/2023 đến ngày 10/01/2024", 2023, [12]),
        ("từ ngày 20/12/2023 đến ngày 10/01/2024", 2024, [1]),
        ("năm 2024", 2024, [WHOLE_YEAR]),
        ("15/5/2024", 2023, []),
    ],
)
def test_months_of_a_time(library, tmp_path, when, year, months):
    (tmp_path / "ke-hoach" / "2024").mkdir(parents=True)
    for name in ("don-vi.yml", "tu-viet-tat.yml"):
        (tmp_path / name).write_bytes((library.root / name).read_bytes())
    events = "\n".join(
        EVENT.format(n=n, when=when, lead=lead)
        for n, lead in ((1, ", lead: Nhóm khách mời"), (2, ""))
    )
    (tmp_path / "ke-hoach" / "2024" / "a.md").write_text(PLAN.format(events=events), "utf-8")
    found = shares(read_library(tmp_path), year)
    assert [(share.name, list(share.months)) for share in found] == (
        [("Nhóm khách mời", months), (NOBODY, months)] if months else []
    )
