"""The sample plans as office files: written in Word by hand, and turned into other formats."""

import re
from collections.abc import Iterator
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
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


def write(plan: Plan, library: Library, path: Path, *, times: int = 1) -> Path:
    """`plan` as a Word file in the form of Decree 30, as staff write it: numbers typed.

    Its body stands there `times` over.
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
    for text, bold in list(lines(plan)) * times:
        _add(document, text, bold=bold)
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


def _add(document, text: str, *, bold: bool = False, centred: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(text).bold = bold
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
