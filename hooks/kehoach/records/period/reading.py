"""How written dates are read.

A text is cut into tokens (`_TOKENS`) and read once from left to right: words mark the whole
(`_MARKS`) or build its dates and times, whose order is its shape (`_SHAPES`).
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, NoReturn

from kehoach.records.period.meaning import (
    AFTER,
    BEFORE,
    ON,
    WITHIN,
    Duration,
    Period,
    PeriodError,
    Relation,
)
from kehoach.records.period.naming import (
    COARSENESS,
    DAY,
    MONTH,
    PARTS,
    QUARTER,
    THIRDS,
    YEAR,
    Precision,
    format_day,
    grain,
    stretch,
)

_LONGEST = 300  # characters; no written date comes near it
_UNITS = {"ngày": DAY, "tháng": MONTH, "quý": QUARTER, "năm": YEAR}
_CHAINS = {DAY: (DAY, MONTH, YEAR), MONTH: (MONTH, YEAR), QUARTER: (QUARTER, YEAR), YEAR: (YEAR,)}
_AFTER = {None: (*_CHAINS,), DAY: (MONTH, YEAR), MONTH: (YEAR,), QUARTER: (YEAR,), YEAR: ()}
_LIMITS = {
    DAY: range(1, 32),
    MONTH: range(1, 13),
    QUARTER: range(1, 5),
    YEAR: range(1900, 2200),
}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_AMOUNTS = {"nửa": 0.5, "một": 1, "hai": 2, "ba": 3, "bốn": 4}
_WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")

_PART_WORDS = {
    **{part: part for parts in PARTS.values() for part in parts if part},
    **{"thượng tuần": "đầu", "trung tuần": "giữa", "hạ tuần": "cuối"},
    **{"06 tháng đầu": "6 tháng đầu", "06 tháng cuối": "6 tháng cuối"},
    **dict.fromkeys(("tuần đầu", "tuần 1", "tuần thứ 1"), "tuần thứ nhất"),
    **dict.fromkeys(("tuần 2", "tuần thứ 2"), "tuần thứ hai"),
    **dict.fromkeys(("tuần 3", "tuần thứ 3"), "tuần thứ ba"),
    **dict.fromkeys(("tuần 4", "tuần thứ 4"), "tuần thứ tư"),
}

# Hours a part of the day can hold: “2 giờ chiều” is 14:00, “14 giờ sáng” contradicts itself.
_DAYPARTS = {
    "sáng": range(0, 12),
    "trưa": range(10, 14),
    "chiều": range(12, 19),
    "tối": range(17, 24),
    "đêm": range(20, 24),
}

# What a word says of the whole: a field of _Reading and its value; () says nothing.
_MARKS: dict[str, tuple] = {
    **dict.fromkeys(("dự kiến", "khoảng", "vào khoảng", "~", "?", "%"), ("approximate", True)),
    **dict.fromkeys(("trong", "trong khoảng", "khoảng thời gian"), ("within", True)),
    "trong khoảng thời gian": ("within", True),
    "trước": ("bound", (BEFORE, True)),
    **dict.fromkeys(("trước hoặc trong", "trước và trong"), ("bound", (BEFORE, False))),
    **dict.fromkeys(("trong hoặc trước", "trong và trước"), ("bound", (BEFORE, False))),
    **dict.fromkeys(("chậm nhất", "muộn nhất", "không quá", "../"), ("bound", (BEFORE, False))),
    **dict.fromkeys(("từ nay đến", "từ nay đến hết"), ("bound", (BEFORE, False))),
    "sau": ("bound", (AFTER, True)),
    **dict.fromkeys(("kể từ", "bắt đầu từ", "/.."), ("bound", (AFTER, False))),
    **dict.fromkeys(("vào", "lúc", "hồi", "là", "các", "cả", "của", "hoàn thành", "xong"), ()),
    **dict.fromkeys(("thời gian", "thực hiện", "tổ chức", "diễn ra", "giai đoạn"), ()),
}


# P a date, T a time of day, - a range: which of the times are the start's and the end's.
_SHAPES: dict[str, tuple[int | None, int | None]] = {
    **dict.fromkeys(("P", "P-P"), (None, None)),
    **dict.fromkeys(("TP", "PT", "TP-P", "PT-P"), (0, None)),
    "P-TP": (None, 0),
    **dict.fromkeys(("T-TP", "PT-T", "TP-TP", "PT-PT"), (0, 1)),
}


def _any(phrases: Iterable[str]) -> str:
    """A pattern for the longest of the phrases, however their words are spaced."""
    longest_first = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(r"\s+".join(p.split()) for p in longest_first) + r")\b"


_FOR = r"(?:kéo\s+dài|thời\s+lượng|trong(?:\s+vòng)?)\s+"
_COUNT = rf"(?:\d{{1,3}}|{_any(_AMOUNTS)})\s*"
_NUMBER_FOLLOWS = r"(?:\d|…|\.\.|_|iv?\b|ii)"
_CYCLE = r"(?:[1-9]\d?\s+)?(?:ngày|tuần|tháng|quý|năm)\b"
_NEXT_CYCLE = rf"\s*(?:,\s*và|,|và)\s+(?:h[ằà]ng\s+)?{_CYCLE}(?!\s*{_NUMBER_FOLLOWS})"
_TOKENS = {
    "recurrence": rf"(?:định\s+k[ỳì]|h[ằà]ng|mỗi)\s+(?:h[ằà]ng\s+)?{_CYCLE}(?:{_NEXT_CYCLE})*"
    r"(?:\s*/\s*lần\b|\s+(?:một|0?1)\s+lần\b)?",
    "part": _any(_PART_WORDS),
    # “8 giờ 15, 16/5”: a quarter past eight, or two days?
    "clash": r"\d{1,2}\s*giờ\s*\d{1,2}\s*(?:,|-|và|đến)\s*\d{1,2}\s*(?:/|tháng)",
    "duration": rf"{_FOR}{_COUNT}giờ\b|(?:{_FOR})?{_COUNT}(?:buổi|ngày|tuần|phút"
    rf"|tháng(?!\s*(?:{_NUMBER_FOLLOWS}|năm)))\b",
    "time": r"\d{1,2}\s*giờ(?:\s*\d{1,2}(?:\s*phút|(?!\d|\s*(?:/|tháng)|[.-]\d+[.-]\d)))?\b"
    r"|t?\d{1,2}(?:[hg]\d\d|:\d\d(?::00)?|[hg])\b",
    "iso": r"\d{4}(?:-\d\d(?:-\d\d)?)?(?!\d)",
    "number": r"\d{1,2}(?P<dot>[.-])\d{1,2}(?P=dot)\d{4}(?!\d)|\d{1,2}[.-]\d{4}(?!\d)"
    r"|\d+(?:\s*/\s*\d+){0,2}",
    "weekday": _any((*_WEEKDAYS, *(f"thứ {day}" for day in range(2, 8)))),
    "daypart": rf"(?:buổi\s+)?{_any(_DAYPARTS)}",
    "roman": _any(_ROMAN),
    "unit": _any(_UNITS),
    "mark": rf"\.\./(?=\d{{4}})|/\.\.(?!\.)|[~?%]|{_any(m for m in _MARKS if m[0].isalpha())}",
    "from": r"từ\b",
    "to": "-|" + _any(("đến", "đến hết", "tới", "tới hết")),
    "and": r",|và\b",
    "slash": "/",
    "blank": r"…+|\.{2,}|_+",
    "pause": r"[().;:]",
    "unknown": r"[^\W\d_]+|\S",
}
_TOKEN = re.compile("|".join(f"(?P<{k}>{p})" for k, p in _TOKENS.items()))
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")

_LIKE = "hãy ghi như “18/5/2022”, “từ ngày 04 - 20/5/2022”, “cuối tháng 10/2022”"
_ONE_BOUND = "“trước”, “sau” chỉ đi với một mốc; hãy ghi như “trước ngày 14/5/2022”"


def parse_period(text: str, *, year: int | None = None) -> Period:
    """The period `text` states, `year` where it names none.

    Raises PeriodError, and nothing else, for a text that is not understood to its last word.
    """
    if len(text) > _LONGEST:
        _fail("unknown", _LONGEST, f"thời gian dài quá {_LONGEST} ký tự; {_LIKE}")
    written = unicodedata.normalize("NFC", text)
    try:
        return _parsed(written, year)
    except PeriodError as error:
        prefixes = (unicodedata.normalize("NFC", text[:n]) for n in range(len(text) + 1))
        error.column = max(n for n, prefix in enumerate(prefixes) if len(prefix) <= error.column)
        raise


@lru_cache(maxsize=4096)
def _parsed(written: str, year: int | None) -> Period:
    """Of which the plans of a year have many in the same words."""
    return _period(_read(written), " ".join(written.split()), year)


class _Token(NamedTuple):
    kind: str
    text: str  # lower case, single spaces
    column: int


@dataclass(slots=True)
class _Point:
    """One date as read: its numbers by unit; None stands for the unit of a bare number."""

    words: str
    column: int
    part: str
    named: Precision | None
    numbers: dict[Precision | None, int]
    joint: str  # what joins it to the date before: "", ",", "-", "đến", "đến hết", …

    @property
    def unit(self) -> Precision | None:
        if None in self.numbers:
            return None
        return min(self.numbers, key=COARSENESS.get, default=YEAR)


@dataclass(slots=True)
class _Reading:
    """What a text said, in the order it said it."""

    shape: str = ""
    points: list[_Point] = field(default_factory=list)
    times: list[list[_Token]] = field(default_factory=list)  # a time, its part of the day if told
    since: int | None = None  # where in the shape “từ” stands
    dayparts: list[_Token] = field(default_factory=list)
    weekdays: list[_Token] = field(default_factory=list)
    duration: Duration | None = None
    recurrence: tuple[str, ...] = ()
    approximate: bool = False
    within: bool = False
    bound: tuple[Relation, bool] | None = None  # and whether it is exclusive

    def add(self, item: str, joint: str) -> None:
        two_dates = self.shape.endswith("P") and item == "P"
        self.shape += {"": "", ",": "," * two_dates}.get(joint, "-") + item


def _fail(kind: str, column: int, message: str) -> NoReturn:
    raise PeriodError(message, kind=f"{kind}-date", column=column)


def _unknown(token: _Token) -> NoReturn:
    _fail("unknown", token.column, f"không hiểu “{token.text}”; {_LIKE}")


def _tokens(text: str) -> list[_Token]:
    """The tokens of `text` and an end; lower case letter by letter, so that columns hold."""
    lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text.translate(_DASHES))
    found = _TOKEN.finditer(lower)
    tokens = [_Token(f.lastgroup, " ".join(f[0].split()), f.start()) for f in found]
    return [*tokens, _Token("end", "", len(text))]


def _read(text: str) -> _Reading:
    reading, joint, at = _Reading(), "", 0
    tokens = _tokens(text)
    while (token := tokens[at]).kind != "end":
        if token.kind in ("part", "unit", "iso", "number", "roman"):
            context = reading.points[-1].named if reading.points else None
            point, at = _point(tokens, at, text, context, joint)
            reading.points.append(point)
            reading.add("P", joint)
            joint = ""
            continue
        before, at = tokens[at - 1], at + 1
        iso = before.kind in ("iso", "time") or before.text in ("~", "?", "%")
        match token.kind, token.text:
            case "mark" | "slash", "/" | "/.." if not iso:
                _unknown(token)
            case "mark", "trước" | "sau" if before.kind == "duration":
                _unknown(token)  # “15 ngày trước ngày 18/5” counts days
            case "mark", word if said := _MARKS[word]:
                if said[0] == "bound" and reading.points and word != "/..":
                    _fail("ambiguous", token.column, _ONE_BOUND)
                setattr(reading, *said)
            case "from", _:
                reading.since = len(reading.shape)
            case "to" | "slash", sign if reading.shape or sign == "-":
                joint = sign
            case "to", _:
                reading.bound = reading.bound or (BEFORE, False)
            case "and", _:
                joint = joint or ","
            case "time", _:
                reading.times.append([token])
                reading.add("T", joint)
                joint = ""
            case "daypart", _:
                (reading.times[-1] if before.kind == "time" else reading.dayparts).append(token)
            case "weekday", _:
                reading.weekdays.append(token)
            case "duration", _:
                reading.duration = reading.duration or _duration(token)
            case "recurrence", words:
                cycles = (*reading.recurrence, *re.findall(_CYCLE, words))
                reading.recurrence = tuple(dict.fromkeys(cycles))
            case "clash", words:
                remedy = "hãy thêm “phút” hoặc “ngày”, ví dụ “8 giờ 15 phút, ngày 16/5/2022”"
                _fail("ambiguous", token.column, f"“{words}” có thể hiểu hai cách; {remedy}")
            case "mark" | "pause", _:
                pass
            case _:
                _unknown(token)
    if joint not in ("", ","):
        _fail("unknown", len(text), "thiếu ngày kết thúc; hãy ghi như “04 - 20/5/2022”")
    return reading


def _point(
    tokens: list[_Token], at: int, text: str, context: Precision | None, joint: str
) -> tuple[_Point, int]:
    """The date that begins at token `at`, and where the next token is.

    “tháng” tells what the number after it counts, and the numbers after that go up from there; so
    “ngày … tháng 10 năm 2022”, “ngày 18/5 năm 2022” and “quý II/2024” are all read alike.
    """
    first, part, numbers = tokens[at], "", {}
    if first.kind == "part":
        part = _PART_WORDS[first.text]
        at += 2 if tokens[at + 1].text == "của" else 1
    named = pending = last = None
    while True:
        comma = bool(last) and tokens[at].text == "," and tokens[at + 1].kind == "unit"
        token = tokens[at + comma]
        if token.kind == "unit" and _UNITS[token.text] in _AFTER[last]:
            pending = last = _UNITS[token.text]
            named = named or pending
        elif token.kind == "slash" and last in (DAY, MONTH, QUARTER):
            pending = last = _CHAINS[last][1]
        elif token.kind in ("iso", "number", "roman") and (pending or not numbers):
            values = [_ROMAN.get(n) or int(n) for n in re.findall(r"\w+", token.text)]
            units = _counted(token, values, pending, context, tokens[at + 1].text)
            if len(values) > len(units):
                _unknown(token)
            numbers |= zip(units, values, strict=False)
            pending, last = None, YEAR if token.kind == "iso" else units[len(values) - 1] or YEAR
        elif token.kind != "blank" or not pending:
            break
        at += 1 + comma
    words = text[first.column : tokens[at].column].strip()
    point = _Point(words, first.column, part, named, numbers, joint)
    if not numbers and named is not YEAR:
        _fail("ambiguous", first.column, f"“{words}” chưa có số; {_LIKE}")
    if part and (part not in PARTS.get(point.unit, ()) or named not in (None, point.unit)):
        _fail("unknown", first.column, f"không hiểu “{words}”; {_LIKE}")
    return point, at


def _counted(
    token: _Token,
    values: list[int],
    pending: Precision | None,
    context: Precision | None,
    after: str,
) -> tuple[Precision | None, ...]:
    """What each number of a token counts: as its word says, its shape, or the date before it."""
    if token.kind == "iso" and (len(values) > 1 or not pending):
        return YEAR, MONTH, DAY
    if pending:
        return _CHAINS[pending]
    if token.kind == "roman":
        return (QUARTER,) if context is QUARTER else _unknown(token)
    below_year = context if context in (MONTH, QUARTER) else MONTH
    match len(values):
        case 1:
            return ({"tháng": DAY, "năm": below_year}.get(after, context),)
        case 2 if values[1] > 999:
            return below_year, YEAR
    return _CHAINS[DAY]


def _duration(token: _Token) -> Duration:
    amount, unit = re.search(rf"({'|'.join(_AMOUNTS)}|\d+)\s*(\w+)$", token.text).groups()
    if amount.isdigit() and not int(amount):
        _fail("invalid", token.column, f"thời lượng “{token.text}” không có; hãy ghi như “01 ngày”")
    return Duration(_AMOUNTS.get(amount) or int(amount), unit)


def _clock(token: _Token, *dayparts: _Token) -> time:
    hour, minute = [*map(int, re.findall(r"\d+", token.text)), 0][:2]
    if hour > 23 or minute > 59:
        remedy = "hãy ghi từ 0 giờ 00 đến 23 giờ 59"
        _fail("invalid", token.column, f"không có giờ “{token.text}”; {remedy}")
    daypart = dayparts[0].text.split()[-1] if dayparts else ""
    hours = _DAYPARTS.get(daypart, range(24))
    if hour not in hours and hour + 12 not in hours:
        remedy = "hãy xem lại giờ, ví dụ “14 giờ 00”"
        _fail("ambiguous", token.column, f"“{token.text}” không thuộc buổi {daypart}; {remedy}")
    return time(hour if hour in hours else hour + 12, minute)


def _complete(points: list[_Point], year: int | None) -> None:
    """A date takes what it leaves out from the date after it: “04 - 20/5/2022”; never guessed."""
    if year is not None and not any(YEAR in point.numbers for point in points):
        points[-1].numbers[YEAR] = year
    after: _Point | None = None
    for point in reversed(points):
        missing = f"“{point.words}” chưa có {{}}; hãy ghi đủ, ví dụ “18/5/2022” hoặc “tháng 5/2022”"
        unit = after and after.unit
        if point.unit is None:
            if unit in (None, YEAR):
                _fail("ambiguous", point.column, missing.format("tháng, năm"))
            point.numbers[unit] = point.numbers.pop(None)
        if point.unit is DAY and MONTH not in point.numbers:
            if unit is not DAY:
                _fail("ambiguous", point.column, missing.format("tháng"))
            point.numbers[MONTH] = after.numbers[MONTH]
        if YEAR not in point.numbers:
            # “tháng 5 - 2022” may be one month or eight; “tháng 5 đến hết năm 2022” is not
            if not after or (unit is YEAR and not after.part and "hết" not in after.joint):
                _fail("ambiguous", point.column, missing.format("năm"))
            point.numbers[YEAR] = after.numbers[YEAR]
        after = point


def _check_limits(point: _Point) -> None:
    for word, unit in _UNITS.items():
        number, limits = point.numbers.get(unit, _LIMITS[unit][0]), _LIMITS[unit]
        if number not in limits:
            remedy = f"hãy ghi {word} từ {limits[0]} đến {limits[-1]}"
            _fail("invalid", point.column, f"“{point.words}”: không có {word} {number}; {remedy}")


def _span(point: _Point) -> tuple[date, date, Precision]:
    _check_limits(point)
    month = point.numbers.get(MONTH, 3 * point.numbers.get(QUARTER, 1) - 2)
    year, day = point.numbers[YEAR], point.numbers.get(DAY, 1)
    longest = monthrange(year, month)[1]
    if day > longest:
        remedy = f"tháng {month} năm {year} có {longest} ngày, hãy xem lại"
        _fail("invalid", point.column, f"“{point.words}”: không có ngày {day}; {remedy}")
    start, end = stretch(date(year, month, day), point.unit, point.part)
    return start, end, grain(point.unit, point.part)


def _period(reading: _Reading, words: str, year: int | None) -> Period:
    told = {name: getattr(reading, name) for name in ("approximate", "duration", "recurrence")}
    shape = re.sub("P(?:,P)+", "P", reading.shape)
    recurs = reading.recurrence and not any(YEAR in point.numbers for point in reading.points)
    if recurs and shape in ("", "T", *_SHAPES):
        for point in reading.points:
            _check_limits(point)
        return Period(words, None, None, YEAR, WITHIN, **told)
    if shape not in _SHAPES:
        kind = "ambiguous" if "T" in shape and "P" in shape else "unknown"
        _fail(kind, 0, f"“{words}” không phải một ngày hay một khoảng thời gian; {_LIKE}")
    start, end, precision = _dates(reading.points, words, year)
    opens, closes = _hours(reading, shape, start, end, precision)
    _check_weekday(reading.weekdays, start, end)

    bound, days = reading.bound, (end - start).days + 1
    if reading.since is not None and len(reading.points) == 1 and not bound:
        bound = (AFTER, False) if reading.shape.startswith("P", reading.since) else None
    if bound:
        if len(reading.points) > 1 or closes:
            _fail("ambiguous", reading.points[-1].column, _ONE_BOUND)
        relation, told["exclusive"] = bound
        edge = start if (relation is BEFORE) == told["exclusive"] else end
        start, end = (None, edge) if relation is BEFORE else (edge, None)
        opens, closes = (None, opens) if relation is BEFORE else (opens, None)
    elif precision is DAY:
        fewest, most = reading.duration.days() if reading.duration else (days, days)
        if fewest > days:
            message = f"thời lượng {reading.duration} dài hơn “{words}”; hãy xem lại"
            _fail("ambiguous", 0, message)
        relation = WITHIN if days > 1 and (reading.within or most < days) else ON
    else:
        relation = WITHIN
    return Period(words, start, end, precision, relation, start_time=opens, end_time=closes, **told)


def _dates(points: list[_Point], words: str, year: int | None) -> tuple[date, date, Precision]:
    for point in points:
        if len(points) > 1 and point.part not in THIRDS:
            _fail("unknown", point.column, f"“{point.words}” không đứng trong một khoảng; {_LIKE}")
    _complete(points, year)
    spans = [_span(point) for point in points]
    for (_, before), (point, after) in pairwise(zip(points, spans, strict=True)):
        if point.joint == "," and before[1] + timedelta(days=1) != after[0]:
            message = f"“{words}”: các ngày không liền nhau; hãy tách thành từng mục"
            _fail("ambiguous", point.column, message)
    start, end = spans[0][0], spans[-1][1]
    if start > end:
        remedy = "hãy đổi chỗ, hoặc ghi đủ năm ở cả hai đầu, ví dụ “30/12/2024 - 03/1/2025”"
        message = f"“{words}”: ngày bắt đầu sau ngày kết thúc; {remedy}"
        _fail("reversed", points[0].column, message)
    return start, end, max((precision for _, _, precision in spans), key=COARSENESS.get)


def _hours(
    reading: _Reading, shape: str, start: date, end: date, precision: Precision
) -> tuple[time | None, time | None]:
    if not reading.times:
        return None, None
    column = reading.times[0][0].column
    times = [_clock(*found, *reading.dayparts) for found in reading.times]
    opens, closes = (None if index is None else times[index] for index in _SHAPES[shape])
    if precision is not DAY:
        _fail("ambiguous", column, "giờ chỉ đi với ngày cụ thể; hãy ghi rõ ngày hoặc bỏ giờ")
    if start == end and opens and closes and opens >= closes:
        _fail("reversed", column, "giờ kết thúc không sau giờ bắt đầu; hãy xem lại hai giờ")
    if start != end and shape in ("T-TP", "PT-T"):
        remedy = "hãy tách từng ngày, hoặc ghi “từ 8 giờ ngày 16/5 đến 11 giờ ngày 18/5/2022”"
        _fail("ambiguous", column, f"chưa rõ giờ của từng ngày hay của cả đợt; {remedy}")
    return opens, closes


def _check_weekday(weekdays: list[_Token], start: date, end: date) -> None:
    """“thứ Tư, ngày 18/5/2022” names one day twice."""
    if start != end or len(weekdays) != 1:
        return
    right = _WEEKDAYS[start.weekday()]
    if weekdays[0].text not in (right, f"thứ {start.weekday() + 2}"):
        message = f"{format_day(start)} là {right}, không phải {weekdays[0].text}; hãy xem lại"
        _fail("ambiguous", weekdays[0].column, message)
