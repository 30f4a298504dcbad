"""A file as a manuscript, by what its name ends with, and its words by another road."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kehoach.importing import office, pdf, plain_text, scan, web, word
from kehoach.importing.manuscript import Manuscript
from kehoach.importing.problem import ImportProblem
from kehoach.importing.proof import Words, letters_of, words_of_word
from kehoach.importing.proof import words as counted


@dataclass(frozen=True, slots=True)
class Reading:
    """A manuscript and the words of its file; `road` says how these were counted."""

    manuscript: Manuscript
    words: Words
    road: str
    unit: Callable[[str], Words] = counted


def read(path: Path) -> Reading:
    """The manuscript of the file at `path`, and its words; raises ImportProblem where it cannot be read."""
    if not path.is_file():
        raise ImportProblem(f"không có tệp {path}")
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(READERS)
        raise ImportProblem(f"không nhập được {path.name}; nhập được: {known}")
    return reader(path)


def _word(path: Path) -> Reading:
    return Reading(word.read(path), words_of_word(path), "mọi chữ trong các phần của tệp Word")


def _office(path: Path) -> Reading:
    with tempfile.TemporaryDirectory(prefix="kehoach-") as folder:
        reading = _word(office.convert(path, Path(folder)))
    road = "mọi chữ trong tệp Word mà LibreOffice chuyển ra"
    reading.manuscript.remarks.append(
        "đọc qua LibreOffice: trường ngày tự tính lại theo hôm nay; hãy đối chiếu các ngày với bản gốc"
    )
    return Reading(reading.manuscript, reading.words, road)


def _pdf(path: Path) -> Reading:
    found = pdf.read(path)
    if found is None:
        return _scan(path)
    return Reading(*found, "mọi chữ cái trên các trang PDF, không kể thứ tự", letters_of)


def _scan(path: Path) -> Reading:
    found = scan.read(path)
    read = counted("\n".join(paragraph.line for paragraph in found.paragraphs()))
    return Reading(found, read, "mọi từ mà máy đọc được trên ảnh, không phải mọi từ của bản gốc")


def _text(path: Path) -> Reading:
    found = plain_text.read(path)
    return Reading(found, counted(plain_text.decoded(path.read_bytes())), "mọi từ trong tệp chữ")


def _web(path: Path) -> Reading:
    return from_html(plain_text.decoded(path.read_bytes()))


def from_html(source: str) -> Reading:
    """The manuscript of HTML and its words, be it a file or what Word puts on the clipboard."""
    return Reading(web.manuscript(source), counted(web.letters(source)), "mọi từ giữa các thẻ HTML")


READERS: dict[str, Callable[[Path], Reading]] = {
    ".docx": _word,
    ".docm": _word,
    ".doc": _office,
    ".odt": _office,
    ".rtf": _office,
    ".pdf": _pdf,
    ".png": _scan,
    ".jpg": _scan,
    ".jpeg": _scan,
    ".tif": _scan,
    ".tiff": _scan,
    ".txt": _text,
    ".md": _text,
    ".html": _web,
    ".htm": _web,
}
