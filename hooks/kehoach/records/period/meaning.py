"""The meaning of a written time, and its form in EDTF."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum
from math import ceil
from typing import Any

from kehoach.records.period.naming import (
    COARSENESS,
    DAY,
    MONTH,
    PART_OF_MONTH,
    YEAR,
    Precision,
    name_of,
    namings,
    stretch,
)


class Relation(StrEnum):
    """ON fills start..end, WITHIN falls somewhere inside; BEFORE and AFTER know one bound only."""

    ON = "on"
    WITHIN = "within"
    BEFORE = "before"
    AFTER = "after"


class PeriodError(ValueError):
    """A text that states what cannot be: the message says what is wrong, `hint` what to write instead.

    `kind`: invalid-date (31/2), reversed-date or contradictory-date (a weekday that is not that
    day's); `column`: the offset in the text, from 0, of the part at fault.
    """

    def __init__(self, message: str, hint: str, *, kind: str, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.kind = kind
        self.column = column

    def __str__(self) -> str:
        return f"{self.message}; hãy {self.hint}"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a text is not understood, and in `hint` what to write instead.

    `kind`: unknown-date or ambiguous-date; `column`: the offset in the text, from 0.
    """

    kind: str
    message: str
    hint: str
    column: int


ON, WITHIN, BEFORE, AFTER = Relation
_ONE_DAY = timedelta(days=1)

# Calendar days one unit of a duration can fill: at least, at most. A week may be a working week.
_FILLS = {
    "phút": (0, 1 / 480),
    "giờ": (0, 1 / 8),
    "buổi": (1 / 3, 1 / 2),
    "ngày": (1, 1),
    "tuần": (5, 7),
    "tháng": (28, 31),
}

ALWAYS = "thường xuyên"  # a rhythm without a measure


@dataclass(frozen=True, slots=True)
class Duration:
    """How long: `amount`, a multiple of 0.5, of `unit`: phút, giờ, buổi, ngày, tuần, tháng.

    `at_most`: “không quá 30 ngày”; `working`: “05 ngày làm việc”. Neither says when it ends.
    """

    amount: float
    unit: str
    at_most: bool = False
    working: bool = False

    def __str__(self) -> str:
        whole = self.amount == int(self.amount)
        amount = f"{int(self.amount):02}" if whole else f"{self.amount}".replace(".", ",")
        amount = "nửa" if self.amount == 0.5 else amount
        lead = "không quá " if self.at_most else "kéo dài " if self.unit == "giờ" else ""
        return f"{lead}{amount} {self.unit}{' làm việc' if self.working else ''}"

    @property
    def ends(self) -> bool:
        """Whether what begins on a certain day ends on a certain day."""
        return not (self.at_most or self.working)

    def days(self) -> tuple[int, int]:
        """The fewest and the most calendar days it can fill."""
        fewest, most = _FILLS[self.unit]
        return ceil(self.amount * fewest), ceil(self.amount * most)


Session = tuple[time, time | None]  # from, and to where that is said


@dataclass(frozen=True, slots=True)
class Period:
    """A written time: `words` (NFC, single spaces) and what they say.

    `start` and `end` are the first and last day of what is named; BEFORE has no start, AFTER no
    end, what recurs and names no year (“định kỳ 6 tháng và năm”, “ngày 25 hằng tháng”) neither.
    With `exclusive` (“trước”, “sau”) the bound is itself outside, without (“chậm nhất”, “kể từ”)
    inside. Anything named by more than days is WITHIN. What is due is asked of `first`, `last` and
    `span`, which count that in.

    `sessions` are the hours of each day, where they are more than one stretch of one day:
    `start_time` and `end_time` are then the outer ones. `doubt` tells why the words are not
    understood; such a time, and one relative to an event (“kể từ ngày ký”), has no dates. `parts` are
    the times of one that was written as a list: it lies somewhere between the first and the last.
    `year_assumed`: the words name no year, the one that was given stands in.
    """

    words: str
    start: date | None
    end: date | None
    precision: Precision
    relation: Relation
    approximate: bool = False
    duration: Duration | None = None
    recurrence: tuple[str, ...] = ()
    start_time: time | None = None
    end_time: time | None = None
    exclusive: bool = False
    sessions: tuple[Session, ...] = ()
    doubt: Doubt | None = None
    parts: tuple["Period", ...] = ()
    year_assumed: bool = field(default=False, compare=False)

    def __reduce__(self) -> tuple[Any, ...]:
        return Period, tuple(getattr(self, name) for name in self.__slots__)

    @property
    def bounds(self) -> tuple[date, date]:
        """`start` and `end` of a period that has both, as everything `exact` does; ValueError of others."""
        if self.start is None or self.end is None:
            raise ValueError(f"no bounds: {self.words}")
        return self.start, self.end

    @property
    def understood(self) -> bool:
        return self.doubt is None

    @property
    def each(self) -> "tuple[Period, ...]":
        """The times that a list names, or this one."""
        return self.parts or (self,)

    @property
    def undated(self) -> bool:
        """Whether neither a date nor a rhythm is known, only the words."""
        return not (self.start or self.end or self.recurrence)

    @property
    def exact(self) -> bool:
        """Whether the day, or the run of days, is certain: no other date may be published."""
        if self.precision is not DAY or self.relation is not ON or self.parts:
            return False
        if self.approximate or self.recurrence:
            return False
        start, end = self.bounds
        return not self.duration or self.duration.days()[1] >= (end - start).days + 1

    @property
    def rhythm(self) -> str:
        """How it recurs: “hằng tháng”, “định kỳ 6 tháng và năm”; "" where it does not."""
        return _cycle(self.recurrence)

    @property
    def first(self) -> date | None:
        """The first day that is not too early: “sau ngày 14/5” begins with the 15th."""
        outside = self.relation is AFTER and self.exclusive and not self.start_time
        return self.start + _ONE_DAY if outside and self.start else self.start

    @property
    def last(self) -> date | None:
        """The last day that is not too late, on which a deadline is due: the 13th for “trước ngày
        14/5”, the 14th for “trước 17 giờ ngày 14/5”."""
        outside = self.relation is BEFORE and self.exclusive and not _opens(self.end_time)
        return self.end - _ONE_DAY if outside and self.end else self.end

    @property
    def span(self) -> tuple[date, date] | None:
        """The days that a calendar marks, both inclusive; None where the words name none.

        Of what has one bound that is the day itself, named by more than days the unit that ends or
        begins with it: the whole of May for “trước tháng 6”.
        """
        first, last = self.first, self.last
        if first and last:
            return first, last
        edge, side = (first, 0) if first else (last, 1)
        if edge is None:
            return None
        named = (
            (begin, end)
            for unit, _, begin, end in namings(edge, self.precision)
            if (begin, end)[side] == edge and (unit is DAY) == (self.precision is DAY)
        )
        return next(named, stretch(edge, MONTH, ""))

    @property
    def moment(self) -> tuple[date, time] | None:
        """The moment that lists sort by: the first day of `span` and its hour, of what is due the hour of that.

        Where no hour is named, the day begins with it. None where no day is named.
        """
        if self.parts:
            return min((moment for part in self.parts if (moment := part.moment)), default=None)
        span = self.span
        return span and (span[0], self.start_time or self.end_time or time.min)

    def edtf(self) -> str:
        """EDTF level 1 that says neither more nor less, times of a span apart; '' if none does."""
        vague = (self.precision is DAY and self.relation is WITHIN) or self.parts
        if vague or self.precision is PART_OF_MONTH or not (self.start or self.end):
            return ""
        # “trước ngày 14/5” leaves the 14th out, an EDTF interval holds its ends.
        start = _edtf_edge(self.first, self.precision, 0)
        end = _edtf_edge(self.last, self.precision, 1)
        if not (start and end):
            return ""
        if start == end and self.exact and self.start_time and not self.end_time:
            return f"{start}T{self.start_time}"
        edges = [edge + "~" * (self.approximate and edge != "..") for edge in (start, end)]
        return edges[0] if start == end else "/".join(edges)


def joined(periods: Sequence[Period]) -> Period:
    """One time that falls on each of `periods`, at least one, in their order."""
    if len(periods) == 1:
        return periods[0]
    firsts = [first for period in periods if (first := period.first or period.last)]
    lasts = [last for period in periods if (last := period.last or period.first)]
    return Period(
        "; ".join(period.words for period in periods),
        min(firsts, default=None),
        max(lasts, default=None),
        max((period.precision for period in periods), key=COARSENESS.__getitem__),
        WITHIN,
        approximate=any(period.approximate for period in periods),
        recurrence=() if firsts else _all_rhythms(periods),
        parts=tuple(periods),
        year_assumed=any(period.year_assumed for period in periods),
    )


def _all_rhythms(periods: Sequence[Period]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for period in periods for name in period.recurrence))


def document_date(period: Period) -> str:
    """The date line of a document; a day left blank stays blank: “ngày      tháng 10 năm 2022”.

    Raises PeriodError for a period that is not one plain day, month or year.
    """
    unit, start, end = period.precision, period.start, period.end
    plain = period == Period(period.words, start, end, unit, period.relation)
    if plain and start and unit in (DAY, MONTH, YEAR) and stretch(start, unit, "") == (start, end):
        return (f"ngày{' ' * 6}" if unit is MONTH else "") + name_of(unit, "", start)
    hint = "ghi một ngày, một tháng hoặc một năm, ví dụ “16/3/2021”"
    message = f"“{period.words}” không phải ngày của một văn bản"
    raise PeriodError(message, hint, kind="ambiguous-date", column=0)


def _opens(hour: time | None) -> bool:
    """Whether some of a day lies before `hour` of it."""
    return hour is not None and hour > time.min


def _cycle(names: tuple[str, ...]) -> str:
    if names and names[0] == ALWAYS:
        return ", ".join(filter(None, (ALWAYS, _cycle(names[1:]))))
    if not names or (len(names) == 1 and names[0].isalpha()):
        return "".join(f"hằng {name}" for name in names)
    return "định kỳ " + " và ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def _edtf_edge(day: date | None, precision: Precision, side: int) -> str:
    """The first (side 0) or last day of a unit as EDTF names it, '..' for None; '' if it is not."""
    if day is None:
        return ".."
    if stretch(day, precision, "")[side] != day:
        return ""
    return day.isoformat()[: {YEAR: 4, DAY: 10}.get(precision, 7)]
