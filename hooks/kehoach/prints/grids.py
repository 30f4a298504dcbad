"""How wide the columns of a table are on paper, and whether it needs the long side of the sheet."""

from dataclasses import dataclass
from typing import NamedTuple

from kehoach.records.body.model import Table
from kehoach.records.body.walking import words

# Points between the margins of A4 as Decree 30/2020/NĐ-CP, Appendix I, I.4 has them: 160 mm upright.
UPRIGHT = 453.0
_LYING = 700.0
_PADDING = 8.0  # of a cell, both sides
_LETTER = 0.55  # of the size of the font, on average and with some capitals
_SIZES = (13.0, 12.0, 11.0, 10.0)
_MANY = 8  # columns that no upright sheet shows well
_LINE = 28  # letters that a line of a cell should have before it wraps


@dataclass(frozen=True, slots=True)
class Layout:
    """Widths are shares of the whole; `size` is that of the font in points."""

    widths: list[float]
    wide: bool
    size: float


class _Column(NamedTuple):
    least: int  # letters of the longest word
    liked: float  # letters of a line that reads well


def layout(table: Table) -> Layout:
    """How `table` stands best: upright where its longest words fit, in the largest font that does."""
    columns = [_column(table, index) for index in range(table.columns)]
    wide = table.columns >= _MANY or not _fits(columns, _SIZES[1], UPRIGHT)
    room = _LYING if wide else UPRIGHT
    size = next((size for size in _SIZES if _fits(columns, size, room)), _SIZES[-1])
    least = [column.least * size * _LETTER + _PADDING for column in columns]
    liked = [column.liked * size * _LETTER + _PADDING for column in columns]
    spare = max(room - sum(least), 0.0)
    wishes = [max(like - need, 0.0) for like, need in zip(liked, least, strict=True)]
    wished = sum(wishes) or 1.0
    widths = [need + spare * wish / wished for need, wish in zip(least, wishes, strict=True)]
    return Layout([round(width, 1) for width in widths], wide, size)


def _fits(columns: list[_Column], size: float, room: float) -> bool:
    return sum(column.least * size * _LETTER + _PADDING for column in columns) <= room


def _column(table: Table, index: int) -> _Column:
    own = [cell for cell in table.cells if cell.column == index and cell.columns == 1]
    texts = [words(cell.blocks) for cell in own]
    lengths = [len(word) for text in texts for word in text.split()]
    longest = max(map(len, texts), default=0)
    average = sum(map(len, texts)) / (len(texts) or 1)
    # A word breaks beyond 40 letters; a column takes part in long texts by how much of it there is.
    least = min(max(lengths, default=1), 40)
    return _Column(least, max(float(least), min(longest, _LINE / 2 + average)))
