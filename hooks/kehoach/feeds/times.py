"""What machines may be told of a written time: a day only where the day is certain."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import Any

from kehoach.records.event import Event, EventStatus
from kehoach.records.period import Period, Precision
from kehoach.records.plan import PlanStatus
from kehoach.site import TIMEZONE

# The months that the coarser units hold; what is finer than a month but no day is known by it.
_MONTHS = {Precision.YEAR: 12, Precision.QUARTER: 3}


def certain(when: Period | None) -> bool:
    """Whether `when` names its day or run of days for sure; something recurring names none."""
    return when is not None and when.exact and not when.recurrence


def span(when: Period | None) -> tuple[date, date] | None:
    """The first and the last day that a calendar marks, inclusive; None where no day is named.

    Where only one bound is known ("trước ngày 14/5/2022") that is the day the words name, or
    the whole month, quarter or year that they name.
    """
    if when is None or not (when.start or when.end):
        return None
    if when.start and when.end:
        return when.start, when.end
    bound = when.start or when.end
    if when.precision is Precision.DAY:
        return bound, bound
    months = _MONTHS.get(when.precision, 1)
    first = bound.month - (bound.month - 1) % months
    last = first + months - 1
    return bound.replace(month=first, day=1), date(
        bound.year, last, monthrange(bound.year, last)[1]
    )


def moments(when: Period) -> tuple[date, date] | tuple[datetime, datetime | None]:
    """The beginning and the exclusive end of a certain time.

    Days where no hour begins it; else aware datetimes, and None for an end that nobody named.
    """
    after = when.end + timedelta(days=1)
    if when.start_time is None:
        return when.start, after
    begin = at(when.start, when.start_time)
    if when.end_time:
        end = at(when.end, when.end_time)
        return begin, end if end > begin else None
    return begin, at(after) if when.end > when.start else None


def at(day: date, hour: time = time()) -> datetime:
    return datetime.combine(day, hour, TIMEZONE)


def data(when: Period | None) -> dict[str, Any] | None:
    """A time as JSON: its words, what is known, and how well; no day stands without the rest."""
    if when is None:
        return None
    return {
        "words": when.words,
        "start": when.start and when.start.isoformat(),
        "end": when.end and when.end.isoformat(),
        "precision": when.precision.value,
        "relation": when.relation.value,
        "exclusive": when.exclusive,
        "approximate": when.approximate,
        "exact": certain(when),
        "edtf": when.edtf() or None,
        "duration": str(when.duration) if when.duration else None,
        "recurrence": list(when.recurrence),
        "start_time": when.start_time and when.start_time.isoformat("minutes"),
        "end_time": when.end_time and when.end_time.isoformat("minutes"),
    }


def standing(event: Event) -> EventStatus:
    """The status that holds: what a withdrawn plan announced does not take place."""
    if event.plan.status is PlanStatus.WITHDRAWN and event.status is not EventStatus.DONE:
        return EventStatus.CANCELLED
    return event.status
