"""rescheduled-without-previous: sự kiện dời lịch mà không ghi thời gian cũ.

Người đã ghi lịch cũ phải thấy được lịch nào đã đổi.

Căn cứ: schema.org, previousStartDate.
"""

from collections.abc import Iterator

from kehoach.records.event import EventStatus
from kehoach.records.finding import Finding
from kehoach.records.plan import Plan
from kehoach.rules.verdict import error


def check(plan: Plan) -> Iterator[Finding]:
    for index, event in enumerate(plan.events):
        if event.status is EventStatus.RESCHEDULED and not event.previous_when:
            message = "sự kiện dời lịch nhưng không ghi thời gian cũ"
            hint = "thêm dòng `previous_when: …` với thời gian trong bản ký"
            yield error(plan, ("events", index, "status"), message, hint)
