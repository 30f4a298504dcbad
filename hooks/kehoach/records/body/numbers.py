"""The numbers of the sections of an administrative document.

Decree 30/2020/NĐ-CP, Appendix I, part II.6: parts, chapters, sections and articles are told by their
names (Phần, Chương, Mục, Điều); I, II … A, B … for titled parts, 1, 2 … for their items, a), b) … for
points; plans add 1.1., 1), (1) and Bước 1.

Some forms are numbers only where a series of them stands ("A. Truyền thông", "a. Kỷ yếu", "1/ Tọa
đàm", "1.1 Chuẩn bị", "1.Mục"): elsewhere the same letters are a name or an amount. `Counting` knows
what stands before.
"""

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from kehoach.records.text import slug

# The order of the letters in Vietnamese lists; f, j, w, z are not counted with.
LETTERS = "abcdđeghiklmnopqrstuvxy"

# Three digits at most, so that a wrapped line beginning with a year stays text. Word leaves numbers
# in bold ("**1. Mục đích**", "**a)** Nội dung"): the mark in front belongs to the text behind.
_NUMBER = re.compile(
    r"""
    (?P<emphasis>\*{1,3}|_{1,3})?
    (?P<written>
        (?P<roman>(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3}))\.
      | (?P<dotted>(?:[0-9]{1,3}|(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3}))(?:\.[0-9]{1,3}){1,4})\.
      | (?P<arabic>[0-9]{1,3})\.
      | (?P<bracketed>[0-9]{1,3})\)
      | (?P<letter>[a-zđ])\)
      | \((?P<parenthesised>[0-9]{1,3})\)
    )
    (?P<closing>(?P=emphasis))?
    (?=\s|$)
    """,
    re.VERBOSE,
)
_IN_SERIES = re.compile(
    r"""
    (?P<emphasis>\*{1,3}|_{1,3})?
    (?P<written>
        (?: (?P<roman>(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3}))(?:/|[ ]?[-–])
          | (?P<arabic>[0-9]{1,3})[/-]
          | (?P<letter>[a-zđ])[./]
          | (?P<capital>[A-ZĐ])[./]
          | (?P<dotted>[0-9]{1,3}(?:\.[0-9]{1,3}){1,4})
        )(?=(?P=emphasis)?\s+(?:[^\W\d]|[“"(])|\s*$)
      | (?: (?P<roman_>(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3}))\.
          | (?P<dotted_>[0-9]{1,3}(?:\.[0-9]{1,3}){1,4})\.
          | (?P<arabic_>[0-9]{1,3})\.
          | (?P<letter_>[a-zđ])\)
        )(?=[^\W\d_])
    )
    (?P<closing>(?P=emphasis))?
    """.replace("(?P=emphasis)?", "[*_]{0,3}"),
    re.VERBOSE,
)
_NAMED = re.compile(
    r"""
    (?P<emphasis>\*{1,3}|_{1,3})?
    (?P<written>
      (?: (?P<part>(?:Phần|PHẦN)[ ](?:(?:thứ|THỨ)[ ]\w+|[IVX]+|[0-9]{1,2}))
        | (?P<chapter>(?:Chương|CHƯƠNG)[ ](?:[IVX]+|[0-9]{1,2}))
        | (?P<division>(?:Mục|MỤC)[ ](?:[IVX]+|[0-9]{1,2}))
        | (?P<subdivision>(?:Tiểu[ ]mục|TIỂU[ ]MỤC)[ ][0-9]{1,2})
        | (?P<article>(?:Điều|ĐIỀU)[ ][0-9]{1,3}[a-zđ]?)
        | (?P<step>(?:Bước|BƯỚC)[ ][0-9]{1,2})
      )
      (?:[.:]|(?=[*_]*\s*$))
    )
    (?P<closing>(?P=emphasis))?
    (?=\s|$|[*_]|[^\W\d])
    """,
    re.VERBOSE,
)
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
_WORDS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")


class Kind(StrEnum):
    """The kinds of numbers of sections; a heading may have no number at all."""

    ANNEX = "annex"
    PART = "part"
    CHAPTER = "chapter"
    DIVISION = "division"
    SUBDIVISION = "subdivision"
    ARTICLE = "article"
    ROMAN = "roman"
    CAPITAL = "capital"
    DOTTED = "dotted"
    ARABIC = "arabic"
    LETTER = "letter"
    BRACKETED = "bracketed"
    PARENTHESISED = "parenthesised"
    STEP = "step"
    UNNUMBERED = "unnumbered"


# What the groups of the patterns are called by.
_KINDS = {name: kind for kind in Kind for name in (kind.value, f"{kind.value}_")}

# Titled by themselves, whether or not the author writes a heading; centred in the document.
TITLED = frozenset({Kind.PART, Kind.CHAPTER, Kind.DIVISION, Kind.SUBDIVISION})


class Number(NamedTuple):
    """A number as signed ("1.6."), its parts ("1", "6") and the place of the last in its series."""

    written: str
    kind: Kind
    parts: tuple[str, ...]
    ordinal: int | None


class Counting:
    """Tells numbers from text by what was counted before; one for a document, told of each annex."""

    def __init__(self) -> None:
        self._last: dict[tuple[Kind, tuple[str, ...]], int] = {}

    def begin(self) -> None:
        """An annex begins: it counts anew."""
        self._last.clear()

    def at_start(self, text: str, *, heading: bool = False) -> tuple[Number, str] | None:
        """The number `text` begins with and the text behind it, or None; as `number_at_start`.

        In a heading whatever looks like a number is one.
        """
        found = number_at_start(text)
        if found is None and (match := _IN_SERIES.match(text)):
            found = _read(match, text)
            if not (heading or self._continues(found[0], found[1])):
                return None
        if found is None:
            return None
        number = found[0]
        if number.ordinal is not None:
            self._last[number.kind, number.parts[:-1]] = number.ordinal
        return found

    def _continues(self, number: Number, rest: str) -> bool:
        """Whether `number` is the first of a series, or goes on with one."""
        if number.ordinal is None:
            return False
        last = self._last.get((number.kind, number.parts[:-1]))
        if number.kind is Kind.DOTTED and not number.written.endswith("."):
            # "1.5 triệu đồng" is an amount.
            above = self._last.get((Kind.ARABIC, number.parts[:-2]))
            within = number.parts[-2] == str(above) or last is not None
            return within and rest.lstrip("*_")[:1].isupper() and number.ordinal - (last or 0) == 1
        return number.ordinal == 1 or (last is not None and 0 <= number.ordinal - last <= 2)


@lru_cache(maxsize=16)  # a line is asked about in a row
def number_at_start(text: str) -> tuple[Number, str] | None:
    """The number `text` begins with, wherever it stands, and the text behind it, or None.

    The text behind is a suffix of `text`, but for an emphasis that the number opens:
    "**1. Mục đích**" is 1. and "**Mục đích**".
    """
    match = _NUMBER.match(text) or _NAMED.match(text)
    return _read(match, text) if match else None


def _read(match: re.Match[str], text: str) -> tuple[Number, str]:
    kind, found = next(
        (_KINDS[name], found)
        for name, found in match.groupdict().items()
        if found and name in _KINDS
    )
    named = kind in TITLED or kind in (Kind.ARTICLE, Kind.STEP)
    parts = (found,) if named else tuple(found.split("."))
    number = Number(match["written"], kind, parts, _ordinal(kind, parts[-1]))
    emphasis = "" if match["closing"] else match["emphasis"] or ""
    rest = text[match.end() :].lstrip()
    return number, emphasis + rest


def step(part: str) -> str:
    """A part of a number as a part of an address: "đ" is "dd", for "d" is another; "Điều 1" is "dieu-1"."""
    return slug(part) if " " in part else part.lower().replace("đ", "dd")


def _ordinal(kind: Kind, part: str) -> int | None:
    last = part.split()[-1]
    if kind in (Kind.LETTER, Kind.CAPITAL):
        return LETTERS.find(part.lower()) + 1 or None
    if last.lower() in _WORDS:
        return _WORDS.index(last.lower()) + 1
    if last.isdigit():
        return int(last)
    if digits := re.match(r"\d+", last):
        return int(digits[0])
    if set(last) <= set(_ROMAN_DIGITS):
        values = [_ROMAN_DIGITS[digit] for digit in last]
        pairs = zip(values, [*values[1:], 0], strict=True)
        return sum(-value if value < following else value for value, following in pairs)
    return None
