"""What somebody meant who wrote something else."""

import pytest

from kehoach.records.library import read_record
from kehoach.records.text import alphabetical, nearest_path

FILES = [
    "chu-de/2022.md",
    "ke-hoach/2022/ngay-khcn.md",
    "ke-hoach/2023/ngay-khcn.md",
    "ke-hoach/2023/phu-luc.pdf",
    "lich/2022.md",
]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ke-hoach/2022/ngay-KHCN", "ke-hoach/2022/ngay-khcn.md"),
        ("ke-hoach/2023/ngay-kh-cn.md", "ke-hoach/2023/ngay-khcn.md"),
        ("ke-hoach/2024/phụ lục.docx", "ke-hoach/2023/phu-luc.pdf"),
        ("ke-hoach/chu-de/2022.md", "chu-de/2022.md"),
        ("ke-hoach/2023/khong-co.md", None),  # whatever stands in the same folder
        ("", None),
    ],
)
def test_nearest_path(written, meant):
    assert nearest_path(written, FILES) == meant


def test_lists_go_by_the_vietnamese_alphabet():
    names = [
        "Đà Lạt",
        "Ôn",
        "Ở",
        "tá",
        "An",
        "Phòng A",
        "Da",
        "Âm",
        "tả",
        "On",
        "Ăn",
        "tà",
        "Phòng",
    ]
    assert sorted(names, key=alphabetical) == [
        *("An", "Ăn", "Âm", "Da", "Đà Lạt", "On", "Ôn", "Ở", "Phòng", "Phòng A", "tà", "tả", "tá"),
    ]


def test_a_finding_quotes_a_long_value_by_its_beginning():
    written = "một hai " * 20
    source, _ = read_record(
        f"---\nstatus: {written}\n---\n".encode(), "ke-hoach/2022/x.md", "content"
    )
    (found,) = (one for one in source.findings if one.rule == "unknown-value")
    assert found.message == f"giá trị `{'một hai ' * 7}một…` không dùng được"
