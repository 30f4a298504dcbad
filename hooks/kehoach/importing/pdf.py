"""A PDF as a manuscript, by where its letters stand.

A font without Vietnamese letters makes each marked letter a run of its own; letters are therefore put
in order by their place, never by their order in the file.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfparser import PDFSyntaxError
from pdfplumber.utils.exceptions import PdfminerException

from kehoach.importing.guarded import guarded
from kehoach.importing.manuscript import Cell, LeftOut, Manuscript, Paragraph, Run, Table, merged
from kehoach.importing.problem import ImportProblem
from kehoach.importing.proof import Words, letters_of
from kehoach.records.body.numbers import number_at_start

MAX_BYTES = 100 * 1024 * 1024
MAX_PAGES = 1_000
_SCANNED = 40  # letters of a page below which it is a picture
_EDGE = 62  # points from the edge of a sheet in which its number stands
_GAP = 22  # points between words from which they stand in two columns
_SMALL = 0.88  # of the text's size: a note at the foot
_RAISED = 0.78  # of the text's size: a call of a note
_MARKED = re.compile(r"[-–—•+*▪●]\s")
_PAGE = re.compile(r"(?:Trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?")


@dataclass(slots=True)
class _Line:
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
class _Page:
    """One page: its lines and tables from top to bottom, its notes, its size."""

    number: int
    width: float
    height: float
    lines: list[_Line] = field(default_factory=list)
    tables: list[tuple[float, Table]] = field(default_factory=list)
    notes: list[_Line] = field(default_factory=list)


def read(path: Path) -> tuple[Manuscript, Words] | None:
    """The manuscript of the PDF at `path` and its letters by another road; None for a scan."""
    return guarded(_read, path, name=path.name)


def _read(path: Path) -> tuple[Manuscript, Words] | None:
    if path.stat().st_size > MAX_BYTES:
        raise ImportProblem(f"{path.name} lớn quá {MAX_BYTES // 2**20} MB; hãy tách tệp")
    try:
        with pdfplumber.open(path) as pdf:
            return _manuscript(pdf, path.name)
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise ImportProblem(f"{path.name} có mật khẩu; hãy bỏ mật khẩu rồi thử lại") from None
        raise ImportProblem(f"{path.name} hỏng; hãy in lại ra PDF rồi thử lại") from None
    except (
        PDFSyntaxError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        OSError,
        AssertionError,
    ) as error:
        raise ImportProblem(
            f"{path.name} hỏng ({type(error).__name__}); hãy in lại ra PDF"
        ) from None


def _manuscript(pdf: pdfplumber.PDF, name: str) -> tuple[Manuscript, Words] | None:
    count = page_count(pdf)
    if count > MAX_PAGES:
        raise ImportProblem(f"{name} có {count} trang, quá {MAX_PAGES}; hãy tách tệp")
    found = Manuscript()
    letters: Words = Counter()
    pages: list[_Page] = []
    total = 0
    for number, page in enumerate(pdf.pages, 1):
        total += len(page.chars)
        letters += letters_of("".join(char["text"] for char in page.chars))
        pages.append(_page(page, number, found))
        page.close()
    if total < _SCANNED * count:
        return None
    body = _size(pages)
    _take_out_edges(pages, found)
    for page in pages:
        _take_notes(page, body, found)
    blocks = _Blocks(found, body)
    for page in pages:
        blocks.add(page)
    blocks.close()
    return found, letters


def page_count(pdf: pdfplumber.PDF) -> int:
    """How many pages a PDF says it has, without reading them."""
    pages = pdf.doc.catalog.get("Pages")
    tree = pages.resolve() if hasattr(pages, "resolve") else pages
    told = tree.get("Count") if isinstance(tree, dict) else None
    told = told.resolve() if hasattr(told, "resolve") else told
    return told if isinstance(told, int) else 0


# --- a page


def _page(page: Any, number: int, found: Manuscript) -> _Page:
    made = _Page(number, float(page.width), float(page.height))
    inside: list[tuple[float, float, float, float]] = []
    words = page.extract_words(x_tolerance_ratio=0.15, return_chars=True)
    for word in words:
        word["text"] = unicodedata.normalize("NFC", word["text"]).replace("\u00ad", "")
    if len(page.lines) + len(page.rects) + len(page.curves) > 3:
        for table in page.find_tables():
            if len(table.cells) > 3:
                inside.append(table.bbox)
                made.tables.append((float(table.bbox[1]), _table(table, words, number)))
    outside = [word for word in words if not any(_is_in(word, box) for box in inside)]
    made.lines = _in_columns(list(_lines(outside, number)), made.width)
    if page.images and not words:
        found.remarks.append(f"trang {number} là hình, không có chữ; hãy quét lại hoặc chép tay")
    return made


def _is_in(word: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _lines(words: Sequence[dict[str, Any]], page: int) -> Iterator[_Line]:
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


def _line(words: list[dict[str, Any]], page: int) -> _Line:
    words = sorted(words, key=lambda word: word["x0"])
    sizes = Counter(round(char["size"], 1) for word in words for char in word["chars"])
    return _Line(words, page, size=sizes.most_common(1)[0][0])


def _in_columns(lines: list[_Line], width: float) -> list[_Line]:
    """`lines`, those of two columns side by side one column after the other."""
    split = [(_parts(line, width), line) for line in lines]
    found: list[_Line] = []
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


def _middle(pieces: list[_Line], width: float) -> float:
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


def _parts(line: _Line, width: float) -> list[_Line]:
    """The columns of a line: what a wide gap parts, in the upper and lower form of a letter."""
    for at in range(1, len(line.words)):
        left, right = line.words[at - 1], line.words[at]
        gap = right["x0"] - left["x1"]
        if gap > _GAP and width * 0.25 < (left["x1"] + right["x0"]) / 2 < width * 0.75:
            return [replace(line, words=line.words[:at]), replace(line, words=line.words[at:])]
    return [line]


def _cut(line: _Line, edge: float) -> list[_Line]:
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


def _is_beside(split: list[tuple[list[_Line], _Line]], at: int, to: int, width: float) -> bool:
    """Whether the line at `at` is a part of the columns at `to`: near to it, and on one side only."""
    line, other = split[at][1], split[to][1]
    gap = line.top - other.bottom if at > to else other.top - line.bottom
    alone = line.x1 < width * 0.56 or line.x0 > width * 0.44
    starts = _MARKED.match(line.text) and line.x0 < width * 0.2 and line.x1 < width * 0.56
    return bool(alone and gap < 60 and (not number_at_start(line.text) or starts))


def _table(table: Any, words: list[dict[str, Any]], page: int) -> Table:
    """The cells of a ruled table at their places, with their spans."""
    xs = _edges(edge for cell in table.cells for edge in (cell[0], cell[2]))
    ys = _edges(edge for cell in table.cells for edge in (cell[1], cell[3]))
    rows: list[list[tuple[int, Cell]]] = [[] for _ in range(len(ys) - 1)]
    for box in table.cells:
        left, right = _nearest(xs, box[0]), _nearest(xs, box[2])
        top, bottom = _nearest(ys, box[1]), _nearest(ys, box[3])
        inner = [word for word in words if _is_in(word, box)]
        lines = list(_lines(inner, page))
        runs: list[Run] = []
        for line in lines:
            runs += [Run(" ")] * bool(runs) + list(_runs(line, set(), 0))
        blocks = (Paragraph(merged(runs), page=page),) if runs else ()
        rows[top].append((left, Cell(blocks, max(1, right - left), max(1, bottom - top))))
    ordered = (sorted(row, key=lambda placed: placed[0]) for row in rows)
    return Table(tuple(tuple(cell for _, cell in row) for row in ordered), page=page)


def _edges(values: Iterator[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > 3:
            found.append(value)
    return found


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - value))


# --- what is not text


def _size(pages: list[_Page]) -> float:
    """The size of most letters."""
    sizes = Counter[float]()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 12.0


def _take_out_edges(pages: list[_Page], found: Manuscript) -> None:
    """Page numbers and lines that stand on most pages at one height go, and are listed."""
    heights = Counter((round(line.top), line.text) for page in pages for line in page.lines)
    for page in pages:
        for line in list(page.lines):
            at_edge = line.top < _EDGE or line.bottom > page.height - _EDGE
            often = len(pages) > 2 and heights[round(line.top), line.text] > len(pages) / 2
            if at_edge and (_PAGE.fullmatch(line.text.strip()) or often):
                page.lines.remove(line)
                found.left_out.append(LeftOut(line.text, "số trang, đầu trang, chân trang"))


def _take_notes(page: _Page, body: float, found: Manuscript) -> None:
    """Notes at the foot: small lines at the end of the page, each begun by a number."""
    at = len(page.lines)
    while at > 0 and page.lines[at - 1].size <= body * _SMALL and page.lines[at - 1].column == 0:
        at -= 1
    small = page.lines[at:]
    first = next(
        (i for i, line in enumerate(small) if re.match(r"\d{1,3}(?=\D|$)", line.text)), None
    )
    if first is None:
        return
    label = ""
    for line in small[first:]:
        begun = re.match(r"(\d{1,3})\s*(?=\S)", line.text)
        if begun and line.words[0]["chars"][0]["size"] < line.size * 0.9:
            label = begun[1]
            text = line.text[begun.end() :]
            found.notes[label] = [Paragraph((Run(text),), page=page.number)]
        elif label:
            [last] = found.notes[label]
            found.notes[label] = [Paragraph((Run(f"{last.text} {line.text}"),), page=page.number)]
    if label:
        page.lines[at + first :] = []


# --- paragraphs


class _Blocks:
    """Paragraphs made of lines, over the pages."""

    def __init__(self, found: Manuscript, body: float) -> None:
        self.found = found
        self.body = body
        self.open: list[_Line] = []
        self.centred = False
        self.left, self.right = 0.0, 0.0

    def add(self, page: _Page) -> None:
        plain = [line for line in page.lines if line.column == 0]
        self.left = min((line.x0 for line in plain), default=self.left)
        self.right = max((line.x1 for line in plain), default=self.right)
        waiting = sorted(page.tables, key=lambda placed: placed[0])
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
            self.found.blocks += [table for _, table in waiting]

    def is_centred(self, line: _Line, width: float) -> bool:
        middle = (self.left + self.right) / 2 if self.right > self.left else width / 2
        off = abs((line.x0 + line.x1) / 2 - middle)
        return line.column == 0 and off < 8 and line.x0 > self.left + 30

    def begins(self, line: _Line, centred: bool) -> bool:
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

    def is_title_going_on(self, line: _Line) -> bool:
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
            runs += list(_runs(line, labels, self.body))
        paragraph = Paragraph(merged(runs), centred=self.centred, page=self.open[0].page)
        self.found.blocks.append(paragraph)
        self.open = []


def _is_bold(line: _Line) -> bool:
    return _share([line], "bold") > 0.5


def _share(lines: list[_Line], face: str) -> float:
    """The part of the letters in `lines` whose font has `face` in its name."""
    fonts = [c["fontname"].lower() for line in lines for word in line.words for c in word["chars"]]
    return sum(face in font for font in fonts) / max(len(fonts), 1)


def _runs(line: _Line, labels: set[str], body: float) -> Iterator[Run]:
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
        yield Run(text, bold, italic)
