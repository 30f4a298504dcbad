"""year-needed: thời gian không ghi năm rơi ra ngoài năm của kế hoạch.

Thời gian không ghi năm được đọc theo năm của kế hoạch: năm trong tên kế hoạch hoặc năm của chủ đề, nếu
không có đúng một năm như thế thì là năm ban hành. Đọc như vậy mà ra ngày trước khi kế hoạch được ban
hành, hoặc sau đó hơn một năm, thì phải là năm khác: ghi rõ năm, ví dụ ngày 10/01/2025.
"""

from collections.abc import Iterator
from datetime import timedelta

from kehoach.records.finding import Finding
from kehoach.records.period import format_day
from kehoach.records.plan import Plan
from kehoach.rules.times import as_written, every
from kehoach.rules.verdict import error

_YEAR = timedelta(days=366)
_PLANNED = ("events", "deadlines", "slogans")


def check(plan: Plan) -> Iterator[Finding]:
    issued, issued_last = plan.date.start, plan.date.end
    if not issued or not issued_last:
        return
    for time, keys in every(plan):
        if keys[0] not in _PLANNED or not time.year_assumed:
            continue
        first, last = time.first or time.last, time.last or time.first
        if not first or not last or (last >= issued and first <= issued_last + _YEAR):
            continue
        early = last < issued
        side = "trước ngày ban hành" if early else "sau ngày ban hành hơn một năm"
        read = format_day(last if early else first)
        message = f"“{time.words}” không ghi năm; đọc là {read} thì {side} ({plan.date.words})"
        yield error(plan, as_written(plan, keys), message, "ghi rõ năm")
