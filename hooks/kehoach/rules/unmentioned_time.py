"""unmentioned-time: thời gian khai báo không có trong mục của kế hoạch.

Phần khai báo nói với máy, thân văn bản nói với người đọc; hai bên phải nói cùng một ngày. Máy so
các con số của `when` với mục ghi ở `section`, không kể năm mà kế hoạch nói tới; với cả văn bản, nếu không
ghi mục hoặc kế hoạch chỉ có một sự kiện.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.plan import Plan
from kehoach.rules.section import Passages, numbers
from kehoach.rules.verdict import planned, warning


def check(plan: Plan) -> Iterator[Finding]:
    years = {str(plan.year), str(plan.meant_year)}
    passages = Passages(plan)
    for item, keys in planned(plan):
        passage = passages.of(item)
        # Of a date that was moved, the former one is the signed one.
        former = getattr(item, "previous_when", None)
        signed = former or item.when
        if signed is None or passage is None:
            continue
        missing = numbers(signed.words) - passage.numbers - years
        if missing:
            told = ", ".join(sorted(missing, key=lambda number: (len(number), number)))
            message = f"{passage.name} không nhắc tới {told} của “{signed.words}”"
            hint = "chép đúng thời gian của mục ấy, hoặc sửa section"
            yield warning(plan, (*keys, "previous_when" if former else "when"), message, hint)
