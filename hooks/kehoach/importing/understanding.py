"""The parts of an administrative document, told apart (Decree 30/2020/NĐ-CP, Appendix I, part II).

In: a manuscript. Out: letterhead, number, place and date, kind and title, body, annexes, recipients
and signatures; every paragraph is in exactly one of them, so that the proof can count it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from kehoach.importing.manuscript import (
    Block,
    LeftOut,
    Manuscript,
    Paragraph,
    Run,
    Table,
    merged,
    paragraphs,
)
from kehoach.records.body.numbers import number_at_start
from kehoach.records.kinds import KINDS
from kehoach.records.text import canonical, capital

LETTER = "Công văn"

MOTTO = "quốc hiệu, tiêu ngữ: máy in tự thêm"
ORNAMENT = "đường kẻ"
PAGE_NUMBER = "số trang"
PICTURE = "hình ở đầu văn bản hoặc chỗ ký"
HEAD_AGAIN = "tên cơ quan, quốc hiệu lặp lại ở văn bản kèm theo"
JOINT = "văn bản liên tịch: trang hiểu từ `joint`"

_KINDS = {canonical(kind.name): kind.name for kind in KINDS}
_NUMBER = re.compile(r"Số\s*:\s*(?P<number>.*)|Số\s+(?P<bare>\d*\s*/\s*\S.*)", re.I)
_DAY = (
    r"ngày\s*(?P<day>\d{0,2})[\s.…]*tháng\s*(?P<month>\d{0,2})[\s.…]*năm\s*(?P<year>\d{4})"
    r"|ngày\s*(?P<short>\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4})|(?P<only>(?!))"
)
_DATE_ALONE = re.compile(_DAY.replace("(?P<only>(?!))", r"năm\s*(?P<only>\d{4})"), re.I)
_PLACE_AND_DATE = re.compile(rf"(?P<place>[^\d,_]{{2,60}}?),\s*(?:{_DAY})\.?$", re.I)
_SUBJECT = re.compile(r"V/v[:.]?\s*(?P<subject>.+)", re.I | re.S)
_TO = re.compile(r"Kính gửi\s*:?", re.I)
_TOGETHER = re.compile(r"\s+(?:LIÊN TỊCH|PHỐI HỢP)$")
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
_DEGREES = re.compile(r"(?:(?:PGS|GS|TSKH|TS|THS|BS|KS|CN)\.?)+")
_ANNEX = re.compile(
    r"(?:PHỤ LỤC|Phụ lục)(?:\s+(?:số\s*)?(?:[IVX]+|\d{1,2}|[A-Z]))?\s*[.:]?(?:\s.*)?$"
)
_ATTACHED = re.compile(r"\((?:Ban hành kèm|Kèm theo)", re.I)
_HEAD_LINES = 12
_GAP = re.compile(r"\t+|[ \u00a0]{4,}")
_PAGE = re.compile(r"(?:Trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?|[-–]\s*\d{1,4}\s*[-–]", re.I)
# What stands beside the issuer, in a line with it where columns were not told apart.
_BESIDE = re.compile(
    r"(?<=\S)\s+(?=CỘNG HÒA XÃ HỘI|Độc lập\s*[-–]|Số\s*:|(?P<place>[A-ZĐ]\w+(?:\s[A-ZĐ]\w+){0,3},\s*ngày\s))"
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
    joint_issuers: list[str] = field(default_factory=list)  # that issued it together with the first
    joint_numbers: list[str] = field(default_factory=list)
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
    for run in _pictures([*head, *closing]):
        parts.left_out.append(LeftOut(PurePosixPath(run.picture).name, PICTURE, is_text=False))
    body = list(_without_heads(body, parts))
    first = next((i for i, block in enumerate(body) if is_annex(block)), len(body))
    parts.body, parts.annexes = body[:first], [*body[first:], *_without_heads(annexes, parts)]
    return parts


def _pictures(blocks: list[Block]) -> Iterator[Run]:
    return (run for paragraph in paragraphs(blocks) for run in paragraph.runs if run.picture)


def _without_heads(blocks: list[Block], parts: Parts) -> Iterator[Block]:
    """`blocks` without the letterheads that attached documents begin with."""
    heads = [at for at, block in enumerate(blocks) if _has_motto(block)]
    for at, block in enumerate(blocks):
        is_above = any(at < head <= at + _HEAD_LINES // 3 for head in heads)
        if at in heads or (is_above and _names_issuer(block)):
            parts.left_out += [LeftOut(line, HEAD_AGAIN) for line in _lines(block)]
        else:
            yield block


def _has_motto(block: Block) -> bool:
    lines = list(_lines(block))
    if isinstance(block, Paragraph) and len(lines) == 1 and lines[0].isupper():
        return any(
            motto.startswith(canonical(lines[0])) or motto.endswith(canonical(lines[0]))
            for motto in _MOTTO
        )
    return len(lines) <= _HEAD_LINES and any(
        _is_motto(part) for line in lines for part in _apart_beside(line)
    )


def _names_issuer(block: Block) -> bool:
    line = block.line if isinstance(block, Paragraph) else ""
    return line.isupper() and canonical(line).startswith(_STARTS) and not _signs(line)


def _cleaned(blocks: Iterable[Block], parts: Parts) -> Iterator[Block]:
    for block in (part for whole in blocks for part in _without_closing(whole)):
        if (
            isinstance(block, Paragraph)
            and not block.label
            and _ORNAMENT.fullmatch(block.text.strip())
        ):
            parts.left_out.append(LeftOut(block.text, ORNAMENT))
        else:
            yield block


def _without_closing(block: Block) -> list[Block]:
    """`block`; a table that old formats have joined with that of the signature is two."""
    if isinstance(block, Table):
        for at, row in enumerate(block.rows[1:], 1):
            first = next((line for cell in row[:1] for b in cell.blocks for line in _lines(b)), "")
            if _RECIPIENTS.match(first) and len(block.rows[0]) > len(row):
                return [replace(block, rows=block.rows[:at]), Table(block.rows[at:], ruled=False)]
    return [block]


# --- above the text


def _kind_at(block: Block) -> str:
    """The kind that the line of a paragraph names, alone and in capitals."""
    if not isinstance(block, Paragraph) or block.label:
        return ""
    line = _TOGETHER.sub("", block.line.strip(" :*"))
    return _KINDS.get(canonical(line), "") if line.isupper() else ""


def _split_head(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """The blocks above the text, and those of the text with its kind and title."""
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
            parts.number = _number(number)
            parts.taken.append(Taken("number", line))
        elif number:
            parts.joint_numbers.append(_number(number))
            parts.taken.append(Taken("number", line))
        elif (found := _PLACE_AND_DATE.match(line)) and not parts.date:
            parts.place, parts.date = found["place"].strip(), _date(found)
            parts.taken.append(Taken("date", line))
        elif (alone := _DATE_ALONE.fullmatch(line)) and not parts.date:
            parts.date = _date(alone)
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
    parts.above, (parts.issuer, *parts.joint_issuers) = _issuers(
        names, 1 + len(parts.joint_numbers)
    )
    parts.taken += [Taken("issuer", name) for name in names]


def _whole(lines: list[str]) -> Iterator[str]:
    """`lines`; where a motto, or place and date, was broken into two of them, these are one."""
    lines = [part for line in lines for part in _apart_beside(line)]
    at = 0
    while at < len(lines):
        both = " ".join(lines[at : at + 2])
        if at + 1 < len(lines) and _is_one(both) and not _is_one(lines[at]):
            yield both
            at += 2
        else:
            yield lines[at]
            at += 1


def _apart_beside(line: str) -> list[str]:
    """`line` where what stands beside the issuer begins; a place begins behind capitals or figures only."""
    parts, at = [], 0
    for match in _BESIDE.finditer(line):
        before = line[match.start() - 1]
        if match["place"] is None or before.isupper() or before.isdigit():
            parts.append(line[at : match.start()])
            at = match.end()
    return [*parts, line[at:]]


def _is_motto(line: str) -> bool:
    return canonical(line.replace("–", "-")).strip(" -_*.") in _MOTTO


def _is_one(line: str) -> bool:
    return _is_motto(line) or _PLACE_AND_DATE.match(line) is not None


# How names of those who issue documents begin.
_STARTS = (
    *(
        "sở",
        "ủy ban",
        "ubnd",
        "bộ",
        "chi cục",
        "cục",
        "tổng cục",
        "trung tâm",
        "phòng",
        "ban",
        "hội",
    ),
    *(
        "văn phòng",
        "tỉnh đoàn",
        "thành đoàn",
        "công an",
        "liên đoàn",
        "liên hiệp",
        "liên minh",
        "báo",
    ),
    *(
        "đài",
        "trường",
        "học viện",
        "viện",
        "thanh tra",
        "công đoàn",
        "mặt trận",
        "tỉnh ủy",
        "thành ủy",
    ),
)
_APART = re.compile(rf"\s+[-–]\s+(?=(?:{'|'.join(_STARTS)})\b)|\s*[-–]$", re.I)


def _issuers(names: list[str], numbers: int) -> tuple[str, list[str]]:
    """The body above and the issuers, of the lines in capitals; a name may be broken over lines.

    Of issuers together each but the last ends in a dash, or each has one of the `numbers`.
    """
    joined: list[str] = []
    for name in names:
        begins = canonical(name).startswith(_STARTS)
        if joined and (not begins or canonical(joined[-1]).endswith((" các", " và"))):
            joined[-1] += f" {name}"
        else:
            joined.append(name)
    first = next((at for at, name in enumerate(joined) if _APART.search(name)), len(joined))
    first = max(0, min(first, len(joined) - numbers))
    together = [name for line in joined[first:] for name in _APART.split(line) if name]
    return " ".join(joined[:first]), together or [""]


def _number(found: re.Match[str]) -> str:
    return " ".join((found["number"] or found["bare"] or "").split())


def _date(found: re.Match[str]) -> str:
    if short := found["short"]:
        return re.sub(r"\s*[/.-]\s*", "/", short)
    day, month, year = found["day"], found["month"], found["year"] or found["only"]
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
    written = blocks[0].text
    if together := _TOGETHER.search(written):
        parts.left_out.append(LeftOut(together[0], JOINT))
        written = written[: together.start()]
    parts.taken.append(Taken("kind", written))
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
            while end < len(blocks) and not _is_text_again(blocks, end):
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
    first = lines[: 3 if isinstance(block, Table) else 1]  # in a table whose it is may stand above
    if not any(map(_signs, first)) or (isinstance(block, Paragraph) and len(block.text) > 200):
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


def _is_text_again(blocks: list[Block], at: int) -> bool:
    """Whether what stands at `at` is no part of a closing: an annex, a table, an attached document."""
    block = blocks[at]
    if isinstance(block, Table):
        return len(block.rows) > 1 and len(block.rows[0]) > 2
    if is_annex(block) or number_at_start(block.line) or _ATTACHED.match(block.line):
        return True
    # A letterhead begins above its motto, and an attached document by its title, above "(Kèm theo …)".
    lines = [line for after in blocks[at : at + 6] for line in _lines(after)]
    if block.line.isupper() and not _signs(block.line):
        return any(
            _is_motto(part) or _ATTACHED.match(part)
            for line in lines
            for part in _apart_beside(line)
        )
    return any(map(_is_motto, _apart_beside(block.line)))


def _read_closing(closing: list[Block], parts: Parts) -> None:
    lines = [line.strip("* ") for line in _in_two_columns(closing)]
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


def _in_two_columns(closing: list[Block]) -> list[str]:
    """The lines of `closing`; what tabs set at the right side follows all that stands on the left."""
    left: list[str] = []
    right: list[str] = []
    for block in closing:
        for line in _marked_lines(block):
            on_left, gap, on_right = _GAP.sub("\t", line).partition("\t")
            # A name behind the last recipient has lost the tab that it began with.
            is_name = (
                right and left[-1:] and left[-1].endswith(".") and _NAME.fullmatch(line.strip())
            )
            if on_left.strip():
                (right if is_name else left).append(" ".join(on_left.split()))
            if gap:
                right.append(" ".join(on_right.split()))
    return [*left, *right]


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
            if line.strip():
                yield f"{block.label} {line}" if first and block.label else line
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
        is_name = bool(offices and _OFFICE.search(offices[-1]) and _NAME.fullmatch(line))
        if line.isupper() and not (is_name and not _signs(line)):
            offices.append(line)
        elif offices:
            name = _in_small_letters(line) if line.isupper() else line
            parts.signatures.append(Signature("\n".join(offices[:-1]), offices[-1], name))
            offices = []
    if offices:
        parts.signatures.append(Signature("\n".join(offices[:-1]), offices[-1], ""))


def _in_small_letters(name: str) -> str:
    """A name in capitals as it is written in a text; degrees in front keep theirs."""
    return " ".join(word if _DEGREES.fullmatch(word) else word.title() for word in name.split())
