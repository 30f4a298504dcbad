"""A year on one page: what each unit leads and owes, month by month."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kehoach.records import library as records
from kehoach.records.event import Deadline, Event
from kehoach.records.period import Period
from kehoach.records.text import alphabetical
from kehoach.records.unit import Unit

WHOLE_YEAR = 0
LONGEST = 3  # months: what lasts longer is of the year
NOBODY = "Chưa ghi đơn vị"


@dataclass(frozen=True, slots=True)
class Share:
    """The work that one unit leads and owes in a year: by month from 1 to 12, under WHOLE_YEAR what has no month
    or more than LONGEST. `unit` is None where nobody is named or the name is of no known unit."""

    name: str
    unit: Unit | None
    months: dict[int, list[tuple[Event | Deadline, Period]]] = field(default_factory=dict)


def shares(library: records.Library, year: int) -> list[Share]:
    """The share of each unit with something to do in `year`, in the order of the alphabet, nobody's last.

    Units of the same name say of which province they are.
    """
    found: dict[str, Share] = {}
    for item, when in _timed(library):
        months = list(_months(when, year, item.meant_year))
        for name, unit in _named(library, item) if months else ():
            share = found.setdefault(unit.id if unit else name, Share(name, unit))
            for month in months:
                share.months.setdefault(month, []).append((item, when))
    for share in found.values():
        for things in share.months.values():
            things.sort(key=lambda thing: (thing[1].moment is None, thing[1].moment, thing[0].id))
    often = Counter(share.name for share in found.values())
    told = (
        _told_apart(library, share) if often[share.name] > 1 else share for share in found.values()
    )
    return sorted(told, key=lambda share: (share.name == NOBODY, alphabetical(share.name)))


def _told_apart(library: records.Library, share: Share) -> Share:
    province = library.units.province(share.unit) if share.unit else ""
    return replace(share, name=f"{share.name}, {province}") if province else share


def _timed(library: records.Library) -> Iterator[tuple[Event | Deadline, Period]]:
    items: tuple[Event | Deadline, ...] = (*library.events, *library.deadlines)
    for item in items:
        for when in item.when.each if item.when else ():
            yield item, when


def _named(library: records.Library, item: Event | Deadline) -> Iterator[tuple[str, Unit | None]]:
    names = item.lead if isinstance(item, Event) else item.who
    for name in names or (NOBODY,):
        unit = library.unit(name, item.plan)
        yield (unit.label if unit else library.units.called(name)), unit


def _months(when: Period, year: int, meant: int) -> Iterator[int]:
    """The months of `year` in which something is; of what has no days, the year that its plan is for."""
    if when.span is None:
        if meant == year:
            yield WHOLE_YEAR
        return
    first, last = when.span
    if not first.year <= year <= last.year:
        return
    start = first.month if first.year == year else 1
    end = last.month if last.year == year else 12
    yield from range(start, end + 1) if end - start < LONGEST else (WHOLE_YEAR,)
