"""A Word file (.docx, ECMA-376 part 1, WordprocessingML) as a manuscript.

Everything that has letters is either in the manuscript's blocks and notes or among what was left out.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path, PurePosixPath

from lxml import etree
from PIL import Image

from kehoach import carried
from kehoach.importing.manuscript import (
    Block,
    Cell,
    LeftOut,
    Manuscript,
    Paragraph,
    Run,
    Table,
    merged,
    paragraphs,
)
from kehoach.importing.numbering import Numbering, value
from kehoach.importing.package import MAX_PICTURE, Package, Relation
from kehoach.importing.problem import ImportProblem
from kehoach.importing.word_runs import (
    CONTENTS,
    DELETED,
    GONE,
    MC,
    ON,
    THROUGH,
    A,
    Field,
    Inline,
    Looks,
    W,
    chosen,
    letters,
    looks_of,
    sound_address,
)

HEADER = "đầu trang, chân trang"
COMMENT = "ghi chú bên lề"
UNCALLED = "chú thích không còn chỗ nào gọi"
CHART = "chữ trong biểu đồ, sơ đồ; hãy chụp lại thành hình hoặc viết thành bảng"

_MARKS = ("", "-", "+", "*")  # of items that say nothing without text
_MAX_PARAGRAPHS = 15_000  # some 1,000 pages
_PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".bmp"}
# What Word draws and browsers do not show.
_REDRAWN = {".tif", ".tiff", ".bmp"}
_DRAWINGS = {"chart": "biểu đồ", "chartEx": "biểu đồ", "diagramData": "sơ đồ SmartArt"}
# Words of other files that stand in this one only while Word shows it.
_ELSEWHERE = {"aFChunk": "ghép thêm tệp khác", "subDocument": "gồm nhiều tệp con"}
_MAX_COLUMNS = 63  # of a table in Word
_MAX_DOTS = 80_000_000


@dataclass(frozen=True, slots=True)
class _Style:
    name: str = ""
    based_on: str = ""
    looks: Looks = field(default_factory=Looks)
    number: str = ""
    level: str = ""
    outline: int = 0
    centred: bool | None = None


def read(path: Path) -> Manuscript:
    """The manuscript of the Word file at `path`. Raises ImportProblem."""
    package = Package(path)
    try:
        return _Reader(package).manuscript()
    except RecursionError:
        raise ImportProblem(f"{path.name} lồng bảng, khung quá nhiều lớp; không đọc") from None
    finally:
        package.close()


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.name = package.path.name
        self.part = package.main()
        if any(PurePosixPath(name).name.lower() == "vbaproject.bin" for name in package.names()):
            raise ImportProblem(
                f"{self.name} có macro; hãy mở bằng Word, lưu lại dạng .docx (không macro) rồi thử lại"
            )
        self.relations = package.relations(self.part)
        for relation in self.relations.values():
            if how := _ELSEWHERE.get(relation.kind):
                raise ImportProblem(
                    f"{self.name} {how} ({relation.kind}); hãy mở bằng Word, lưu lại dạng .docx "
                    "(tệp con thì nhập từng tệp) rồi thử lại"
                )
        self.fonts = self._read_theme()
        self.styles, self.defaults, self.default_style = self._read_styles()
        numbering = self._beside("numbering")
        self.numbering = Numbering(package.xml(numbering) if numbering else None)
        self.found = Manuscript()
        self.notes: dict[str, dict[str, etree._Element]] = {}
        self.labels: dict[tuple[str, str], str] = {}
        self.fields: list[Field] = []
        self.paragraphs = 0
        self.is_beside = False  # in a header, whose pictures are no part of the text

    def manuscript(self) -> Manuscript:
        root = self.package.xml(self.part)
        body = root.find(f"{W}body")
        if body is None:
            raise ImportProblem(f"{self.name} không có nội dung; hãy lưu lại dạng .docx")
        self.notes = {kind: self._read_notes(kind) for kind in ("footnotes", "endnotes")}
        self.found.blocks = self.blocks(body)
        self._leave_uncalled()
        self._leave_beside()
        self._leave_drawings()
        for form in sorted(self.numbering.unknown_forms):
            self.found.remarks.append(
                f"kiểu đánh số tự động `{form}` viết thành chữ số; hãy đối chiếu với bản ký"
            )
        self.found.remarks = list(dict.fromkeys(self.found.remarks))
        self._read_carried()
        return self.found

    # --- parts beside the text

    def _beside(self, kind: str) -> str:
        named = (r for r in self.relations.values() if r.kind == kind and not r.external)
        return next((r.target for r in named if r.target in self.package), "")

    def _read_theme(self) -> dict[str, str]:
        """The fonts of the theme by what runs call them: "minorHAnsi"."""
        name = self._beside("theme")
        if not name:
            return {}
        root = self.package.xml(name)
        found: dict[str, str] = {}
        for kind in ("major", "minor"):
            latin = root.find(f".//{A}{kind}Font/{A}latin")
            face = latin.get("typeface", "") if latin is not None else ""
            found |= {f"{kind}{script}": face for script in ("HAnsi", "Ascii")}
        return found

    def font_of_theme(self, name: str) -> str:
        return self.fonts.get(name, "")

    def _read_styles(self) -> tuple[dict[str, _Style], Looks, str]:
        name = self._beside("styles")
        if not name:
            return {}, Looks(), ""
        root = self.package.xml(name)
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        styles, default = {}, ""
        for style in root.iter(f"{W}style"):
            identifier = style.get(f"{W}styleId", "")
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ON - {""}:
                default = identifier
            paragraph = style.find(f"{W}pPr")
            number, level = _numbering_of(paragraph)
            styles[identifier] = _Style(
                name=identifier,
                based_on=value(style, "basedOn"),
                looks=looks_of(style.find(f"{W}rPr"), self.font_of_theme),
                number=number,
                level=level,
                outline=_outline_level(paragraph),
                centred=_centred(paragraph),
            )
        return styles, looks_of(defaults, self.font_of_theme), default

    def _chain(self, style: str) -> Iterator[_Style]:
        """`style`, what it is based on, and so on; a circle ends where it closes."""
        seen: set[str] = set()
        while style in self.styles and style not in seen:
            seen.add(style)
            yield self.styles[style]
            style = self.styles[style].based_on

    def looks_of_style(self, style: str) -> list[Looks]:
        """How letters of `style` look, from what it is based on to itself."""
        return [above.looks for above in reversed(list(self._chain(style)))]

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

    @contextmanager
    def _within(self, part: str, *, is_beside: bool = False) -> Iterator[None]:
        """Read from the part called `part`: its relations, and no field that is open elsewhere."""
        before = self.relations, self.fields, self.is_beside
        self.relations, self.fields = self.package.relations(part), []
        self.is_beside = is_beside
        yield
        self.relations, self.fields, self.is_beside = before

    def _leave_uncalled(self) -> None:
        """Notes whose call was deleted, or is in no text that is shown."""
        for kind, notes in self.notes.items():
            for identifier, note in notes.items():
                if (kind, identifier) not in self.labels:
                    with self._within(self._beside(kind)):
                        self._leave_blocks(note, UNCALLED)

    def _leave_beside(self) -> None:
        """Headers, footers, comments: letters that are no part of the text."""
        kinds = {"header": HEADER, "footer": HEADER, "comments": COMMENT}
        beside = {
            relation.target: kinds[relation.kind]
            for relation in self.relations.values()
            if not relation.external and relation.kind in kinds and relation.target in self.package
        }
        for part, why in beside.items():
            root = self.package.xml(part)
            with self._within(part, is_beside=True):
                for parent in root if why == COMMENT else (root,):
                    self._leave_blocks(parent, why)
        for _, relation in self.package.all_relations():
            if relation.external and relation.kind != "hyperlink":
                where = relation.target[:120]
                self.found.remarks.append(
                    f"tệp trỏ ra ngoài ({relation.kind}): {where}; không tải về"
                )

    def _leave_blocks(self, parent: etree._Element, why: str) -> None:
        for paragraph in paragraphs(self.blocks(parent)):
            self.leave(paragraph.text, why)

    def _leave_drawings(self) -> None:
        """Charts and diagrams: their letters are listed, what they show is not drawn."""
        drawn = {
            relation.target: _DRAWINGS[relation.kind]
            for _, relation in self.package.all_relations()
            if not relation.external
            and relation.kind in _DRAWINGS
            and relation.target in self.package
        }
        for part, what in drawn.items():
            for element in self.package.xml(part).iter("{*}t", "{*}v", "{*}pt"):
                self.leave(element.text or "", CHART)
            self.found.remarks.append(
                f"có {what} ({PurePosixPath(part).name}), không vẽ lại được; "
                "hãy chụp thành hình .png hoặc viết thành bảng"
            )

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
                if _is_end_deleted(child):
                    pending = list(runs)
                elif paragraph.runs or paragraph.label not in _MARKS:
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
                is_contents = child.find(f".//{W}docPartGallery[@{W}val='Table of Contents']")
                for content in child.findall(f"{W}sdtContent"):
                    if is_contents is not None:
                        self._leave_blocks(content, CONTENTS)
                    else:
                        yield from self._flat(content)
            elif child.tag == f"{MC}AlternateContent":
                yield from self._flat(chosen(child))
            elif child.tag in GONE:
                self.leave(letters(child), DELETED)
            elif child.tag in THROUGH:
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
                self.leave(letters(row), DELETED)
                continue
            at = min(_whole(value_of(row.find(f"{W}trPr/{W}gridBefore")), 0), _MAX_COLUMNS)
            cells: list[Cell] = [Cell(columns=at)] if at else []
            for cell in self._cells(row):
                properties = cell.find(f"{W}tcPr")
                told = value(properties, "gridSpan") if properties is not None else ""
                wide = min(max(1, _whole(told, 1)), _MAX_COLUMNS)
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
            elif child.tag in THROUGH or child.tag == f"{W}sdt":
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
        inline = Inline(self, looks)
        runs = merged([*before, *inline.read(element)])
        centred = _centred(properties)
        if centred is None:
            centred = next((s.centred for s in chain if s.centred is not None), False)
        own = _outline_level(properties)
        is_gone = _is_end_deleted(element) and not _says(runs)
        label = "" if is_gone or self.is_beside else self._label(properties, chain)
        paragraph = Paragraph(
            _trimmed(runs),
            label=label,
            heading=own or next((s.outline for s in chain if s.outline), 0),
            centred=bool(centred),
        )
        return paragraph, inline.boxes, runs

    def _label(self, properties: etree._Element | None, chain: list[_Style]) -> str:
        number, level = _numbering_of(properties)
        if not number:
            styled = next((s for s in chain if s.number), None)
            number = styled.number if styled else ""
            level = level or (styled.level if styled else "")
        if number in ("", "0"):
            return ""
        at = _whole(level, 0)
        if not level:
            levels = (self.numbering.level_of_style(number, style.name) for style in chain)
            at = next((known for known in levels if known is not None), 0)
        return self.numbering.label(number, at)

    # --- what inline text asks for

    def note(self, kind: str, identifier: str) -> str:
        """The label of the note `identifier`, whose text is taken up the first time it is called."""
        key = kind, identifier
        if key not in self.labels:
            element = self.notes[kind].get(identifier)
            if element is None:
                return ""
            own = sum(1 for known, _ in self.labels if known == kind) + 1
            is_apart = kind == "footnotes" or not self.notes["footnotes"]
            label = self.labels[key] = str(own) if is_apart else f"c{own}"
            with self._within(self._beside(kind)):
                self.found.notes[label] = list(paragraphs(self.blocks(element)))
        return self.labels[key]

    def picture(self, relation_id: str) -> str:
        """The name under which the picture `relation_id` is kept; "" for one that cannot be kept."""
        relation = self.relations.get(relation_id, Relation("", "", False))
        name = PurePosixPath(relation.target).name
        suffix = PurePosixPath(name).suffix.lower()
        if relation.external:
            return ""  # told with all that points outside
        if why := self._why_no_picture(relation, suffix):
            self.found.remarks.append(f"hình {name or relation_id} {why}")
            return ""
        kept = f"{relation.target}.png" if suffix in _REDRAWN else relation.target
        if kept not in self.found.pictures:
            content = self.package.data(relation.target, MAX_PICTURE)
            if suffix in _REDRAWN and not (content := _as_png(content)):
                self.found.remarks.append(f"hình {name} hỏng hoặc quá lớn; hãy chèn lại từ bản gốc")
                return ""
            self.found.pictures[kept] = content
        return kept

    def _why_no_picture(self, relation: Relation, suffix: str) -> str:
        if self.is_beside:
            return "ở đầu trang, chân trang không đưa vào"
        if relation.target not in self.package:
            return "không có trong tệp; hãy chèn lại từ bản gốc"
        if suffix not in _PICTURES:
            return f"là hình vẽ ({suffix or 'không rõ'}), không lấy được; hãy chụp lại thành .png"
        return ""

    def address(self, relation_id: str) -> str:
        """Where the link `relation_id` leads; "" for a place in the text."""
        relation = self.relations.get(relation_id)
        return sound_address(relation.target) if relation and relation.external else ""

    def leave(self, text: str, why: str) -> None:
        """List `text` as left out."""
        if text := " ".join(text.split()):
            self.found.left_out.append(LeftOut(text, why))


def _as_png(content: bytes) -> bytes:
    """The picture `content` in a form that browsers show; nothing where it cannot be read."""
    out = BytesIO()
    try:
        with Image.open(BytesIO(content)) as image:
            if image.width * image.height > _MAX_DOTS:
                return b""
            image.convert("RGBA" if "A" in image.getbands() else "RGB").save(out, "PNG")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return b""
    return out.getvalue()


# --- properties


def value_of(element: etree._Element | None) -> str:
    return "" if element is None else element.get(f"{W}val", "")


def _whole(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else default


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


def _is_end_deleted(paragraph: etree._Element) -> bool:
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


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
