"""postponed-with-date: sự kiện hoãn mà lại có thời gian mới.

Hoãn (`postponed`) là chưa biết khi nào làm: `when` vẫn là thời gian cũ. Đã có thời gian mới thì là
dời lịch: `status: rescheduled`.

Căn cứ: schema.org, EventPostponed và EventRescheduled.
"""

from collections.abc import Iterator

from kehoach.records.event import EventStatus
from kehoach.records.finding import Finding
from kehoach.records.plan import Plan
from kehoach.rules.verdict import error


def check(plan: Plan) -> Iterator[Finding]:
    for index, event in enumerate(plan.events):
        if event.status is EventStatus.POSTPONED and event.previous_when:
            message = "sự kiện hoãn nhưng có cả thời gian cũ và thời gian mới"
            hint = "dùng status: rescheduled nếu đã có thời gian mới; nếu chưa, bỏ previous_when"
            yield error(plan, ("events", index, "previous_when"), message, hint)
