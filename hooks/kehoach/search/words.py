"""The words of a text as they are searched: Vietnamese writes syllables apart, each is a word.

The browser splits a query by the same rules (theme/assets/js/search/text.js); a change here is a
change there.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from kehoach.records.text import canonical, fold

_WORD = re.compile(r"[^\W_]+")
_SEPARATOR = r"\s*[/.-]\s*"
# A day and its month, a month and its year, or all three, as digits: 06/5/2022, 18-5, 5/2022. It
# begins with what it consumes, so that it is tried at digits alone.
_DIGITS = re.compile(
    rf"(?P<first>\d(?<![\d/.-]\d)\d?)(?:{_SEPARATOR}(?P<second>\d{{1,2}}))?"
    rf"(?:{_SEPARATOR}(?P<year>\d{{4}}))?(?![\d/])"
)
_SPOKEN = re.compile(
    r"(?:(?P<first>\d{1,2})\s+)?[Tt]háng\s+(?P<second>\d{1,2})(?:\s*(?:năm|/)\s*(?P<year>\d{4}))?(?!\d)"
)


def words(text: str) -> list[str]:
    """The words of `text` (NFC) in order: one spelling each, numbers without zeros in front."""
    return list(map(_word, _WORD.findall(text)))


def pairs(text: str, found: list[str]) -> set[tuple[str, str]]:
    """The neighbours among the words `found` in `text`; of dates in every form."""
    neighbours = set(pairwise(found))
    for date in _dates(text):
        neighbours.update(pairwise(date))
    return neighbours


@lru_cache(maxsize=200_000)
def key(term: str) -> str:
    """The key that a word or a pair is looked up by: itself without marks."""
    return fold(term)


@lru_cache(maxsize=200_000)
def _word(written: str) -> str:
    word = canonical(written)
    return word.lstrip("0") or "0" if word.isdecimal() else word


def _dates(text: str) -> Iterator[list[str]]:
    found = list(_DIGITS.finditer(text))
    if "háng" in text:  # sooner known than where a pattern begins whose first part may be missing
        found += _SPOKEN.finditer(text)
    for first, second, year in (match.group("first", "second", "year") for match in found):
        if not second and not year:
            continue  # a number by itself
        day, month = ((first or "").lstrip("0"), second) if second else ("", first)
        month, year = month.lstrip("0"), (year or "").lstrip("0")
        if not (day or year) or not _fits(day, 31) or not _fits(month, 12):
            continue
        # "Năm" between two numbers is left out of queries.
        yield [part for part in (day, month, year) if part]
        yield [day, "tháng", month] if day else ["tháng", month]


def _fits(number: str, limit: int) -> bool:
    return not number or 1 <= int(number) <= limit
