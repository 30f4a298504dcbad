"""The sample plans as office files: written in Word by hand, and turned into other formats."""

import re
import subprocess
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt

from kehoach.building.shelf import read_library
from kehoach.records.body.blocks import Shape, scan
from kehoach.records.body.inline import plain
from kehoach.records.library import Library
from kehoach.records.plan import Plan


def library(root: Path) -> Library:
    """The sample library of the repository at `root`."""
    return read_library(root / "content")


def lines(plan: Plan) -> Iterator[tuple[str, bool]]:
    """The lines of a plan's body as they stand on paper, and whether each is in bold."""
    for block in scan(plan.body):
        if block.shape is Shape.NOTE:
            continue
        mark = f"{block.mark} " if block.shape is Shape.ITEM else ""
        number = f"{block.number.written} " if block.number else ""
        text = plain(re.sub(r"\[\^\w+\]", "", block.text))
        yield mark + number + text, block.shape is Shape.HEADING


def write(
    plan: Plan,
    library: Library,
    path: Path,
    *,
    times: int = 1,
    numbered: bool = False,
    old: bool = False,
) -> Path:
    """`plan` as a Word file in the form of Decree 30, as staff write it.

    Its numbers are typed, or set by Word (I. and below it 1.) where it is `numbered`; its body stands
    there `times` over, in the fonts of the 1990s where it is `old`.
    """
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    unit = library.issuer(plan)
    assert unit is not None
    above, name = library.units.letterhead(unit)
    head = document.add_table(1, 2)
    left = [above.upper(), name.upper(), f"Số: {plan.number or ''}"]
    day = _day(plan)
    right = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    right += [f"{plan.place or library.units.province(unit)}, {day}"]
    for cell, texts in zip(head.rows[0].cells, (left, right), strict=True):
        _fill(cell, texts)
    _add(document, plan.kind.upper(), bold=True, centred=True)
    _add(document, plan.title, bold=True, centred=True)
    if numbered:
        _add_numbering(document)
    for text, bold in list(lines(plan)) * times:
        level, bare = _numbered(text) if numbered else (None, text)
        _add(document, bare, bold=bold, level=level, old=old)
    end = document.add_table(1, 2)
    signer = plan.signer
    assert signer is not None
    _fill(end.rows[0].cells[0], ["Nơi nhận:", *(f"- {line}" for line in plan.recipients)])
    _fill(end.rows[0].cells[1], [*filter(None, [signer.authority]), signer.title, "", signer.name])
    document.add_paragraph()  # as Word has it behind a table
    document.save(str(path))
    return path


def _day(plan: Plan) -> str:
    start = plan.date.start
    assert start is not None
    unit = plan.date.precision.value
    if unit == "day":
        return f"ngày {start.day:02} tháng {start.month} năm {start.year}"
    return (
        f"ngày     tháng {start.month:02} năm {start.year}"
        if unit == "month"
        else f"ngày   tháng   năm {start.year}"
    )


def _fill(cell, texts) -> None:
    cell.paragraphs[0].text = texts[0]
    for text in texts[1:]:
        cell.add_paragraph(text)


def _in_old_fonts(text: str) -> Iterator[tuple[str, str]]:
    """`text` as TCVN3 keeps it, by glibc's table: capitals are small letters in a font of capitals."""
    for is_small, letters in groupby(text, key=lambda c: c.upper() == c.lower() or c.islower()):
        part = "".join(letters)
        command = ["iconv", "-f", "UTF-8", "-t", "TCVN5712-1//TRANSLIT"]
        done = subprocess.run(command, input=part.lower().encode(), capture_output=True, check=True)
        yield ".VnTime" if is_small else ".VnTimeH", done.stdout.decode("latin-1")


_LIST = "9"  # the number of the list in the file
_LEVELS = (("upperRoman", r"[IVX]+\. "), ("decimal", r"\d+\. "))


def _numbered(text: str) -> tuple[int | None, str]:
    """The level of the number that `text` begins with, and the text without it."""
    for level, (_, pattern) in enumerate(_LEVELS):
        if found := re.match(pattern, text):
            return level, text[found.end() :]
    return None, text


def _add_numbering(document) -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="%{at + 1}."/></w:lvl>'
        for at, (form, _) in enumerate(_LEVELS)
    )
    root = document.part.numbering_part.element
    for inner in (
        f'<w:num {nsdecls("w")} w:numId="{_LIST}"><w:abstractNumId w:val="{_LIST}0"/></w:num>',
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{_LIST}0">{levels}</w:abstractNum>',
    ):
        root.insert(0 if "abstractNum " in inner else len(root), parse_xml(inner))


def _add(
    document,
    text: str,
    *,
    bold: bool = False,
    centred: bool = False,
    level: int | None = None,
    old: bool = False,
) -> None:
    paragraph = document.add_paragraph()
    if level is not None:
        inner = f'<w:ilvl w:val="{level}"/><w:numId w:val="{_LIST}"/>'
        numbers = parse_xml(f"<w:numPr {nsdecls('w')}>{inner}</w:numPr>")
        paragraph._p.get_or_add_pPr().append(numbers)
    for font, part in _in_old_fonts(text) if old else (("", text),):
        run = paragraph.add_run(part)
        run.bold, run.font.name = bold, font or None
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
