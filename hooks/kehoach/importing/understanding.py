"""What the parts of an administrative document are (Decree 30/2020/NĐ-CP, Appendix I, part II).

In: a manuscript. Out: letterhead, number, place and date, kind and title, body, annexes, recipients
and signatures; every paragraph is in exactly one of them, so that the proof can count it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from kehoach.importing.manuscript import (
    Block,
    LeftOut,
    Manuscript,
    Paragraph,
    Run,
    Table,
    merged,
)
from kehoach.records.kinds import KINDS
from kehoach.records.text import canonical, capital

LETTER = "Công văn"

MOTTO = "quốc hiệu, tiêu ngữ: máy in tự thêm"
ORNAMENT = "đường kẻ"
PAGE_NUMBER = "số trang"

_KINDS = {canonical(kind.name): kind.name for kind in KINDS}
_NUMBER = re.compile(r"Số\s*:\s*(?P<number>.*)|Số\s+(?P<bare>\d*\s*/\s*\S.*)", re.I)
_DAY = (
    r"ngày\s*(?P<day>\d{0,2})[\s.…]*tháng\s*(?P<month>\d{0,2})[\s.…]*năm\s*(?P<year>\d{4})"
    r"|ngày\s*(?P<short>\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4})"
)
_PLACE_AND_DATE = re.compile(rf"(?P<place>[^\d,]{{2,60}}?),\s*(?:{_DAY})\.?$", re.I)
_SUBJECT = re.compile(r"V/v[:.]?\s*(?P<subject>.+)", re.I | re.S)
_TO = re.compile(r"Kính gửi\s*:?", re.I)
_MOTTO = (
    "cộng hòa xã hội chủ nghĩa việt nam",
    "độc lập - tự do - hạnh phúc",
    "đảng cộng sản việt nam",
)
_ORNAMENT = re.compile(r"[-–—_=*.·•\s─━⁎]{3,}|[-–—_]+")
_RECIPIENTS = re.compile(r"Nơi nhận\s*:?", re.I)
_AUTHORITY = re.compile(r"(?:TM|KT|TL|TUQ|Q)\.\s*\S")
_OFFICE = re.compile(
    r"(?:Q\.\s*|PHÓ\s+|QUYỀN\s+)*(?:GIÁM ĐỐC|CHỦ TỊCH|CHÁNH VĂN PHÒNG|BỘ TRƯỞNG|THỨ TRƯỞNG|TRƯỞNG|"
    r"CHI CỤC TRƯỞNG|CỤC TRƯỞNG|VỤ TRƯỞNG|CHÁNH THANH TRA|HIỆU TRƯỞNG|VIỆN TRƯỞNG|TỔNG|BÍ THƯ|"
    r"THỦ TRƯỞNG|CHỦ NHIỆM|CHÁNH|THỦ TƯỚNG)"
)
_SIGNED = re.compile(r"\(?\s*(?:đã ký|ký tên|chữ ký|ký và đóng dấu)[^)]*\)?", re.I)
_NAME = re.compile(
    r"(?:(?:PGS|GS|TS|ThS|BS|KS|CN)\.?\s*)*[A-ZĐÀ-Ỹ][\w’'.]*(?:\s+[A-ZĐÀ-Ỹ][\w’'.]*){1,6}"
)
_ANNEX = re.compile(
    r"(?:PHỤ LỤC|Phụ lục)(?:\s+(?:số\s*)?(?:[IVX]+|\d{1,2}|[A-Z]))?\s*[.:]?(?:\s.*)?$"
)
_PAGE = re.compile(r"(?:Trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?|[-–]\s*\d{1,4}\s*[-–]", re.I)
# What stands beside the issuer, in a line with it where columns were not told apart.
_BESIDE = re.compile(
    r"(?<=\S)\s+(?=CỘNG HÒA XÃ HỘI|Độc lập\s*[-–]|Số\s*:|[A-ZĐ]\w+(?:\s[A-ZĐ]\w+){0,3},\s*ngày\s)"
)
# What begins the text behind a title.
_BEGINS = re.compile(
    r"(?:[IVX]+|\d{1,3}|[A-Z])\s*[.)/-]\s|[-–+•*]\s|Căn cứ|Thực hiện|Theo|Để |Nhằm|Xét|Triển khai thực hiện|"
    r"Điều\s+\d|Chương\s+[IVX\d]|Phần\s+|Sở |Trên cơ sở|Ngày\s+\d|Tiếp theo|Phát huy|Kính gửi"
)


@dataclass(frozen=True, slots=True)
class Taken:
    """A paragraph whose words went into the front matter: under which key, and what it said."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: on whose behalf ("KT. GIÁM ĐỐC"), the office, the name."""

    authority: str = ""
    title: str = ""
    name: str = ""


@dataclass(slots=True)
class Parts:
    """The document, told apart. `date` is "16/3/2021", or "tháng 10/2022" where the day is blank."""

    above: str = ""
    issuer: str = ""
    number: str = ""
    place: str = ""
    date: str = ""
    kind: str = ""
    title: str = ""
    to: list[str] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    annexes: list[Block] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def understand(manuscript: Manuscript) -> Parts:
    """The parts of `manuscript`."""
    parts = Parts()
    blocks = list(_cleaned(manuscript.blocks, parts))
    head, rest = _split_head(blocks)
    _read_head(head, parts, has_looks=manuscript.has_looks)
    rest = _read_title(rest, parts, has_looks=manuscript.has_looks)
    rest = _read_recipients_of_letter(rest, parts)
    body, closing, annexes = _split_end(rest)
    _read_closing(closing, parts)
    first = next((i for i, block in enumerate(body) if is_annex(block)), len(body))
    parts.body, parts.annexes = body[:first], [*body[first:], *annexes]
    return parts


def _cleaned(blocks: Iterable[Block], parts: Parts) -> Iterator[Block]:
    for block in blocks:
        if (
            isinstance(block, Paragraph)
            and not block.label
            and _ORNAMENT.fullmatch(block.text.strip())
        ):
            parts.left_out.append(LeftOut(block.text, ORNAMENT))
        else:
            yield block


# --- above the text


def _kind_at(block: Block) -> str:
    """The kind that the line of a paragraph names, alone and in capitals."""
    if not isinstance(block, Paragraph) or block.label:
        return ""
    line = block.line.strip(" :*")
    return _KINDS.get(canonical(line), "") if line.isupper() else ""


def _split_head(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """What stands above the text, and the text with its kind and title."""
    for index, block in enumerate(blocks[:40]):
        first = _first_line(block)
        if _kind_at(first):
            return blocks[:index], blocks[index:]
        if isinstance(block, Paragraph) and (_TO.match(block.text) or _begins_text(block)):
            return blocks[:index], blocks[index:]
    head = [i for i, block in enumerate(blocks[:12]) if _is_letterhead(block)]
    cut = head[-1] + 1 if head else 0
    return blocks[:cut], blocks[cut:]


def _first_line(block: Block) -> Block:
    if isinstance(block, Paragraph) and "\n" in block.text:
        return _lines_of(block)[0]
    return block


def _begins_text(paragraph: Paragraph) -> bool:
    return bool(paragraph.label and paragraph.label != "-") or bool(
        re.match(r"(?:I|1|A)[.)/]\s|Căn cứ|Thực hiện ", paragraph.text)
    )


def _is_letterhead(block: Block) -> bool:
    return any(
        canonical(line).startswith(_MOTTO) or _NUMBER.match(line) or _PLACE_AND_DATE.match(line)
        for line in _lines(block)
    )


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield from (text for line in block.text.split("\n") if (text := " ".join(line.split())))
        return
    columns = max((len(row) for row in block.rows), default=0)
    for column in range(columns):
        for row in block.rows:
            for inner in row[column].blocks if column < len(row) else ():
                yield from _lines(inner)


def _read_head(head: list[Block], parts: Parts, *, has_looks: bool) -> None:
    names: list[str] = []
    subject: list[str] = []
    for line in _whole([line.strip("* ") for block in head for line in _lines(block)]):
        if not line:
            continue
        if subject and not (_PLACE_AND_DATE.match(line) or _is_motto(line) or line.isupper()):
            subject.append(line)
            continue
        if _is_motto(line):
            parts.left_out.append(LeftOut(line, MOTTO))
        elif _ORNAMENT.fullmatch(line):
            parts.left_out.append(LeftOut(line, ORNAMENT))
        elif (number := _NUMBER.match(line)) and not parts.number:
            parts.number = " ".join((number["number"] or number["bare"] or "").split())
            parts.taken.append(Taken("number", line))
        elif (found := _PLACE_AND_DATE.match(line)) and not parts.date:
            parts.place, parts.date = found["place"].strip(), _date(found)
            parts.taken.append(Taken("date", line))
        elif about := _SUBJECT.match(line):
            subject = [about["subject"]]
        elif _PAGE.fullmatch(line):
            parts.left_out.append(LeftOut(line, PAGE_NUMBER))
        else:
            names.append(line)
    if subject:
        parts.kind, parts.title = LETTER, capital(" ".join(subject))
        parts.taken.append(Taken("title", "V/v " + " ".join(subject)))
    above, issuer = _issuer_lines(names)
    parts.above, parts.issuer = above, issuer
    parts.taken += [Taken("issuer", name) for name in names]


def _whole(lines: list[str]) -> Iterator[str]:
    """`lines`; where a motto, or place and date, was broken into two of them, these are one."""
    lines = [part for line in lines for part in _BESIDE.split(line)]
    at = 0
    while at < len(lines):
        both = " ".join(lines[at : at + 2])
        if at + 1 < len(lines) and _is_one(both) and not _is_one(lines[at]):
            yield both
            at += 2
        else:
            yield lines[at]
            at += 1


def _is_motto(line: str) -> bool:
    return canonical(line.replace("–", "-")).strip(" -_*.") in _MOTTO


def _is_one(line: str) -> bool:
    return _is_motto(line) or _PLACE_AND_DATE.match(line) is not None


def _issuer_lines(names: list[str]) -> tuple[str, str]:
    """The body above and the issuer, of the lines in capitals; a name may be broken over lines."""
    starts = (
        "sở",
        "ủy ban",
        "ubnd",
        "bộ",
        "chi cục",
        "trung tâm",
        "phòng",
        "ban",
        "hội",
        "văn phòng",
    )
    joined: list[str] = []
    for name in names:
        begins = canonical(name).startswith(starts)
        if joined and not begins:
            joined[-1] += f" {name}"
        else:
            joined.append(name)
    if not joined:
        return "", ""
    return (" ".join(joined[:-1]), joined[-1])


def _date(found: re.Match[str]) -> str:
    if short := found["short"]:
        return re.sub(r"\s*[/.-]\s*", "/", short)
    day, month, year = found["day"], found["month"], found["year"]
    if day and month:
        return f"{day}/{month}/{year}"
    return f"tháng {month}/{year}" if month else f"năm {year}"


def _read_title(blocks: list[Block], parts: Parts, *, has_looks: bool) -> list[Block]:
    """Take the kind and the title from the beginning of `blocks`."""
    blocks = [line for block in blocks[:1] for line in _split_lines(block)] + blocks[1:]
    if not blocks or not (kind := _kind_at(blocks[0])):
        return blocks
    parts.kind = kind
    assert isinstance(blocks[0], Paragraph)
    parts.taken.append(Taken("kind", blocks[0].text))
    rest = blocks[1:]
    title: list[str] = []
    while rest and isinstance(rest[0], Paragraph) and not rest[0].label:
        paragraph = rest[0]
        line = " ".join(paragraph.text.split())
        if title and not (has_looks and paragraph.centred and paragraph.bold):
            break
        if (title and _BEGINS.match(line)) or _TO.match(line) or _kind_at(paragraph):
            break
        if title and (_is_title_whole(title, paragraph) or _is_authority(line, title)):
            break
        if _BEGINS.match(line) and has_looks and not (paragraph.centred or paragraph.bold):
            break
        title.append(line)
        rest = rest[1:]
    if title:
        text = " ".join(title).strip("* ")
        if about := _SUBJECT.match(text):
            text = capital(about["subject"])
        parts.title = text
        parts.taken += [Taken("title", line) for line in title]
    return rest


def _is_authority(line: str, title: list[str]) -> bool:
    """Whether `line` says who decides ("GIÁM ĐỐC SỞ …"), below a title that is not in capitals."""
    return line.isupper() and not title[-1].isupper()


def _is_title_whole(title: list[str], paragraph: Paragraph) -> bool:
    return paragraph.text.lstrip().startswith("(") or len(" ".join(title)) > 600


def _split_lines(block: Block) -> list[Block]:
    return (
        list(_lines_of(block)) if isinstance(block, Paragraph) and "\n" in block.text else [block]
    )


def _lines_of(paragraph: Paragraph) -> list[Paragraph]:
    """The lines of `paragraph`, each a paragraph; the first keeps the label."""
    lines: list[list[Run]] = [[]]
    for run in paragraph.runs:
        first, *more = run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines += [[replace(run, text=text, note="", picture="")] for text in more]
    found = [replace(paragraph, runs=merged(runs)) for runs in lines]
    return [found[0], *(replace(line, label="") for line in found[1:])]


def _read_recipients_of_letter(blocks: list[Block], parts: Parts) -> list[Block]:
    """Kính gửi: whom a letter is for; what stands there stays in the text as it was signed."""
    for index, block in enumerate(blocks[:6]):
        if isinstance(block, Paragraph) and _TO.match(block.text.strip()):
            if not parts.kind:
                parts.kind = LETTER
            names = [re.sub(_TO, "", " ".join(block.text.split())).strip(" :")]
            for other in blocks[index + 1 :]:
                if not isinstance(other, Paragraph) or not re.match(r"[-–•]\s", other.line):
                    break
                names.append(other.line.lstrip("-–• "))
            parts.to = [name.rstrip(" ;.") for name in names if name.strip(" ;.")]
            return blocks
    return blocks


# --- below the text


def _split_end(blocks: list[Block]) -> tuple[list[Block], list[Block], list[Block]]:
    """The text, its closing (Nơi nhận and signature) and what follows them: annexes."""
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        lines = [line.strip("* ") for line in _lines(block)]
        if not any(
            _RECIPIENTS.fullmatch(line) or re.match(r"Nơi nhận\s*:", line) for line in lines
        ):
            continue
        end = index + 1
        if isinstance(block, Paragraph):
            while (
                end < len(blocks) and not is_annex(blocks[end]) and not _is_text_again(blocks[end])
            ):
                end += 1
        elif end < len(blocks) and not any(_signs(line) for line in lines):
            while end < len(blocks) and not is_annex(blocks[end]) and end - index < 8:
                end += 1
        begin = _begin_of_signature(blocks, index)
        return blocks[:begin], blocks[begin:end], blocks[end:]
    for begin, block in enumerate(blocks):
        if _opens_signature(block, blocks[begin + 1 : begin + 6]):
            end = begin
            while end < len(blocks) and not is_annex(blocks[end]) and end - begin < 8:
                end += 1
            return blocks[:begin], blocks[begin:end], blocks[end:]
    return blocks, [], []


def _begin_of_signature(blocks: list[Block], index: int) -> int:
    """Where the closing begins whose Nơi nhận stands at `index`: the signature may stand above it."""
    begin = index
    for at in range(max(0, index - 6), index):
        if _opens_signature(blocks[at], blocks[at + 1 : index]):
            begin = at
            break
    return begin


def _opens_signature(block: Block, after: list[Block]) -> bool:
    lines = [line.strip("* ") for line in _lines(block)]
    if (
        not lines
        or not _signs(lines[0])
        or (isinstance(block, Paragraph) and len(block.text) > 200)
    ):
        return False
    names = [*lines[1:], *(line for other in after for line in _lines(other))]
    return any(_NAME.fullmatch(name.strip("* ")) for name in names[:8])


def _signs(line: str) -> bool:
    return line.isupper() and bool(_AUTHORITY.match(line) or _OFFICE.match(line))


def is_annex(block: Block) -> bool:
    """Whether `block` is the line that an annex begins with: "PHỤ LỤC II"."""
    if not isinstance(block, Paragraph) or block.label:
        return False
    line = block.line.strip("* ")
    if not _ANNEX.match(line) or len(line) > 200:
        return False
    return line.isupper() or block.centred or re.fullmatch(r"Phụ lục(?:\s+\S+)?", line) is not None


def _is_text_again(block: Block) -> bool:
    return isinstance(block, Table) and len(block.rows) > 1 and len(block.rows[0]) > 2


def _read_closing(closing: list[Block], parts: Parts) -> None:
    lines = [line.strip("* ") for block in closing for line in _marked_lines(block)]
    lines = [part for line in lines for part in _apart(line)]
    lines = [line for line in lines if line]
    begin = next((i for i, line in enumerate(lines) if re.match(r"Nơi nhận\s*:?", line)), None)
    signed: list[str] = []
    listing = False
    for index, line in enumerate(lines):
        if index == begin:
            listing = True
            parts.left_out.append(LeftOut("Nơi nhận:", "tên của phần, máy in tự thêm"))
            if rest := re.sub(_RECIPIENTS, "", line).strip(" :"):
                _recipient(rest, parts)
        elif _ORNAMENT.fullmatch(line):
            parts.left_out.append(LeftOut(line, ORNAMENT))
        elif _SIGNED.fullmatch(line):
            parts.left_out.append(LeftOut(line, "chỗ ký"))
        elif _PAGE.fullmatch(line):
            parts.left_out.append(LeftOut(line, PAGE_NUMBER))
        elif _goes_on(line, signed, parts):
            listing = True
            _recipient(line, parts)
        elif _signs(line) or (not listing and line):
            listing = False
            signed.append(line)
        elif listing and not re.match(r"[-–•+*]", line) and _NAME.fullmatch(line) and signed:
            signed.append(line)
        elif listing:
            _recipient(line, parts)
    _read_signatures(signed, parts)


def _apart(line: str) -> list[str]:
    """`line`; where an office follows a recipient without a line end, as out of old files, these are two."""
    for match in re.finditer(r"(?<=[.;])(?=[A-ZĐ])", line):
        if match.start() > 5 and _signs(line[match.end() :]) and not line.isupper():
            return [line[: match.start()], line[match.end() :]]
    return [line]


def _goes_on(line: str, signed: list[str], parts: Parts) -> bool:
    """Whether `line` is a recipient behind a signature: the list went on over the page."""
    if not signed or signed[-1].isupper() or not parts.recipients or _signs(line):
        return False
    return bool(re.match(r"[-–•+*]", line)) or not parts.recipients[-1].endswith((";", "."))


def _marked_lines(block: Block) -> Iterator[str]:
    """The lines of `block`, with the marks that the program set."""
    if isinstance(block, Paragraph):
        first = True
        for line in block.text.split("\n"):
            if text := " ".join(line.split()):
                yield f"{block.label} {text}" if first and block.label else text
            first = False
        return
    columns = max((len(row) for row in block.rows), default=0)
    for column in range(columns):
        for row in block.rows:
            for inner in row[column].blocks if column < len(row) else ():
                yield from _marked_lines(inner)


def _recipient(line: str, parts: Parts) -> None:
    text = re.sub(r"^[-–•+*]\s*", "", line)
    if (
        parts.recipients
        and not re.match(r"[-–•+*]", line)
        and not parts.recipients[-1].endswith((";", "."))
    ):
        parts.recipients[-1] += f" {text}"
    else:
        parts.recipients.append(text)
    parts.taken.append(Taken("recipients", line))


def _read_signatures(lines: list[str], parts: Parts) -> None:
    offices: list[str] = []
    for line in lines:
        parts.taken.append(Taken("signer", line))
        if line.isupper() and not (offices and _NAME.fullmatch(line) and not _signs(line)):
            offices.append(line)
        elif offices:
            name = line.title() if line.isupper() else line
            parts.signatures.append(Signature("\n".join(offices[:-1]), offices[-1], name))
            offices = []
    if offices:
        parts.signatures.append(Signature("\n".join(offices[:-1]), offices[-1], ""))
