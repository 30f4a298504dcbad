"""contradictory-period: giai đoạn của Ngày KH&CN và sự kiện thực hiện nó ghi thời gian khác nhau.

Sự kiện, thời hạn ghi ở `fulfilled_by` diễn ra trong những ngày của giai đoạn; khi chỉ có một thì đúng
những ngày ấy. Sự kiện trùng tên với giai đoạn cũng vậy. Việc đã hoãn, huỷ, đổi thời gian, và kế
hoạch không còn hiệu lực thì không so.
"""

from collections.abc import Iterator
from datetime import date

from kehoach.records.campaign import Campaign, CampaignPeriod
from kehoach.records.event import Event, EventStatus
from kehoach.records.finding import Finding
from kehoach.records.fulfilment import Item, is_called, same_time, takes_place
from kehoach.records.period import Period
from kehoach.records.plan import Plan
from kehoach.records.text import letters
from kehoach.rules.verdict import told, warning


def check(campaign: Campaign, joined: list[Plan]) -> Iterator[Finding]:
    items = [item for plan in joined for item in plan.items if _is_as_planned(item)]
    for index, period in enumerate(campaign.periods):
        named = [item for item in items if _is_named(item, period)]
        for item in named:
            if _contradicts(item, period, alone=len(named) == 1):
                message = f"giai đoạn ghi “{period.when.words}”, {told(item)} ghi “{_words(item)}”"
                hint = "ghi đúng thời gian ở cả hai nơi, hoặc bỏ mã ấy khỏi `fulfilled_by`"
                yield warning(campaign, ("periods", index, "when"), message, hint)


def _is_as_planned(item: Item) -> bool:
    moved = isinstance(item, Event) and item.status is EventStatus.RESCHEDULED
    return takes_place(item) and not moved


def _is_named(item: Item, period: CampaignPeriod) -> bool:
    if period.fulfilled_by is None:
        title = letters(period.title or "")
        return isinstance(item, Event) and title == letters(item.title)
    return any(is_called(item, name) for name in period.fulfilled_by)


def _contradicts(item: Item, period: CampaignPeriod, *, alone: bool) -> bool:
    """Whether what an item says of its time cannot be so; `alone` it is all that there is of the period."""
    if item.when is None or period.when.span is None:
        return False
    if alone:
        return not same_time(period.when, item.when)
    return not all(_is_within(part, period.when.span) for part in item.when.each)


def _is_within(when: Period, days: tuple[date, date]) -> bool:
    return when.span is None or days[0] <= when.span[0] <= when.span[1] <= days[1]


def _words(item: Item) -> str:
    return item.when.words if item.when else ""
