"""Plans whose times cross the year, and events in sessions, in the site that a build makes of them."""

import json
from datetime import date
from pathlib import Path

import icalendar
import pytest
from lxml import html

from building.small import ROOT, write
from conftest import contents
from feeds.department import UNITS
from kehoach import building
from prints import pdf
from website.reading import blocks

BODY = """---

## I. NỘI DUNG

Sở Khoa học và Công nghệ, Văn phòng Sở và Phòng Quản lý Khoa học thực hiện: ngày 10/01; Quý II; từ tháng
11/2025 đến tháng 02/2026; Quý I/2026; sáng ngày 16/5/2025, từ 8 giờ 00 đến 11 giờ 30; chiều ngày
20/5/2025, lúc 14 giờ 00; 8h00 - 17h00 các ngày 12, 13 và 14/5/2025; trước ngày 15/01; trước ngày 31/01/2026.
"""
DECEMBER = """---
title: Kế hoạch công tác năm 2025
number: 310/KH-SKHCN
issuer: so-khcn
date: 27/12/2024
events:
  - {id: trien-khai, title: Hội nghị triển khai, kind: hội nghị, when: ngày 10/01, lead: Văn phòng Sở}
  - {id: tap-huan, title: Tập huấn chuyển đổi số, kind: tập huấn, when: Quý II, lead: Phòng QLKH}
deadlines:
  - {id: danh-sach, what: Gửi danh sách, when: trước ngày 15/01, who: Phòng QLKH, to: Văn phòng Sở}
"""
TWO_YEARS = """---
title: Kế hoạch phong trào sáng kiến giai đoạn 2025 - 2026
number: 201/KH-SKHCN
issuer: so-khcn
date: 15/10/2025
events:
  - id: phong-trao
    title: Đợt thi đua sáng kiến
    kind: cuộc thi
    when: từ tháng 11/2025 đến tháng 02/2026
    lead: Phòng QLKH
  - {id: tong-ket, title: Hội nghị tổng kết, kind: hội nghị, when: Quý I/2026, lead: Văn phòng Sở}
deadlines:
  - {id: bao-cao, what: Báo cáo kết quả, when: trước ngày 31/01/2026, who: Phòng QLKH, to: Văn phòng Sở}
"""
SESSIONS = """---
title: Kế hoạch tọa đàm năm 2025
number: 90/KH-SKHCN
issuer: so-khcn
date: 22/4/2025
events:
  - id: hai-buoi
    title: Tọa đàm hai buổi
    kind: tọa đàm
    when:
      - sáng ngày 16/5/2025, từ 8 giờ 00 đến 11 giờ 30
      - chiều ngày 20/5/2025, lúc 14 giờ 00
    place: Hội trường Sở
    lead: Văn phòng Sở
  - id: trung-bay
    title: Trưng bày sáng kiến
    kind: tọa đàm
    when: 8h00 - 17h00 các ngày 12, 13 và 14/5/2025
    lead: Văn phòng Sở
"""
SESSION_WORDS = [
    "sáng ngày 16/5/2025, từ 8 giờ 00 đến 11 giờ 30",
    "chiều ngày 20/5/2025, lúc 14 giờ 00",
]
TIMES_OF_PLANS = [
    ("su-kien/2024/trien-khai/", "ngày 10/01", "2025-01-10", "2025-01-10"),
    ("su-kien/2024/tap-huan/", "Quý II", "2025-04-01", "2025-06-30"),
    ("su-kien/2025/phong-trao/", "từ tháng 11/2025 đến tháng 02/2026", "2025-11-01", "2026-02-28"),
    ("su-kien/2025/tong-ket/", "Quý I/2026", "2026-01-01", "2026-03-31"),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    root: Path = tmp_path_factory.mktemp("times")
    for name in ("theme", "hooks", "mkdocs.yml"):
        (root / name).symlink_to(ROOT / name)
    write(root, "don-vi.yml", UNITS)
    write(root, "index.md", "# Kế hoạch\n")
    write(root, "ke-hoach/2024/cong-tac-2025.md", DECEMBER + BODY)
    write(root, "ke-hoach/2025/giai-doan.md", TWO_YEARS + BODY)
    write(root, "ke-hoach/2025/toa-dam.md", SESSIONS + BODY)
    out = root / "site"
    project = building.open_project(building.configure(root, out))
    assert [f"{f.path}:{f.line} {f.rule} {f.message}" for f in project.findings] == []
    building.build(root, out, strict=False, project=project)
    return contents(out)


def shown(built: dict[str, bytes], address: str) -> str:
    return blocks(html.fromstring(built[f"{address}index.html"].decode()).find(".//main"))


def nodes(built: dict[str, bytes], address: str) -> list[dict]:
    page = html.fromstring(built[f"{address}index.html"].decode())
    return [json.loads(s.text) for s in page.xpath("//script[@type='application/ld+json']")]


def entries(built: dict[str, bytes], address: str) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(built[address]).walk("VEVENT")


@pytest.mark.parametrize(("address", "words", "first", "last"), TIMES_OF_PLANS)
def test_a_time_over_the_year_is_of_the_year_that_the_plan_is_for(
    built, address, words, first, last
):
    assert words in shown(built, address)
    (entry,) = entries(built, f"{address}index.ics")
    assert str(entry["DTSTART"].dt) == first
    assert (entry["DTEND"].dt - date.fromisoformat(last)).days == 1
    events = json.loads(built["api/v1/events.json"])["events"]
    (told,) = (e["when"] for e in events if e["url"].endswith(address))
    assert (told["words"], told["start"], told["end"]) == (words, first, last)


def test_months_show_what_begins_and_lasts_in_them(built):
    assert "Hội nghị triển khai" in shown(built, "lich/2025/01/")
    assert "lich/2024/01/index.html" not in built
    for month in ("2025/04", "2025/05", "2025/06"):
        assert "Tập huấn chuyển đổi số" in shown(built, f"lich/{month}/")
    for month in ("2025/11", "2025/12", "2026/01", "2026/02"):
        assert "Đợt thi đua sáng kiến" in shown(built, f"lich/{month}/")
    assert "Đợt thi đua sáng kiến" not in shown(built, "lich/2026/03/")
    assert "Báo cáo kết quả" in shown(built, "lich/2026/01/")
    assert "Gửi danh sách" in shown(built, "lich/2025/01/")


def test_only_a_certain_day_is_an_event_of_json_ld(built):
    (event,) = (n for n in nodes(built, "su-kien/2024/trien-khai/") if n["@type"] == "Event")
    assert event["startDate"] == "2025-01-10"
    for address, *_ in TIMES_OF_PLANS[1:]:
        assert [n["@type"] for n in nodes(built, address)] == ["BreadcrumbList"]


def test_the_printed_plan_keeps_the_words(built):
    text = " ".join(pdf.text(built["ke-hoach/2024/cong-tac-2025/cong-tac-2025.pdf"]).split())
    assert "thực hiện: ngày 10/01; Quý II; từ tháng 11/2025 đến tháng 02/2026; Quý I/2026;" in text


def test_an_event_in_two_sessions_is_two_everywhere(built):
    address = "su-kien/2025/hai-buoi/"
    for words in SESSION_WORDS:
        assert words in shown(built, address)
        assert words in shown(built, "lich/2025/05/")
        assert words in shown(built, "ke-hoach/2025/toa-dam/")
    first, second = entries(built, f"{address}index.ics")
    assert first["DTSTART"].dt.isoformat() == "2025-05-16T08:00:00+07:00"
    assert first["DTEND"].dt.isoformat() == "2025-05-16T11:30:00+07:00"
    assert second["DTSTART"].dt.isoformat() == "2025-05-20T14:00:00+07:00"
    assert second["RELATED-TO"] == first["UID"]
    every = entries(built, "lich.ics")
    assert [e["DTSTART"].dt for e in every if "hai buổi" in e["SUMMARY"]] == [
        first["DTSTART"].dt,
        second["DTSTART"].dt,
    ]
    events = json.loads(built["api/v1/events.json"])["events"]
    (told,) = (e["when"] for e in events if e["url"].endswith(address))
    assert [part["words"] for part in told["parts"]] == SESSION_WORDS


def test_an_invitation_to_two_sessions_tells_one_a_line(built):
    lines = pdf.text(built["su-kien/2025/hai-buoi/giay-moi.pdf"]).splitlines()
    at = lines.index("Thời gian:")
    assert [line.lstrip("•– ") for line in lines[at + 1 : at + 3]] == SESSION_WORDS
