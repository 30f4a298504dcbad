"""duplicate-deadline: hai thời hạn của một kế hoạch cùng mã.

Mã thời hạn là điểm neo trên trang của kế hoạch và là định danh trong lịch.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.plan import Plan
from kehoach.rules.verdict import error, repeated


def check(plan: Plan) -> Iterator[Finding]:
    ids = (
        (deadline.id, plan, ("deadlines", index, "id"))
        for index, deadline in enumerate(plan.deadlines)
    )
    for identifier, of, keys, first in repeated(ids):
        message = f"mã thời hạn `{identifier}` đã dùng ở {first}"
        yield error(of, keys, message, "đặt mã khác, hoặc bỏ một trong hai thời hạn")
