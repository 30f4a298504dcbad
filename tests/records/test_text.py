"""What somebody meant who wrote something else."""

import pytest

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
