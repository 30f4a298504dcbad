"""Written times for machines: a day only where the day is certain."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple, TypeGuard

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


class Occurrence(NamedTuple):
    """Once that something takes place: from `start` to the exclusive `end`, as `moments` gives them.

    `days` bound it; where `certain` is not, it is no more than somewhere between them. With `daily`
    it takes place on so many days, one after the other.
    """

    words: str
    start: date | datetime
    end: date | datetime | None
    days: tuple[date, date]
    certain: bool
    daily: int = 1


def occurrences(when: Period | None) -> Iterator[Occurrence]:
    """Each time that a list names, and each session of a day; nothing for what has no day."""
    for part in when.each if when else ():
        days = part.span
        if days is None:
            continue
        if not certain(part):
            yield Occurrence(part.words, days[0], days[1] + timedelta(days=1), days, certain=False)
            continue
        for begin, close in part.sessions:
            start, end = at(days[0], begin), at(days[0], close) if close else None
            daily = (days[1] - days[0]).days + 1
            yield Occurrence(part.words, start, end, days, certain=True, daily=daily)
        if not part.sessions:
            first, after = moments(part)
            yield Occurrence(part.words, first, after, days, certain=True)


def at(day: date, hour: time = time()) -> datetime:
    return datetime.combine(day, hour, TIMEZONE)


@lru_cache(maxsize=10_000)
def data(when: Period | None) -> dict[str, Any] | None:
    """A time as JSON: its words, what is known, and how well; no day stands without the rest.

    Equal times are one object, which nobody writes to.
    """
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
