"""withdrawn-without-reason: văn bản thu hồi mà không nói lý do.

Trang của văn bản thu hồi vẫn mở được và nói vì sao văn bản không còn giá trị.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.plan import Plan, PlanStatus
from kehoach.rules.verdict import error


def check(plan: Plan) -> Iterator[Finding]:
    if plan.status is PlanStatus.WITHDRAWN and not plan.reason:
        yield error(
            plan, ("status",), "văn bản thu hồi nhưng không có lý do", "thêm dòng `reason: …`"
        )
