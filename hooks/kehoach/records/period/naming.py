"""The stretches of a year that have a name, from a day to a year, and what they are called."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    """The coarsest unit the words name; from fine to coarse."""

    DAY = "day"
    PART_OF_MONTH = "part_of_month"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


DAY, PART_OF_MONTH, MONTH, QUARTER, YEAR = Precision
COARSENESS = {precision: rank for rank, precision in enumerate(Precision)}

# Parts of a unit, first to last: days of a month, months of a quarter or of a year. The thirds of a
# month are its thượng, trung and hạ tuần; the other units are divided alike.
PARTS = {
    YEAR: {"": (1, 12), "đầu": (1, 4), "giữa": (5, 8), "cuối": (9, 12)}
    | {"6 tháng đầu": (1, 6), "6 tháng cuối": (7, 12)},
    QUARTER: {"": (1, 3), "đầu": (1, 1), "giữa": (2, 2), "cuối": (3, 3)},
    MONTH: {"": (1, 31), "đầu": (1, 10), "giữa": (11, 20), "cuối": (21, 31)}
    | {"tuần thứ nhất": (1, 7), "tuần thứ hai": (8, 14)}
    | {"tuần thứ ba": (15, 21), "tuần thứ tư": (22, 28)},
    DAY: {"": (1, 1)},
}
THIRDS = ("", "đầu", "giữa", "cuối")


def format_day(day: date) -> str:
    """“ngày 06 tháng 5 năm 2022”: a zero before days 1 to 9 and months 1 and 2, no other."""
    return name_of(DAY, "", day)


def grain(unit: Precision, part: str) -> Precision:
    """How precise a part ('' for the whole) of a unit is."""
    return PART_OF_MONTH if unit is MONTH and part else unit


def stretch(day: date, unit: Precision, part: str) -> tuple[date, date]:
    """First and last day of a part ('' for the whole) of the unit that holds `day`."""
    if unit is DAY:
        return day, day
    first, last = PARTS[unit][part]
    if unit is MONTH:
        last = min(last, monthrange(day.year, day.month)[1])
        return day.replace(day=first), day.replace(day=last)
    before = 0 if unit is YEAR else (day.month - 1) // 3 * 3
    end = date(day.year, before + last, monthrange(day.year, before + last)[1])
    return date(day.year, before + first, 1), end


def name_of(unit: Precision, part: str, day: date, *, year: bool = True) -> str:
    """A part ('' for the whole) of the unit that holds `day`: “cuối tháng 10 năm 2022”."""
    month = f"{day.month:02}" if day.month < 3 else f"{day.month}"
    names = {
        DAY: f"ngày {day.day:02} tháng {month}",
        MONTH: f"tháng {month}",
        QUARTER: f"quý {('I', 'II', 'III', 'IV')[(day.month - 1) // 3]}",
        YEAR: f"năm {day.year}",
    }
    name = f"{part} {names[unit]}".lstrip()
    return f"{name} năm {day.year}" if year and unit is not YEAR else name


def namings(day: date, precision: Precision) -> Iterator[tuple[Precision, str, date, date]]:
    """Every stretch of time with a name that holds `day`, coarsest first: unit, part, its ends."""
    for unit, parts in PARTS.items():
        for part in parts:
            if COARSENESS[grain(unit, part)] <= COARSENESS[precision]:
                yield unit, part, *stretch(day, unit, part)
