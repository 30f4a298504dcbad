"""How wide the columns of a table are on paper, and whether it needs the long side of the sheet."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import NamedTuple

from kehoach.records.body.model import Table
from kehoach.records.body.walking import words

# Points between the margins of A4 as Decree 30/2020/NĐ-CP, Appendix I, I.4 has them: 160 mm upright.
UPRIGHT = 453.0
_LYING = 700.0
_PADDING = 10.0  # of a cell, both sides, and a hair's breadth
_SIZES = (13.0, 12.0, 11.0, 10.0)
_MANY = 8  # columns that no upright sheet shows well
_LINE = 14  # em that a line of a cell should have before it wraps
_LONGEST = 20  # em of a word; beyond 40 letters it breaks

# How wide letters are in Tinos Bold, in em: each of a row, capitals and all others.
_WIDTHS = {
    letter: width
    for letters, width in {
        "ijl|'’.,;:!·": 0.33,
        'ftr()-/[]"*s': 0.45,
        "IJ": 0.5,
        "mwM@%W—…": 1.0,
        "&OQ": 0.84,
    }.items()
    for letter in letters
}
_CAPITAL, _OTHER = 0.75, 0.56


@dataclass(frozen=True, slots=True)
class Layout:
    """Widths are shares of the whole; `size` is that of the font in points."""

    widths: list[float]
    wide: bool
    size: float


class _Column(NamedTuple):
    """In em: the longest word, a line that reads well, and the longest cell in one line."""

    least: float
    liked: float
    most: float


def layout(table: Table) -> Layout:
    """How `table` stands best: upright where its longest words fit, in the largest font that does."""
    columns = [_column(table, index) for index in range(table.columns)]
    wide = table.columns >= _MANY or not _fits(columns, _SIZES[1], UPRIGHT)
    room = _LYING if wide else UPRIGHT
    size = next((size for size in _SIZES if _fits(columns, size, room)), _SIZES[-1])
    return Layout([round(width, 1) for width in _shared(columns, size, room)], wide, size)


def _shared(columns: list[_Column], size: float, room: float) -> list[float]:
    """The width of each column: what is said in few words stands in one line, what is long wraps.

    No column is narrower than its longest word, nor wider than its longest cell while another wraps.
    """
    least = [column.least * size + _PADDING for column in columns]
    most = [column.most * size + _PADDING for column in columns]
    if sum(most) <= room:
        return [width * room / sum(most) for width in most]
    weights = [sqrt(column.liked * size) for column in columns]
    low, high = 0.0, room
    for _ in range(40):  # halving
        share = (low + high) / 2
        widths = [
            min(max(share * weight, narrow), whole)
            for weight, narrow, whole in zip(weights, least, most, strict=True)
        ]
        low, high = (share, high) if sum(widths) < room else (low, share)
    return widths


def _fits(columns: list[_Column], size: float, room: float) -> bool:
    return sum(column.least * size + _PADDING for column in columns) <= room


def _column(table: Table, index: int) -> _Column:
    own = [cell for cell in table.cells if cell.column == index and cell.columns == 1]
    texts = [words(cell.blocks) for cell in own]
    longest_word = max((_em(word) for text in texts for word in text.split()), default=1.0)
    lengths = [_em(text) for text in texts]
    longest = max(lengths, default=1.0)
    average = sum(lengths) / (len(lengths) or 1)
    least = max(min(longest_word, _LONGEST), 1.0)
    # A column takes part in long texts by how much of it there is.
    return _Column(least, max(least, min(longest, _LINE / 2 + average)), max(longest, least))


@lru_cache(maxsize=10_000)
def _em(text: str) -> float:
    """How wide `text` is in one line."""
    bare = (letter for letter in unicodedata.normalize("NFD", text))
    return sum(_width(letter) for letter in bare if not unicodedata.combining(letter))


def _width(letter: str) -> float:
    return _WIDTHS.get(letter) or (_CAPITAL if letter.isupper() else _OTHER)
