"""The page of the staff's guide that tells how times are written, from the grammar itself."""

from datetime import date

from kehoach.records.period import Period, parse_period
from kehoach.records.period.grammar import GRAMMAR, YEAR, Way

ADDRESS = "huong-dan/thoi-gian.md"
_HEAD = f"""---
title: "Cách viết thời gian"
summary: Những cách viết ngày, tháng, giờ, thời hạn mà máy hiểu, và máy hiểu thế nào
order: 60
---

Chép thời gian đúng như văn bản đã ký. Máy đọc đến từng chữ; có ba kết quả:

- **Hiểu**: lên lịch, đúng mức chắc chắn mà lời văn cho phép; ngày để trống thì vẫn để trống.
- **Không hiểu**: lời văn đăng nguyên văn, không có ngày trên lịch, kèm một cảnh báo. Không phải sửa lời đã ký.
- **Không thể có hoặc tự mâu thuẫn** (31/2, thứ không phải của ngày ấy, ngày kết thúc đứng trước): lỗi, nói rõ
  chỗ sai.

Thời gian không ghi năm thuộc năm của kế hoạch: năm ghi trong tên kế hoạch, hoặc năm của chủ đề; nếu tên
không nêu đúng một năm thì là năm ban hành. Ngày đọc ra như vậy mà trước ngày ban hành, hoặc sau hơn một
năm, là lỗi: hãy ghi năm.

Một sự kiện có nhiều thời gian thì ghi `when` thành danh sách, mỗi thời gian một dòng:

```yaml
when:
  - "Đợt 1: tháng 5/2025"
  - "Đợt 2: tháng 10/2025"
```

Chữ hoa, chữ thường, khoảng trắng, kiểu gạch ngang và chỗ đặt dấu thanh không làm khác nghĩa. Các ví dụ dưới
đây đọc như của một kế hoạch năm {YEAR}.
"""


def page() -> str:
    """The page of the guide about written times, as Markdown."""
    return "\n".join([_HEAD, *(_section(title, ways) for title, ways in GRAMMAR.items())])


def _section(title: str, ways: tuple[Way, ...]) -> str:
    rows = (
        f"| {way.what} | {way.example} | {means(parse_period(way.example, year=YEAR))} | {way.source} |"
        for way in ways
    )
    head = ("| Cách viết | Ví dụ | Máy hiểu | Nguồn |", "|---|---|---|---|")
    return "\n".join((f"## {title}\n", *head, *rows, ""))


def means(period: Period) -> str:
    """The meaning of a period in short: “04/5/2025 - 20/5/2025”, “đến 13/5/2025”, “hằng quý”."""
    if period.undated:
        return "không có ngày" if period.understood else "không hiểu"
    hours = [
        f"{begin:%H:%M}" + (f" - {end:%H:%M}" if end else "") for begin, end in period.sessions
    ]
    if not hours and (period.start_time or period.end_time):
        hours = [" - ".join(f"{at:%H:%M}" for at in (period.start_time, period.end_time) if at)]
    told = [_days(period.first, period.last) if period.span else period.rhythm, *hours]
    first, last = period.first, period.last
    fills = first and last and period.duration and period.duration.days()[1] > (last - first).days
    if period.span and period.duration and not (period.exact or fills):
        told.append(f"{period.duration} trong khoảng ấy" if period.last else str(period.duration))
    return ", ".join(["dự kiến"] * period.approximate + told)


def _days(first: date | None, last: date | None) -> str:
    if first and last:
        return f"{first:%d/%m/%Y}" if first == last else f"{first:%d/%m/%Y} - {last:%d/%m/%Y}"
    return f"từ {first:%d/%m/%Y}" if first else f"đến {last:%d/%m/%Y}"
