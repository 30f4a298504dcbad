"""What machines may be told of a written time: a day only where the day is certain."""

from datetime import date, datetime, time, timedelta
from typing import Any, TypeGuard

from kehoach.records.event import Event, EventStatus
from kehoach.records.period import Period
from kehoach.records.plan import PlanStatus
from kehoach.site import TIMEZONE


def certain(when: Period | None) -> TypeGuard[Period]:
    """Whether `when` names its day or run of days for sure; something recurring names none."""
    return when is not None and when.exact and not when.recurrence


def moments(when: Period) -> tuple[date, date] | tuple[datetime, datetime | None]:
    """The beginning and the exclusive end of a certain time.

    Days where no hour begins it; else aware datetimes, and None for an end that nobody named.
    """
    start, last = when.bounds
    after = last + timedelta(days=1)
    if when.start_time is None:
        return start, after
    begin = at(start, when.start_time)
    if when.end_time:
        end = at(last, when.end_time)
        return begin, end if end > begin else None
    return begin, at(after) if last > start else None


def at(day: date, hour: time = time()) -> datetime:
    return datetime.combine(day, hour, TIMEZONE)


def data(when: Period | None) -> dict[str, Any] | None:
    """A time as JSON: its words, what is known, and how well; no day stands without the rest."""
    if when is None:
        return None
    return {
        "words": when.words,
        "start": when.first and when.first.isoformat(),
        "end": when.last and when.last.isoformat(),
        "precision": when.precision.value,
        "relation": when.relation.value,
        "exclusive": when.exclusive,
        "approximate": when.approximate,
        "exact": certain(when),
        "edtf": when.edtf() or None,
        "duration": str(when.duration) if when.duration else None,
        "recurrence": list(when.recurrence),
        "understood": all(part.understood for part in when.each),
        "sessions": [
            {"start": begin.isoformat("minutes"), "end": end and end.isoformat("minutes")}
            for begin, end in when.sessions
        ],
        "parts": [data(part) for part in when.parts],
        "start_time": when.start_time and when.start_time.isoformat("minutes"),
        "end_time": when.end_time and when.end_time.isoformat("minutes"),
    }


def standing(event: Event) -> EventStatus:
    """The status that holds: what a withdrawn plan announced does not take place."""
    if event.plan.status is PlanStatus.WITHDRAWN and event.status is not EventStatus.DONE:
        return EventStatus.CANCELLED
    return event.status
