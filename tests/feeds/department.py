"""A small department to make feeds of: plans written as people write them, or built in place."""

from datetime import datetime
from pathlib import Path

from kehoach.building.shelf import read_library
from kehoach.records.document import Document
from kehoach.records.library import Library, Shared
from kehoach.records.listing import Listing
from kehoach.site import TIMEZONE, Site

CLOCK = datetime(2024, 6, 1, 8, tzinfo=TIMEZONE)
SITE = Site("Kế hoạch KH&CN Quảng Ngãi", "https://kehoach.example.vn/", "Kế hoạch 18/5", CLOCK)
NOWHERE = Site("Kế hoạch KH&CN", "", "", CLOCK)

UNITS = """
- {id: so-khcn, name: Sở Khoa học và Công nghệ, kind: sở, province: Quảng Ngãi}
- {id: van-phong, name: Văn phòng Sở, kind: phòng, parent: so-khcn, email: vp@example.vn}
- {id: phong-qlkh, name: Phòng Quản lý Khoa học, short: Phòng QLKH, kind: phòng, parent: so-khcn}
- {id: cac-phong, name: Các phòng thuộc Sở, kind: tập thể, parent: so-khcn}
"""

CAMPAIGN = """---
title: Ngày Khoa học và Công nghệ Việt Nam năm 2024
day: 18/5/2024
themes:
  - {id: chu-de, text: Đổi mới sáng tạo}
periods:
  - {kind: tuyên truyền, when: 21/4 - 19/5/2024, source: 961/BKHCN-VP}
  - {kind: báo cáo, when: trước ngày 25/5/2024}
---

Giới thiệu.
"""

MATERIAL = """---
title: Thông cáo về tọa đàm
kind: thông cáo báo chí
date: 06/5/2024
issuer: so-khcn
campaign: 2024
plan: ke-hoach/2024/ngay-khcn
event: toa-dam
summary: Tọa đàm ngày 16/5/2024.
author: Lê Thị Lan
---

Nội dung.
"""

PLAN = "ke-hoach/2024/ngay-khcn.md"
HEAD = """---
title: Tổ chức Ngày Khoa học và Công nghệ Việt Nam năm 2024
number: 254 /KH-SKHCN
issuer: so-khcn
place: Quảng Ngãi
date: 06/5/2024
campaign: 2024
summary: Kế hoạch ngắn.
basis:
  - {number: 961/BKHCN-VP, date: 7/4/2023, issuer: Bộ Khoa học và Công nghệ}
signer: {title: GIÁM ĐỐC, name: Nguyễn Văn A}
"""
BODY = """---

## I. NỘI DUNG

Tọa đàm, hội thảo.
"""
EVENT = """events:
  - id: toa-dam
    title: Tọa đàm về cải cách hành chính
    kind: tọa đàm
    section: I
    when: ngày 16/5/2024
    place: Hội trường Sở
    lead: Văn phòng Sở
    partners: Các phòng thuộc Sở
    audience: Lãnh đạo Sở
"""
FUZZY = """  - id: hoi-thao
    title: Hội thảo, “đổi mới; sáng tạo”
    kind: hội thảo
    when: Dự kiến cuối tháng 10 năm 2024
    lead: Phòng QLKH
"""
TIMED = """  - id: hoi-nghi
    title: Hội nghị tổng kết
    kind: hội nghị
    when: từ 8 giờ 30 đến 11 giờ, ngày 18/5/2024
    place: Hội trường Sở và trực tuyến
    lead: Sở Khoa học và Công nghệ
"""
BANNER = """  - id: treo-bang-ron
    title: Treo băng rôn
    kind: băng rôn
    when: Từ ngày 04 - 20/5/2024
    lead: Văn phòng Sở
"""
UNDATED = """  - {id: phong-su, title: Đăng phóng sự, kind: truyền thông, lead: Văn phòng Sở}
"""
DEADLINES = """deadlines:
  - id: tham-luan
    what: Gửi báo cáo tham luận
    when: trước ngày 14/5/2024
    who: Các phòng thuộc Sở
    to: Văn phòng Sở
  - {id: bao-cao, what: Báo cáo kết quả, when: định kỳ 6 tháng và năm, who: Phòng QLKH}
"""
SLOGANS = """slogans:
  - {id: nhiet-liet, text: "Nhiệt liệt chào mừng Ngày 18/5", when: Từ ngày 04 - 20/5/2024}
  - {id: rieng, text: "Khoa học & công nghệ", when: 10 - 12/5/2024, where: Cổng Sở}
"""
WHOLE = HEAD + EVENT + FUZZY + TIMED + BANNER + UNDATED + DEADLINES + SLOGANS + BODY


def lay(root: Path, files: dict[str, str] | None = None, *, faulty: bool = False) -> Library:
    """Write a department's content under `root`, with `files` beside or instead of its own."""
    own = {
        "don-vi.yml": UNITS,
        "chu-de/2024.md": CAMPAIGN,
        "truyen-thong/2024/thong-cao.md": MATERIAL,
        PLAN: WHOLE,
    }
    for name, text in (own | (files or {})).items():
        file = root / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return read(root, faulty=faulty)


def read(root: Path, *, faulty: bool = False) -> Library:
    library = read_library(root / "content")
    assert bool(library.findings) == faulty
    return library


class _Few:
    """Documents that lie in no folder."""

    def __init__(self, documents: tuple[Document, ...]) -> None:
        self._documents = documents

    def of(self, model: type[Document]) -> list[Document]:
        return [document for document in self._documents if type(document) is model]

    def at(self, file: str) -> Document | None:
        return next((one for one in self._documents if one.file == file), None)


def few(*documents: Document) -> Library:
    """The library of some documents, and of no units."""
    return Library(Path(), "content", Listing(), Shared(), _Few(documents))
