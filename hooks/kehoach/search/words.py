"""The words of a text as they are searched: Vietnamese is written in syllables, a syllable is a word.

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
# A day and its month, a month and its year, or all three, as digits: 06/5/2022, 18-5, 5/2022.
_DIGITS = re.compile(
    rf"(?<![\d/.-])(?:(?P<day>\d{{1,2}}){_SEPARATOR})?(?P<month>\d{{1,2}})"
    rf"(?:{_SEPARATOR}(?P<year>\d{{4}}))?(?![\d/])"
)
_SPOKEN = re.compile(
    r"(?:(?P<day>\d{1,2})\s+)?tháng\s+(?P<month>\d{1,2})(?:\s*(?:năm|/)\s*(?P<year>\d{4}))?(?!\d)"
)


def words(text: str) -> list[str]:
    """The words of `text` in order: one spelling each, numbers without zeros in front ("06" is "6")."""
    return [_number(word) for word in _WORD.findall(canonical(text))]


@lru_cache(maxsize=200_000)
def key(word: str) -> str:
    """What a word is looked up by: itself without marks."""
    return fold(word)


def pairs(text: str) -> set[tuple[str, str]]:
    """The neighbouring words of `text`; those of a date in each way that it can be written."""
    found = set(pairwise(words(text)))
    for date in _dates(canonical(text)):
        found.update(pairwise(date))
    return found


def _dates(text: str) -> Iterator[list[str]]:
    for pattern in (_DIGITS, _SPOKEN):
        for match in pattern.finditer(text):
            day, month, year = (_number(match[part] or "") for part in ("day", "month", "year"))
            if not (day or year) or not _fits(day, 31) or not _fits(month, 12):
                continue
            yield [part for part in (day, month, year) if part]
            spoken = [day] if day else []
            yield [*spoken, "tháng", month, *(["năm", year] if year else [])]


def _fits(number: str, limit: int) -> bool:
    return not number or 1 <= int(number) <= limit


def _number(word: str) -> str:
    return word.lstrip("0") or word[-1:] if word[:1] == "0" and word.isdigit() else word
