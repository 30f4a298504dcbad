"""unmentioned-time: thời gian khai báo không có trong mục của kế hoạch.

Phần khai báo nói với máy, thân văn bản nói với người đọc; hai bên phải nói cùng một ngày. Máy so
các con số của `when` với mục ghi ở `section`, không kể năm mà kế hoạch nói tới; với cả văn bản, nếu không
ghi mục hoặc kế hoạch chỉ có một sự kiện.
"""

import re
from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.plan import Plan
from kehoach.records.years import year_meant
from kehoach.rules.section import words_of
from kehoach.rules.verdict import planned, warning

_NUMBER = re.compile(r"0*(\d+)")


def check(plan: Plan) -> Iterator[Finding]:
    years = {str(plan.year), str(year_meant(plan.origin.data))}
    for item, keys in planned(plan):
        said = words_of(plan, item)
        # Of a date that was moved, the former one is the signed one.
        former = getattr(item, "previous_when", None)
        signed = former or item.when
        if signed is None or said is None:
            continue
        where, text = said
        missing = _numbers(signed.words) - _numbers(text) - years
        if missing:
            numbers = ", ".join(sorted(missing, key=lambda number: (len(number), number)))
            message = f"{where} không nhắc tới {numbers} của “{signed.words}”"
            hint = "chép đúng thời gian của mục ấy, hoặc sửa section"
            yield warning(plan, (*keys, "previous_when" if former else "when"), message, hint)


def _numbers(text: str) -> set[str]:
    return set(_NUMBER.findall(text))
