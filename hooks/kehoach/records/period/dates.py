"""Dates as they are written: a point of time of any coarseness, and what it takes from others.

“tháng” tells what the number after it counts, and the numbers after that go up from there, so “ngày …
tháng 10 năm 2022”, “ngày 18/5 năm 2022” and “quý II/2024” are all read alike. A date may leave out
what the date beside it says: “04 - 20/5/2022”, “từ 25/12/2025 đến 10/01”.
"""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import NoReturn

from kehoach.records.period.meaning import PeriodError
from kehoach.records.period.naming import (
    COARSENESS,
    DAY,
    MONTH,
    PARTS,
    QUARTER,
    YEAR,
    Precision,
    grain,
    stretch,
)
from kehoach.records.period.words import LUNAR_MONTHS, Item

Unit = Precision | None  # None: of a bare number, which another date explains
Numbers = dict[Unit, int]

UNITS = {"ngày": DAY, "tháng": MONTH, "quý": QUARTER, "năm": YEAR}
LIKE = "ghi như “18/5/2022”, “từ ngày 04 - 20/5/2022”, “cuối tháng 10/2022”"
_CHAINS: dict[Unit, tuple[Precision, ...]] = {
    DAY: (DAY, MONTH, YEAR),
    MONTH: (MONTH, YEAR),
    QUARTER: (QUARTER, YEAR),
    YEAR: (YEAR,),
}
_AFTER: dict[Unit, tuple[Precision, ...]] = {
    None: (DAY, MONTH, QUARTER, YEAR),
    DAY: (MONTH, YEAR),
    MONTH: (YEAR,),
    QUARTER: (YEAR,),
    YEAR: (),
}
_LIMITS = {
    DAY: range(1, 32),
    MONTH: range(1, 13),
    QUARTER: range(1, 5),
    YEAR: range(1900, 2200),
}
_NTH_WEEK = ("tuần thứ nhất", "tuần thứ hai", "tuần thứ ba", "tuần thứ tư")
# How far apart two dates may lie where a year is only named at one of them and the turn of the year
# is between them: “từ 25/12 đến 10/01/2026”.
_OVER_NEW_YEAR = timedelta(days=183)


@dataclass(slots=True)
class Point:
    """One date as read: its numbers by unit, its part, or how many of a unit at its edge."""

    words: str
    column: int
    named: Unit = None
    part: str = ""
    numbers: Numbers = field(default_factory=dict)
    joint: str = ""  # what joins it to the date before: "", ",", "-", "đến", "đến hết", …
    count: tuple[int, str] | None = None  # “9 tháng đầu”: (9, "tháng"), with the part
    years_on: int | None = None  # “năm sau”: 1
    borrowed: bool = False  # its year is that of the date after it
    lunar: bool = False  # “23 tháng Chạp”, “rằm tháng 8”

    @property
    def blank(self) -> bool:
        """Whether the place of its day is left open: “ngày …/8/2025”."""
        return self.named is DAY and self.unit is not DAY

    @property
    def unit(self) -> Unit:
        if None in self.numbers:
            return None
        return min(
            (unit for unit in self.numbers if unit), key=COARSENESS.__getitem__, default=YEAR
        )


def fail(kind: str, column: int, message: str, hint: str) -> NoReturn:
    raise PeriodError(message, hint, kind=f"{kind}-date", column=column)


def unknown(item: Item) -> NoReturn:
    fail("unknown", item.column, f"không hiểu “{item.text}”", LIKE)


def ambiguous(item: Item, hint: str) -> NoReturn:
    fail("ambiguous", item.column, f"“{item.text}” có thể hiểu hai cách", hint)


def begins_point(items: list[Item], at: int) -> bool:
    """Whether a date begins at the item `at`."""
    kind = items[at].kind
    if kind == "number" and not isinstance(items[at].value, int):
        return False
    return kind in {"unit", "part", "iso", "number", "roman", "short", "day of month", "year"} or (
        kind == "blank" and items[at + 1].kind == "/"
    )


class PointReader:
    """Reads the date that begins at an item of a text."""

    def __init__(self, items: list[Item], text: str) -> None:
        self.items = items
        self.text = text

    def read(self, at: int, context: Unit) -> tuple[Point, int]:
        """The date at item `at`, after one of the unit `context`, and where the next item is."""
        point = Point("", self.items[at].column)
        first, at = at, self._lead(point, at)
        pending: Unit = point.named
        last: Unit = point.named
        while True:
            item = self.items[at]
            comma = item.kind == "," and last is not None and self._unit_after(at + 1, last)
            at += comma
            item = self.items[at]
            if item.kind == "unit" and item.unit in _AFTER[last]:
                if item.value is YEAR and last is MONTH and pending is MONTH:
                    at = self._month_named_five(point, at)
                    if MONTH in point.numbers:
                        pending = None
                        continue
                pending = last = item.unit
                point.named = point.named or pending
                at += 1
            elif item.kind == "short" and last is None:
                pending = last = point.named = MONTH if item.text[0] == "t" else QUARTER
                at += 1
            elif item.kind == "day of month" and (last is None or pending is DAY):
                pending = last = DAY
                point.named = point.named or DAY
                if item.number:  # “rằm”: the fifteenth, of lunar months alone
                    point.numbers[DAY], pending, point.lunar = item.number, None, True
                at += 1
            elif self._is_sign_before_year(at, last):
                pending = last = YEAR
                at += 1
            elif item.kind == "/" and last in (DAY, MONTH, QUARTER):
                pending = last = _CHAINS[last][1]
                at += 1
            elif self._is_number(at, pending) and (pending or not point.numbers):
                at, last = self._number(point, at, pending, context)
                pending = None
            elif item.kind == "word" and pending is MONTH and item.text in LUNAR_MONTHS:
                point.numbers[MONTH], pending, point.lunar = LUNAR_MONTHS[item.text], None, True
                at += 1
            elif item.kind == "year" and YEAR in _AFTER[last]:
                point.years_on, last, pending = item.number, YEAR, None
                point.named = point.named or YEAR
                at += 1
            elif item.kind == "blank" and (pending or last is None):
                pending = last = pending or DAY
                point.named = point.named or DAY
                at += 1
            else:
                break
        return self._finished(point, first, at), at

    def _lead(self, point: Point, at: int) -> int:
        """A part, a week of a month or a count, which stand before the date that they are of."""
        items = self.items
        item = items[at]
        if item.kind == "part":
            point.part, at = str(item.value), at + 1
        elif (counted := self._count(at)) is not None:
            point.count, point.part, at = counted
        elif item.kind == "unit" and item.value == "tuần":
            at = self._week(point, at)
        if point.part and items[at].kind == "of":
            at += 1
        return at

    def _week(self, point: Point, at: int) -> int:
        """“tuần thứ ba”, “tuần 3”, “tuần đầu” of a month, and its last seven days."""
        after, later = self.items[at + 1], self.items[at + 2]
        number, taken = 0, 2
        if after.kind == "weekday":  # the same words: “thứ ba”
            number = after.number + 2
        elif after.kind == "ordinal":
            number, taken = (after.number, 2) if after.number else (later.number, 3)
        elif after.kind == "part" and after.value == "cuối":
            point.count, point.part = (1, "tuần"), "cuối"
            return at + 2
        elif after.kind == "part" and after.value == "đầu":
            number = 1
        elif after.kind == "number" and later.kind == "unit":
            number = after.number
        if not 1 <= number <= len(_NTH_WEEK):
            unknown(self.items[at])
        point.part = _NTH_WEEK[number - 1]
        return at + taken

    def _count(self, at: int) -> tuple[tuple[int, str], str, int] | None:
        """“9 tháng đầu”, “hai quý cuối”, “5 ngày đầu”; “10 tháng” of a year."""
        number, unit, edge, year = self.items[at : at + 4]
        if number.kind != "number" or not isinstance(number.value, int) or unit.kind != "unit":
            return None
        if edge.kind == "part" and edge.value in ("đầu", "cuối"):
            return (number.value, unit.text), str(edge.value), at + 3
        of_year = edge.kind == "unit" and edge.value is YEAR and unit.value is MONTH
        if of_year and year.kind == "number" and len(year.text) == 4:
            return (number.value, unit.text), "đầu", at + 2
        return None

    def _is_sign_before_year(self, at: int, last: Unit) -> bool:
        """“quý IV-2025”, “quý IV.2025”, without spaces."""
        before, sign, year = self.items[at - 1], self.items[at], self.items[at + 1]
        glued = before.end == sign.column and sign.end == year.column
        return (
            last is QUARTER
            and before.kind == "roman"
            and sign.text in ("-", ".")
            and glued
            and year.kind == "number"
            and len(year.text) == 4
        )

    def _unit_after(self, at: int, last: Unit) -> bool:
        item = self.items[at]
        return item.kind == "unit" and item.unit in _AFTER[last]

    def _month_named_five(self, point: Point, at: int) -> int:
        """“tháng năm năm 2025”, “tháng năm, 2025”: the fifth month; “tháng năm 2025” names none."""
        after = self.items[at + 1]
        if (after.kind == "unit" and after.value is YEAR) or after.kind == "year":
            point.numbers[MONTH] = 5
            return at + 1
        if DAY not in point.numbers and after.kind == "number":
            blanks = (
                self.items[at - 2].kind in ("unit", "blank") or self.items[at - 1].kind == "blank"
            )
            if not blanks:
                ambiguous(self.items[at], "ghi tháng bằng số, ví dụ “tháng 5 năm 2025”")
        elif after.kind != "number":
            point.numbers[MONTH] = 5
            return at + 1
        return at

    def _is_number(self, at: int, pending: Unit) -> bool:
        item = self.items[at]
        if item.kind == "number" and item.text.isalpha():
            return pending in (DAY, MONTH, QUARTER)
        return item.kind in ("number", "iso", "roman") and item.value != 0.5

    def _number(self, point: Point, at: int, pending: Unit, context: Unit) -> tuple[int, Unit]:
        """Numbers and what each counts: as its word says, its shape, or the date before it."""
        item = self.items[at]
        values, texts, end = self._run(at, pending or context)
        after = self.items[end]
        if item.kind == "iso":
            units: tuple[Unit, ...] = (YEAR, MONTH, DAY)
            if pending not in (None, YEAR, DAY, MONTH):
                unknown(item)
        elif item.kind == "roman" and QUARTER not in (pending, context):
            unknown(item)
        elif len(values) > 1 and len(texts[-1]) == 4 and len(values) == 2:
            below = pending or context
            units = (below if below in (MONTH, QUARTER) else MONTH, YEAR)
        elif pending:
            units = _CHAINS[pending]
        elif item.kind == "roman":
            units = (QUARTER,)
        elif len(values) == 1 and len(texts[0]) == 4:
            units = (YEAR,)
        elif len(values) == 1:
            below = context if context in (MONTH, QUARTER) else MONTH
            named = {"tháng": DAY, "năm": below}.get(after.text) if after.kind == "unit" else None
            units = (named or context,)
        else:
            units = _CHAINS[DAY]
        if len(values) > len(units):
            unknown(item)
        for unit, value, text in zip(units, values, texts, strict=False):
            point.numbers[unit] = self._year(item, value, text, units) if unit is YEAR else value
        last = units[len(values) - 1]
        return end, YEAR if item.kind == "iso" or last is None else last

    def _year(self, item: Item, value: int, text: str, units: tuple[Unit, ...]) -> int:
        """A year of two digits stands after a day and a month, or after “năm”."""
        if len(text) != 2:
            return value
        if units == (MONTH, YEAR) or units == (QUARTER, YEAR):
            ambiguous(item, "ghi năm đủ bốn chữ số")
        return 2000 + value

    def _run(self, at: int, unit: Unit) -> tuple[list[int], list[str], int]:
        """Numbers that signs bind into one date: 18/5/2022, 18-5-2022, 18.5, 5/2022."""
        first = self.items[at]
        if first.kind == "iso":
            texts = first.text.replace("/", "-").split("-")
            return [int(text) for text in texts], texts, at + 1
        values, texts, sign = [first.number], [first.text], ""
        if not first.text.isdigit() or len(first.text) > 2:
            return values, texts, at + 1
        while len(values) < 3 and self._bound(at + 2 * len(values) - 1, sign):
            sign = self.items[at + 2 * len(values) - 1].text
            following = self.items[at + 2 * len(values)]
            values.append(following.number)
            texts.append(following.text)
        while len(values) > 1 and sign != "/" and not self._is_one_date(at, sign, texts, unit):
            values.pop()
            texts.pop()
        return values, texts, at + 2 * len(values) - 1

    def _bound(self, at: int, sign: str) -> bool:
        mark, number = self.items[at], self.items[at + 1]
        if mark.text not in ("/", "-", ".") or sign not in ("", mark.text):
            return False
        return number.kind == "number" and number.text.isdigit()

    def _is_one_date(self, at: int, sign: str, texts: list[str], unit: Unit) -> bool:
        """Whether numbers with dashes or dots between them are one date and no range."""
        end = at + 2 * len(texts) - 1
        width = self.items[end - 1].end - self.items[at].column
        glued = width == len(sign.join(texts))
        if len(texts[0]) > 2 or any(len(text) > 2 for text in texts[:-1]):
            return False
        if len(texts) == 3:
            return unit in (None, DAY) and (len(texts[2]) == 4 or (glued and len(texts[2]) == 2))
        if not glued:
            return False
        if len(texts[1]) == 4:
            return unit is not DAY
        after = self.items[end + (self.items[end].kind == ",")]
        if after.kind == "/" or (after.kind == "unit" and after.value is MONTH):
            return False
        if self._bound(end, sign) and self.items[end].column == self.items[end - 1].end:
            return False
        low, high = int(texts[0]), int(texts[1])
        if unit not in (None, DAY) or low not in _LIMITS[DAY] or high not in _LIMITS[MONTH]:
            return False
        if after.kind == "unit" and after.value is YEAR and unit is None:
            ambiguous(self.items[at], "ghi “ngày” hoặc “tháng” trước các số")
        return True

    def _finished(self, point: Point, first: int, at: int) -> Point:
        items = self.items
        point.words = self.text[point.column : items[at - 1].end].strip()
        if not point.numbers and point.years_on is None and point.named is not YEAR:
            fail("ambiguous", items[first].column, f"“{point.words}” chưa có số", LIKE)
        if point.count:
            self._check_count(point)
        elif point.part in ("nửa đầu", "nửa cuối"):
            if point.unit not in (YEAR, MONTH):
                fail("unknown", point.column, f"không hiểu “{point.words}”", LIKE)
        elif point.part and (
            point.unit is None
            or point.part not in PARTS[point.unit]
            or point.named not in (None, point.unit)
        ):
            fail("unknown", point.column, f"không hiểu “{point.words}”", LIKE)
        if point.named is DAY and point.unit is MONTH and self._two_readings(first, at):
            ambiguous(items[first + 1], "ghi đủ ngày và tháng, ví dụ “ngày 5/6/2025”")
        return point

    def _two_readings(self, first: int, at: int) -> bool:
        """“ngày 5/2025”: a month after “ngày”, and nothing between where the day would be."""
        return (
            self.items[first].kind == "unit"
            and self.items[first + 1].kind == "number"
            and at - first == 4
        )

    def _check_count(self, point: Point) -> None:
        assert point.count
        number, unit = point.count
        most = {
            ("tháng", YEAR): 12,
            ("tháng", QUARTER): 3,
            ("quý", YEAR): 4,
            ("tuần", MONTH): 4,
            ("tuần", YEAR): 52,
            ("ngày", MONTH): 28,
            ("ngày", YEAR): 365,
        }.get((unit, point.unit or DAY), 0)
        if not 1 <= number <= most:
            fail("unknown", point.column, f"không hiểu “{point.words}”", LIKE)


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a point, and how precise it is."""

    start: date
    end: date
    precision: Precision
    some: bool = False  # days somewhere inside, not all of them


def spans_of(points: list[Point], year: int | None) -> tuple[list[Span], bool]:
    """The days of each point, and whether `year` stands in for one that none of them names."""
    assumed = _complete(points, year)
    spans = [span_of(point) for point in points]
    if not assumed:
        _carry_over_new_year(points, spans)
    return spans, assumed


def _complete(points: list[Point], year: int | None) -> bool:
    """Fill in what a date leaves to the date after it, then to the one before; nothing is guessed.

    Whether `year` had to stand in.
    """
    written = next((point.numbers[YEAR] for point in points if YEAR in point.numbers), None)
    base = year if written is None else written
    relative = [point for point in points if point.years_on is not None]
    if base is None:
        _lacks(points[-1], "năm")
    for point in relative:
        point.numbers[YEAR] = base + (point.years_on or 0)
    if written is None and not relative:
        points[-1].numbers[YEAR] = base
    last = max(index for index, point in enumerate(points) if YEAR in point.numbers)
    for before, point in pairwise(points[last:]):
        _take_from_before(point, before)
    for point, after in reversed(list(pairwise(points))):
        _take_from_after(point, after)
    if points[-1].unit is None or (points[-1].unit is DAY and MONTH not in points[-1].numbers):
        _lacks(points[-1], "tháng" if points[-1].unit is DAY else "tháng, năm")
    return written is None and not relative


def _lacks(point: Point, what: str) -> NoReturn:
    hint = "ghi đủ, ví dụ “18/5/2022” hoặc “tháng 5/2022”"
    fail("ambiguous", point.column, f"“{point.words}” chưa có {what}", hint)


def _take_from_before(point: Point, before: Point) -> None:
    """“từ 25/12/2025 đến 10/01”: the year of the date before, or the one after it."""
    if None in point.numbers and before.unit in (DAY, MONTH, QUARTER):
        point.numbers[before.unit] = point.numbers.pop(None)
    if point.unit is DAY and MONTH not in point.numbers and MONTH in before.numbers:
        point.numbers[MONTH] = before.numbers[MONTH]
    point.numbers[YEAR] = before.numbers[YEAR]
    if None in point.numbers or (point.unit is DAY and MONTH not in point.numbers):
        return
    first, second = span_of(before), span_of(point)
    if second.end < first.start:
        point.numbers[YEAR] += 1
        if span_of(point).end - first.start > _OVER_NEW_YEAR:
            _lacks(point, "năm")


def _take_from_after(point: Point, after: Point) -> None:
    unit = after.unit
    if None in point.numbers:
        if unit in (None, YEAR):
            _lacks(point, "tháng, năm")
        point.numbers[unit] = point.numbers.pop(None)
    if point.unit is DAY and MONTH not in point.numbers:
        if unit is not DAY or MONTH not in after.numbers:
            _lacks(point, "tháng")
        point.numbers[MONTH] = after.numbers[MONTH]
    if YEAR not in point.numbers:
        # “tháng 5 - 2022” may be one month or eight; “tháng 5 đến hết năm 2022” is not
        whole = unit is YEAR and not after.part and not after.count and "hết" not in after.joint
        if whole or YEAR not in after.numbers:
            _lacks(point, "năm")
        point.numbers[YEAR] = after.numbers[YEAR]
        point.borrowed = True
        if after.years_on and span_of(point).start <= span_of(after).end and "đến" in after.joint:
            _lacks(point, "năm")  # “từ tháng 5 đến tháng 6 năm sau” lasts two months, or fourteen


def _carry_over_new_year(points: list[Point], spans: list[Span]) -> None:
    """“từ 25/12 đến 10/01/2026”: the year that the first date leaves out is the one before."""
    for index in range(len(points) - 2, -1, -1):
        point, after = points[index], spans[index + 1]
        if not point.borrowed or spans[index].start <= after.end:
            continue
        if spans[index].start.month == after.end.month:
            continue  # “20/5 - 04/5/2022” is a slip
        for earlier in range(index + 1):
            if points[earlier].borrowed:
                points[earlier].numbers[YEAR] -= 1
                spans[earlier] = span_of(points[earlier])
        if after.end - spans[index].start > _OVER_NEW_YEAR:
            _lacks(point, "năm")


def check_limits(point: Point) -> None:
    """Raise for a number that its unit does not have: “tháng 13”."""
    for word, unit in UNITS.items():
        number, limits = point.numbers.get(unit, _LIMITS[unit][0]), _LIMITS[unit]
        if number not in limits:
            hint = f"ghi {word} từ {limits[0]} đến {limits[-1]}"
            fail("invalid", point.column, f"“{point.words}”: không có {word} {number}", hint)


def check_day_of_month(point: Point) -> None:
    """Raise for a day that its month has in no year: “31/4 hằng năm”."""
    check_limits(point)
    day, month = point.numbers.get(DAY, 1), point.numbers.get(MONTH, 1)
    longest = monthrange(2000, month)[1]
    if day > longest:
        most = f"tháng {month} có nhiều nhất {longest} ngày"
        fail("invalid", point.column, f"“{point.words}”: không có ngày {day}; {most}", "xem lại")


def span_of(point: Point) -> Span:
    """The days of a complete point."""
    unit = point.unit
    if unit is None:
        _lacks(point, "tháng, năm")
    check_limits(point)
    month = point.numbers.get(MONTH, 3 * point.numbers.get(QUARTER, 1) - 2)
    year, day = point.numbers[YEAR], point.numbers.get(DAY, 1)
    longest = monthrange(year, month)[1]
    if day > longest:
        most = f"tháng {month} năm {year} có {longest} ngày"
        fail("invalid", point.column, f"“{point.words}”: không có ngày {day}; {most}", "xem lại")
    at = date(year, month, day)
    if point.count:
        return _counted(point.count, point.part, *stretch(at, unit, ""))
    if point.part in ("nửa đầu", "nửa cuối"):
        first, last = stretch(at, unit, "")
        if unit is YEAR:
            part = "6 tháng đầu" if point.part == "nửa đầu" else "6 tháng cuối"
            return Span(*stretch(at, unit, part), YEAR)
        half = first.replace(day=15)
        ends = (first, half) if point.part == "nửa đầu" else (half + timedelta(days=1), last)
        return Span(*ends, DAY, some=True)
    return Span(*stretch(at, unit, point.part), grain(unit, point.part))


def _counted(count: tuple[int, str], edge: str, first: date, last: date) -> Span:
    """The first or last so many months, quarters, weeks or days of a stretch."""
    number, unit = count
    if unit in ("ngày", "tuần"):
        length = timedelta(days=number * (7 if unit == "tuần" else 1) - 1)
        ends = (first, first + length) if edge == "đầu" else (last - length, last)
        return Span(*ends, DAY, some=True)
    months = number * (3 if unit == "quý" else 1)
    if edge == "đầu":
        month = first.month + months - 1
        ends = first, date(first.year, month, monthrange(first.year, month)[1])
    else:
        ends = date(last.year, last.month - months + 1, 1), last
    if months in (6, 12):
        return Span(*ends, YEAR)
    return Span(*ends, MONTH if unit == "tháng" else QUARTER)
