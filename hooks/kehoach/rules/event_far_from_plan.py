"""event-far-from-plan: sự kiện cách ngày ban hành kế hoạch quá xa.

Kế hoạch của Sở nói việc của một năm, nhiều nhất là hai năm. Xa hơn thế thường là gõ nhầm năm.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.plan import Plan
from kehoach.rules.verdict import planned, warning

_YEARS = 2


def check(plan: Plan) -> Iterator[Finding]:
    for item, keys in planned(plan):
        if item.when is None or item.when.start is None or plan.date.end is None:
            continue
        if item.when.start.year > plan.date.end.year + _YEARS:
            message = f"“{item.when.words}” cách ngày ban hành kế hoạch hơn {_YEARS} năm"
            yield warning(plan, (*keys, "when"), message, "xem lại năm")
