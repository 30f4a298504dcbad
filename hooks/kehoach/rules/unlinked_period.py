"""unlinked-period: giai đoạn của Ngày KH&CN và một việc trong kế hoạch cùng thời gian, chưa rõ có phải là một.

Việc thực hiện một giai đoạn được ghi mã ở `fulfilled_by` của giai đoạn ấy; lịch khi đó chỉ có một mục
cho cả hai. Không ghi thì máy tự nhận băng rôn, truyền thông của đợt tuyên truyền và thời hạn báo cáo,
khi trong kế hoạch chỉ có một việc như vậy, đúng những ngày ấy. Chỗ còn ngờ thì ghi rõ: mã của việc ấy,
hoặc `fulfilled_by: []` khi không việc nào thực hiện giai đoạn.
"""

from collections.abc import Iterator

from kehoach.records.campaign import Campaign, CampaignPeriod, PeriodKind
from kehoach.records.event import Event
from kehoach.records.finding import Finding
from kehoach.records.fulfilment import fulfilments, is_precise, same_time, takes_place
from kehoach.records.plan import Plan
from kehoach.rules.verdict import told, warning


def check(campaign: Campaign, joined: list[Plan]) -> Iterator[Finding]:
    for index, period in enumerate(campaign.periods):
        if period.fulfilled_by is not None or not is_precise(period.when):
            continue
        for plan in joined:
            yield from _of_plan(campaign, index, period, plan)


def _of_plan(
    campaign: Campaign, index: int, period: CampaignPeriod, plan: Plan
) -> Iterator[Finding]:
    known = fulfilments(campaign, plan)
    if any(one.period is period for one in known):
        return
    placed = [one.by for one in known]
    reporting = period.kind is PeriodKind.REPORTING
    for item in plan.items:
        if isinstance(item, Event) is reporting or item in placed or not takes_place(item):
            continue
        if same_time(period.when, item.when):
            message = f"giai đoạn cùng thời gian với {told(item)}, chưa rõ có phải là một"
            hint = f"ghi `fulfilled_by: {item.id}` nếu là một, `fulfilled_by: []` nếu không"
            yield warning(campaign, ("periods", index, "when"), message, hint)
            return
