"""HTML as a manuscript: a saved page, or what Word puts on the clipboard."""

import re
import unicodedata
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

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
    visible,
)
from kehoach.importing.problem import ImportProblem

MAX_BYTES = 24 * 1024 * 1024
_DROPPED = {"script", "style", "head", "template", "noscript", "title", "meta", "link", "svg"}
_BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "li",
    "ul",
    "ol",
    "table",
    "blockquote",
}
_BLOCKS |= {f"h{rank}" for rank in range(1, 7)} | {
    "tr",
    "td",
    "th",
    "body",
    "html",
    "pre",
    "hr",
    "figure",
}
_BOLD, _ITALIC = {"b", "strong"}, {"i", "em"}
_FONT = re.compile(r"font-family\s*:\s*([^;]+)", re.I)


def manuscript(source: str) -> Manuscript:
    """The manuscript of the HTML `source`; nothing it names is fetched."""
    if len(source) > MAX_BYTES:
        raise ImportProblem(f"HTML dài quá {MAX_BYTES // 2**20} MB; hãy tách thành nhiều tệp")
    fragment = re.search(r"<!--StartFragment-->(.*)<!--EndFragment-->", source, re.S)
    parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(fragment[1] if fragment else source, parser=parser)
    except (etree.ParserError, ValueError):
        raise ImportProblem("HTML không có chữ nào") from None
    walk = _Walk()
    try:
        walk.found.blocks = list(walk.blocks(root, _Looks()))
    except RecursionError:
        raise ImportProblem("HTML lồng quá nhiều lớp; không đọc") from None
    return walk.found


class _Looks:
    """How letters look where the walk is."""

    def __init__(self, bold: bool = False, italic: bool = False, coding: str = "") -> None:
        self.bold, self.italic, self.coding = bold, italic, coding

    def within(self, element: etree._Element) -> "_Looks":
        style = (element.get("style") or "").casefold()
        font = _FONT.search(style)
        name = font[1].split(",")[0].strip("'\" ") if font else element.get("face") or ""
        return _Looks(
            (self.bold or element.tag in _BOLD or "font-weight:bold" in style.replace(" ", "")),
            (
                self.italic
                or element.tag in _ITALIC
                or "font-style:italic" in style.replace(" ", "")
            ),
            fonts_of_old.decoder(name) if name else self.coding,
        )


class _Walk:
    def __init__(self) -> None:
        self.found = Manuscript()

    def blocks(self, parent: etree._Element, looks: _Looks, label: str = "") -> Iterator[Block]:
        """The blocks in `parent`; what stands between them without one is a paragraph."""
        open_runs: list[Run] = []
        looks = looks.within(parent)
        heading = int(parent.tag[1]) if re.fullmatch("h[1-6]", str(parent.tag)) else 0
        centred = "center" in (parent.get("align") or "") + (parent.get("style") or "").casefold()

        def closed() -> Iterator[Block]:
            nonlocal label
            if any(run.text.strip() for run in open_runs):
                yield Paragraph(_stripped(open_runs), label=label, heading=heading, centred=centred)
                label = ""
            open_runs.clear()

        self.text(parent.text, looks, open_runs)
        for count, child in enumerate(parent, 1):
            if child.tag in _DROPPED:
                pass
            elif child.tag == "table":
                yield from closed()
                yield self.table(child, looks)
            elif child.tag in _BLOCKS or any(inner.tag in _BLOCKS for inner in child.iter()):
                yield from closed()
                yield from self.blocks(child, looks, self.mark(parent, child, count) or label)
            else:
                self.inline(child, looks, open_runs)
            self.text(child.tail, looks, open_runs)
        yield from closed()

    def mark(self, parent: etree._Element, child: etree._Element, count: int) -> str:
        if child.tag != "li":
            return ""
        if parent.tag != "ol":
            return "-"
        items = [item for item in parent if item.tag == "li"]
        start = parent.get("start") or "1"
        return f"{items.index(child) + (int(start) if start.isdigit() else 1)}."

    def inline(self, element: etree._Element, looks: _Looks, runs: list[Run]) -> None:
        if element.tag in _DROPPED or not isinstance(element.tag, str):
            return
        if element.tag == "br":
            runs.append(Run("\n"))
            return
        inner = looks.within(element)
        if "display:none" in (element.get("style") or "").replace(" ", ""):
            words = " ".join("".join(map(str, element.itertext())).split())
            self.found.left_out.append(LeftOut(words, "chữ ẩn"))
            return
        self.text(element.text, inner, runs)
        for child in element:
            self.inline(child, inner, runs)
            self.text(child.tail, inner, runs)

    def text(self, text: str | None, looks: _Looks, runs: list[Run]) -> None:
        if text:
            flat = re.sub(r"\s+", " ", text if looks.coding else visible(text))
            decoded = fonts_of_old.decode(flat, looks.coding)
            if looks.coding:
                self.found.words_decoded.append((flat, decoded))
            runs.append(Run(unicodedata.normalize("NFC", decoded), looks.bold, looks.italic))

    def table(self, table: etree._Element, looks: _Looks) -> Table:
        rows = []
        for row in table.iter("tr"):
            if next(above for above in row.iterancestors("table")) is not table:
                continue
            cells = [cell for cell in row if cell.tag in ("td", "th")]
            rows.append(
                tuple(
                    Cell(
                        tuple(self.blocks(cell, looks)),
                        _span(cell, "colspan"),
                        _span(cell, "rowspan"),
                    )
                    for cell in cells
                )
            )
        lines = (table.get("border") or "0") != "0" or "border" in (table.get("style") or "")
        return Table(
            tuple(rows),
            ruled=lines or any("border" in (c.get("style") or "") for c in table.iter("td")),
        )


def letters(source: str) -> str:
    """The text of the HTML `source` by another road: tags cut away, entities read."""
    import html

    fragment = re.search(r"<!--StartFragment-->(.*)<!--EndFragment-->", source, re.S)
    bare = fragment[1] if fragment else source
    for tag in ("head", "script", "style", "template", "noscript", "title", "svg"):
        bare = re.sub(rf"<{tag}\b.*?</{tag}\s*>", " ", bare, flags=re.S | re.I)
    bare = re.sub(r"<!--.*?-->|<!\[[^>]*>|<\?[^>]*>|<!DOCTYPE[^>]*>", "", bare, flags=re.S | re.I)
    inline = r"</?(?:b|i|u|em|strong|span|a|font|sup|sub|o:p|s|small|big|mark)\b[^>]*>"
    bare = re.sub(inline, "", bare, flags=re.I)
    return html.unescape(re.sub(r"<[^>]+>", " ", bare))


def _span(cell: etree._Element, name: str) -> int:
    told = cell.get(name) or "1"
    return min(max(int(told), 1), 100) if told.isascii() and told.isdigit() and len(told) < 4 else 1


def _stripped(runs: list[Run]) -> tuple[Run, ...]:
    found = list(merged(runs))
    if found:
        found[0] = Run(found[0].text.lstrip(), found[0].bold, found[0].italic)
        found[-1] = Run(found[-1].text.rstrip(), found[-1].bold, found[-1].italic)
    return tuple(run for run in found if run.text)
