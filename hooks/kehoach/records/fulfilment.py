"""Who carries out the periods of a campaign: events and deadlines of the plans that join it.

A period names them in `fulfilled_by`. One that names nobody has in each plan the item that states the
same over again, where that is beyond doubt: a banner or media event on the days of a stretch of
publicity, a report due by the day of the reports; the only one of the plan, for the only such period,
and neither titles nor places speak against it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from kehoach.records.campaign import Campaign, CampaignPeriod, PeriodKind
from kehoach.records.event import Deadline, Event, EventKind
from kehoach.records.period import Period, Precision
from kehoach.records.plan import Plan
from kehoach.records.text import canonical, letters

Item = Event | Deadline

_PUBLICITY = {PeriodKind.WINDOW, PeriodKind.CORE}
_PUBLISHING = {EventKind.BANNER, EventKind.MEDIA}
_REPORT = canonical("báo cáo")


class Fulfilment(NamedTuple):
    """A period of a campaign, and one of those that carry it out."""

    campaign: Campaign
    period: CampaignPeriod
    by: Item

    @property
    def stands_for_it(self) -> bool:
        """Whether who is shown `by` is shown the period: it will be, and at the same time."""
        return takes_place(self.by) and same_time(self.period.when, self.by.when)


def fulfilments(campaign: Campaign, plan: Plan) -> list[Fulfilment]:
    """The fulfilments of `campaign` by `plan`: first those that the campaign names, then those beyond doubt."""
    if plan.campaign != campaign.year:
        return []
    named = [
        Fulfilment(campaign, period, item)
        for period in campaign.periods
        for item in plan.items
        if any(is_called(item, name) for name in period.fulfilled_by or ())
    ]
    taken = {id(one.by) for one in named}
    free = [item for item in plan.items if id(item) not in taken]
    silent = [period for period in campaign.periods if period.fulfilled_by is None]
    alike = [(period, item) for period in silent for item in free if _is_alike(period, item)]
    sure = [
        Fulfilment(campaign, period, item)
        for period, item in alike
        if sum(period is one for one, _ in alike) == sum(item is one for _, one in alike) == 1
        and is_precise(period.when)
        and is_precise(item.when)
    ]
    return [*named, *sure]


def is_called(item: Item, name: str) -> bool:
    """Whether `name` is that of `item`: its id, or its address where others have that id too."""
    return name.strip("/").replace("/#", "#") in names(item)


def names(item: Item) -> Iterator[str]:
    """The names by which a period may call `item`."""
    yield item.id
    if isinstance(item, Event):
        yield item.page.strip("/")
        yield from item.aliases
    else:
        yield f"{item.plan.address.strip('/')}#{item.anchor}"


def takes_place(item: Item) -> bool:
    """Whether `item` is to be done, as things are."""
    return item.plan.is_in_force and (isinstance(item, Deadline) or item.is_held)


def same_time(one: Period, other: Period | None) -> bool:
    """Whether two times name the same days in the same way; what names none is like no other."""
    return other is not None and None not in _days(one) and _days(one) == _days(other)


def _days(when: Period) -> list[object]:
    return [part.span and (part.span, part.relation, part.precision) for part in when.each]


def is_precise(when: Period | None) -> bool:
    """Whether `when` goes by days, so that two say the same hardly by chance."""
    return when is not None and when.precision is Precision.DAY and not when.approximate


def _is_alike(period: CampaignPeriod, item: Item) -> bool:
    """Whether `item` states what `period` does, as far as can be told."""
    if not takes_place(item) or not same_time(period.when, item.when):
        return False
    if isinstance(item, Deadline):
        return period.kind is PeriodKind.REPORTING and _REPORT in canonical(item.what)
    return (
        period.kind in _PUBLICITY
        and item.kind in _PUBLISHING
        and (not period.title or _is_called_alike(period.title, item.title))
        and (not (period.where and item.place) or letters(period.where) == letters(item.place))
    )


def _is_called_alike(one: str, other: str) -> bool:
    """Whether all words of one title are in the other."""
    words, others = (set(canonical(title).replace(",", " ").split()) for title in (one, other))
    return words <= others or others <= words
