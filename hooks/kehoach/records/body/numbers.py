"""The numbers of the sections of an administrative document.

Decree 30/2020/NĐ-CP, Appendix I, part II.6: I, II … for parts, 1, 2 … for their items, a), b) … for
points; plans add 1.1. and (1).
"""

import re
from enum import StrEnum
from typing import NamedTuple

# The order of the letters in Vietnamese lists; f, j, w, z are not counted with.
LETTERS = "abcdđeghiklmnopqrstuvxy"

# Three digits at most, so that a wrapped line beginning with a year stays text. Word leaves numbers
# in bold ("**1. Mục đích**", "**a)** Nội dung"): the mark in front belongs to the text behind.
_NUMBER = re.compile(
    r"""
    (?P<emphasis>\*{1,3}|_{1,3})?
    (?P<written>
        (?P<roman>(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3}))\.
      | (?P<dotted>[0-9]{1,3}(?:\.[0-9]{1,3}){1,4})\.
      | (?P<arabic>[0-9]{1,3})\.
      | (?P<letter>[a-zđ])\)
      | \((?P<parenthesised>[0-9]{1,3})\)
    )
    (?P<closing>(?P=emphasis))?
    (?=\s|$)
    """,
    re.VERBOSE,
)
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}


class Kind(StrEnum):
    """What a section is numbered with; a heading may have no number at all."""

    ROMAN = "roman"
    DOTTED = "dotted"
    ARABIC = "arabic"
    LETTER = "letter"
    PARENTHESISED = "parenthesised"
    UNNUMBERED = "unnumbered"


_GROUPS = tuple((kind, kind.value) for kind in Kind if kind is not Kind.UNNUMBERED)


class Number(NamedTuple):
    """A number as signed ("1.6."), its parts ("1", "6") and the place of the last in its series."""

    written: str
    kind: Kind
    parts: tuple[str, ...]
    ordinal: int | None


def number_at_start(text: str) -> tuple[Number, str] | None:
    """The number `text` begins with and the text behind it, or None.

    The text behind is a suffix of `text`, but for an emphasis that the number opens:
    "**1. Mục đích**" is 1. and "**Mục đích**".
    """
    match = _NUMBER.match(text)
    if match is None:
        return None
    kind, found = next((kind, found) for kind, name in _GROUPS if (found := match[name]))
    parts = tuple(found.split("."))
    number = Number(match["written"], kind, parts, _ordinal(kind, parts[-1]))
    emphasis = "" if match["closing"] else match["emphasis"] or ""
    return number, emphasis + text[match.end() :].lstrip()


def _ordinal(kind: Kind, part: str) -> int | None:
    if kind is Kind.LETTER:
        return LETTERS.find(part) + 1 or None
    if kind is Kind.ROMAN:
        values = [_ROMAN_DIGITS[digit] for digit in part]
        pairs = zip(values, [*values[1:], 0], strict=True)
        return sum(-value if value < following else value for value, following in pairs)
    return int(part)
