"""event-before-issue: sự kiện kết thúc trước khi kế hoạch được ban hành.

Kế hoạch nói việc sẽ làm. Việc đã xong trước ngày ký thường là do gõ nhầm tháng hoặc năm; nếu văn
bản gốc đúng là như vậy thì giữ nguyên và ghi lý do trong `allow`.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.plan import Plan
from kehoach.rules.verdict import planned, warning


def check(plan: Plan) -> Iterator[Finding]:
    issued = plan.date.start
    for item, keys in planned(plan):
        when = item.when
        last = when and when.last
        if when and last and issued and last < issued and not when.year_assumed:
            message = f"“{when.words}” kết thúc trước ngày ban hành kế hoạch ({plan.date.words})"
            yield warning(plan, (*keys, "when"), message, "xem lại ngày, tháng, năm")
