"""The lines of a body, told apart: headings, numbered paragraphs, list items and the rest.

One pass over the lines, without recursion. What begins a section is decided here and nowhere
else: the outline and the page are both made from these blocks, so they cannot disagree. Outside
numbers and list marks the rules are CommonMark's: thematic breaks (4.1), headings (4.2, a space
after the #, none closing), fenced code (4.5), HTML blocks (4.6).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from kehoach.records.body.inline import TAG
from kehoach.records.body.numbers import Number, number_at_start
from kehoach.records.body.tags import BLOCK_TAGS

FENCE = re.compile(r"(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)$")
_HEADING = re.compile(r"#{1,6}(?=\s|$)")
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}\s*$")
NOTE = re.compile(r"\[\^(?P<label>[^\[\]\s]+)\]:")
_HTML = re.compile(rf"<(?P<comment>!--)|{TAG}")
_PIPE = re.compile(r"(?<!\\)\|")
# CommonMark 4.6, kinds 1 and 2: these run on over blank lines.
_HTML_END = {"!--": "-->"} | {tag: f"</{tag}" for tag in ("pre", "script", "style", "textarea")}


class Shape(Enum):
    """What a block is."""

    HEADING = auto()
    NUMBERED = auto()
    ITEM = auto()
    PARAGRAPH = auto()
    NOTE = auto()
    QUOTE = auto()
    TABLE = auto()
    CODE = auto()
    HTML = auto()
    RULE = auto()


SECTIONS = {Shape.HEADING, Shape.NUMBERED}
_CONTINUED = {Shape.NUMBERED, Shape.ITEM, Shape.PARAGRAPH, Shape.NOTE}


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a line of the file and where it stands there, both counted from 1."""

    text: str
    number: int
    column: int

    def after(self, width: int) -> "Line":
        """What is left behind the first `width` characters and the spaces that follow them."""
        rest = self.text[width:].lstrip()
        return Line(rest, self.number, self.column + len(self.text) - len(rest))


@dataclass(frozen=True, slots=True)
class Block:
    """A block with its inline Markdown; `mark` is what it began with: "##", "-", a note's label."""

    shape: Shape
    start: Line
    lines: list[Line]
    mark: str = ""
    number: Number | None = None

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines).rstrip()

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column in the file of the character at `offset` of `text`."""
        for line in self.lines:
            if offset <= len(line.text):
                return line.number, line.column + offset
            offset -= len(line.text) + 1
        return self.start.number, self.start.column


def scan(source: str, *, first_line: int = 1) -> list[Block]:
    """The blocks of `source`, in order; `first_line` is the number of its first line."""
    return list(_Scanner(source, first_line).blocks())


class _Scanner:
    def __init__(self, source: str, first_line: int) -> None:
        # Python-Markdown keeps its own marks between STX and ETX.
        source = source.replace("\x02", "").replace("\x03", "")
        source = source.replace("\r\n", "\n").replace("\r", "\n")
        self.raw = [
            Line(text, number, 1) for number, text in enumerate(source.split("\n"), first_line)
        ]
        self.lines = [line.after(0) for line in self.raw]
        self.absent: set[str] = set()  # ends of HTML blocks that the rest of the body does not have

    def blocks(self) -> Iterator[Block]:
        opened: Block | None = None
        position = 0
        while position < len(self.lines):
            line = self.lines[position]
            if not line.text:
                opened = None
                position += 1
                continue
            leaf, taken = self.leaf(position)
            block = leaf or _opening(line)
            if block is None and opened is not None:
                opened.lines.append(line)
            else:
                block = block or Block(Shape.PARAGRAPH, line, [line])
                opened = block if block.shape in _CONTINUED else None
                yield block
            position += taken

    def leaf(self, position: int) -> tuple[Block | None, int]:
        """The block of several lines that begins at `position`, if one does, and their number."""
        text = self.lines[position].text
        for begins, read in ((text[0] in "`~", self.code), (text[0] == "<", self.html)):
            if begins and (found := read(position)):
                return found
        if text[0] == ">":
            return self.quote(position)
        if "|" in text and self.is_table(position):
            return self.table(position)
        return None, 1

    def code(self, position: int) -> tuple[Block, int] | None:
        start = self.lines[position]
        opening = FENCE.match(start.text)
        if opening is None:
            return None
        fence = opening["fence"]
        end = position + 1
        while end < len(self.lines) and not closes(self.lines[end].text, fence):
            end += 1
        lines = self.raw[position + 1 : end]
        return Block(Shape.CODE, start, lines, opening["info"]), end + 1 - position

    def html(self, position: int) -> tuple[Block, int] | None:
        match = _HTML.match(self.lines[position].text)
        if match is None:
            return None
        name = match["comment"] or match["tag"].lower()
        if name not in BLOCK_TAGS and name not in _HTML_END:
            return None
        end = self.html_end(position, _HTML_END.get(name, ""))
        if end is None and name == "!--":
            return None
        end = end or self.until_blank(position)
        lines = self.lines[position:end]
        return Block(Shape.HTML, lines[0], lines), end - position

    def html_end(self, position: int, closing: str) -> int | None:
        if not closing or closing in self.absent:
            return None
        for end in range(position, len(self.lines)):
            if closing in self.lines[end].text.lower():
                return end + 1
        self.absent.add(closing)
        return None

    def until_blank(self, position: int) -> int:
        while position < len(self.lines) and self.lines[position].text:
            position += 1
        return position

    def quote(self, position: int) -> tuple[Block, int]:
        end = position
        while end < len(self.lines) and self.lines[end].text.startswith(">"):
            end += 1
        lines = [line.after(1) for line in self.lines[position:end]]
        return Block(Shape.QUOTE, self.lines[position], lines), end - position

    def is_table(self, position: int) -> bool:
        if position + 1 == len(self.lines):
            return False
        header, rule = self.lines[position].text, self.lines[position + 1].text
        if "-" not in rule or not set(rule) <= set("|:- \t"):
            return False
        return len(_cells(header)) == len(_cells(rule))

    def table(self, position: int) -> tuple[Block, int]:
        end = position + 2
        while end < len(self.lines) and "|" in self.lines[end].text:
            end += 1
        lines = self.lines[position:end]
        return Block(Shape.TABLE, lines[0], lines), end - position


def _opening(line: Line) -> Block | None:
    """The block that `line` begins by its first characters."""
    text = line.text
    if heading := _HEADING.match(text):
        return _heading(line, heading[0])
    if _RULE.match(text):
        return Block(Shape.RULE, line, [])
    if text[0] in "-+*" and text[1:2].isspace():
        return Block(Shape.ITEM, line, [line.after(1)], text[0])
    if note := NOTE.match(text):
        return Block(Shape.NOTE, line, [line.after(note.end())], note["label"])
    if numbered := number_at_start(text):
        number, rest = numbered
        return Block(Shape.NUMBERED, line, [_suffix(line, rest)], number=number)
    return None


def _heading(line: Line, mark: str) -> Block:
    line = line.after(len(mark))
    number, rest = number_at_start(line.text) or (None, line.text)
    return Block(Shape.HEADING, line, [_suffix(line, rest)], mark, number)


def _suffix(line: Line, rest: str) -> Line:
    return Line(rest, line.number, line.column + len(line.text) - len(rest))


def closes(text: str, fence: str) -> bool:
    """Whether the line `text` closes the code that `fence` has opened."""
    text = text.rstrip()
    return text.startswith(fence) and not text.strip(fence[0])


def _cells(row: str) -> list[str]:
    row = row.strip()
    return _PIPE.split(row.removeprefix("|").removesuffix("|"))
