"""A plan as a Word file, after Decree 30/2020/NĐ-CP, Appendix I: for whoever copies text or goes on writing.

A walk over the same body as the PDF. Numbers are text as signed, never Word's own; headings are
headings, tables tables, notes notes at the foot.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import zip_longest
from typing import Any

from kehoach import carried
from kehoach.prints import documents, grids, office, pictures
from kehoach.records.body.model import (
    Block,
    Body,
    Break,
    Code,
    Figure,
    Heading,
    Items,
    Line,
    Link,
    Note,
    Paragraph,
    Picture,
    Quote,
    Role,
    Rule,
    Style,
    Styled,
    Table,
)
from kehoach.records.body.reading import body_of
from kehoach.records.body.rendering import render_prose
from kehoach.records.document import Document
from kehoach.records.library import Library
from kehoach.records.material import Material
from kehoach.records.plan import Plan
from kehoach.site import Site
from kehoach.xml_text import escape, quoted

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_MM = 1440 / 25.4  # twentieths of a point
_EMU = 36_000  # in a millimetre
_TEXT = 9071  # twentieths of a point between the margins of a sheet that stands
_RUN = {
    Style.STRONG: "<w:b/>",
    Style.EM: "<w:i/>",
    Style.UNDERLINE: '<w:u w:val="single"/>',
    Style.STRIKE: "<w:strike/>",
    Style.SUP: '<w:vertAlign w:val="superscript"/>',
    Style.SUB: '<w:vertAlign w:val="subscript"/>',
    Style.CODE: '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>',
    Style.MARK: '<w:highlight w:val="yellow"/>',
}
# The order of run properties (ECMA-376 part 1, 17.3.2.28, CT_RPr).
_ORDER = (
    *(Style.CODE, Style.STRONG, Style.EM, Style.STRIKE, Style.MARK),
    *(Style.UNDERLINE, Style.SUP, Style.SUB),
)
_ROLES = {Role.BASIS: "Basis", Role.AUTHORITY: "Centred", Role.OPERATIVE: "Centred"}
_ROLES |= {Role.ADDRESSEE: "Addressee", Role.TITLE: "Centred", Role.ATTACHED: "Attached"}
_ALIGNED = {"": "", "left": "left", "center": "center", "right": "right"}


def address(document: Document) -> str:
    return f"{document.address}{document.slug}.docx"


def data(plan: Plan, library: Library, site: Site) -> dict[str, Any]:
    """All that the Word file of a plan depends on."""
    shown = documents.data(plan, library, site)
    return {**shown, "source": plan.origin.text, "file": plan.file}


def material_data(material: Material, library: Library) -> dict[str, Any]:
    """All that the Word file of a communication material depends on."""
    issuer = library.issuer(material)
    start = material.date.start
    return {
        "title": material.title,
        "kind": material.kind.value.upper(),
        "author": issuer.name if issuer else material.issuer,
        "by": material.author or "",
        "date": documents.written_date(material.date),
        "day": start.isoformat() if start else "",
        "summary": material.summary or "",
        "contact": material.contact or "",
        "body": material.body,
        "source": material.origin.text,
        "file": material.file,
    }


def material_body(source: str) -> Body:
    """The body of a material, which is ordinary Markdown."""
    return body_of(render_prose(source, abbreviations={}).html)


def draw_material(data: dict[str, Any], pictures: Mapping[str, bytes]) -> bytes:
    """The Word file of a communication material: a newsroom copies text."""
    walk = _Walk(pictures)
    told = " · ".join(part for part in (data["author"], data["by"], data["date"]) if part)
    content = [_paragraph("Attached", _run(told)), _paragraph("Title", _run(data["kind"]))]
    content.append(_paragraph("Subtitle", _run(data["title"])))
    if data["summary"]:
        content.append(_paragraph("Basis", _run(data["summary"])))
    content += walk.blocks(material_body(data["body"]).blocks)
    if data["contact"]:
        content.append(_paragraph("BodyText", _run("Liên hệ: ", "<w:b/>") + _run(data["contact"])))
    return _file(walk, [("".join(content), False)], data, status="")


def draw(data: dict[str, Any], pictures: Mapping[str, bytes]) -> bytes:
    """The Word file of a plan; `data` is that of its document with `source`, its Markdown, and `file`."""
    body = documents.read(data["body"])
    walk = _Walk(pictures)
    main = walk.blocks(body.blocks)
    annexes = [
        ("".join(walk.annex(annex.label, annex.blocks)), _lies(annex.blocks))
        for annex in body.annexes
    ]
    sheets = [("".join((*_head(data), *main, *_end(data))), False), *annexes]
    return _file(walk, sheets, data, status=data["status"])


def _file(
    walk: "_Walk", sheets: list[tuple[str, bool]], data: dict[str, Any], *, status: str
) -> bytes:
    document = (
        f"{office.HEAD}<w:document {_NAMES}><w:body>{_sections(sheets)}</w:body></w:document>"
    )
    notes = f"{office.HEAD}<w:footnotes {_NAMES}>{_SEPARATORS}{''.join(walk.notes)}</w:footnotes>"
    parts = {
        "word/document.xml": document,
        "word/footnotes.xml": notes,
        "word/styles.xml": _styles(),
        "word/settings.xml": _SETTINGS,
        "word/header1.xml": _header(status, paged=False),
        "word/header2.xml": _header("", paged=True),
    }
    source = carried.Carried(data["source"], data["file"], carried.digest(document, notes))
    return office.package(
        parts,
        walk.media,
        title=data["title"],
        author=data["author"],
        day=data["day"],
        source=source,
        links=walk.links,
    )


# --- the body


@dataclass(frozen=True, slots=True)
class _State:
    """Where text stands: in what styles, in which kind of paragraph."""

    styles: frozenset[Style] = frozenset()
    small: bool = False  # in a cell or a note: no indent of the first line


@dataclass(slots=True)
class _Walk:
    pictures: Mapping[str, bytes]
    notes: list[str] = field(default_factory=list)
    called: dict[str, int] = field(default_factory=dict)
    media: dict[str, bytes] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    drawn: int = 0

    def annex(self, label: str, blocks: tuple[Block, ...]) -> Iterator[str]:
        shown = _words(blocks[:1])
        if label and label.casefold() not in shown.casefold():
            yield _paragraph("Heading1", _run(label))
        yield from self.blocks(blocks)

    def blocks(self, blocks: tuple[Block, ...], state: _State | None = None) -> list[str]:
        state = state or _State()
        return [part for block in blocks for part in self.block(block, state)]

    def block(self, block: Block, state: _State) -> Iterator[str]:
        match block:
            case Heading():
                style = f"Heading{min(block.level, 6)}"
                centre = '<w:ind w:firstLine="0"/><w:jc w:val="center"/>' if block.centred else ""
                yield _paragraph(
                    style, self.line(block.line, replace(state, styles=frozenset())), centre
                )
            case Paragraph():
                style = "CellText" if state.small else _ROLES.get(block.role, "BodyText")
                yield _paragraph(style, self.line(block.line, state))
            case Items():
                for item in block.items:
                    yield from self.item(item.mark, item.blocks, state)
            case Table():
                yield from self.table(block)
            case Quote():
                yield from self.blocks(block.blocks, state)
            case Code():
                code = replace(state, styles=state.styles | {Style.CODE})
                lines = [_runs(text, code) for text in block.text.split("\n")]
                yield _paragraph("CellText", "<w:r><w:br/></w:r>".join(lines))
            case Figure():
                yield _paragraph("Centred", self.picture(block.picture))
            case Rule():
                yield _paragraph("Centred", _run("_______________"))

    def item(self, mark: str, blocks: tuple[Block, ...], state: _State) -> Iterator[str]:
        style = "CellText" if state.small else "BodyText"
        first, *rest = blocks or (Paragraph(()),)
        if isinstance(first, Paragraph):
            yield _paragraph(style, _run(f"{mark} ") + self.line(first.line, state))
        else:
            yield _paragraph(style, _run(mark))
            yield from self.block(first, state)
        yield from self.blocks(tuple(rest), state)

    def table(self, table: Table) -> Iterator[str]:
        at = {(cell.row, cell.column): cell for cell in table.cells}
        over = {
            (row, column): cell
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }
        if table.caption:
            yield _paragraph("Centred", self.line(table.caption, _State(frozenset({Style.EM}))))
        widths = grids.layout(table).widths
        shares = [width / sum(widths) for width in widths]
        rows = []
        for row in range(table.rows):
            cells, column = [], 0
            while column < table.columns:
                cell = at.get((row, column))
                holder = over[row, column]
                share = sum(shares[column : column + holder.columns])
                cells.append(
                    self.cell(holder, share, begins=cell is not None, head=row < table.heads)
                )
                column += holder.columns
            repeated = "<w:tblHeader/>" if row < table.heads else ""
            rows.append(f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>")
        grid = "".join(f'<w:gridCol w:w="{round(share * _TEXT)}"/>' for share in shares)
        title = quoted(_words((table,))[:120])
        yield _GAP
        yield (
            '<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="5000" w:type="pct"/>'
            '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
            f'w:noHBand="1" w:noVBand="1"/><w:tblDescription w:val={title}/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )
        yield _GAP

    def cell(self, cell: Any, share: float, *, begins: bool, head: bool) -> str:
        wide = f'<w:tcW w:w="{round(share * 5000)}" w:type="pct"/>'
        middle = '<w:vAlign w:val="center"/>' if head else ""
        span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
        merge = ""
        if cell.rows > 1:
            merge = '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
        state = _State(frozenset({Style.STRONG}) if head else frozenset(), small=True)
        inner = "".join(self.blocks(cell.blocks, state)) if begins else ""
        inner = inner or _paragraph("CellText", "")
        if inner.endswith("</w:tbl>"):
            inner += _paragraph("CellText", "")
        if align := _ALIGNED[cell.align.value] or ("center" if head else ""):
            inner = inner.replace(
                '<w:pStyle w:val="CellText"/>',
                f'<w:pStyle w:val="CellText"/><w:jc w:val="{align}"/>',
            )
        return f"<w:tc><w:tcPr>{wide}{span}{merge}{middle}</w:tcPr>{inner}</w:tc>"

    # --- text

    def line(self, line: Line, state: _State) -> str:
        return "".join(self.inline(part, state) for part in line)

    def inline(self, part: Any, state: _State) -> str:
        match part:
            case str():
                return _runs(part, state)
            case Break():
                return "<w:r><w:br/></w:r>"
            case Styled():
                return self.line(part.inside, replace(state, styles=state.styles | {part.style}))
            case Link():
                return self.link(part, state)
            case Note():
                return self.note(part)
            case Picture():
                return self.picture(part)
        return ""

    def link(self, link: Link, state: _State) -> str:
        name = next((n for n, known in self.links.items() if known == link.address), "")
        name = name or f"l{len(self.links) + 1}"
        self.links[name] = link.address
        return f'<w:hyperlink r:id="{name}">{self.line(link.inside, state)}</w:hyperlink>'

    def note(self, note: Note) -> str:
        """A call of `note`: of one that was called before, its number alone."""
        if note.mark in self.called:
            return _runs(note.mark, _State(frozenset({Style.SUP})))
        number = self.called[note.mark] = len(self.called) + 1
        inner = self.blocks(note.blocks, _State(small=True)) or [_paragraph("FootnoteText", "")]
        inner = [part.replace('"CellText"', '"FootnoteText"') for part in inner]
        reference = (
            '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
            + _run(" ")
        )
        first = inner[0].replace("</w:pPr>", f"</w:pPr>{reference}", 1)
        self.notes.append(f'<w:footnote w:id="{number}">{first}{"".join(inner[1:])}</w:footnote>')
        return (
            '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
            f'<w:footnoteReference w:id="{number}"/></w:r>'
        )

    def picture(self, picture: Picture) -> str:
        content = self.pictures.get(picture.source)
        if content is None:
            return _runs(f"[{picture.alt or picture.source}]", _State())
        content, suffix, (wide, high) = _measured(content)
        name = next((n for n, known in self.media.items() if known == content), "")
        name = name or f"{len(self.media) + 1}.{suffix}"
        self.media[name] = content
        self.drawn += 1
        width = min(160.0, (picture.width or wide) * 25.4 / 96) * _EMU
        size = f'cx="{round(width)}" cy="{round(width * high / wide)}"'
        alt = quoted(picture.alt)
        return (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
            f'<wp:docPr id="{self.drawn}" name="Hình {self.drawn}" descr={alt}/><a:graphic><a:graphicData '
            'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
            f'<pic:cNvPr id="{self.drawn}" name="{name}" descr={alt}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
            f'<a:blip r:embed="m{name.split(".")[0]}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
            "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )


def _measured(content: bytes) -> tuple[bytes, str, tuple[int, int]]:
    """A picture in a form that Word reads, its suffix and its size in dots."""
    from PIL import Image  # late: few documents show pictures

    if b"<svg" in content[:4096]:  # a drawing: older Word reads none
        content = pictures.drawn(content)
    with Image.open(BytesIO(content)) as image:
        size, form = image.size, (image.format or "").lower().replace("jpeg", "jpg")
        if form in ("png", "jpg", "gif"):
            return content, form, size
        made = BytesIO()
        image.convert("RGBA").save(made, "PNG")
        return made.getvalue(), "png", size


def _words(blocks: tuple[Block, ...]) -> str:
    """The words of the first lines of `blocks`."""
    walk = _Walk({})
    xml = "".join(walk.blocks(blocks[:1])) if not isinstance(blocks[0], Table) else ""
    if isinstance(blocks[0], Table):
        heads = [cell for cell in blocks[0].cells if cell.row == 0]
        return ", ".join(
            filter(None, (_plain("".join(walk.blocks(cell.blocks))) for cell in heads))
        )
    return _plain(xml)


def _plain(xml: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", xml.replace("</w:p>", " ")).split()).replace(
        "&amp;", "&"
    )


def _lies(blocks: tuple[Block, ...]) -> bool:
    return any(isinstance(block, Table) and grids.layout(block).wide for block in blocks)


# --- what stands around the body


def _head(data: dict[str, Any]) -> Iterator[str]:
    """Letterhead, number, place and date, kind and title (Decree 30, Appendix I, II.1-5)."""
    number = data["number"] if data["numbered"] else f"      {data['number']}"
    left = [_paragraph("Head", _run(line)) for line in data["superior"]]
    left += [_paragraph("Head", _run(line, "<w:b/>")) for line in data["issuer"]]
    left.append(_ruled(1300))
    numbers = [number] * bool(data["number"]) + data["numbers"]
    left += [_paragraph("Head", _run(f"Số: {number}", _SMALLER)) for number in numbers]
    if data["about"]:
        left.append(_paragraph("Head", _run(data["about"], '<w:sz w:val="24"/>')))
    right = [
        _paragraph("Head", _run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "<w:b/>")),
        _paragraph("Head", _run("Độc lập - Tự do - Hạnh phúc", f"<w:b/>{_SMALLER}")),
        _ruled(1150),
        _paragraph(
            "Head", _run(f"{data['place']}, {data['date']}".lstrip(", "), f"<w:i/>{_SMALLER}")
        ),
    ]
    yield _beside(left, right, (4150, 5450))
    if not data["about"]:
        yield _paragraph("Title", _run(data["kind"]))
        yield _paragraph("Subtitle", _run(data["title"]))
        yield _ruled(3700)


def _end(data: dict[str, Any]) -> Iterator[str]:
    """Nơi nhận and the signature, side by side (II.7, II.9); several signatures stand above it."""
    half = _TEXT // 2
    widths = (half, _TEXT - half)
    left = [_paragraph("Recipients", _run("Nơi nhận:", '<w:b/><w:i/><w:sz w:val="24"/>'))]
    left += [_paragraph("Recipients", _run(f"- {line}")) for line in data["recipients"]]
    left = left if data["recipients"] else [_paragraph("Recipients", "")]
    signatures = [_signature(sign) for sign in data["signers"]]
    if data["recipients"] or signatures:
        yield _paragraph("CellText", "")
    if len(signatures) > 1:
        for first, *second in zip_longest(signatures[::2], signatures[1::2]):
            yield _beside(first, second[0] or [_paragraph("Sign", "")], widths)
            yield _GAP
        yield from left
    elif data["recipients"] or signatures:
        yield _beside(left, signatures[0] if signatures else [_paragraph("Sign", "")], widths)


def _signature(sign: dict[str, Any]) -> list[str]:
    offices = [*(sign.get("authority") or "").split("\n"), sign["title"]]
    lines = [_paragraph("Sign", _run(office)) for office in offices if office]
    return [*lines, *([_paragraph("Sign", "")] * 4), _paragraph("Sign", _run(sign["name"]))]


def _beside(left: list[str], right: list[str], widths: tuple[int, int]) -> str:
    """Two columns without lines; in the form of the decree, no table of data."""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{"".join(lines)}</w:tc>'
        for lines, width in zip((left, right), widths, strict=True)
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    properties = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
    sides = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("left", "right"))
    properties += f"<w:tblCellMar>{sides}</w:tblCellMar>"
    return (
        f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr></w:tbl>"
    )


def _sections(sheets: list[tuple[str, bool]]) -> str:
    parts = []
    for at, (content, lies) in enumerate(sheets):
        properties = _section(lies, first=at == 0)
        last = at == len(sheets) - 1
        parts.append(content + (properties if last else f"<w:p><w:pPr>{properties}</w:pPr></w:p>"))
    return "".join(parts)


def _section(lies: bool, *, first: bool) -> str:
    """A sheet of A4 with the margins of Decree 30, Appendix I, I.4; `lies` on its long side."""
    size = (297, 210) if lies else (210, 297)
    wide, high = (round(side * _MM) for side in size)
    way = ' w:orient="landscape"' if lies else ""
    left, right = (20, 20) if lies else (30, 20)
    margin = {"top": 20, "bottom": 20, "left": left, "right": right, "header": 10, "footer": 10}
    sides = " ".join(f'w:{side}="{round(mm * _MM)}"' for side, mm in margin.items())
    heads = '<w:headerReference w:type="default" r:id="header2"/>'
    heads += '<w:headerReference w:type="first" r:id="header1"/>' * first
    return (
        f'<w:sectPr>{heads}<w:type w:val="nextPage"/><w:pgSz w:w="{wide}" w:h="{high}"{way}/>'
        f'<w:pgMar {sides} w:gutter="0"/>{"<w:titlePg/>" * first}</w:sectPr>'
    )


def _header(status: str, *, paged: bool) -> str:
    page = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    inner = page if paged else _run(status, "<w:b/>")
    return f"{office.HEAD}<w:hdr {_NAMES}>{_paragraph('Header', inner)}</w:hdr>"


# --- WordprocessingML


def _paragraph(style: str, inner: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{inner}</w:p>'


def _ruled(indent: int) -> str:
    """A thin line in the middle, `indent` twentieths of a point from either side."""
    line = '<w:pBdr><w:top w:val="single" w:sz="4" w:space="1" w:color="000000"/></w:pBdr>'
    place = '<w:spacing w:before="40" w:after="60" w:line="60" w:lineRule="exact"/>'
    place += f'<w:ind w:left="{indent}" w:right="{indent}"/>'
    return _paragraph("Head", "", line + place)


def _run(text: str, properties: str = "") -> str:
    if not text:
        return ""
    looks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{looks}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _runs(text: str, state: _State) -> str:
    return _run(text, "".join(_RUN[style] for style in _ORDER if style in state.styles))


_GAP = _paragraph("CellText", "", '<w:spacing w:line="120" w:lineRule="exact"/>')
_SMALLER = '<w:sz w:val="26"/>'
_SCRIPTS = ("ascii", "hAnsi", "eastAsia", "cs")
_FONT = "<w:rFonts " + " ".join(f'w:{script}="Times New Roman"' for script in _SCRIPTS) + "/>"
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
    "</w:footnote>"
)
_SETTINGS = (
    f'{office.HEAD}<w:settings {_NAMES}><w:defaultTabStop w:val="720"/><w:footnotePr><w:footnote w:id="-1"/>'
    '<w:footnote w:id="0"/></w:footnotePr><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="vi-VN"/></w:settings>'
)
_INDENT = f'<w:ind w:firstLine="{round(12.7 * _MM)}"/>'
_CENTRE = '<w:jc w:val="center"/>'
# Each style: what Word calls it, its paragraph and its letters. Sizes are in half points.
_PARAGRAPHS = {
    "BodyText": (
        "Body Text",
        f'<w:spacing w:before="120" w:line="276" w:lineRule="auto"/>{_INDENT}<w:jc w:val="both"/>',
        "",
    ),
    "CellText": ("Cell Text", "", '<w:sz w:val="26"/>'),
    "Centred": ("Centred", f'<w:spacing w:before="120"/>{_CENTRE}', "<w:b/>"),
    "Basis": ("Basis", f'<w:spacing w:before="120"/>{_INDENT}<w:jc w:val="both"/>', "<w:i/>"),
    "Addressee": ("Addressee", f'<w:spacing w:before="240" w:after="120"/>{_CENTRE}', ""),
    "Attached": ("Attached", _CENTRE, "<w:i/>"),
    "Head": ("Letterhead", _CENTRE, '<w:sz w:val="24"/>'),
    "Title": ("Title", f'<w:spacing w:before="240"/>{_CENTRE}', "<w:b/>"),
    "Subtitle": ("Subtitle", f'<w:spacing w:before="60" w:after="60"/>{_CENTRE}', "<w:b/>"),
    "Recipients": ("Recipients", "", '<w:sz w:val="22"/>'),
    "Sign": ("Signature", _CENTRE, "<w:b/>"),
    "Header": ("header", _CENTRE, ""),
    "FootnoteText": ("footnote text", '<w:jc w:val="both"/>', '<w:sz w:val="22"/>'),
}


def _styles() -> str:
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{_FONT}<w:sz w:val="28"/><w:szCs w:val="28"/>'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="0"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )
    made = [
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    ]
    for name, (called, paragraph, letters) in _PARAGRAPHS.items():
        made.append(_style(name, called, paragraph, letters))
    for level in range(1, 7):
        looks = f'<w:keepNext/><w:spacing w:before="120"/>{_INDENT}<w:jc w:val="both"/>'
        looks += f'<w:outlineLvl w:val="{level - 1}"/>'
        made.append(_style(f"Heading{level}", f"heading {level}", looks, "<w:b/>"))
    made.append(
        '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    )
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides
    )
    room = "".join(
        f'<w:{side} w:w="{wide}" w:type="dxa"/>'
        for side, wide in (("top", 40), ("left", 85), ("bottom", 40), ("right", 85))
    )
    made.append(
        '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:tblPr>'
        f"<w:tblBorders>{lines}</w:tblBorders><w:tblCellMar>{room}</w:tblCellMar></w:tblPr></w:style>"
    )
    return f"{office.HEAD}<w:styles {_NAMES}>{defaults}{''.join(made)}</w:styles>"


def _style(name: str, called: str, paragraph: str, letters: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{called}"/><w:basedOn w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )
