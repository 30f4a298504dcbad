"""The model of a body (`model`), read from the HTML that its page shows."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from urllib.parse import urlsplit

from kehoach.records.body.model import (
    Align,
    Annex,
    Block,
    Body,
    Break,
    Cell,
    Code,
    Figure,
    Heading,
    Inline,
    Item,
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

# Walkers call themselves for every level; below these the words stay, the nesting goes.
BLOCK_DEPTH = 5
INLINE_DEPTH = 6

_SPACES = re.compile(r"[ \t\r\n\f]+")
_VOID = {"br", "hr", "img", "input", "wbr", "col", "meta", "link"}
_DROPPED = {"script", "style", "template"}
_STYLES = {
    **dict.fromkeys(("strong", "b"), Style.STRONG),
    **dict.fromkeys(("em", "i", "cite"), Style.EM),
    **dict.fromkeys(("u", "ins"), Style.UNDERLINE),
    **dict.fromkeys(("s", "del"), Style.STRIKE),
    **dict.fromkeys(("code", "kbd"), Style.CODE),
    "mark": Style.MARK,
    "sup": Style.SUP,
    "sub": Style.SUB,
}
_MARKS = {"dash": "-", "plus": "+", "star": "*"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    (
        *_HEADINGS,
        *("p", "ul", "ol", "table", "section", "div", "blockquote", "pre", "figure", "hr"),
        *("dl", "dt", "dd", "details", "summary", "figcaption"),
    )
)
_SCHEMES = {"http", "https", "mailto", "tel"}
_ROLES = {f"doc-{role.value}": role for role in Role if role}
_ALIGNED = frozenset(align.value for align in Align)
_MOST_COLUMNS = 100  # of a table; a browser shows what stands beyond, narrow beyond reading


@dataclass(slots=True)
class _Node:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[_Node | str]" = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    @property
    def words(self) -> str:
        """All text below, without recursion."""
        found: list[str] = []
        waiting: list[_Node | str] = [self]
        while waiting:
            node = waiting.pop()
            if isinstance(node, str):
                found.append(node)
            elif node.tag == "br":
                found.append(" ")
            else:
                waiting += reversed(node.children)
        return "".join(found)

    def number(self, name: str) -> int | None:
        """The attribute `name` where it is a whole number, as HTML reads one."""
        found = re.match(r"\s*(\d{1,6})", self.attributes.get(name, ""))
        return int(found[1]) if found else None


def body_of(html: str) -> Body:
    """The model of a rendered body; each footnote stands where it is called first."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    reader = _Reader({node.attributes["id"]: node for node in parser.notes})
    parts: list[_Node | str] = []
    annexes: list[Annex] = []
    for child in parser.root.children:
        if isinstance(child, _Node) and "annex" in child.classes:
            head = next(iter(_inside(child, *_HEADINGS)), child)
            label, anchor = child.attributes.get("aria-label", ""), head.attributes.get("id", "")
            annexes.append(Annex(label, anchor, tuple(reader.blocks(child.children))))
        else:
            parts.append(child)
    blocks = list(reader.blocks(parts))
    return Body((*blocks, *reader.uncalled()), tuple(annexes))


class _Parser(HTMLParser):
    """HTML as nodes, footnotes aside; an end tag closes what it names, or nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("body")
        self.open = [self.root]
        self.notes: list[_Node] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        node = _Node(tag, {name: value or "" for name, value in attributes})
        if "footnote" in node.classes and "id" in node.attributes:
            self.notes.append(node)
        if not {"permalink", "headerlink"} & node.classes and "footnotes" not in node.classes:
            self.open[-1].children.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        if self.open[-1].tag not in _DROPPED:
            self.open[-1].children.append(data)


class _Reader:
    """Blocks of nodes; `notes` are the footnotes by their ids, of which it knows what was called."""

    def __init__(self, notes: dict[str, _Node]) -> None:
        self.notes = notes
        self.called: set[str] = set()
        self.bold = False  # the number of an article

    def blocks(self, nodes: Iterable[_Node | str], depth: int = 1) -> Iterator[Block]:
        loose: list[_Node | str] = []
        for node in nodes:
            if isinstance(node, str) or node.tag not in _BLOCKS:
                loose.append(node)
                continue
            yield from self.loose(loose)
            loose = []
            yield from self.block(node, depth)
        yield from self.loose(loose)

    def loose(self, nodes: list[_Node | str]) -> Iterator[Block]:
        line = self.line(nodes)
        match line:
            case ():
                return
            case (Picture() as picture,):
                yield Figure(picture)
            case _:
                yield Paragraph(line)

    def block(self, node: _Node, depth: int) -> Iterator[Block]:
        if node.tag in _HEADINGS:
            yield from self.heading(node)
        elif node.tag == "p":
            yield from self.paragraph(node, depth)
        elif node.tag == "hr":
            yield Rule()
        elif node.tag == "pre":
            if text := node.words.strip("\n"):
                yield Code(text)
        elif depth > BLOCK_DEPTH:
            if words := " ".join(node.words.split()):
                yield Paragraph((words,))
        elif node.tag in ("ul", "ol"):
            items = tuple(item for item in self.items(node, depth) if item.blocks)
            if items:
                yield Items(items)
        elif node.tag == "table":
            yield from self.table(node, depth)
        elif node.tag == "blockquote":
            if blocks := tuple(self.blocks(node.children, depth + 1)):
                yield Quote(blocks)
        else:
            yield from self.blocks(node.children, depth + 1)

    def heading(self, node: _Node) -> Iterator[Block]:
        if line := self.line(node.children):
            level = max(_HEADINGS[node.tag] - 1, 1)
            anchor = node.attributes.get("id", "")
            centred = bool({"centred", "annex-label"} & node.classes)
            yield Heading(level, _number(node), anchor, line, centred)

    def paragraph(self, node: _Node, depth: int) -> Iterator[Block]:
        role = next((_ROLES[name] for name in node.classes if name in _ROLES), Role.TEXT)
        number, anchor = _number(node), node.attributes.get("id", "")
        self.bold = "article" in node.classes
        for block in self.blocks(node.children, depth):
            if isinstance(block, Paragraph):
                yield replace(block, number=number, anchor=anchor, role=role)
                number = anchor = ""
            else:
                yield block
        self.bold = False

    def items(self, node: _Node, depth: int) -> Iterator[Item]:
        """The items of a list; what stands between them is an item of its own."""
        mark = next((_MARKS[name] for name in _MARKS if name in node.classes), "-")
        count = node.number("start") or 1
        for child in node.children:
            if isinstance(child, str) and not child.strip():
                continue
            inside = child.children if isinstance(child, _Node) and child.tag == "li" else [child]
            blocks = tuple(self.blocks(inside, depth + 1))
            yield Item(f"{count}." if node.tag == "ol" else mark, blocks)
            count += 1

    def table(self, node: _Node, depth: int) -> Iterator[Block]:
        groups = _inside(node, "thead", "tbody", "tfoot")
        rows = [(row, group) for group in (node, *groups) for row in _inside(group, "tr")]
        strays = _stray([node], "caption", "colgroup", "thead", "tbody", "tfoot", "tr")
        strays += _stray(groups, "tr") + _stray([row for row, _ in rows], "th", "td")
        yield from self.loose(strays)
        captions = [child for caption in _inside(node, "caption") for child in caption.children]
        caption = self.line(captions)
        cells = _compressed(_grid(rows, lambda cell: tuple(self.blocks(cell.children, depth + 1))))
        if not cells:
            if caption:
                yield Paragraph(caption)
            return
        columns = max(cell.column + cell.columns for cell in cells)
        heads = next(
            (index for index, (row, group) in enumerate(rows) if not _is_head(row, group)),
            len(rows),
        )
        heads = _whole_heads(cells, heads)
        yield Table(columns, len(rows), heads, _filled(cells, columns, len(rows)), caption)

    def line(self, nodes: Iterable[_Node | str]) -> Line:
        """Inline content with white space as a browser shows it."""
        found = list(self.inline(nodes, _Spacing(), 1))
        while found and isinstance(found[-1], str) and not found[-1].strip(" "):
            found.pop()
        if found and isinstance(found[-1], str):
            found[-1] = found[-1].rstrip(" ")
        return tuple(found)

    def inline(
        self, nodes: Iterable[_Node | str], spacing: "_Spacing", depth: int
    ) -> Iterator[Inline]:
        for node in nodes:
            if isinstance(node, str):
                if text := spacing.of(node):
                    yield text
            elif node.tag == "br":
                spacing.after_space = True
                yield Break()
            elif node.tag == "img":
                if node.attributes.get("src"):
                    spacing.after_space = False
                    alt, width = node.attributes.get("alt", ""), node.number("width")
                    yield Picture(node.attributes["src"], " ".join(alt.split()), width)
            elif depth > INLINE_DEPTH:
                if text := spacing.of(node.words):
                    yield text
            elif node.tag == "a":
                yield from self.link(node, spacing, depth)
            elif "number" in node.classes and self.bold:
                yield Styled(Style.STRONG, tuple(self.inline(node.children, spacing, depth + 1)))
            elif node.tag in _STYLES:
                if inside := tuple(self.inline(node.children, spacing, depth + 1)):
                    yield Styled(_STYLES[node.tag], inside)
            elif node.tag == "q":
                yield from self.inline(["“", *node.children, "”"], spacing, depth + 1)
            elif node.tag not in _DROPPED:
                yield from self.inline(node.children, spacing, depth + 1)

    def link(self, node: _Node, spacing: "_Spacing", depth: int) -> Iterator[Inline]:
        href = node.attributes.get("href", "")
        anchor = href.removeprefix("#")
        if "footnote-ref" in node.classes and anchor in self.notes:
            # ¹ becomes 1: each medium raises it in its own way.
            mark = unicodedata.normalize("NFKC", node.words.strip())
            spacing.after_space = False
            if anchor in self.called:
                yield Styled(Style.SUP, (mark,))
                return
            self.called.add(anchor)
            yield Note(mark, self.note(self.notes[anchor]))
            return
        inside = tuple(self.inline(node.children, spacing, depth + 1))
        if not inside and (name := node.attributes.get("aria-label")):
            inside = (name,)  # of an icon
        address = urlsplit(href) if href.isprintable() else None
        if address is None or address.scheme.lower() not in _SCHEMES or not inside:
            yield from inside
        else:
            yield Link(href, inside)

    def note(self, node: _Node) -> tuple[Block, ...]:
        """The blocks of a footnote, without its mark and the way back."""
        own = [
            child
            for child in node.children
            if isinstance(child, str)
            or (
                "mark" not in child.classes and not child.attributes.get("href", "").startswith("#")
            )
        ]
        return tuple(self.blocks(own, BLOCK_DEPTH))

    def uncalled(self) -> Iterator[Block]:
        """The notes that no text calls: the page shows them at its end."""
        for anchor, node in self.notes.items():
            if anchor not in self.called and (line := self.line(node.children)):
                yield Paragraph(line)


class _Spacing:
    """White space across the pieces of a line: a run of it, whatever it spans, is one space."""

    def __init__(self) -> None:
        self.after_space = True

    def of(self, text: str) -> str:
        text = _SPACES.sub(" ", text)
        if self.after_space:
            text = text.lstrip(" ")
        if text:
            self.after_space = text.endswith(" ")
        return text


def _number(node: _Node) -> str:
    numbers = (child for child in _inside(node, "span") if "number" in child.classes)
    return next((number.words.strip() for number in numbers), "")


def _inside(node: _Node, *tags: str) -> list[_Node]:
    return [child for child in node.children if isinstance(child, _Node) and child.tag in tags]


def _stray(nodes: list[_Node], *tags: str) -> list[_Node | str]:
    """The loose words and elements in `nodes`, beside the children of these `tags`."""
    children = (child for node in nodes for child in node.children)
    return [child for child in children if isinstance(child, str) or child.tag not in tags]


def _is_head(row: _Node, group: _Node) -> bool:
    cells = _inside(row, "th", "td")
    return group.tag == "thead" or bool(cells and all(cell.tag == "th" for cell in cells))


def _grid(
    rows: list[tuple[_Node, _Node]], blocks: Callable[[_Node], tuple[Block, ...]]
) -> list[Cell]:
    """The cells of a table at their places (HTML, 4.9.12.1): spans end with their group of rows."""
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    ends = {id(group): index + 1 for index, (_, group) in enumerate(rows)}
    for y, (row, group) in enumerate(rows):
        x = 0
        for node in _inside(row, "th", "td"):
            while (x, y) in taken:
                x += 1
            left = ends[id(group)] - y
            width = max(min(node.number("colspan") or 1, _MOST_COLUMNS), 1)
            asked = node.number("rowspan")
            height = left if asked == 0 else max(min(asked or 1, left), 1)
            while any((x + step, y) in taken for step in range(width)):
                width -= 1  # never over a cell that reaches down from above
            places = {(x + i, y + j) for i in range(width) for j in range(height)}
            taken |= places
            header, align = node.tag == "th", _align(node)
            cells.append(Cell(x, y, width, height, blocks(node), header, align))
            x += width
    return cells


def _align(node: _Node) -> Align:
    written = node.attributes.get("align", "").lower()
    return Align(written) if written in _ALIGNED else Align.NONE


def _compressed(cells: list[Cell]) -> list[Cell]:
    """`cells` without the columns that none begins in: a span of 50 over nothing is one."""
    places = {x: index for index, x in enumerate(sorted({cell.column for cell in cells}))}
    starts = sorted(places)
    return [
        replace(
            cell,
            column=places[cell.column],
            columns=max(sum(cell.column <= x < cell.column + cell.columns for x in starts), 1),
        )
        for cell in cells
    ]


def _whole_heads(cells: list[Cell], heads: int) -> int:
    """How many rows the header has that begins with `heads` rows: all that its cells reach into."""
    while (reached := max((c.row + c.rows for c in cells if c.row < heads), default=0)) > heads:
        heads = reached
    return heads


def _filled(cells: list[Cell], columns: int, rows: int) -> tuple[Cell, ...]:
    """`cells` and an empty one wherever a row is short."""
    taken = {
        (cell.column + i, cell.row + j)
        for cell in cells
        for i in range(cell.columns)
        for j in range(cell.rows)
    }
    heads = {cell.row for cell in cells if cell.header}
    empty = [
        Cell(x, y, 1, 1, (), y in heads)
        for y in range(rows)
        for x in range(columns)
        if (x, y) not in taken
    ]
    return tuple(sorted([*cells, *empty], key=lambda cell: (cell.row, cell.column)))
