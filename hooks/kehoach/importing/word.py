"""A Word file (.docx, ECMA-376 part 1, WordprocessingML) as a manuscript.

Everything that has letters is either in the manuscript's blocks and notes or among what was left out.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from lxml import etree

from kehoach import carried
from kehoach.importing import fonts_of_old
from kehoach.importing.manuscript import (
    Block,
    Cell,
    LeftOut,
    Manuscript,
    Paragraph,
    Run,
    Table,
    merged,
)
from kehoach.importing.numbering import Numbering, value
from kehoach.importing.package import MAX_PICTURE, Package, Relation
from kehoach.importing.problem import ImportProblem

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

DELETED = "đã xoá hoặc chuyển đi khi theo dõi thay đổi"
HIDDEN = "chữ ẩn"
HEADER = "đầu trang, chân trang"
COMMENT = "ghi chú bên lề"
SYMBOL = "ký hiệu không có chữ tương ứng"

_MAX_PARAGRAPHS = 60_000  # some 4,000 pages
_PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".bmp"}
# Characters of Symbol and Wingdings in which lists are marked or boxes ticked.
_SYMBOLS = {0xB7: "•", 0xA7: "▪", 0xD8: "➢", 0xFC: "✓", 0xA8: "□", 0xFE: "☑", 0x6F: "□", 0x2D: "-"}
_SYMBOLS |= {0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xA3: "≤", 0xB4: "×", 0xE0: "→", 0xDE: "⇒", 0xAE: "→"}
_ON = {"", "1", "true", "on"}
# Fields that count or date themselves: their result is not what was signed.
_DATES = {"DATE", "TIME", "SAVEDATE", "PRINTDATE", "CREATEDATE"}
# Elements around text that say nothing of it.
_THROUGH = {
    f"{W}{name}" for name in ("ins", "moveTo", "smartTag", "customXml", "hyperlink", "dir", "bdo")
} | {f"{W}fldSimple", f"{W}sdtContent", f"{W}rubyBase", f"{W}ruby"}
_GONE = {f"{W}del", f"{W}moveFrom"}


@dataclass(frozen=True, slots=True)
class _Looks:
    """How letters look; None is what nobody has said."""

    bold: bool | None = None
    italic: bool | None = None
    capitals: bool | None = None
    hidden: bool | None = None
    font: str | None = None

    def over(self, below: "_Looks") -> "_Looks":
        mine = {name: getattr(self, name) for name in self.__slots__}
        return replace(below, **{name: said for name, said in mine.items() if said is not None})


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str = ""
    looks: _Looks = _Looks()
    number: str = ""
    level: str = ""
    outline: int = 0
    centred: bool | None = None


@dataclass(slots=True)
class _Field:
    """A complex field that is open: what it says is its result, not its instruction."""

    instruction: str = ""
    shows: bool = False


def read(path: Path) -> Manuscript:
    """The manuscript of the Word file at `path`. Raises ImportProblem."""
    package = Package(path)
    try:
        return _Reader(package).manuscript()
    except RecursionError:
        raise ImportProblem(f"{path.name} lồng bảng, khung quá nhiều lớp; không đọc") from None
    finally:
        package.close()


def main_part(package: Package) -> str:
    """The name of the part that holds the text."""
    named = package.relations("")
    found = next((r.target for r in named.values() if r.kind == "officeDocument"), "")
    if found not in package:
        raise ImportProblem(f"{package.path.name} không phải tệp Word; hãy lưu lại dạng .docx")
    return found


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.name = package.path.name
        self.part = main_part(package)
        if any(PurePosixPath(name).name.lower() == "vbaproject.bin" for name in package.names()):
            raise ImportProblem(
                f"{self.name} có macro; hãy mở bằng Word, lưu lại dạng .docx (không macro) rồi thử lại"
            )
        self.relations = package.relations(self.part)
        self.styles, self.defaults, self.default_style = self._read_styles()
        numbering = self._beside("numbering")
        self.numbering = Numbering(package.xml(numbering) if numbering else None)
        self.found = Manuscript()
        self.notes: dict[str, dict[str, etree._Element]] = {}
        self.labels: dict[tuple[str, str], str] = {}
        self.fields: list[_Field] = []
        self.paragraphs = 0

    def manuscript(self) -> Manuscript:
        root = self.package.xml(self.part)
        body = root.find(f"{W}body")
        if body is None:
            raise ImportProblem(f"{self.name} không có nội dung; hãy lưu lại dạng .docx")
        self.notes = {kind: self._read_notes(kind) for kind in ("footnotes", "endnotes")}
        self.found.blocks = self.blocks(body)
        self._left_beside()
        self._read_carried()
        return self.found

    # --- parts beside the text

    def _beside(self, kind: str) -> str:
        named = (r for r in self.relations.values() if r.kind == kind and not r.external)
        return next((r.target for r in named if r.target in self.package), "")

    def _read_styles(self) -> tuple[dict[str, _Style], _Looks, str]:
        name = self._beside("styles")
        if not name:
            return {}, _Looks(), ""
        root = self.package.xml(name)
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        styles, default = {}, ""
        for style in root.iter(f"{W}style"):
            identifier = style.get(f"{W}styleId", "")
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in _ON - {""}:
                default = identifier
            paragraph = style.find(f"{W}pPr")
            number, level = _numbering_of(paragraph)
            styles[identifier] = _Style(
                based_on=value(style, "basedOn"),
                looks=_looks(style.find(f"{W}rPr")),
                number=number,
                level=level,
                outline=_outline_level(paragraph),
                centred=_centred(paragraph),
            )
        return styles, _looks(defaults), default

    def _chain(self, style: str) -> Iterator[_Style]:
        """`style`, what it is based on, and so on; a circle ends where it closes."""
        seen: set[str] = set()
        while style in self.styles and style not in seen:
            seen.add(style)
            yield self.styles[style]
            style = self.styles[style].based_on

    def _read_notes(self, kind: str) -> dict[str, etree._Element]:
        name = self._beside(kind)
        if not name:
            return {}
        notes = self.package.xml(name).iter(f"{W}{kind.removesuffix('s')}")
        return {
            note.get(f"{W}id", ""): note
            for note in notes
            if note.get(f"{W}type") in (None, "normal")
        }

    def _left_beside(self) -> None:
        """Headers, footers, comments: letters that are no part of the text."""
        kinds = {"header": HEADER, "footer": HEADER, "comments": COMMENT}
        seen: set[str] = set()
        for relation in self.relations.values():
            if (
                relation.external
                or relation.kind not in kinds
                or relation.target not in self.package
            ):
                continue
            if relation.target in seen:
                continue
            seen.add(relation.target)
            for paragraph in self.package.xml(relation.target).iter(f"{W}p"):
                self._leave(_letters(paragraph), kinds[relation.kind])
        for part, relation in self.package.all_relations():
            if relation.external and relation.kind != "hyperlink":
                where = relation.target[:120]
                self.found.remarks.append(
                    f"tệp trỏ ra ngoài ({relation.kind}): {where}; không tải về"
                )
            del part

    def _read_carried(self) -> None:
        """Take up the Markdown that our own Word file brings along."""
        for name in self.package.names():
            if not re.fullmatch(r"customXml/item\d+\.xml", name):
                continue
            root = self.package.xml(name)
            if root.tag == carried.TAG:
                told = (root.get(key, "") for key in ("file", "digest"))
                self.found.carried = carried.Carried(root.text or "", *told)
                parts = [self.part, self._beside("footnotes")]
                shown = [
                    self.package.data(part).decode("utf-8", "replace") for part in parts if part
                ]
                self.found.is_as_carried = carried.digest(*shown) == self.found.carried.digest

    # --- blocks

    def blocks(self, parent: etree._Element) -> list[Block]:
        found: list[Block] = []
        pending: list[Run] = []  # of a paragraph whose end was deleted: it goes on in the next
        for child in self._flat(parent):
            if child.tag == f"{W}tbl":
                found += self._table(child)
            elif child.tag == f"{W}p":
                self.paragraphs += 1
                if self.paragraphs > _MAX_PARAGRAPHS:
                    raise ImportProblem(
                        f"{self.name} có quá {_MAX_PARAGRAPHS} đoạn văn; hãy tách thành nhiều tệp"
                    )
                paragraph, boxes, runs = self._paragraph(child, pending)
                pending = []
                if child.find(f"{W}pPr/{W}rPr/{W}del") is not None:
                    pending = list(runs)
                elif paragraph.runs or paragraph.label:
                    found.append(paragraph)
                found += boxes
        if pending:
            found.append(Paragraph(merged(pending)))
        return found

    def _flat(self, parent: etree._Element) -> Iterator[etree._Element]:
        """Paragraphs and tables in `parent`, whatever content controls stand around them."""
        for child in parent:
            if child.tag in (f"{W}p", f"{W}tbl"):
                yield child
            elif child.tag == f"{W}sdt":
                for content in child.findall(f"{W}sdtContent"):
                    yield from self._flat(content)
            elif child.tag == f"{MC}AlternateContent":
                yield from self._flat(_chosen(child))
            elif child.tag in _GONE:
                self._leave(_letters(child), DELETED)
            elif child.tag in _THROUGH:
                yield from self._flat(child)

    def _table(self, table: etree._Element) -> list[Block]:
        rows: list[list[Cell]] = []
        open_cells: dict[
            int, tuple[int, int]
        ] = {}  # by grid column: place of the cell that spans down
        for row in table.iter(f"{W}tr"):
            if next(a for a in row.iterancestors(f"{W}tbl")) is not table:
                continue
            if row.find(f"{W}trPr/{W}del") is not None:
                self._leave(_letters(row), DELETED)
                continue
            cells: list[Cell] = []
            at = _whole(value_of(row.find(f"{W}trPr/{W}gridBefore")), 0)
            for cell in self._cells(row):
                properties = cell.find(f"{W}tcPr")
                wide = max(
                    1, _whole(value(properties, "gridSpan") if properties is not None else "", 1)
                )
                merge = properties.find(f"{W}vMerge") if properties is not None else None
                blocks = self.blocks(cell)
                if merge is not None and merge.get(f"{W}val") != "restart" and at in open_cells:
                    up, place = open_cells[at]
                    above = rows[up][place]
                    rows[up][place] = replace(
                        above, rows=len(rows) - up + 1, blocks=(*above.blocks, *blocks)
                    )
                else:
                    if merge is not None:
                        open_cells[at] = len(rows), len(cells)
                    else:
                        open_cells.pop(at, None)
                    cells.append(Cell(tuple(blocks), columns=wide))
                at += wide
            rows.append(cells)
        if not any(cell.blocks for row in rows for cell in row):
            return []
        return [Table(tuple(map(tuple, rows)), ruled=self._ruled(table))]

    def _cells(self, row: etree._Element) -> Iterator[etree._Element]:
        for child in row:
            if child.tag == f"{W}tc":
                yield child
            elif child.tag in _THROUGH or child.tag == f"{W}sdt":
                for content in child.findall(f"{W}sdtContent") or [child]:
                    yield from self._cells(content)

    def _ruled(self, table: etree._Element) -> bool:
        """Whether lines are drawn around the cells, by the table, its style or a cell."""
        drawn = (
            "single",
            "double",
            "thick",
            "dotted",
            "dashed",
            "dashSmallGap",
            "thinThickSmallGap",
        )
        sides = [*table.iterfind(f".//{W}tblBorders/*"), *table.iterfind(f".//{W}tcBorders/*")]
        if any(side.get(f"{W}val") in drawn for side in sides):
            return True
        name = value_of(table.find(f"{W}tblPr/{W}tblStyle")).casefold()
        return not sides and name not in ("", "tablenormal", "plaintable4")

    # --- paragraphs

    def _paragraph(
        self, element: etree._Element, before: list[Run]
    ) -> tuple[Paragraph, list[Block], tuple[Run, ...]]:
        """A paragraph, the text boxes that hang on it, and its runs with white space around them."""
        properties = element.find(f"{W}pPr")
        style = value(properties, "pStyle") if properties is not None else ""
        chain = list(self._chain(style or self.default_style))
        looks = self.defaults
        for above in reversed(chain):
            looks = above.looks.over(looks)
        inline = _Inline(self, looks)
        inline.read(element)
        runs = merged([*before, *inline.runs])
        centred = _centred(properties)
        if centred is None:
            centred = next((s.centred for s in chain if s.centred is not None), False)
        own = _outline_level(properties)
        label = self._label(properties, style, chain) if _says(runs) else ""
        paragraph = Paragraph(
            _trimmed(runs),
            label=label,
            heading=own or next((s.outline for s in chain if s.outline), 0),
            centred=bool(centred),
        )
        return paragraph, inline.boxes, runs

    def _label(self, properties: etree._Element | None, style: str, chain: list[_Style]) -> str:
        number, level = _numbering_of(properties)
        if not number:
            styled = next((s for s in chain if s.number), None)
            number = styled.number if styled else ""
            level = level or (styled.level if styled else "")
        if number in ("", "0"):
            return ""
        at = self.numbering.level_of_style(number, style) if not level else None
        return self.numbering.label(number, _whole(level, 0) if at is None else at)

    # --- what inline text asks for

    def note(self, kind: str, identifier: str, custom: bool) -> str:
        """The label of the note `identifier`, whose text is taken up the first time it is called."""
        key = kind, identifier
        if key not in self.labels:
            element = self.notes[kind].get(identifier)
            if element is None:
                return ""
            own = sum(1 for known, _ in self.labels if known == kind) + 1
            label = str(own) if kind == "footnotes" else f"c{own}"
            if kind == "endnotes" and not self.notes["footnotes"]:
                label = str(own)
            self.labels[key] = label
            blocks = self.blocks(element)
            self.found.notes[label] = [b for b in blocks if isinstance(b, Paragraph)]
            del custom
        return self.labels[key]

    def picture(self, relation_id: str) -> str:
        """The name under which the picture `relation_id` is kept; "" for one that cannot be kept."""
        relation = self.relations.get(relation_id, Relation("", "", True))
        if relation.external or relation.target not in self.package:
            return ""
        suffix = PurePosixPath(relation.target).suffix.lower()
        if suffix not in _PICTURES:
            self.found.remarks.append(
                f"hình {PurePosixPath(relation.target).name} là hình vẽ ({suffix or 'không rõ'}), "
                "không lấy được; hãy chụp lại thành .png"
            )
            return ""
        name = PurePosixPath(relation.target).name
        self.found.pictures.setdefault(name, self.package.data(relation.target, MAX_PICTURE))
        return name

    def _leave(self, text: str, why: str) -> None:
        if text := " ".join(text.split()):
            self.found.left_out.append(LeftOut(text, why))

    def leave(self, text: str, why: str) -> None:
        self._leave(text, why)


class _Inline:
    """The runs of one paragraph, and the text boxes that hang on it."""

    def __init__(self, reader: _Reader, looks: _Looks) -> None:
        self.reader = reader
        self.looks = looks
        self.runs: list[Run] = []
        self.boxes: list[Block] = []
        self._readers: dict[str, Callable[[etree._Element, _Looks], None]] = {
            f"{W}t": self._text,
            f"{W}tab": lambda element, looks: self._add("\t", looks),
            f"{W}ptab": lambda element, looks: self._add("\t", looks),
            f"{W}br": self._break,
            f"{W}cr": lambda element, looks: self._add("\n", looks),
            f"{W}noBreakHyphen": lambda element, looks: self._add("-", looks),
            f"{W}sym": self._symbol,
            f"{W}footnoteReference": self._footnote,
            f"{W}endnoteReference": self._endnote,
            f"{W}drawing": self._drawing,
            f"{W}pict": self._drawing,
            f"{W}object": self._drawing,
            f"{MC}AlternateContent": self._alternative,
            f"{W}fldChar": self._field,
            f"{W}instrText": self._instruction,
            f"{W}delText": lambda element, looks: self.reader.leave(element.text or "", DELETED),
        }

    def read(self, parent: etree._Element) -> None:
        for child in parent:
            if child.tag == f"{W}r":
                self._run(child)
            elif child.tag in _GONE:
                self.reader.leave(_letters(child), DELETED)
            elif child.tag == f"{W}sdt":
                for content in child.findall(f"{W}sdtContent"):
                    self.read(content)
            elif child.tag == f"{W}fldSimple":
                self._simple_field(child)
            elif child.tag in _THROUGH:
                self.read(child)
            elif child.tag == f"{MC}AlternateContent":
                self.read(_chosen(child))
            elif child.tag in (f"{M}oMath", f"{M}oMathPara"):
                self._add("".join(t.text or "" for t in child.iter(f"{M}t")), self.looks)

    def _run(self, run: etree._Element) -> None:
        properties = run.find(f"{W}rPr")
        looks = self.looks
        if properties is not None:
            style = value(properties, "rStyle")
            for above in reversed(list(self.reader._chain(style))):
                looks = above.looks.over(looks)
            looks = _looks(properties).over(looks)
        self._children(run, looks)

    def _children(self, parent: etree._Element, looks: _Looks) -> None:
        for child in parent:
            if reader := self._readers.get(child.tag):
                reader(child, looks)

    def _text(self, element: etree._Element, looks: _Looks) -> None:
        text = element.text or ""
        if element.get(XML_SPACE) != "preserve":
            text = text.strip(" \t\r\n")
        text = text.replace("\u00ad", "")  # a soft hyphen is shown where a line breaks only
        if coding := fonts_of_old.decoder(looks.font or ""):
            decoded = fonts_of_old.decode(text, coding)
            self.reader.found.words_decoded.append((text, decoded))
            text = decoded
        self._add(text, looks)

    def _add(self, text: str, looks: _Looks) -> None:
        if self.reader.fields and not all(opened.shows for opened in self.reader.fields):
            return
        if looks.hidden:
            self.reader.leave(text, HIDDEN)
            return
        text = unicodedata.normalize("NFC", text.upper() if looks.capitals else text)
        self.runs.append(Run(text, bold=bool(looks.bold), italic=bool(looks.italic)))

    def _break(self, element: etree._Element, looks: _Looks) -> None:
        if element.get(f"{W}type") in (None, "textWrapping"):
            self._add("\n", looks)

    def _symbol(self, element: etree._Element, looks: _Looks) -> None:
        code = int(element.get(f"{W}char", "0"), 16) & 0xFF if element.get(f"{W}char") else 0
        if code in _SYMBOLS:
            self._add(_SYMBOLS[code], looks)
        else:
            name = f"{element.get(f'{W}font', '?')} {element.get(f'{W}char', '?')}"
            self.reader.leave(f"[{name}]", SYMBOL)

    def _footnote(self, element: etree._Element, looks: _Looks) -> None:
        self._note("footnotes", element)

    def _endnote(self, element: etree._Element, looks: _Looks) -> None:
        self._note("endnotes", element)

    def _note(self, kind: str, element: etree._Element) -> None:
        custom = element.get(f"{W}customMarkFollows") in _ON - {""}
        if label := self.reader.note(kind, element.get(f"{W}id", ""), custom):
            self.runs.append(Run("", note=label))

    def _alternative(self, element: etree._Element, looks: _Looks) -> None:
        self._children(_chosen(element), looks)

    def _drawing(self, element: etree._Element, looks: _Looks) -> None:
        boxes = [box for box in element.iter(f"{W}txbxContent") if not _is_fallback(box, element)]
        inner = [box for box in boxes if not any(a in boxes for a in box.iterancestors())]
        for box in inner:
            self.boxes += self.reader.blocks(box)
        for picture in element.iter(f"{A}blip", f"{V}imagedata"):
            if any(box in picture.iterancestors() for box in inner) or _is_fallback(
                picture, element
            ):
                continue
            identifier = (
                picture.get(f"{R}embed") or picture.get(f"{R}id") or picture.get(f"{R}link") or ""
            )
            if name := self.reader.picture(identifier):
                self.runs.append(Run("", picture=name))

    def _simple_field(self, element: etree._Element) -> None:
        self._say_field(element.get(f"{W}instr", ""))
        self.read(element)

    def _field(self, element: etree._Element, looks: _Looks) -> None:
        kind, fields = element.get(f"{W}fldCharType"), self.reader.fields
        if kind == "begin":
            fields.append(_Field())
        elif kind == "separate" and fields:
            fields[-1].shows = True
            self._say_field(fields[-1].instruction)
        elif kind == "end" and fields:
            fields.pop()

    def _instruction(self, element: etree._Element, looks: _Looks) -> None:
        if self.reader.fields:
            self.reader.fields[-1].instruction += element.text or ""

    def _say_field(self, instruction: str) -> None:
        if (instruction.split() or [""])[0].upper() in _DATES:
            self.reader.found.remarks.append(
                "có trường ngày tự tính lại ({ " + " ".join(instruction.split()) + " }); "
                "hãy đối chiếu ngày ấy với bản ký"
            )


# --- properties


def value_of(element: etree._Element | None) -> str:
    return "" if element is None else element.get(f"{W}val", "")


def _whole(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else default


def _switch(properties: etree._Element, name: str) -> bool | None:
    element = properties.find(f"{W}{name}")
    return None if element is None else element.get(f"{W}val", "") in _ON


def _looks(properties: etree._Element | None) -> _Looks:
    if properties is None:
        return _Looks()
    fonts = properties.find(f"{W}rFonts")
    font = fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") if fonts is not None else None
    return _Looks(
        bold=_switch(properties, "b"),
        italic=_switch(properties, "i"),
        capitals=_switch(properties, "caps"),
        hidden=_switch(properties, "vanish"),
        font=font,
    )


def _numbering_of(properties: etree._Element | None) -> tuple[str, str]:
    numbered = properties.find(f"{W}numPr") if properties is not None else None
    if numbered is None:
        return "", ""
    return value(numbered, "numId"), value(numbered, "ilvl")


def _outline_level(properties: etree._Element | None) -> int:
    written = value(properties, "outlineLvl") if properties is not None else ""
    level = _whole(written, 9) if written else 9
    return level + 1 if level < 9 else 0


def _centred(properties: etree._Element | None) -> bool | None:
    written = value(properties, "jc") if properties is not None else ""
    return written == "center" if written else None


def _chosen(alternatives: etree._Element) -> etree._Element:
    """The first choice that says something, else the fallback: never both (ECMA-376 part 3, 9.3)."""
    choices = alternatives.findall(f"{MC}Choice")
    fallback = alternatives.find(f"{MC}Fallback")
    for choice in choices:
        says = choice.iter(f"{W}t", f"{A}t", f"{M}t", f"{A}blip", f"{V}imagedata", f"{W}sym")
        if next(says, None) is not None:
            return choice
    if fallback is not None:
        return fallback
    return choices[0] if choices else alternatives


def _is_fallback(element: etree._Element, until: etree._Element) -> bool:
    """Whether an alternative between `until` and `element` decided for something else."""
    below = element
    for above in element.iterancestors():
        if above.tag == f"{MC}AlternateContent" and _chosen(above) is not below:
            return True
        if above is until:
            return False
        below = above
    return False


def _letters(element: etree._Element) -> str:
    """All letters in `element`, paragraphs apart."""
    parts: list[str] = []
    for part in element.iter(f"{W}t", f"{W}delText", f"{W}p", f"{W}tab", f"{W}br"):
        parts.append(part.text or "" if part.tag in (f"{W}t", f"{W}delText") else " ")
    return "".join(parts)


def _says(runs: tuple[Run, ...]) -> bool:
    return any(run.text.strip() or run.note or run.picture for run in runs)


def _trimmed(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """`runs` without white space at either end; none where they say nothing."""
    if not _says(runs):
        return ()
    found = list(runs)
    while found and not found[0].note and not found[0].picture:
        found[0] = replace(found[0], text=found[0].text.lstrip())
        if found[0].text:
            break
        del found[0]
    while found and not found[-1].note and not found[-1].picture:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip())
        if found[-1].text:
            break
        del found[-1]
    return tuple(found)
