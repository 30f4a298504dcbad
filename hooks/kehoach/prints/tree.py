"""The HTML of a body as blocks that a Typst template can walk.

Only the elements named here pass; of any other, the words pass. Blocks: `heading`, `paragraph`,
`list`, `table`. Inline: text, or a list of a name and what is in it.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

# Typst's call depth breaks on deep nesting; below these levels the words stay, the nesting goes.
BLOCK_DEPTH = 5
INLINE_DEPTH = 6

_SPACES = re.compile(r"[ \t\r\n\f]+")
_LONG_WORD = re.compile(r"\S{40}(?=\S)")

_VOID = {"br", "hr", "img", "input", "wbr", "col", "meta", "link"}
_DROPPED = {"script", "style", "template"}
_INLINE = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "sup": "sup", "sub": "sub"}
_MARKS = {"dash": "-", "plus": "+", "star": "*"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = {"p", "ul", "ol", "table", "section", "div", "blockquote", "pre", "figure", *_HEADINGS}
_SCHEMES = {"http", "https", "mailto", "tel"}

Inline = list[Any]
Block = dict[str, Any]


@dataclass(slots=True)
class Node:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    @property
    def words(self) -> str:
        """All text below, without recursion."""
        found, waiting = [], [self]
        while waiting:
            node = waiting.pop()
            if isinstance(node, str):
                found.append(node)
            else:
                waiting += reversed(node.children)
        return "".join(found)


def blocks(html: str) -> list[Block]:
    """The blocks of a rendered body; each footnote stands inside the line that calls it."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    notes = {node.attributes["id"]: node for node in parser.notes if "id" in node.attributes}
    return _blocks(parser.root, notes, depth=1)


def breakable(text: str) -> str:
    """`text` with zero-width spaces in words of over 40 letters, so that none leaves a page."""
    return _LONG_WORD.sub("\\g<0>\u200b", text)


class _Parser(HTMLParser):
    """HTML as nodes, footnotes aside; an end tag closes what it names, or nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("body")
        self.open = [self.root]
        self.notes: list[Node] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attributes})
        if "footnote" in node.classes:
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


Notes = dict[str, Node]


def _blocks(parent: Node, notes: Notes, depth: int) -> list[Block]:
    found: list[Block] = []
    loose: list[Node | str] = []

    def close_paragraph() -> None:
        line = _line(loose, notes)
        if line:
            found.append({"kind": "paragraph", "line": line})
        loose.clear()

    for child in parent.children:
        if isinstance(child, str) or child.tag not in _BLOCKS:
            loose.append(child)
            continue
        close_paragraph()
        found += _block(child, notes, depth)
    close_paragraph()
    return found


def _block(node: Node, notes: Notes, depth: int) -> list[Block]:
    if node.tag in _HEADINGS:
        line = _line(node.children, notes)
        return [{"kind": "heading", "level": _HEADINGS[node.tag], "line": line}] if line else []
    if node.tag == "p":
        return _blocks(Node("body", {}, node.children), notes, depth)
    if depth > BLOCK_DEPTH:
        words = " ".join(node.words.split())
        return [{"kind": "paragraph", "line": [words]}] if words else []
    if node.tag in ("ul", "ol"):
        mark = next((_MARKS[name] for name in _MARKS if name in node.classes), "-")
        items = [_blocks(item, notes, depth + 1) for item in _items(node)]
        filled = [item for item in items if item]
        return [{"kind": "list", "mark": mark, "items": filled}] if filled else []
    if node.tag == "table":
        return _table(node, notes)
    return _blocks(node, notes, depth + 1)


def _inside(node: Node, *tags: str) -> list[Node]:
    return [child for child in node.children if isinstance(child, Node) and child.tag in tags]


def _items(node: Node) -> list[Node]:
    """The items of a list; what stands between them is an item of its own."""
    items: list[Node] = []
    for child in node.children:
        if isinstance(child, Node) and child.tag == "li":
            items.append(child)
        elif isinstance(child, Node) or child.strip():
            items.append(Node("li", {}, [child]))
    return items


def _table(node: Node, notes: Notes) -> list[Block]:
    parts = _inside(node, "thead", "tbody", "tfoot")
    rows = [row for group in (node, *parts) for row in _inside(group, "tr")]
    lines = [[_line(cell.children, notes) for cell in _inside(row, "th", "td")] for row in rows]
    width = max(map(len, lines), default=0)
    strays = _stray([node], "thead", "tbody", "tfoot", "tr")
    strays += _stray(parts, "tr") + _stray(rows, "th", "td")
    loose = _line(strays, notes)
    before: list[Block] = [{"kind": "paragraph", "line": loose}] if loose else []
    if not width:
        return before
    filled = [line + [[]] * (width - len(line)) for line in lines]
    headed = bool(_inside(rows[0], "th"))
    return [*before, {"kind": "table", "columns": width, "headed": headed, "rows": filled}]


def _stray(nodes: list[Node], *tags: str) -> list[Node | str]:
    """What stands in `nodes` beside children of these `tags`: a caption, or loose words."""
    children = (child for node in nodes for child in node.children)
    return [child for child in children if isinstance(child, str) or child.tag not in tags]


def _line(nodes: list[Node | str], notes: Notes) -> Inline:
    """Inline content, its white space as a browser shows it: runs are one space, ends are bare."""
    line = _inline(nodes, notes, depth=1)
    _squeeze(line, after_space=True)
    while line and isinstance(line[-1], str) and not line[-1].strip():
        line.pop()
    if line and isinstance(line[-1], str):
        line[-1] = line[-1].rstrip(" ")
    return line


def _squeeze(line: Inline, after_space: bool) -> bool:
    for i, piece in enumerate(line):
        if not isinstance(piece, str):
            inner = piece[-1] if piece[0] in ("strong", "em", "sup", "sub", "link") else []
            after_space = piece[0] == "break" or _squeeze(inner, after_space and piece[0] != "note")
            continue
        text = breakable(_SPACES.sub(" ", piece))
        line[i] = text.lstrip(" ") if after_space else text
        after_space = line[i].endswith(" ") if line[i] else after_space
    return after_space


def _inline(nodes: list[Node | str], notes: Notes, depth: int) -> Inline:
    found: Inline = []
    for node in nodes:
        if isinstance(node, str):
            found.append(node)
        elif node.tag == "br":
            found.append(["break"])
        elif depth > INLINE_DEPTH:
            found.append(node.words)
        elif node.tag == "a":
            found += _link(node, notes, depth)
        elif node.tag in _INLINE:
            found.append([_INLINE[node.tag], _inline(node.children, notes, depth + 1)])
        elif node.tag not in _DROPPED:
            found += _inline(node.children, notes, depth + 1)
    return found


def _link(node: Node, notes: Notes, depth: int) -> Inline:
    href = node.attributes.get("href", "")
    note = notes.get(href.removeprefix("#"))
    if "footnote-ref" in node.classes and note is not None:
        # ¹ becomes 1: the template raises it as its font does.
        mark = unicodedata.normalize("NFKC", node.words.strip())
        return [["note", mark, _note(note)]]
    inner = _inline(node.children, notes, depth + 1)
    address = urlsplit(href) if href.isprintable() else None
    if address is None or address.scheme.lower() not in _SCHEMES or not node.words.strip():
        return inner
    return [["link", href, inner]]


def _note(note: Node) -> Inline:
    """The words of a footnote, without its mark and the way back."""
    own = [
        child
        for child in note.children
        if isinstance(child, str)
        or ("mark" not in child.classes and not child.attributes.get("href", "").startswith("#"))
    ]
    return _line(own, {})
