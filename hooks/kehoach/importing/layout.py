"""Lines of letters with their places, as paragraphs: what PDFs and scans have in common."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from kehoach.importing.manuscript import Block, Manuscript, Paragraph, Run, merged
from kehoach.records.body.numbers import number_at_start

_GAP = 22  # points between words from which they stand in two columns
_OFF = 12  # points off the middle up to which a line is centred
_RAISED = 0.78  # of the text's size: a call of a note
_MARKED = re.compile(r"[-–—•+*▪●]\s")


@dataclass(slots=True)
class Line:
    """Words on one line, from left to right."""

    words: list[dict[str, Any]]
    page: int
    column: int = 0  # 1 and 2 where two columns stand side by side
    size: float = 0.0

    @property
    def x0(self) -> float:
        return float(self.words[0]["x0"])

    @property
    def x1(self) -> float:
        return float(self.words[-1]["x1"])

    @property
    def top(self) -> float:
        return float(min(word["top"] for word in self.words))

    @property
    def bottom(self) -> float:
        return float(max(word["bottom"] for word in self.words))

    @property
    def text(self) -> str:
        return " ".join(word["text"] for word in self.words)


@dataclass(slots=True)
class Page:
    """One page: its lines, tables and pictures from top to bottom, its notes, its size."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    placed: list[tuple[float, Block]] = field(default_factory=list)  # tables and pictures
    notes: list[Line] = field(default_factory=list)


def lines_of(words: Sequence[dict[str, Any]], page: int) -> Iterator[Line]:
    current: list[dict[str, Any]] = []
    for word in sorted(words, key=lambda word: (word["top"] + word["bottom"]) / 2):
        middle = (word["top"] + word["bottom"]) / 2
        if current:
            last = current[-1]
            height = max(last["bottom"] - last["top"], word["bottom"] - word["top"])
            if middle - (last["top"] + last["bottom"]) / 2 > 0.45 * height:
                yield _line(current, page)
                current = []
        current.append(word)
    if current:
        yield _line(current, page)


def _line(words: list[dict[str, Any]], page: int) -> Line:
    words = sorted(words, key=lambda word: word["x0"])
    sizes = Counter(round(char["size"], 1) for word in words for char in word["chars"])
    return Line(words, page, size=sizes.most_common(1)[0][0])


def in_columns(lines: list[Line], width: float) -> list[Line]:
    """`lines`, those of two columns side by side one column after the other."""
    split = [(_parts(line, width), line) for line in lines]
    found: list[Line] = []
    at = 0
    while at < len(split):
        if len(split[at][0]) == 1:
            found.append(split[at][1])
            at += 1
            continue
        start = at
        while (
            start > 0
            and split[start - 1][1] in found
            and _is_beside(split, start - 1, start, width)
        ):
            start -= 1
            found.pop()
        end = at + 1
        edge = split[at][0][1].x0
        while end < len(split):
            parts, line = split[end]
            if len(parts) == 1 and len(cut := _cut(line, edge)) > 1:
                split[end] = cut, line
            elif len(parts) == 1 and not _is_beside(split, end, end - 1, width):
                break
            end += 1
        pieces = [piece for parts, _ in split[start:end] for piece in parts]
        for column, side in ((1, True), (2, False)):
            here = [p for p in pieces if ((p.x0 + p.x1) / 2 < _middle(pieces, width)) == side]
            found += [replace(piece, column=column) for piece in here]
        at = end
    return found


def _middle(pieces: list[Line], width: float) -> float:
    """Where the two columns meet: the widest empty strip around the middle of the page."""
    best, place = -1.0, width / 2
    for x in range(int(width * 0.3), int(width * 0.7), 3):
        if any(piece.x0 < x < piece.x1 for piece in pieces):
            continue
        left = max((piece.x1 for piece in pieces if piece.x1 <= x), default=None)
        right = min((piece.x0 for piece in pieces if piece.x0 >= x), default=None)
        if left is not None and right is not None and right - left > best:
            best, place = right - left, (left + right) / 2
    return place


def _parts(line: Line, width: float) -> list[Line]:
    """The columns of a line: what its widest gap parts, in the upper and lower form of a letter.

    A blank for a number or a day is a gap too ("Số:      /KH-SKHCN"), but a narrower one.
    """
    gaps = [
        (right["x0"] - left["x1"], at)
        for at, (left, right) in enumerate(pairwise(line.words), 1)
        if width * 0.25 < (left["x1"] + right["x0"]) / 2 < width * 0.75
    ]
    gap, at = max(gaps, default=(0, 0))
    if gap <= _GAP:
        return [line]
    return [replace(line, words=line.words[:at]), replace(line, words=line.words[at:])]


def _cut(line: Line, edge: float) -> list[Line]:
    """The line where a column that begins about `edge` begins, if a word of it does."""
    for at in range(1, len(line.words)):
        word = line.words[at]
        if (
            word["x0"] > edge - 60
            and word["x0"] - line.words[at - 1]["x1"] > 5
            and line.x0 < edge - 90
        ):
            usual = [b["x0"] - a["x1"] for a, b in pairwise(line.words)]
            if word["x0"] - line.words[at - 1]["x1"] > 1.6 * sorted(usual)[len(usual) // 2]:
                return [replace(line, words=line.words[:at]), replace(line, words=line.words[at:])]
    return [line]


def _is_beside(split: list[tuple[list[Line], Line]], at: int, to: int, width: float) -> bool:
    """Whether the line at `at` is a part of the columns at `to`: near to it, and on one side only.

    What stands in the middle of the text is a title, no column.
    """
    middle = (min(line.x0 for _, line in split) + max(line.x1 for _, line in split)) / 2
    line, other = split[at][1], split[to][1]
    gap = line.top - other.bottom if at > to else other.top - line.bottom
    alone = line.x1 < width * 0.56 or line.x0 > width * 0.44
    alone = alone and abs((line.x0 + line.x1) / 2 - middle) > _OFF
    starts = _MARKED.match(line.text) and line.x0 < width * 0.2 and line.x1 < width * 0.56
    return bool(alone and gap < 60 and (not number_at_start(line.text) or starts))


# --- paragraphs


class Blocks:
    """Paragraphs made of lines, over the pages."""

    def __init__(self, found: Manuscript, body: float) -> None:
        self.found = found
        self.body = body
        self.open: list[Line] = []
        self.centred = False
        self.left, self.right = 0.0, 0.0

    def add(self, page: Page) -> None:
        plain = [line for line in page.lines if line.column == 0]
        self.left = min((line.x0 for line in plain), default=self.left)
        self.right = max((line.x1 for line in plain), default=self.right)
        waiting = sorted(page.placed, key=lambda placed: placed[0])
        for line in page.lines:
            while waiting and waiting[0][0] < line.top and line.column == 0:
                self.close()
                self.found.blocks.append(waiting.pop(0)[1])
            centred = self.is_centred(line, page.width)
            if self.open and self.begins(line, centred):
                self.close()
            self.centred = centred or (self.centred and bool(self.open))
            self.open.append(line)
        if waiting:
            self.close()
            self.found.blocks += [block for _, block in waiting]

    def is_centred(self, line: Line, width: float) -> bool:
        middle = (self.left + self.right) / 2 if self.right > self.left else width / 2
        off = abs((line.x0 + line.x1) / 2 - middle)
        return line.column == 0 and off < 8 and line.x0 > self.left + 30

    def begins(self, line: Line, centred: bool) -> bool:
        """Whether `line` begins a paragraph behind the one that is open."""
        last = self.open[-1]
        if line.column != last.column or line.column:
            return True
        if centred != self.centred or centred:
            return not self.is_title_going_on(line)
        if re.match(r"[-–]\s*\d", line.text) and last.text[-1:].isdigit():
            return False  # "giai đoạn 2016 / - 2020"
        if _MARKED.match(line.text) or number_at_start(line.text):
            return True
        if (
            line.text[:1].isupper()
            and _share(self.open, "bold") == 1
            and not _share([line], "bold")
        ):
            return True
        if line.page == last.page and line.top - last.bottom > 1.1 * (line.bottom - line.top):
            return True
        if line.x0 - self.left > 14 and not last.x0 - self.left > 14:
            return True
        if line.x0 - self.left > 14 and last.x1 > self.right - 60 and len(self.open) > 1:
            return True
        return last.x1 < self.right - 0.16 * (self.right - self.left)

    def is_title_going_on(self, line: Line) -> bool:
        """Whether `line` fills the width, or does not, behind lines of one title."""
        last = self.open[-1]
        near = line.page == last.page and line.top - last.bottom < 0.9 * (line.bottom - line.top)
        alike = _is_bold(line) == _is_bold(last) and line.text.isupper() == last.text.isupper()
        return near and alike and not number_at_start(line.text)

    def close(self) -> None:
        if not self.open:
            return
        runs: list[Run] = []
        labels = set(self.found.notes)
        for line in self.open:
            if runs:
                runs.append(Run(" ", runs[-1].bold, runs[-1].italic))
            runs += list(runs_of(line, labels, self.body))
        paragraph = Paragraph(merged(runs), centred=self.centred, page=self.open[0].page)
        self.found.blocks.append(paragraph)
        self.open = []


def _is_bold(line: Line) -> bool:
    return _share([line], "bold") > 0.5


def _share(lines: list[Line], face: str) -> float:
    """The part of the letters in `lines` whose font has `face` in its name."""
    fonts = [c["fontname"].lower() for line in lines for word in line.words for c in word["chars"]]
    return sum(face in font for font in fonts) / max(len(fonts), 1)


def runs_of(line: Line, labels: set[str], body: float) -> Iterator[Run]:
    for at, word in enumerate(line.words):
        chars = word["chars"]
        bold = sum("bold" in char["fontname"].lower() for char in chars) * 2 > len(chars)
        italic = sum(
            bool(re.search("italic|oblique", char["fontname"], re.I)) for char in chars
        ) * 2 > len(chars)
        text = word["text"]
        if at:
            yield Run(" ", bold, italic)
        raised = "".join(
            c["text"] for c in chars if body and c["size"] < body * _RAISED and c["text"].isdigit()
        )
        if raised in labels and raised in text:
            before, _, after = text.rpartition(raised)
            yield Run(before, bold, italic)
            yield Run("", note=raised)
            text = after
        yield Run(text, bold, italic, doubtful=word.get("doubtful", False))
