"""How written times are read.

A text is a row of items (`words.py`) and is read once from left to right: dates (`dates.py`) and times
of day stand in an order, which is its shape, and the other words say something of the whole. Each
word must be accounted for. Where one is not, or where dates stand together in a way that says
nothing sure, the text is not understood: it has a doubt and no date.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NoReturn, TypedDict, Unpack

from kehoach.records.period.dates import (
    LIKE,
    Point,
    PointReader,
    Span,
    Unit,
    ambiguous,
    begins_point,
    check_day_of_month,
    fail,
    spans_of,
    unknown,
)
from kehoach.records.period.meaning import (
    AFTER,
    ALWAYS,
    BEFORE,
    ON,
    WITHIN,
    Doubt,
    Duration,
    Period,
    PeriodError,
    Session,
)
from kehoach.records.period.naming import COARSENESS, DAY, MONTH, YEAR, Precision, format_day
from kehoach.records.period.words import BOUNDS, WEEKDAYS, Bound, Item, is_lunar_year, items_of

LONGEST = 300  # characters; no written time comes near it
_LONGEST_LASTING = 999  # of any unit; no plan reaches further
_ONE_DAY = timedelta(days=1)
_EVENING, _DAWN = time(17), time(5)
_LENGTHS = ("buổi", "ngày", "tuần", "tháng", "phút")
_DOUBTS = {"unknown-date", "ambiguous-date"}

# Hours a part of the day can hold: “2 giờ chiều” is 14:00, “14 giờ sáng” contradicts itself.
_DAYPARTS = {
    "sáng": range(0, 12),
    "trưa": range(10, 14),
    "chiều": range(12, 19),
    "tối": range(17, 24),
    "đêm": (*range(20, 24), *range(0, 4)),
    "pm": range(12, 24),
}

# The shapes of a time: P a date or a list of dates, T a time of day, A an event that the text names
# without a date; “-” a range, “,” more of the same.
_HOURS = r"T(?:-T)?(?:,T(?:-T)?)*"
_DAYS = re.compile(rf"(?P<before>{_HOURS})?P(?:-P)?(?P<after>{_HOURS})?")
_EDGES = re.compile(r"(?:TP|PT)-(?:TP|PT|P)|P-(?:TP|PT)|TP-T")
_TO_AN_EVENT = re.compile(r"(?P<since>T?P)-A|A-(?P<until>T?P|PT)|T?A(?:-A)?")

_ONE_BOUND = "“trước”, “sau” chỉ đi với một mốc", "ghi như “trước ngày 14/5/2022”"
_LISTED = "ghi `when` thành danh sách, mỗi thời gian một dòng"
# After which a date is near and no more: “chào mừng Ngày Khoa học (18/5)”.
_AROUND = {"nhân", "dịp", "mừng", "niệm", "ngày", "gần", "quanh"}
_PASSED_OVER = {"filler", "verb", "of", "no_clock"}
# What the words of a name may be: “ngày có Quyết định phê duyệt”, “Vòng sơ khảo:”.
_NAMES = {"word", "filler", "plural", "verb", "remark", "working", "and", "due", "time", "opens"}
# What a remark may not hold, for it might change the time.
_NO_REMARK = {"turn", "bound", "clock", "iso", "every", "weekday", "lunar", "clash", "daypart"}


class _Told(TypedDict, total=False):
    """The statements about the whole time, as fields of a Period."""

    approximate: bool
    duration: Duration | None
    recurrence: tuple[str, ...]
    year_assumed: bool
    doubt: Doubt


def parse_period(text: str, *, year: int | None = None) -> Period:
    """The period `text` states, `year` where it names none.

    A text that is not understood to its last word has a `doubt` and no date. Raises PeriodError for
    one that states what cannot be.
    """
    if len(text) > LONGEST:
        words = " ".join(unicodedata.normalize("NFC", text).split())
        doubt = Doubt("unknown-date", f"thời gian dài quá {LONGEST} ký tự", LIKE, LONGEST)
        return _undated(words, doubt=doubt)
    written = unicodedata.normalize("NFC", text)
    try:
        period = _parsed(written, year)
    except PeriodError as error:
        error.column = _column(text, error.column)
        raise
    if period.doubt and written != text:
        doubt = replace(period.doubt, column=_column(text, period.doubt.column))
        return replace(period, doubt=doubt)
    return period


def _column(text: str, column: int) -> int:
    """Where `column` of the composed text is in `text` as given."""
    prefixes = (unicodedata.normalize("NFC", text[:n]) for n in range(len(text) + 1))
    return max(n for n, prefix in enumerate(prefixes) if len(prefix) <= column)


@lru_cache(maxsize=4096)
def _parsed(written: str, year: int | None) -> Period:
    """Of which the plans of a year have many in the same words."""
    words = " ".join(written.split())
    try:
        return _Reader(written).read().period(words, year)
    except PeriodError as error:
        if error.kind not in _DOUBTS:
            raise
        return _undated(words, doubt=Doubt(error.kind, error.message, error.hint, error.column))


def _undated(words: str, **told: Unpack[_Told]) -> Period:
    return Period(words, None, None, YEAR, WITHIN, **told)


@dataclass(slots=True)
class _Clock:
    """A time of day as read; `closes`: 24 giờ, the end of the day."""

    item: Item
    hour: int
    minute: int
    daypart: str = ""

    @property
    def closes(self) -> bool:
        return self.hour == 24

    @property
    def time(self) -> time | None:
        return None if self.closes else time(self.hour, self.minute)


@dataclass(slots=True)
class _Weekday:
    item: Item
    day: int
    of: int  # the index of the date that it stands at


@dataclass(slots=True)
class _Reading:
    """The times that a text has named so far, in its order."""

    shape: str = ""
    points: list[Point] = field(default_factory=list)
    clocks: list[_Clock] = field(default_factory=list)
    weekdays: list[_Weekday] = field(default_factory=list)
    bounds: list[tuple[Bound, int, Item]] = field(default_factory=list)  # and dates before it
    since: int | None = None  # where in the shape “từ” stands
    duration: Duration | None = None
    recurrence: tuple[str, ...] = ()
    approximate: bool = False
    within: bool = False
    due: bool = False
    each: bool = False  # “các ngày”
    opens: bool = False  # “khai mạc”: the date is the first day of what lasts longer
    lunar: Item | None = None
    events: int = 0  # “ngày ký”, “khi ban hành”

    def add(self, letter: str, joint: str) -> None:
        same = self.shape.endswith(letter)
        sign = {"": "", ",": "," * same, ";": ";"}.get(joint, "-")
        if letter == "T" and sign == ";" and same:
            sign = ","  # “sáng: 8h - 11h; chiều: 14h - 17h”
        self.shape += sign + letter

    def period(self, words: str, year: int | None) -> Period:
        """The period that all of it states together; raises PeriodError for no time, or none that can be."""
        return _composed(self, words, year)


class _Reader:
    """One pass over the items of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.items = items_of(text)
        self.points = PointReader(self.items, text)
        self.reading = _Reading()
        self.at = 0
        self.joint = ""
        self.context: Unit = None  # what a bare number may count, as a date before it did
        self.dayparts: list[Item] = []
        self.counts_days = False  # “ngày thứ nhất”, so that “ngày thứ hai” is the second
        self.mark = 0, 0  # dates and length of the shape where the last bracket or “tức” opened

    def read(self) -> _Reading:
        while self.item.kind != "end":
            if not self._phrase():
                unknown(self.item)
        if self.joint not in ("", ",", ";"):
            fail("unknown", len(self.text), "thiếu ngày kết thúc", "ghi như “04 - 20/5/2022”")
        return self.reading

    @property
    def item(self) -> Item:
        return self.items[self.at]

    def peek(self, ahead: int = 1) -> Item:
        return self.items[min(self.at + ahead, len(self.items) - 1)]

    def _phrase(self) -> bool:
        """Read what begins here; False where nothing does."""
        if self.item.kind in _PASSED_OVER:
            self.at += 1
            return True
        said = getattr(self, f"_read_{self.item.kind.replace(' ', '_')}", None)
        if said is not None and (taken := said()):
            self.at += taken
            return True
        sign = _SIGNS.get(self.item.kind)
        if sign is not None:
            return sign(self)
        if begins_point(self.items, self.at):
            self._point()
            return True
        return False

    # Each of these reads what begins with an item of its kind: how many items it takes, 0 for none.

    def _read_opens(self) -> int:
        self.reading.opens = True
        return 1

    def _read_clash(self) -> NoReturn:
        ambiguous(self.item, "thêm “phút” hoặc “ngày”, ví dụ “8 giờ 15 phút, ngày 16/5/2022”")

    def _read_approximate(self) -> int:
        self.reading.approximate = True
        return 1

    def _read_within(self) -> int:
        self.reading.within = True
        lasting = self._length(1, hours=True)
        if lasting:
            return lasting
        return 1

    def _read_lasting(self) -> int:
        return self._length(1, hours=True) or 1

    def _read_at_most(self) -> int:
        """“không quá 30 ngày” bounds a length, “không quá ngày 25/5” a date."""
        taken = self._length(1, hours=True, at_most=True)
        if not taken:
            self._bind((BEFORE, False))
        return taken or 1

    def _read_number(self) -> int:
        return self._rate() or self._length(0)

    def _read_bound(self) -> int:
        self._bind(BOUNDS[self.item.text])
        if BOUNDS[self.item.text] in _COUNTS_FROM and self._length(1):
            unknown(self.item)  # “sau 10 ngày” counts days
        return 1

    def _read_due(self) -> int:
        """“Hạn nộp hồ sơ” is a label that says what its date is."""
        self.reading.due = True
        return self._name_ends(self.at + 1) - self.at

    def _read_from(self) -> int:
        self.reading.since = len(self.reading.shape)
        return 1

    def _read_to(self) -> int:
        sign = str(self.item.value)
        opened = self.reading.shape or self.reading.events
        if self.items[self.at - 1].kind == "weekday" and self.peek().kind in ("weekday", "ordinal"):
            return 1
        if sign == "kết thúc" and not opened:
            # “bế mạc ngày 16/5” names a day, “kết thúc ngày 16/5” the last one
            if self.item.text == "kết thúc":
                self._bind((BEFORE, False))
            return 1
        if opened:
            self.joint = sign
        elif sign == "-" and self.at == 0 and not begins_point(self.items, 1):
            return 1  # the mark of a list: “- Thời gian: 16/5”
        elif sign == "-":
            self.joint = sign if self.peek().kind != "end" else ""
        elif not self.reading.bounds:
            self._bind((BEFORE, False))
        return 1

    def _read_and(self) -> int:
        self.joint = self.joint or ","
        return 1

    def _read_clock(self) -> int:
        item = self.item
        if taken := self._hours_long():
            return taken
        hour, minute = [*map(int, re.findall(r"\d+", item.text)), 0][:2]
        minute = 30 if item.text.endswith("rưỡi") else minute
        self._check_clock(item, hour, minute)
        clock = _Clock(item, hour, minute)
        after = self.peek()
        taken = 1
        if after.kind == "daypart" and self.peek(2).kind not in (":",):
            clock.daypart, taken = str(after.value), 2
        elif self.dayparts:
            clock.daypart = str(self.dayparts[-1].value)
        strict = taken == 2 or not any(c.daypart == clock.daypart for c in self.reading.clocks)
        self._place(clock, strict=strict)
        self.reading.clocks.append(clock)
        self._add("T")
        return taken

    def _hours_long(self) -> int:
        """“02 giờ, từ 8h00 …” begins with how long it takes."""
        ahead = 2
        while self.peek(ahead).kind in ("from", "filler"):
            ahead += 1
        led = self.peek().kind == "," and ahead > 2 and self.peek(ahead).kind == "clock"
        return self._length(0, hours=True) if led and not self.reading.shape else 0

    def _read_daypart(self) -> int:
        self.dayparts.append(self.item)
        return 1

    def _read_weekday(self) -> int:
        self._weekday(self.item.number)
        return 1

    def _read_ordinal(self) -> int:
        """“thứ 6” is a weekday, “ngày thứ nhất” a number."""
        number = self.peek()
        if self.item.value is None and number.kind == "number" and number.text in "234567":
            self._weekday(int(number.text) - 2)
            return 2
        return 0

    def _read_short(self) -> int:
        """“T6, 16/5” is a Friday, “T6/2025” a month."""
        number, after = self.peek(), self.peek(2)
        if self.item.text[0] != "t" or number.text not in tuple("234567"):
            return 0
        ahead = self.peek(3) if after.kind == "," else after
        if ahead.kind in ("number", "iso") or ahead.text in ("ngày", ")", "("):
            self._weekday(int(number.text) - 2)
            return 2
        return 0

    def _read_every(self) -> int:
        """“hằng tháng, quý, năm”, “định kỳ 6 tháng và năm”, “mỗi quý 01 lần”."""
        cycles: list[str] = []
        ahead = 1
        while (found := self._cycle(ahead, first=not cycles)) is not None:
            name, ahead = found
            cycles.append(name)
        if not cycles and self.item.value != "định kỳ":
            return 0
        if self.peek(ahead).kind in ("/", "number") and self.peek(ahead + 1).text == "lần":
            ahead += 2
        self._recur(*cycles)
        return ahead

    def _read_plural(self) -> int:
        """“các ngày 20, 21/8”: hours beside them are those of each."""
        self.reading.each = self.reading.each or self.peek().value is DAY
        return 1

    def _read_always(self) -> int:
        self._recur(ALWAYS)
        return 1

    def _read_time(self) -> int:
        """“Đợt 1”, “Lần thứ nhất”, “Giai đoạn II” tell which; “giai đoạn 2021 - 2025” does not."""
        number = self.peek()
        if number.text in ("thứ", "thứ nhất"):
            return 3 if number.value is None and self.peek(2).kind == "number" else 2
        counted = number.kind in ("number", "roman") and number.value != 0.5
        if counted and len(number.text) < 4 and self.peek(2).text not in ("/", "-", "."):
            return 2
        return self._read_word() or (self.item.text in ("giai đoạn", "đợt"))

    def _read_lunar(self) -> int:
        """Lunar dates are dropped: the solar ones beside them are the days."""
        reading = self.reading
        dates, length = self.mark
        if dates == len(reading.points):
            dates, length = 0, 0
        if dates == len(reading.points):
            return 1 if reading.lunar else 0
        del reading.points[dates:]
        reading.shape = reading.shape[:length] + re.sub("[^T]", "", reading.shape[length:])
        reading.lunar = reading.lunar or self.item
        self.joint = ""
        return 1

    def _read_that_is(self) -> int:
        self.mark = len(self.reading.points), len(self.reading.shape)
        self.joint = ""
        return 1

    def _read_when(self) -> int:
        return self._event(1)

    def _read_now(self) -> int:
        self._add_event()
        return 1

    def _read_unit(self) -> int:
        """“ngày ký” is an event, “tháng cuối quý” and “đầu tháng” recur, “tuần từ 12” says nothing."""
        after = self.peek()
        if self.item.value is DAY and after.text != "làm việc":
            names = self._name_ends(self.at + 1)
            if self.items[names].kind == ":":
                return 1  # “Ngày: 16/5”, “Ngày tổ chức: 16/5”
            if counted := self._ordinal_day():
                return counted
            verb = after.kind == "verb" and not begins_point(self.items, self.at + 2)
            if after.kind in ("word", "opens") or verb:
                return self._event(1)
            if after.kind in ("filler", "plural", "verb", "from", "weekday"):
                return 1
        if self.item.value == "tuần" and (after.kind in ("from", ":") or self._is_day(self.at + 1)):
            self.reading.within = True
            return 1
        return self._edge_of_each()

    def _ordinal_day(self) -> int:
        """“Ngày thứ nhất (16/5), ngày thứ hai (17/5)”, “Ngày thứ hai: 17/5”: no Monday."""
        after = self.peek()
        if after.kind == "ordinal" and after.value == 1:
            self.counts_days = True
            return 2
        taken = {"weekday": 2, "ordinal": 3}.get(after.kind, 0)
        counted = taken and (self.counts_days or self.peek(taken).kind == ":")
        return taken if counted else 0

    def _read_part(self) -> int:
        return self._edge_of_each()

    def _read_remark(self) -> int:
        """“theo dấu bưu điện”, “tại Hội trường”: to the end, or to what tells a time again."""
        end = self.at + 1
        while self.items[end].kind not in ("end", ")", ";") and not self._tells_time(end):
            end += 1
        if self.items[end].kind not in ("end", ")", ";") or not self.reading.shape:
            return 0
        return end - self.at

    def _read_word(self) -> int:
        """A name before a colon or a bracket: “Vòng sơ khảo:”, “Chung kết (18/5/2025)”."""
        if is_lunar_year(self.item, self.peek()):
            return 0
        end = self._name_ends(self.at)
        if self.items[end].kind == ":":
            return end + 1 - self.at
        names = {item.text for item in self.items[self.at : end]}
        named = self.items[end].kind == "(" and not self.reading.shape and names.isdisjoint(_AROUND)
        return end - self.at if named else 0

    # Signs

    def _comma(self) -> bool:
        self.joint = self.joint or ","
        self.at += 1
        return True

    def _semicolon(self) -> bool:
        self.joint = ";" if self.joint in ("", ",") else self.joint
        self.at += 1
        return True

    def _pause(self) -> bool:
        self.at += 1
        return True

    def _open(self) -> bool:
        """A bracket holds more of the time, or a remark that says nothing of it."""
        end = self.at + 1
        while self.items[end].kind not in (")", "(", "end"):
            end += 1
        inside = self.items[self.at + 1 : end]
        if self.items[end].kind == "(":
            return self._inside()
        # What begins with a bracket is the time itself.
        if any(item.kind in ("word", "remark", "when") for item in inside) and self.reading.shape:
            if not self._tells_nothing(self.at + 1, end):
                return self._inside()
            self.at = min(end + 1, len(self.items) - 1)
            return True
        return self._inside()

    def _inside(self) -> bool:
        self.mark = len(self.reading.points), len(self.reading.shape)
        self.at += 1
        return True

    def _tilde(self) -> bool:
        self.reading.approximate = True
        self.at += 1
        return True

    def _edtf_open(self) -> bool:
        self._bind((BEFORE, False))
        self.at += 1
        return True

    def _slash(self) -> bool:
        """Of ISO 8601: “2022-05-04/2022-05-20”, “2022-05-04/..”."""
        before, after = self.items[self.at - 1], self.peek()
        if not self.reading.points or (
            before.kind not in ("iso", "clock")
            and before.text not in ("~", "?", "%")
            and not (before.kind == "number" and len(before.text) == 4)
        ):
            return False
        if after.kind == "blank" and after.text == "..":
            self._bind((AFTER, False), at=0)
            self.at += 2
            return True
        self.joint = "/"
        self.at += 1
        return True

    # What they have in common

    def _add(self, letter: str) -> None:
        self.reading.add(letter, self.joint)
        self.joint = ""

    def _add_event(self) -> None:
        self.reading.events += 1
        self._add("A")

    def _point(self) -> None:
        reading = self.reading
        point, self.at = self.points.read(self.at, self.context)
        point.joint = self.joint
        bare = point.named is None and set(point.numbers) == {self.context}
        self.context = self.context if bare else point.named
        reading.points.append(point)
        self._add("P")
        lunar_year = is_lunar_year(self.item, self.peek())
        if lunar_year or point.lunar:
            self.at += 2 * lunar_year
            self._read_lunar()
            return
        self.dayparts = self.dayparts[-1:]

    def _bind(self, bound: Bound, at: int | None = None) -> None:
        reading = self.reading
        before = len(reading.points) if at is None else at
        led = reading.since is not None or reading.bounds
        if bound[0] is BEFORE and reading.shape.endswith("P") and led and not self.joint.strip(","):
            self.joint = "đến"  # “từ ngày 15/5, hoàn thành trước ngày 30/5”
        reading.bounds.append((bound, before, self.item))

    def _weekday(self, day: int) -> None:
        joined = self.joint not in ("", ",", ";")
        dates = len(self.reading.points)
        leads = joined or dates == 0 or self._leads()
        self.reading.weekdays.append(_Weekday(self.item, day, dates if leads else dates - 1))

    def _leads(self) -> bool:
        """Whether a date follows this weekday rather than stands before it."""
        ahead = self.at + (2 if self.item.kind in ("ordinal", "short") else 1)
        while self.items[ahead].kind in (",", "filler"):
            ahead += 1
        return self.items[self.at - 1].kind != "(" and begins_point(self.items, ahead)

    def _recur(self, *names: str) -> None:
        self.reading.recurrence = tuple(dict.fromkeys((*self.reading.recurrence, *names)))

    def _cycle(self, ahead: int, *, first: bool) -> tuple[str, int] | None:
        """One measure of a rhythm, “6 tháng”, and what is ahead of it."""
        start = ahead
        if not first:
            if self.peek(ahead).kind not in (",", "and"):
                return None
            ahead += 1
            if self.peek(ahead - 1).kind == "," and self.peek(ahead).kind == "and":
                ahead += 1
        if self.peek(ahead).kind == "every":
            ahead += 1
        number = self.peek(ahead)
        counted = number.kind == "number" and len(number.text) < 3
        unit = self.peek(ahead + counted)
        if unit.kind != "unit" or (start == ahead and not first):
            return None
        after = self.peek(ahead + counted + 1)
        if after.kind in ("number", "blank", "roman", "iso") and not self._once(
            ahead + counted + 1
        ):
            return None
        count = number.number if counted else 1
        name = unit.text if count == 1 else f"{count} {unit.text}"
        return name, ahead + counted + 1

    def _once(self, ahead: int) -> bool:
        return self.peek(ahead + 1).text in ("lần", "đợt")

    def _rate(self) -> int:
        """“06 tháng/lần”, “02 lần/năm”, “120 phút/ngày”."""
        what, slash, per = self.peek(1), self.peek(2), self.peek(3)
        once = what.kind == "unit" and per.text == "lần" and slash.value in (None, 1)
        if slash.text != "/" and not (once and slash.kind == "number"):
            return 0
        if once:
            count = self.item.number
            self._recur(what.text if count == 1 else f"{count} {what.text}")
        elif what.text in ("lần", "đợt", "kỳ") and per.kind == "unit":
            self._recur(per.text)
        elif not (what.kind in ("length", "unit") and per.kind in ("unit", "length")):
            return 0
        return 4

    def _length(self, ahead: int, *, hours: bool = False, at_most: bool = False) -> int:
        """“01 ngày”, “½ ngày”, “một ngày rưỡi”, “05 ngày làm việc”, after a word “03 giờ” too."""
        number = self.peek(ahead)
        if hours and number.kind == "clock" and re.fullmatch(r"\d+\s*giờ", number.text):
            hours_long = int(re.findall(r"\d+", number.text)[0])
            amount, unit, taken = float(hours_long), "giờ", ahead + 1
            if self.peek(taken).text == "/":
                return 0
        elif number.kind == "number" and self._counts_parts_of_days(ahead):
            amount, unit, taken = number.amount, "buổi", ahead + 1
        elif number.kind == "number" and self.peek(ahead + 1).text in _LENGTHS:
            amount, unit, taken = number.amount, self.peek(ahead + 1).text, ahead + 2
        else:
            return 0
        after = self.peek(taken)
        if after.kind == "half more":
            amount, taken = amount + 0.5, taken + 1
        dated = after.kind in ("number", "roman", "blank", "part") or after.text == "năm"
        if unit == "tháng" and (dated or after.text in ("giêng", "chạp")):
            return 0
        if unit in ("ngày", "tuần") and after.kind == "part":
            return 0
        working = self.peek(taken).kind == "working"
        taken += working
        if amount > _LONGEST_LASTING:
            unknown(number)
        if not amount:
            message, hint = f"thời lượng “{number.text} {unit}” không có", "ghi như “01 ngày”"
            fail("invalid", number.column, message, hint)
        if self.peek(taken).kind == "bound" and self.peek(taken).value in _COUNTS_FROM:
            unknown(self.peek(taken))  # “15 ngày trước ngày 18/5” counts days
        before = self.items[self.at - 1]
        if self.reading.bounds and before.kind in ("number", "iso") and self.reading.points:
            unknown(number)  # so does “trước ngày 18/5 10 ngày”
        duration = Duration(amount, unit, at_most, bool(working))
        self.reading.duration = self.reading.duration or duration
        return taken

    def _counts_parts_of_days(self, ahead: int) -> bool:
        """“01 buổi sáng”: how long, and the part of the day, which stays to be read."""
        part = self.peek(ahead + 1)
        return part.kind == "daypart" and part.text.startswith("buổi ")

    def _name_ends(self, at: int) -> int:
        """Where the words of a name end that begins at `at`: at a sign, a number, or a time."""
        while self.items[at].kind in _NAMES:
            at += 1
        return at

    def _event(self, ahead: int) -> int:
        """An event without a date: “ngày phát động”, “khi có Quyết định phê duyệt”."""
        end = self.at + ahead
        while self.items[end].kind in _NAMES or self.items[end].text in ("kết thúc", "bế mạc"):
            end += 1
        if end == self.at + ahead:
            return 0
        if self.item.value == "bound":
            self.reading.bounds.append(((AFTER, True), len(self.reading.points), self.item))
        self._add_event()
        return end - self.at

    def _edge_of_each(self) -> int:
        """“tháng cuối quý”, “tháng đầu tiên của mỗi quý”, “thứ Hai đầu tháng”: of each of them."""
        ahead = 0
        while self.peek(ahead).kind in ("unit", "part") or self.peek(ahead).kind == "of":
            if self.peek(ahead).kind == "unit" and self._numbered(ahead):
                return 0
            ahead += 1
        every = self.peek(ahead)
        if every.kind == "every" and self.peek(ahead + 1).kind == "unit" and ahead:
            return ahead
        unit = self.peek(ahead - 1)
        if unit.kind != "unit" or unit.value is YEAR:
            return 0
        dated = [point for point in self.reading.points if YEAR not in point.numbers]
        lone = ahead == 1 and self.items[self.at - 1].kind != "of"
        if lone or not (dated or self.reading.weekdays):
            return 0
        self._recur(unit.text)
        return ahead

    def _numbered(self, ahead: int) -> bool:
        after = self.peek(ahead + 1)
        return after.kind in ("number", "roman", "blank", "iso", "/", "year") or after.text == "năm"

    def _is_day(self, at: int) -> bool:
        return (
            self.items[at].kind in ("number", "iso")
            and self.items[at].value != 0.5
            and (self.items[at + 1].kind == "to")
        )

    def _tells_time(self, at: int) -> bool:
        item = self.items[at]
        if item.kind in _NO_REMARK or (item.kind == "unit" and self._is_dated_unit(at)):
            return True
        after, number = self.items[at + 1], self.items[min(at + 2, len(self.items) - 1)]
        return item.kind == "number" and after.text in "/.-" and number.kind == "number"

    def _is_dated_unit(self, at: int) -> bool:
        return self.items[at + 1].kind in ("number", "roman", "blank")

    def _tells_nothing(self, start: int, end: int) -> bool:
        return not any(self._tells_time(at) for at in range(start, end))

    def _check_clock(self, item: Item, hour: int, minute: int) -> None:
        if hour > 24 or minute > 59 or (hour == 24 and minute):
            hint = "ghi từ 0 giờ 00 đến 24 giờ 00"
            fail("invalid", item.column, f"không có giờ “{item.text}”", hint)

    def _place(self, clock: _Clock, *, strict: bool) -> None:
        """“2 giờ chiều” is 14:00."""
        hours = _DAYPARTS.get(clock.daypart, range(25))
        if clock.hour in hours or clock.closes:
            return
        if clock.hour + 12 in hours:
            clock.hour += 12
        elif strict:
            hint = "xem lại giờ, ví dụ “14 giờ 00”"
            message = f"“{clock.item.text}” không thuộc buổi {clock.daypart}"
            fail("contradictory", clock.item.column, message, hint)


_COUNTS_FROM = {(BEFORE, True), (AFTER, True)}
_SIGNS = {
    ",": _Reader._comma,
    ";": _Reader._semicolon,
    "(": _Reader._open,
    "open": _Reader._edtf_open,
    "/": _Reader._slash,
    **dict.fromkeys((")", ".", ":", "“", "”", '"'), _Reader._pause),
    **dict.fromkeys(("~", "?", "%", "≈"), _Reader._tilde),
}


# What a reading states


def _composed(reading: _Reading, words: str, year: int | None) -> Period:
    told: _Told = {
        "approximate": reading.approximate,
        "duration": reading.duration,
        "recurrence": reading.recurrence,
    }
    shape = re.sub("P(?:,P)+", "P", reading.shape)
    if reading.recurrence and not _is_within_dates(reading, shape):
        return _recurring(reading, shape, words, told)
    if not reading.points:
        return _without_date(reading, shape, words, told)
    event = _TO_AN_EVENT.fullmatch(shape)
    days, edges = _DAYS.fullmatch(shape), _EDGES.fullmatch(shape)
    if not (event or days or edges):
        kind = "ambiguous" if reading.points else "unknown"
        if "P" in shape[1:]:
            fail(kind, 0, f"“{words}” có nhiều thời gian", _LISTED)
        fail(kind, 0, f"“{words}” không phải một ngày", LIKE)
    spans, assumed = spans_of(reading.points, year)
    told["year_assumed"] = assumed
    _check_weekdays(reading.weekdays, reading.points, spans)
    _check_list(reading.points, spans, words)
    start, end = spans[0].start, spans[-1].end
    precision = max((span.precision for span in spans), key=COARSENESS.__getitem__)
    if precision is not DAY and any(point.blank for point in reading.points):
        # “8 giờ 00, thứ Sáu, ngày …/8/2025”: an hour of a day that is not known yet
        reading.clocks, reading.weekdays = [], []
    if reading.clocks and precision is not DAY:
        column = reading.clocks[0].item.column
        fail("ambiguous", column, "giờ chỉ đi với ngày cụ thể", "ghi rõ ngày hoặc bỏ giờ")
    bound = _bound(reading, shape, event)
    if bound is not None and len(_merged(reading.shape)) == 1:
        return _bounded(reading, bound, start, end, precision, words, told)
    start, end = _edges_moved(reading, start, end)
    if start > end:
        _reversed(reading.points, assumed, words)
    return _filled(reading, shape, start, end, precision, spans, words, told)


def _merged(shape: str) -> list[str]:
    """The dates of a shape, a list of them as one."""
    return re.findall("P", re.sub("P(?:,P)+", "P", shape))


def _is_within_dates(reading: _Reading, shape: str) -> bool:
    """Whether what recurs does so within a year that is named, or each day or week from day to day."""
    if any(YEAR in point.numbers for point in reading.points):
        return True
    months = all(MONTH in point.numbers for point in reading.points)
    return "P-P" in shape and months and set(reading.recurrence) <= {"ngày", "tuần"}


def _recurring(reading: _Reading, shape: str, words: str, told: _Told) -> Period:
    if shape and not (
        _DAYS.fullmatch(shape) or _EDGES.fullmatch(shape) or set(shape) <= set("T-,A")
    ):
        fail("unknown", 0, f"“{words}” không phải một ngày hay một khoảng thời gian", LIKE)
    for point in reading.points:
        check_day_of_month(point)
    return _undated(words, **told)


def _without_date(reading: _Reading, shape: str, words: str, told: _Told) -> Period:
    """“kể từ ngày ký” is understood, though no date is known; a lunar date only has its words."""
    if reading.lunar:
        hint = "ghi thêm ngày dương lịch, ví dụ “(tức ngày 07/4/2025)”"
        fail("unknown", reading.lunar.column, "ngày âm lịch không đổi sang dương lịch", hint)
    if reading.events and _TO_AN_EVENT.fullmatch(shape):
        return _undated(words, duration=reading.duration, approximate=reading.approximate)
    fail("unknown", 0, f"“{words}” không phải một ngày hay một khoảng thời gian", LIKE)


def _bound(reading: _Reading, shape: str, event: re.Match[str] | None) -> Bound | None:
    """The one bound that the words set, the last of several that agree."""
    if event and event["since"]:
        return AFTER, False
    if event and event["until"]:
        return next(
            (bound for bound, at, _ in reading.bounds if bound[0] is BEFORE), (BEFORE, False)
        )
    bounds = reading.bounds
    if bounds:
        (first, _, _), *others = bounds
        for (relation, _), at, item in others:
            if relation is not first[0] and (len(reading.points) == 1 or at == bounds[0][1]):
                fail("ambiguous", item.column, *_ONE_BOUND)
        return bounds[-1][0]
    single = len(_merged(reading.shape)) == 1
    if reading.since is not None and single and reading.shape.startswith("P", reading.since):
        return AFTER, False
    if not single or reading.points[-1].unit is not DAY or shape not in ("P", "TP", "PT"):
        return None
    if reading.opens and reading.duration and reading.duration.days()[0] > 1:
        return AFTER, False
    return (BEFORE, False) if reading.due else None


def _bounded(
    reading: _Reading,
    bound: Bound,
    start: date,
    end: date,
    precision: Precision,
    words: str,
    told: _Told,
) -> Period:
    relation, exclusive = bound
    column = reading.points[-1].column
    if len(reading.points) > 1 and relation is BEFORE and exclusive:
        fail("ambiguous", column, *_ONE_BOUND)
    if len(reading.clocks) > 1:
        fail("ambiguous", column, *_ONE_BOUND)
    edge = start if (relation is BEFORE) == exclusive else end
    clock = reading.clocks[0] if reading.clocks else None
    if clock and clock.closes:
        exclusive = relation is AFTER
    duration = reading.duration
    if relation is AFTER and not exclusive and duration and duration.ends and precision is DAY:
        last = _lasting(start, clock, duration)
        within = (
            ON if duration.days()[0] == (last - start).days + 1 and not reading.within else WITHIN
        )
        relation = ON if last == start else within
        at = clock.time if clock else None
        return Period(words, start, last, DAY, relation, start_time=at, **told)
    start_at, end_at = (None, edge) if relation is BEFORE else (edge, None)
    at = clock.time if clock else None
    opens, closes = (None, at) if relation is BEFORE else (at, None)
    return Period(
        words,
        start_at,
        end_at,
        precision,
        relation,
        start_time=opens,
        end_time=closes,
        exclusive=exclusive,
        **told,
    )


def _lasting(start: date, clock: _Clock | None, duration: Duration) -> date:
    """The last day of what lasts so long from `start`, from that hour where one is named."""
    if duration.unit == "giờ":
        opens = datetime.combine(start, (clock and clock.time) or time(0))
        return (opens + timedelta(hours=duration.amount, microseconds=-1)).date()
    if duration.unit == "tháng":
        months = start.month - 1 + int(duration.amount)
        year, month = start.year + months // 12, months % 12 + 1
        day = min(start.day, monthrange(year, month)[1])
        last = date(year, month, day)
        return last - _ONE_DAY if day == start.day else last
    days = duration.amount * 7 if duration.unit == "tuần" else duration.days()[1]
    return start + timedelta(days=max(int(days), 1) - 1)


def _edges_moved(reading: _Reading, start: date, end: date) -> tuple[date, date]:
    """“sau ngày 15/5 đến trước ngày 20/5”: the 16th to the 19th."""
    dates = len(reading.points)
    for (relation, exclusive), at, item in reading.bounds:
        leads = at == 0
        if (relation is BEFORE) == leads or (not leads and at >= dates):
            fail("ambiguous", item.column, *_ONE_BOUND)
        timed = reading.clocks and re.search(
            "TP$|PT$" if relation is BEFORE else "^TP|^PT", reading.shape
        )
        if exclusive and relation is AFTER:
            start += _ONE_DAY * (not timed)
        elif exclusive:
            end -= _ONE_DAY * (not timed)
    return start, end


def _reversed(points: list[Point], assumed: bool, words: str) -> None:
    first, last = points[0].numbers, points[-1].numbers
    apart = first.get(YEAR) != last.get(YEAR)
    month = next((unit for unit in first if unit not in (DAY, YEAR)), None)
    borrowed = assumed or points[0].borrowed
    if borrowed and not apart and month is not None and first.get(month) != last.get(month):
        message, hint = f"“{words}” qua năm mới mà chưa có năm", "ghi năm ở cả hai đầu"
        fail("ambiguous", points[0].column, message, hint)
    hint = "đổi chỗ, hoặc ghi đủ năm ở cả hai đầu, ví dụ “30/12/2024 - 03/1/2025”"
    fail("reversed", points[0].column, f"“{words}”: ngày bắt đầu sau ngày kết thúc", hint)


def _filled(
    reading: _Reading,
    shape: str,
    start: date,
    end: date,
    precision: Precision,
    spans: list[Span],
    words: str,
    told: _Told,
) -> Period:
    opens, closes, sessions = _hours(reading, shape, start, end)
    days, duration = (end - start).days + 1, reading.duration
    if sessions or "ngày" in reading.recurrence:
        # Hours of each day, and each day of a run, are no rhythm beyond it.
        told["recurrence"] = tuple(name for name in reading.recurrence if name != "ngày")
    if precision is not DAY:
        return Period(words, start, end, precision, WITHIN, **told)
    fewest, most = duration.days() if duration else (days, days)
    if duration and not duration.at_most and fewest > days and not duration.working:
        message, hint = f"thời lượng {duration} dài hơn “{words}”", "xem lại"
        fail("contradictory", 0, message, hint)
    some = any(span.some for span in spans) or reading.within or most < days
    relation = WITHIN if days > 1 and some else ON
    return Period(
        words,
        start,
        end,
        precision,
        relation,
        start_time=opens,
        end_time=closes,
        sessions=sessions,
        **told,
    )


def _check_list(points: list[Point], spans: list[Span], words: str) -> None:
    for (_, before), (point, after) in pairwise(zip(points, spans, strict=True)):
        if point.joint in (",", ";") and before.end + _ONE_DAY != after.start:
            message, hint = f"“{words}”: các ngày không liền nhau", "ghi `when` thành danh sách"
            fail("ambiguous", point.column, message, hint)


def _hours(
    reading: _Reading, shape: str, start: date, end: date
) -> tuple[time | None, time | None, tuple[Session, ...]]:
    """When it opens and closes, and the hours of each day where they are more than those two."""
    clocks = reading.clocks
    if not clocks:
        return None, None, ()
    days = _DAYS.fullmatch(shape)
    if not days:
        return _outer_hours(reading, shape, start, end)
    said = days["before"] or days["after"]
    if days["before"] and days["after"]:
        fail(
            "ambiguous",
            clocks[-1].item.column,
            f"“{clocks[-1].item.text}”: hai lần ghi giờ",
            LIKE,
        )
    sessions: list[Session] = []
    remaining = list(clocks)
    for piece in said.split(","):
        first = remaining.pop(0)
        last = remaining.pop(0) if "-" in piece else None
        opens = first.time
        if opens is None:
            fail("ambiguous", first.item.column, "24 giờ là lúc hết ngày", "xem lại giờ")
        closes = last.time if last else None
        if closes and closes <= opens:
            if opens >= _EVENING and closes <= _DAWN:
                message, hint = "giờ kết thúc là của ngày hôm sau", "ghi cả ngày ấy"
                fail("ambiguous", clocks[0].item.column, message, hint)
            message, hint = "giờ kết thúc không sau giờ bắt đầu", "xem lại hai giờ"
            fail("reversed", clocks[0].item.column, message, hint)
        sessions.append((opens, closes))
    daily = start != end and "-" in said
    if daily and not reading.each and "ngày" not in reading.recurrence:
        hint = "thêm “hằng ngày”, hoặc ghi “từ 8 giờ ngày 16/5 đến 11 giờ ngày 18/5/2022”"
        message = "chưa rõ giờ của từng ngày hay của cả đợt"
        fail("ambiguous", clocks[0].item.column, message, hint)
    for before, after in pairwise(sessions):
        if (before[1] or before[0]) > after[0]:
            fail("reversed", clocks[0].item.column, "các buổi không theo thứ tự giờ", "xem lại giờ")
    several = tuple(sessions) if daily or len(sessions) > 1 else ()
    return sessions[0][0], sessions[-1][1], several


def _outer_hours(
    reading: _Reading, shape: str, start: date, end: date
) -> tuple[time | None, time | None, tuple[Session, ...]]:
    """“từ 8 giờ ngày 16/5 đến 17 giờ ngày 18/5”."""
    clocks = list(reading.clocks)
    begin, close = shape.split("-")
    first = clocks.pop(0) if "T" in begin else None
    last = clocks.pop(0) if "T" in close else None
    if close == "T" and start != end:
        fail("ambiguous", reading.clocks[-1].item.column, "giờ kết thúc chưa có ngày", LIKE)
    opens, closes = first.time if first else None, last.time if last else None
    if start == end and opens and closes and opens >= closes:
        message, hint = "giờ kết thúc không sau giờ bắt đầu", "xem lại hai giờ"
        fail("reversed", reading.clocks[0].item.column, message, hint)
    return opens, closes, ()


def _check_weekdays(weekdays: list[_Weekday], points: list[Point], spans: list[Span]) -> None:
    """“thứ Tư, ngày 18/5/2022” names one day twice."""
    if not weekdays or any(span.precision is not DAY for span in spans):
        if weekdays:
            fail("ambiguous", weekdays[0].item.column, "thứ chỉ đi với ngày cụ thể", LIKE)
        return
    days = [span.start for span in spans]
    if len(weekdays) == len(days):
        pairs: Iterable[tuple[_Weekday, date]] = zip(weekdays, days, strict=True)
    elif len({weekday.of for weekday in weekdays}) == len(weekdays):
        pairs = [(weekday, days[min(weekday.of, len(days) - 1)]) for weekday in weekdays]
    else:
        fail("ambiguous", weekdays[0].item.column, "chưa rõ thứ của ngày nào", LIKE)
    for weekday, day in pairs:
        if day.weekday() != weekday.day:
            named, right = WEEKDAYS[weekday.day], WEEKDAYS[day.weekday()]
            message, hint = f"{format_day(day)} là {right}, không phải {named}", "xem lại"
            fail("contradictory", weekday.item.column, message, hint)
