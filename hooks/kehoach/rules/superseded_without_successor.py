"""superseded-without-successor: văn bản bị thay thế mà không chỉ ra văn bản thay thế.

Người đọc văn bản cũ phải được dẫn tới văn bản mới, và văn bản mới phải có trên trang.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.records.plan import Plan, PlanStatus
from kehoach.records.relations import address_in
from kehoach.rules.verdict import error, nearest_plan


def check(plan: Plan, library: Library) -> Iterator[Finding]:
    if not plan.superseded_by:
        if plan.status is PlanStatus.SUPERSEDED and not library.successors(plan):
            hint = "thêm dòng `superseded_by: ke-hoach/<năm>/<tên tệp>`"
            yield error(
                plan, ("status",), "văn bản bị thay thế nhưng không chỉ ra văn bản thay thế", hint
            )
    elif address_in(plan.superseded_by) and not library.has_plan(plan.superseded_by):
        message = f"không có kế hoạch `{plan.superseded_by}`"
        yield error(
            plan, ("superseded_by",), message, nearest_plan(plan, library, plan.superseded_by)
        )
