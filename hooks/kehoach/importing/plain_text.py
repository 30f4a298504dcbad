"""Plain text and Markdown as a manuscript: .txt, .md."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

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
from kehoach.records.body.numbers import number_at_start

MAX_BYTES = 8 * 1024 * 1024
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_CALL = re.compile(r"(?<=[\w”)])([⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_NOTE = re.compile(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]+)\s+(\S.*)|\[\^([^\]\s]+)\]:\s*(.*)")
_EMPHASIS = re.compile(r"(\*{1,3})(?=\S)(.+?)(?<=\S)\1")
_MARKED = re.compile(r"[-–—•+*]\s")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_LONG = 100  # characters of a line from which it is a paragraph and not a wrapped line
_FULL = 55  # characters of a line from which it may go on in the next


def read(path: Path) -> Manuscript:
    """The manuscript of the text file at `path`: UTF-8, UTF-16 with its mark, or Windows-1258."""
    raw = path.read_bytes()
    if len(raw) > MAX_BYTES:
        raise ImportProblem(f"{path.name} lớn quá {MAX_BYTES // 2**20} MB; hãy tách tệp")
    text = decoded(raw)
    if sum(letter in text for letter in "\0\ufffd") or len(_CONTROL.findall(text)) > len(text) / 50:
        raise ImportProblem(f"{path.name} không phải tệp chữ; hãy mở bằng Word rồi lưu lại .docx")
    return manuscript(text)


def decoded(raw: bytes) -> str:
    """`raw` as NFC text."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return unicodedata.normalize("NFC", raw.decode("utf-16", "replace"))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1258", "replace")
    return unicodedata.normalize("NFC", text)


def manuscript(text: str) -> Manuscript:
    """The manuscript of plain `text`: blank lines part paragraphs, and lines that begin with a number or a mark do."""
    found = Manuscript(has_looks=False)
    text = visible(text.replace("\r\n", "\n").replace("\r", "\n"))
    labels = {label for line in text.split("\n") if (label := _label_of(line))}
    for paragraph in _paragraphs(text):
        if _is_row(paragraph):
            _add_row(found, paragraph, labels)
        elif note := _NOTE.match(paragraph):
            label = (note[1] or note[3]).translate(_SUPERSCRIPT)
            found.notes[label] = [Paragraph(tuple(_runs(note[2] or note[4], labels)))]
        elif re.fullmatch(r"-{3,}|={3,}|\*{3,}", paragraph):
            found.left_out.append(LeftOut(paragraph, "đường kẻ"))
        else:
            bare = re.sub(r"^#{1,6}\s+", "", paragraph)
            found.blocks.append(Paragraph(merged(list(_runs(bare, labels)))))
    return found


def _is_row(line: str) -> bool:
    """Whether `line` is a row of a table, between pipes or by tabs."""
    return (line.startswith("|") and line.count("|") > 2) or line.count("\t") > 1


def _add_row(found: Manuscript, line: str, labels: set[str]) -> None:
    """Add a row to the table that is open, or begin one; the rule below a header says nothing."""
    if "|" in line and set(line) <= set("|:- \t"):
        return
    texts = re.split(r"(?<!\\)\|", line.strip("|")) if line.startswith("|") else line.split("\t")
    cells = []
    for text in texts:
        runs = merged(list(_runs(text.strip().replace("\\|", "|"), labels)))
        cells.append(Cell((Paragraph(runs),) if runs else ()))
    last = found.blocks[-1] if found.blocks else None
    if isinstance(last, Table) and len(last.rows[0]) == len(cells):
        found.blocks[-1] = replace(last, rows=(*last.rows, tuple(cells)))
    else:
        found.blocks.append(Table((tuple(cells),)))


def _label_of(line: str) -> str:
    note = _NOTE.match(line)
    return (note[1] or note[3]).translate(_SUPERSCRIPT) if note else ""


def _paragraphs(text: str) -> Iterator[str]:
    lines = [line.strip() for line in text.split("\n")]
    is_wrapped = sum(len(line) > _LONG for line in lines) < 3
    current: list[str] = []
    for line in lines:
        begins = bool(
            _is_row(line)
            or (current and _is_row(current[-1]))
            or _MARKED.match(line)
            or number_at_start(line)
            or line.startswith("#")
        )
        if current and (not line or begins or not is_wrapped or len(current[-1]) < _FULL):
            yield from _joined(current)
            current = []
        if line:
            current.append(line)
    yield from _joined(current)


def _joined(lines: list[str]) -> Iterator[str]:
    """The lines of one paragraph; lines in capitals stand for themselves, as in a signature."""
    text = ""
    for line in lines:
        if text and (line.isupper() or text.rsplit("\n", 1)[-1].isupper()):
            yield text
            text = line
        else:
            text = f"{text} {line}" if text else line
    if text:
        yield text


def _runs(text: str, labels: set[str]) -> Iterator[Run]:
    """`text` with its emphasis and its calls of the notes `labels`."""
    at = 0
    for match in _EMPHASIS.finditer(text):
        yield from _calls(text[at : match.start()], labels, bold=False, italic=False)
        stars = len(match[1])
        yield from _calls(match[2], labels, bold=stars > 1, italic=stars != 2)
        at = match.end()
    yield from _calls(text[at:], labels, bold=False, italic=False)


def _calls(text: str, labels: set[str], *, bold: bool, italic: bool) -> Iterator[Run]:
    pattern = re.compile(rf"{_CALL.pattern}|\[\^([^\]\s]+)\]")
    at = 0
    for match in pattern.finditer(text):
        label = (match[1] or match[2]).translate(_SUPERSCRIPT)
        if label in labels:
            yield Run(text[at : match.start()], bold, italic)
            yield Run("", note=label)
            at = match.end()
    yield Run(text[at:], bold, italic)
