"""Traces of Word in pasted text, and the same line made right.

Rules of this folder tell it, each its own part; `mended` is what `check --fix` writes. A word that was
signed is never changed: only letters that look like others, what nobody sees, marks of lists, and
lines that stand in the front matter already.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kehoach.records.body import Kind
from kehoach.records.document import Document
from kehoach.records.library import Library
from kehoach.records.plan import Plan
from kehoach.records.text import canonical
from kehoach.rules.prose import lines_in_fences

# Letters of other scripts and languages that look like Vietnamese ones.
_ALIKE = str.maketrans(
    "ÐƉðɖАВЕКМНОРСТХаеорсух",
    "ĐĐđđABEKMHOPCTXaeopcyx",
)
_LETTERS = re.compile(f"[{''.join(map(chr, _ALIKE))}]")
_SUSPECT = re.compile(
    f"[{''.join(map(chr, _ALIKE))}\u00ad\u200b-\u200d\u2060\ufeff\u00a0\u2007\u202f]"
)
_HINT = 160  # characters of a mended line that are shown
_WORD = re.compile(r"[^\W\d_]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]|[\u00a0\u2007\u202f]")
_NAMES = {
    "\u00ad": "gạch nối mềm",
    "\u00a0": "dấu cách không ngắt",
    "\u2007": "dấu cách không ngắt",
    "\u202f": "dấu cách không ngắt",
}
_SPACES = "\u00a0\u2007\u202f"
_MARK = re.compile(r"(?P<indent>\s*)(?P<mark>[–—•●▪◦∙·\uf0b7\uf02d]|o(?=\t))[ \t]*(?=\S)")
_NATION = {
    canonical(line)
    for line in (
        "Cộng hòa xã hội chủ nghĩa Việt Nam",
        "Độc lập - Tự do - Hạnh phúc",
        "Độc lập – Tự do – Hạnh phúc",
    )
}
_PAGE = re.compile(r"(?:Trang|trang)\s+\d{1,3}(?:\s*/\s*\d{1,3})?\s*|[-–]\s*\d{1,3}\s*[-–]\s*")
_SO = re.compile(r"Số\s*:\s*(?P<number>\S.*)")
_RECIPIENTS = re.compile(r"[*_]*Nơi nhận\s*:?[*_]*\s*")
_COUNTED = {Kind.ROMAN, Kind.ARABIC, Kind.LETTER, Kind.CAPITAL}
_ENDS = ("-", "–", "/")
_HEAD = 12  # lines at the beginning in which a letterhead stands


@dataclass(frozen=True, slots=True)
class Mend:
    """A fault of a line and its remedy: `mended` is the line as it should be, None for none at all.

    `safe` are those that `check --fix` writes. Line and column count from 1 in the file.
    """

    line: int
    column: int
    message: str
    mended: str | None
    safe: bool = True
    is_mark: bool = False  # of a list


def letters(document: Document) -> list[Mend]:
    """The letters in the file of `document` that are not what they look like, or are not seen."""
    text = document.origin.text
    if not _SUSPECT.search(text):
        return []
    lines = text.split("\n")
    head = enumerate(lines[: document.origin.body_line - 1], 1)
    return list(_letters((*head, *_body(document, lines))))


def parts(document: Document, library: Library) -> list[Mend]:
    """The marks, rows and parts of a letterhead that were pasted into the body of `document`."""
    lines = document.origin.text.split("\n")
    found = [*_marks(document, lines)]
    if isinstance(document, Plan):
        found += _letterhead(document, library, lines)
        found += _tables(document, lines)
        found += _numbers(document)
    return sorted(found, key=lambda mend: (mend.line, mend.column))


def hint(mend: Mend) -> str:
    """The remedy in words."""
    fix = " (check --fix làm việc này)" if mend.safe else ""
    if mend.mended is None:
        return f"xoá dòng này{fix}"
    if mend.mended.endswith(": …"):
        return f"ghi vào phần khai báo `{mend.mended}` rồi xoá dòng này"
    line = mend.mended.strip()
    return f"viết: {line[:_HINT]}{'…' * (len(line) > _HINT)}{fix}"


def mended(document: Document, library: Library) -> str:
    """The text of the file of `document` with all that is safe made right."""
    lines: list[str | None] = list(document.origin.text.split("\n"))
    for mend in (*letters(document), *parts(document, library)):
        line = lines[mend.line - 1]
        if not mend.safe or line is None:
            continue
        if mend.mended is None:
            lines[mend.line - 1] = None
        elif mend.is_mark:
            lines[mend.line - 1] = _MARK.sub(r"\g<indent>- ", line, count=1)
        else:
            lines[mend.line - 1] = plain_letters(line)
    return "\n".join(line for line in lines if line is not None)


def plain_letters(line: str) -> str:
    """`line` with Vietnamese letters for those that look like them, and nothing unseen."""
    line = _UNSEEN.sub(lambda found: " " if found[0] in _SPACES else "", line)
    return _WORD.sub(lambda word: _vietnamese(word[0]), line)


def _vietnamese(word: str) -> str:
    """A word of another script stays: what is changed stands among Latin letters, or is an Ð."""
    if not _LETTERS.search(word):
        return word
    others = [letter for letter in word if not _LETTERS.match(letter)]
    cyrillic = any("\u0400" <= letter <= "\u04ff" for letter in others)
    alone = not others and not set(word) <= set("ÐƉðɖ")
    return word if cyrillic or alone else word.translate(_ALIKE)


def _letters(lines: Iterable[tuple[int, str]]) -> Iterator[Mend]:
    for number, line in lines:
        if line.isascii():
            continue
        new = plain_letters(line)
        if unseen := _UNSEEN.search(line):
            name = _NAMES.get(unseen[0], "ký tự không nhìn thấy")
            message = f"{name} (U+{ord(unseen[0]):04X}) trong dòng"
            yield Mend(number, unseen.start() + 1, message, new)
        bare = _UNSEEN.sub("", line)
        for word in _WORD.finditer(line):
            if _vietnamese(word[0]) != word[0] and bare:
                letter = _LETTERS.search(word[0])
                code = f"“{letter[0]}” (U+{ord(letter[0]):04X})" if letter else ""
                message = f"chữ {code} trong “{word[0]}” không phải chữ Việt mà trông giống hệt"
                column = word.start() + (letter.start() if letter else 0) + 1
                yield Mend(number, column, message, new)
                break


def _body(document: Document, lines: list[str]) -> Iterator[tuple[int, str]]:
    """The lines of the body outside code, with their numbers."""
    code = lines_in_fences(document)
    for number in range(document.origin.body_line, len(lines) + 1):
        if number not in code:
            yield number, lines[number - 1]


def _marks(document: Document, lines: list[str]) -> Iterator[Mend]:
    for number, line in _body(document, lines):
        if match := _MARK.match(line):
            mended = _MARK.sub(r"\g<indent>- ", line, count=1)
            message = f"dấu đầu dòng “{match['mark']}” không thành mục liệt kê"
            yield Mend(number, match.start("mark") + 1, message, mended, is_mark=True)


def _tables(document: Document, lines: list[str]) -> Iterator[Mend]:
    """Rows whose cells are set apart by tabs, two at least."""
    rows = [(number, line) for number, line in _body(document, lines) if "\t" in line.strip()]
    numbers = {number for number, _ in rows}
    for number, line in rows:
        if number - 1 in numbers or number + 1 not in numbers:
            continue
        cells = [cell.strip() for cell in line.strip().split("\t")]
        row = f"| {' | '.join(cells)} |"
        message = "bảng dán từ Word bị dồn thành một đoạn"
        yield Mend(number, 1, message, f"{row} |{'---|' * len(cells)}", safe=False)


def _numbers(plan: Plan) -> Iterator[Mend]:
    """Numbers as Word makes them: they are sections, shown as they stand."""
    for section in plan.outline.sections:
        if section.kind in _COUNTED and section.number[-1:] in _ENDS:
            bare = section.number.rstrip("-–/ ")
            right = f"{bare})" if section.kind is Kind.LETTER else f"{bare}."
            message = f"số mục viết “{section.number}”, thể thức là “{right}”"
            new = f"{right} {section.title}"
            yield Mend(section.line, section.column, message, new, safe=False)


def _letterhead(plan: Plan, library: Library, lines: list[str]) -> Iterator[Mend]:
    """Lines of the body that the front matter makes: they would stand twice."""
    body = [(number, line) for number, line in _body(plan, lines) if line.strip()]
    top = {number for number, _ in body[:_HEAD]}
    superior, names = library.units.heading(library.issuers(plan))
    heads = {canonical(line) for line in (*superior, *names, " ".join(superior), " ".join(names))}
    heads |= {canonical(text) for text in _names_of(plan, library)}
    head = {canonical(plan.kind), canonical(plan.title)}
    signed = {canonical(line) for line in _signed(plan)}
    received = {_loose(line) for line in plan.recipients}
    end = next(
        (at for at, (_, line) in enumerate(body) if _RECIPIENTS.fullmatch(line.strip())), None
    )
    # The name of a body alone may be who decides: it is a letterhead beside what only that has.
    beside = {number for number, line in body if number in top and _is_of_a_letterhead(line)}
    for at, (number, line) in enumerate(body):
        text = line.strip().strip("*_# ")
        key = canonical(text)
        behind = end is not None and at >= end
        if _PAGE.fullmatch(text):
            yield _doubled(number, line, "số trang", True)
        elif number in top and key in _NATION:
            yield _doubled(number, line, "quốc hiệu, tiêu ngữ", True)
        elif number in top and (found := _SO.fullmatch(text)):
            same = _loose(found["number"]) == _loose(plan.number or "")
            yield _doubled(number, line, "số, ký hiệu", same, "number")
        elif number in top and key in heads and beside & {number + step for step in range(-3, 4)}:
            yield _doubled(number, line, "tên cơ quan", True)
        elif number in top and key in head and text.isupper() and not _is_attached(plan, number):
            yield _doubled(number, line, "tên loại", True)
        elif behind and at == end:
            yield _doubled(number, line, "Nơi nhận", bool(plan.recipients), "recipients")
        elif behind and text.startswith(("-", "–", "•")):
            yield _doubled(
                number, line, "Nơi nhận", _loose(text.lstrip("-–• ")) in received, "recipients"
            )
        elif behind and (key in signed or text.isupper() or _is_name(text)):
            yield _doubled(number, line, "chữ ký", key in signed, "signer")


def _doubled(number: int, line: str, part: str, same: bool, field: str = "") -> Mend:
    column = len(line) - len(line.lstrip()) + 1
    if same or not field:
        message = f"{part} dán vào thân văn bản, trang đã tự trình bày phần này"
        return Mend(number, column, message, None, safe=same)
    message = f"{part} dán vào thân văn bản"
    return Mend(number, column, message, f"{field}: …", safe=False)


def _names_of(plan: Plan, library: Library) -> Iterator[str]:
    for issuer in library.issuers(plan):
        if isinstance(issuer, str):
            yield issuer
            continue
        for unit in (issuer, *library.units.ancestors(issuer)):
            yield from unit.names()
            yield from (name.replace("Ủy ban nhân dân", "UBND") for name in unit.names())


def _signed(plan: Plan) -> Iterator[str]:
    for signer in plan.signatures:
        yield from (signer.authority or "").split("\n")
        yield signer.title
        yield signer.name


def _is_of_a_letterhead(line: str) -> bool:
    text = line.strip().strip("*_# ")
    return canonical(text) in _NATION or bool(_SO.fullmatch(text))


def _is_attached(plan: Plan, number: int) -> bool:
    return any(annex.line == number for annex in plan.outline.annexes)


def _is_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 5 and all(word[0].isupper() for word in words)


def _loose(text: str) -> str:
    return canonical(re.sub(r"[\s;.,]+", " ", text)).replace(" ", "")
