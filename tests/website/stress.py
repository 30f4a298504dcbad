# ruff: noqa: E501
"""What the samples have little of: sixty events in one plan, fifteen of them on a day, every status, long
words, tables that are wider than a phone, lists in lists. `write` adds it to a content folder."""

import os
import shutil
import subprocess
from pathlib import Path

import yaml
from PIL import Image

YEAR = 2024
PLAN = f"ke-hoach/{YEAR}/nhieu-su-kien"
MONTH = f"lich/{YEAR}/05/"
BUSY = 15  # events of 15 May
EVENTS = 60
CLOCK = 1715655600  # 14 May 2024, 10:00 in Việt Nam

_KINDS = [
    "hội nghị", "hội thảo", "tọa đàm", "cuộc thi", "tập huấn", "truyền thông", "băng rôn",
    "văn hóa, thể thao", "khác",
]  # fmt: skip
_STATUSES = [
    {},
    {"status": "done"},
    {"status": "rescheduled", "previous_when": "02/5/2024", "reason": "Trùng lịch họp của tỉnh"},
    {"status": "postponed", "reason": "Chờ ý kiến của Ủy ban nhân dân tỉnh"},
    {"status": "cancelled", "reason": "Mưa bão"},
]
_TIMES = [
    "Tháng 5/2024", "cuối tháng 4 năm 2024", "Từ ngày 04 - 20/5/2024", "trước ngày 20/5/2024",
    "quý II năm 2024", "18/5/2024", "từ ngày 14/5/2024 đến ngày 15/5/2024", "26/02/2025", "từ ngày 28/4/2024 đến ngày 02/5/2024",
]  # fmt: skip
_BEFORE = {
    "description": "Thi robot giữa các trường.",
    "programme": [
        {"at": "08:00", "what": "Đón tiếp đại biểu", "who": "Văn phòng Sở"},
        {"at": "8 giờ 30 - 9 giờ", "what": "Khai mạc"},
    ],
    "place": "Hội trường Sở",
    "places": [
        {"name": "Nhà văn hóa", "address": "1 Lê Lợi", "map": "https://ban-do.example.vn/1"}
    ],
    "online": "https://hop.example.vn/viec-2",
    "registration": {
        "url": "https://dang-ky.example.vn/viec-2",
        "phone": "0237.3852.123",
        "until": "trước ngày 10/5/2024",
        "places": 150,
    },
    "contact": {
        "name": "Văn phòng Sở",
        "phone": "0237.3852.123",
        "email": "van-phong@so.example.vn",
    },
    "fee": "Miễn phí",
    "audience": "Học sinh trung học cơ sở",
    "image": {"file": "anh-2.jpg", "alt": "Học sinh xem robot", "caption": "Ảnh: Văn phòng Sở"},
}
_AFTER = {
    "status": "done",
    "result": {
        "words": "Đã trao 12 giải; xem thêm tại https://so.example.vn/ket-qua.",
        "figures": [{"value": "320", "of": "học sinh tham gia"}],
        "documents": [{"file": "bao-cao.pdf", "title": "Báo cáo kết quả"}],
        "pictures": [
            {"file": "anh-1.jpg", "alt": "Trao giải"},
            {"file": "anh-2.jpg", "alt": "Robot"},
        ],
    },
}
_CAMPAIGN = """\
summary: Năm của khát vọng phát triển đất nước bằng khoa học, công nghệ.
attachments: [{file: huong-dan.pdf, title: Công văn hướng dẫn}]"""
_ISSUER = "so-khcn-thanh-hoa"
_MOTTO = "  motto: Vì Nhân dân phục vụ\n"
_BODY = """
## I. MỤC ĐÍCH, YÊU CẦU

### 1. Mục đích

- Một ý dài đủ để xuống dòng trên điện thoại, trong câu có địa chỉ https://so.example.vn/ngay-khcn/2024, thư điện tử van-phong@so.example.vn và số điện thoại 0237.3852.123.

- Ý thứ hai:

    + Ý nhỏ thứ nhất:

        * Ý nhỏ hơn;

        * ý nhỏ hơn nữa.

    + Ý nhỏ thứ hai.

## II. NỘI DUNG

| STT | Nội dung công việc | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian thực hiện | Kinh phí (triệu đồng) | Ghi chú |
|---|---|---|---|---|---|---|
| 1 | Tổ chức Hội nghị tổng kết và trao giải Hội thi Sáng tạo kỹ thuật tỉnh lần thứ mười hai | Văn phòng Sở | Các phòng, đơn vị thuộc Sở; Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh | Từ ngày 04 - 20/5/2024 | 120,5 | Theo Công văn số 4273/BKHCN-VP |
| 2 | Mở cửa phòng thí nghiệm cho học sinh, sinh viên | Trung tâm | Các trường trung học phổ thông trên địa bàn | 18/5/2024 | 8 | |
"""


_ARTICLE = """
## Lời dẫn

Xem [trang của Bộ](https://bo.example.vn/tin) và lũy thừa 10<sup>3</sup>.

### Trích

> Một câu được trích.

---

<table><caption>Bảng một</caption><tr><th>Năm</th><td>2024</td></tr></table>
"""


def _event(number: int) -> dict[str, object]:
    event: dict[str, object] = {
        "id": f"viec-thu-{number}",
        "title": f"Việc thứ {number} của kế hoạch, tên đủ dài để xuống hai dòng trên điện thoại",
        "kind": _KINDS[number % len(_KINDS)],
        "section": "II",
        "lead": "Văn phòng Sở",
        **(_STATUSES[number % len(_STATUSES)]),
    }
    if number == BUSY:
        event |= {"status": "done", "when": "27/02/2024"}
    elif number < BUSY:
        event["when"] = "15/5/2024"
    elif event.get("status") != "postponed" and number % 11:
        event["when"] = _TIMES[number % len(_TIMES)]
    if event.get("status") == "postponed":
        event.pop("when", None)
    if number == 1:
        event |= _AFTER
    if number == 2:
        event |= _BEFORE
    if number == 5:
        event |= {"when": "8 giờ 00 ngày 15/5/2024", "status": "scheduled"}
    return event


def _plan(title: str, **more: object) -> dict[str, object]:
    return {
        "title": title,
        "kind": "Kế hoạch",
        "number": f"{len(title)}/KH-SKHCN",
        "issuer": _ISSUER,
        "place": "Thanh Hóa",
        "date": "02/01/2024",
        "campaign": YEAR,
        "signer": {"authority": "KT. GIÁM ĐỐC", "title": "PHÓ GIÁM ĐỐC", "name": "Nguyễn Văn A"},
        "recipients": ["Như trên;", "Lưu: VT."],
        **more,
    }


def _write(path: Path, front: dict[str, object], body: str) -> None:
    text = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=1000)
    path.write_text(f"---\n{text}---\n{body}", encoding="utf-8")


def write(content: Path) -> None:
    """Add the plans to `content`, a copy of the samples, and documents of other kinds."""
    kinds = Path(__file__).resolve().parents[1] / "documents" / "content"
    shutil.copytree(kinds / "ke-hoach", content / "ke-hoach", dirs_exist_ok=True)
    known = {unit["id"] for unit in yaml.safe_load((content / "don-vi.yml").read_text("utf-8"))}
    units = yaml.safe_load((kinds / "don-vi.yml").read_text("utf-8"))
    more = [unit for unit in units if unit["id"] not in known]
    with (content / "don-vi.yml").open("a", encoding="utf-8") as file:
        file.write("\n" + yaml.safe_dump(more, allow_unicode=True, sort_keys=False))
    folder = content / "ke-hoach" / str(YEAR)
    many = _plan(
        "Sáu mươi việc của một năm bận rộn",
        summary="Sáu mươi việc, mười lăm việc trong một ngày.",
        events=[_event(number) for number in range(EVENTS)],
        deadlines=[
            {"id": f"bao-cao-{n}", "what": f"Báo cáo lần {n}", "when": f"trước ngày {n}/5/2024",
             "who": "Văn phòng Sở", "to": "Sở Khoa học và Công nghệ"}
            for n in (5, 25)
        ],
    )  # fmt: skip
    _write(folder / "nhieu-su-kien.md", many, _BODY)
    for name, colour in (("anh-1.jpg", "#a80f1a"), ("anh-2.jpg", "#123a73")):
        picture = Image.new("RGB", (2000, 1400), colour)
        exif = picture.getexif()
        exif[0x010F] = "Một máy ảnh"
        exif.get_ifd(0x8825)[1] = "N"
        picture.save(folder / name, exif=exif)
    (folder / "bao-cao.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    short = "\n## I. NỘI DUNG\n\nMột đoạn.\n"
    for name, more in {
        "da-thay-the": {"status": "superseded", "superseded_by": PLAN},
        "da-thu-hoi": {"status": "withdrawn", "reason": "Không còn phù hợp."},
        "da-sua-doi": {"status": "amended"},
    }.items():
        _write(folder / f"{name}.md", _plan(f"Kế hoạch {name.replace('-', ' ')}", **more), short)
    campaign = content / "chu-de" / f"{YEAR}.md"
    campaign.write_text(
        f"---\n{_CAMPAIGN}{campaign.read_text('utf-8').removeprefix('---')}", "utf-8"
    )
    (content / "chu-de" / "huong-dan.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    article = {"title": "Bài viết nhiều kiểu chữ", "kind": "bài viết", "date": "02/5/2024",
               "issuer": _ISSUER, "campaign": YEAR}  # fmt: skip
    (content / "truyen-thong" / str(YEAR)).mkdir()
    _write(content / "truyen-thong" / str(YEAR) / "nhieu-kieu-chu.md", article, _ARTICLE)


def repository(root: Path, project: Path) -> None:
    """A department's repository at `root` with what `project` has and all of the above, in two commits."""
    for name in ("hooks", "theme", "content"):
        shutil.copytree(project / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (project / "build.py", *project.glob("requirements*.lock")):
        shutil.copy2(path, root)
    settings = (project / "mkdocs.yml").read_text("utf-8")
    settings = settings.replace("\nextra:\n", f"\nextra:\n{_MOTTO}")
    (root / "mkdocs.yml").write_text(settings, "utf-8")
    (root / ".venv").symlink_to(project / ".venv")
    write(root / "content")
    _git(root, "init", "-q")
    _git(root, "add", "content", "mkdocs.yml")
    _git(root, "commit", "-q", "-m", "Ban hành")
    plan = root / "content" / f"{PLAN}.md"
    plan.write_text(plan.read_text("utf-8").replace("Báo cáo lần 5", "Báo cáo lần đầu"), "utf-8")
    _git(root, "commit", "-q", "-a", "-m", "Sửa tên một thời hạn")


def _git(root: Path, *arguments: str) -> None:
    who = [
        "-c",
        "user.name=Cán bộ",
        "-c",
        "user.email=can-bo@example.vn",
        "-c",
        "commit.gpgsign=false",
    ]
    moment = f"{CLOCK} +0700"
    dated = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, env=os.environ | dated)
