"""A PDF as a manuscript, by where its letters stand.

A font without Vietnamese letters makes each marked letter a run of its own; letters are therefore put
in order by their place, never by their order in the file.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfparser import PDFSyntaxError
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from kehoach.importing import fonts_of_old
from kehoach.importing.guarded import guarded
from kehoach.importing.layout import Blocks, Page, in_columns, lines_of, runs_of
from kehoach.importing.manuscript import (
    Cell,
    LeftOut,
    Manuscript,
    Paragraph,
    Run,
    Table,
    merged,
    visible,
)
from kehoach.importing.problem import ImportProblem
from kehoach.importing.proof import Words, letters_of

MAX_BYTES = 100 * 1024 * 1024
MAX_PAGES = 1_000
_SCANNED = 40  # letters of a page below which it is a picture
_EDGE = 62  # points from the edge of a sheet in which its number stands
_WHOLE = 0.7  # of a page: a picture of all of it
_LEAST = 12  # points: smaller pictures are marks and lines
_MOST_PICTURES = 100
_MOST_DOTS = 3_000  # along the longer side of a picture
_DRAWN_DPI = 150
_SMALL = 0.88  # of the text's size: a note at the foot
_RAISED = 0.78  # of the text's size: a call of a note
_MARKED = re.compile(r"[-–—•+*▪●]\s")
_PAGE = re.compile(r"(?:Trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?")


_Box = tuple[float, float, float, float]  # left, top, right, bottom, in points from the top left


def read(path: Path) -> tuple[Manuscript, Words] | None:
    """The manuscript of the PDF at `path` and its letters by another road; None for a scan."""
    return guarded(_read, path, name=path.name)


def _read(path: Path) -> tuple[Manuscript, Words] | None:
    if path.stat().st_size > MAX_BYTES:
        raise ImportProblem(f"{path.name} lớn quá {MAX_BYTES // 2**20} MB; hãy tách tệp")
    try:
        with pdfplumber.open(path) as pdf:
            return _manuscript(pdf, path)
    except ImportProblem:
        raise
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


def _manuscript(pdf: PDF, path: Path) -> tuple[Manuscript, Words] | None:
    name = path.name
    count = page_count(pdf)
    if count > MAX_PAGES:
        raise ImportProblem(f"{name} có {count} trang, quá {MAX_PAGES}; hãy tách tệp")
    found = Manuscript()
    letters: Words = Counter()
    pages: list[Page] = []
    drawn: list[tuple[Page, list[_Box]]] = []
    total = 0
    for number, page in enumerate(pdf.pages, 1):
        total += len(page.chars)
        letters += letters_of("".join(char["text"] for char in page.chars))
        pages.append(_page(page, number, found))
        drawn.append((pages[-1], _boxes(page)))
        page.close()
    if total < _SCANNED * count:
        return None
    _add_pictures(path, drawn, found)
    body = _size(pages)
    _take_out_edges(pages, found)
    for sheet in pages:
        _take_notes(sheet, body, found)
    blocks = Blocks(found, body)
    for sheet in pages:
        blocks.add(sheet)
    blocks.close()
    return found, letters


def page_count(pdf: PDF) -> int:
    """How many pages a PDF says it has, without reading them."""
    pages = pdf.doc.catalog.get("Pages")
    tree = pages.resolve() if pages is not None and hasattr(pages, "resolve") else pages
    told = tree.get("Count") if isinstance(tree, dict) else None
    told = told.resolve() if told is not None and hasattr(told, "resolve") else told
    return told if isinstance(told, int) else 0


# --- a page


def _page(page: Any, number: int, found: Manuscript) -> Page:
    made = Page(number, float(page.width), float(page.height))
    inside: list[tuple[float, float, float, float]] = []
    words = page.extract_words(x_tolerance_ratio=0.15, return_chars=True)
    for word in words:
        raw = word["text"]
        word["text"] = unicodedata.normalize("NFC", _decoded(word["chars"]))
        if _codings(word["chars"]) != {""}:
            found.words_decoded.append((raw, word["text"]))
    if len(page.lines) + len(page.rects) + len(page.curves) > 3:
        for table in page.find_tables():
            if len(table.cells) > 3:
                inside.append(table.bbox)
                made.placed.append((float(table.bbox[1]), _table(table, words, number)))
    outside = [word for word in words if not any(_is_in(word, box) for box in inside)]
    made.lines = in_columns(list(lines_of(outside, number)), made.width)
    if page.images and not words:
        found.remarks.append(f"trang {number} là hình, không có chữ; hãy quét lại hoặc chép tay")
    return made


def _coding(char: dict[str, Any]) -> str:
    return fonts_of_old.decoder(char["fontname"].rpartition("+")[2])


def _codings(chars: list[dict[str, Any]]) -> set[str]:
    return {_coding(char) for char in chars}


def _decoded(chars: list[dict[str, Any]]) -> str:
    """The letters that `chars` mean by their fonts."""
    parts = []
    for coding, group in groupby(chars, key=_coding):
        text = "".join(char["text"] for char in group)
        parts.append(fonts_of_old.decode(text, coding) if coding else visible(text))
    return "".join(parts)


def _add_pictures(path: Path, pages: list[tuple[Page, list[_Box]]], found: Manuscript) -> None:
    """The pictures of the pages at their places, as they look there.

    A page that is a picture under its letters was scanned: what a machine has read there proves nothing.
    """
    if not any(boxes for _, boxes in pages):
        return
    document = pypdfium2.PdfDocument(path)
    for page, boxes in pages:
        for box in boxes:
            wide, high = box[2] - box[0], box[3] - box[1]
            if wide * high > _WHOLE * page.width * page.height:
                found.scanned = True
                found.pages.append(_drawn(document, page, (0, 0, page.width, page.height), "JPEG"))
            elif min(wide, high) > _LEAST and len(found.pictures) < _MOST_PICTURES:
                name = f"{page.number}-{len(found.pictures) + 1}.png"
                found.pictures[name] = _drawn(document, page, box, "PNG")
                shown = Paragraph((Run("", picture=name),), page=page.number)
                page.placed.append((box[1], shown))
            elif min(wide, high) > _LEAST:
                found.remarks.append(
                    f"trang {page.number} có hình không đưa vào: quá {_MOST_PICTURES} hình"
                )
    document.close()


def _drawn(document: Any, page: Page, box: _Box, form: str) -> bytes:
    """A picture of what stands in `box` of `page`, in the format `form`."""
    left, top, right, bottom = box
    sides = (left, page.height - bottom, page.width - right, top)
    scale = min(_DRAWN_DPI / 72, _MOST_DOTS / max(right - left, bottom - top, 1))
    image = document[page.number - 1].render(
        scale=scale, crop=tuple(max(0, side) for side in sides)
    )
    out = BytesIO()
    image.to_pil().convert("RGB").save(out, form)
    return out.getvalue()


def _boxes(page: Any) -> list[_Box]:
    """Where the pictures of `page` stand, within its edges."""
    found = []
    for image in page.images:
        left, right = max(0.0, float(image["x0"])), min(float(page.width), float(image["x1"]))
        top, bottom = max(0.0, float(image["top"])), min(float(page.height), float(image["bottom"]))
        if right > left and bottom > top:
            found.append((left, top, right, bottom))
    return found


def _is_in(word: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _table(table: Any, words: list[dict[str, Any]], page: int) -> Table:
    """The cells of a ruled table at their places, with their spans."""
    xs = _edges(edge for cell in table.cells for edge in (cell[0], cell[2]))
    ys = _edges(edge for cell in table.cells for edge in (cell[1], cell[3]))
    rows: list[list[tuple[int, Cell]]] = [[] for _ in range(len(ys) - 1)]
    for box in table.cells:
        left, right = _nearest(xs, box[0]), _nearest(xs, box[2])
        top, bottom = _nearest(ys, box[1]), _nearest(ys, box[3])
        inner = [word for word in words if _is_in(word, box)]
        lines = list(lines_of(inner, page))
        runs: list[Run] = []
        for line in lines:
            runs += [Run(" ")] * bool(runs) + list(runs_of(line, set(), 0))
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


def _size(pages: list[Page]) -> float:
    """The size of most letters."""
    sizes = Counter[float]()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 12.0


def _take_out_edges(pages: list[Page], found: Manuscript) -> None:
    """Page numbers and lines that stand on most pages at one height go, and are listed."""
    heights = Counter((round(line.top), line.text) for page in pages for line in page.lines)
    for page in pages:
        for line in list(page.lines):
            at_edge = line.top < _EDGE or line.bottom > page.height - _EDGE
            often = len(pages) > 2 and heights[round(line.top), line.text] > len(pages) / 2
            if at_edge and (_PAGE.fullmatch(line.text.strip()) or often):
                page.lines.remove(line)
                found.left_out.append(LeftOut(line.text, "số trang, đầu trang, chân trang"))


def _take_notes(page: Page, body: float, found: Manuscript) -> None:
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
