"""The lines of a body, told apart: headings, numbered paragraphs, list items and the rest.

One pass over the lines, without recursion. What begins a section is decided here and nowhere
else: the outline, the page and what the rules see are made from these blocks, so they cannot
disagree. Outside numbers and list marks the rules are CommonMark's: thematic breaks (4.1), headings
(4.2, a space after the #, none closing), fenced code (4.5), HTML blocks (4.6). Signed texts are flat;
in prose blocks stand in items of lists and in each other as `nesting` tells.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from enum import Enum, auto
from itertools import accumulate
from typing import NamedTuple

from kehoach.records.body import annexes
from kehoach.records.body.inline import TAG
from kehoach.records.body.nesting import RULE, STEP, Holder, Nesting, Opening
from kehoach.records.body.numbers import TITLED, Counting, Kind, Number
from kehoach.records.body.tags import BLOCK_TAGS

_FENCE = re.compile(r"(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)$")
_HEADING = re.compile(r"#{1,6}(?=\s|$)")
_RULE = re.compile(RULE)
_NOTE = re.compile(r"\[\^(?P<label>[^\[\]\s]+)\]:")
_NOTE_INDENT = 4  # spaces before the further paragraphs of a note
_HTML = re.compile(rf"<(?P<comment>!--)|{TAG}")
_BASIS = re.compile(r"[*_]{0,3}(?:Căn cứ|Theo đề nghị|Xét)\s")
_PIPE = re.compile(r"(?<!\\)\|")
# CommonMark 4.6, kinds 1 and 2: these run on over blank lines.
_HTML_END = {"!--": "-->"} | {tag: f"</{tag}" for tag in ("pre", "script", "style", "textarea")}


class Shape(Enum):
    """The kinds of blocks."""

    ANNEX = auto()
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
    CALLOUT = auto()  # its opening line alone
    DEFINITION = auto()


SECTIONS = {Shape.ANNEX, Shape.HEADING, Shape.NUMBERED}
_TITLES = frozenset("PCMTpcmt*_ABDĐEGHIKLNOQRSUVXY")  # what titled sections may begin with
_IN_CAPITALS = {Kind.ROMAN, Kind.CAPITAL}
_CONTINUED = {Shape.NUMBERED, Shape.ITEM, Shape.PARAGRAPH, Shape.NOTE, Shape.DEFINITION}
_TEXT = _CONTINUED | {Shape.TABLE, Shape.QUOTE}
_HELD = {Holder.CALLOUT: Shape.CALLOUT, Holder.DEFINITION: Shape.DEFINITION}


class Line(NamedTuple):
    """A piece of a line of the file and where it stands there, both counted from 1."""

    text: str
    number: int
    column: int
    depth: int = 0  # in how many items, notes … it stands

    def after(self, width: int) -> "Line":
        """The rest of the line behind the first `width` characters and the spaces that follow them."""
        rest = self.text[width:].lstrip()
        return Line(rest, self.number, self.column + len(self.text) - len(rest), self.depth)


class Block(NamedTuple):
    """A block with its inline Markdown; `mark` is what it began with: "##", "-", the count of an item
    (which its text has too), a note's label, an annex's name."""

    shape: Shape
    start: Line
    lines: list[Line]
    mark: str = ""
    number: Number | None = None
    closed: bool = False  # by a line that is not among `lines`
    inside: tuple[Holder, ...] = ()  # what it stands in, from the outside in
    holder: Holder | None = None  # what it begins that others may stand in

    @property
    def is_fenced(self) -> bool:
        """Whether it is code between fences, of which the first is not among `lines`."""
        begun = self.lines[0].number if self.lines else 0
        return self.shape is Shape.CODE and begun != self.start.number

    @property
    def end(self) -> int:
        """Number of the first line behind this block."""
        last = self.lines[-1] if self.lines else self.start
        return last.number + 1 + self.closed

    @property
    def text(self) -> str:
        if len(self.lines) == 1:  # as most have
            return self.lines[0].text.rstrip()
        return "\n".join([line.text for line in self.lines]).rstrip()

    def places(self) -> Callable[[int], tuple[int, int]]:
        """A function from an offset in `text` to the line and column of that character in the file, from 1."""
        starts = list(accumulate((len(line.text) + 1 for line in self.lines[:-1]), initial=0))

        def place(offset: int) -> tuple[int, int]:
            index = bisect_right(starts, offset) - 1
            line = self.lines[index]
            return line.number, line.column + offset - starts[index]

        return place


def scan(source: str, *, first_line: int = 1, signed: bool = True) -> list[Block]:
    """The blocks of `source`, in order; `first_line` is the number of its first line.

    In prose, which is not signed, numbers are part of the text.
    """
    scanner = _Signed(source, first_line) if signed else _Prose(source, first_line)
    return list(scanner.blocks())


def scan_quote(quote: Block) -> list[Block]:
    """The blocks in a quote of prose, with lines that count from 1; fences, HTML and notes are text."""
    return list(_Prose("\n".join([line.text for line in quote.lines]), 1, quoted=True).blocks())


class _Scanner:
    """Reads what signed texts and prose have in common."""

    def __init__(self, source: str, first_line: int) -> None:
        # Python-Markdown keeps its own marks between STX and ETX.
        source = source.replace("\x02", "").replace("\x03", "")
        lines = enumerate(source.replace("\r\n", "\n").replace("\r", "\n").split("\n"), first_line)
        self.raw = [Line(text, number, 1) for number, text in lines]
        self.lines = [line.after(0) if line.text[:1].isspace() else line for line in self.raw]
        self.first_line = first_line
        self.absent: set[str] = set()  # ends of HTML blocks that the rest of the body does not have

    def over_empty(self, position: int, opened: Block | None) -> tuple[int, Block | None]:
        """The place of the next line behind the empty one at `position`, and what that may go on with
        of what is `opened`: a note alone."""
        ahead = self.until(position, bool) if opened else position
        if opened and ahead < len(self.lines) and _is_in_note(opened, self.lines[ahead]):
            opened.lines.extend(self.lines[position:ahead])
            return ahead, opened
        return position + 1, None

    def code(self, position: int) -> Block | None:
        start = self.lines[position]
        opening = _FENCE.match(start.text)
        if opening is None:
            return None
        end = position + 1
        while end < len(self.lines) and not _closes(self.lines[end].text, opening["fence"]):
            end += 1
        lines = [_dedented(line, start.column - 1) for line in self.raw[position + 1 : end]]
        return Block(Shape.CODE, start, lines, opening["info"], closed=end < len(self.lines))

    def html(self, position: int) -> Block | None:
        match = _HTML.match(self.lines[position].text)
        if match is None:
            return None
        name = match["comment"] or match["tag"].lower()
        if name not in BLOCK_TAGS and name not in _HTML_END:
            return None
        end = self.html_end(position, _HTML_END.get(name, ""))
        if end is None and name == "!--":
            return None
        end = end or self.until(position, lambda text: not text)
        return Block(Shape.HTML, self.lines[position], self.raw[position:end])

    def html_end(self, position: int, closing: str) -> int | None:
        if not closing or closing in self.absent:
            return None
        for end in range(position, len(self.lines)):
            if closing in self.lines[end].text.lower():
                return end + 1
        self.absent.add(closing)
        return None

    def table(self, position: int) -> Block | None:
        if position + 1 == len(self.lines) or "|" not in self.lines[position].text:
            return None
        header, rule = self.lines[position].text, self.lines[position + 1].text
        if "-" not in rule or not set(rule) <= set("|:- \t"):
            return None
        if _cells(header) != _cells(rule):
            return None
        end = self.until(position + 2, lambda text: "|" not in text)
        return Block(Shape.TABLE, self.lines[position], self.lines[position:end])

    def note(self, line: Line) -> Block | None:
        found = _NOTE.match(line.text)
        return found and Block(Shape.NOTE, line, [line.after(found.end())], found["label"])

    def until(self, position: int, ends: Callable[[str], bool]) -> int:
        while position < len(self.lines) and not ends(self.lines[position].text):
            position += 1
        return position


class _Signed(_Scanner):
    """Reads a signed text, whose numbers begin sections and in which nothing stands in anything else."""

    def __init__(self, source: str, first_line: int) -> None:
        super().__init__(source, first_line)
        self.counting = Counting()
        self.in_title = False  # of an annex
        self.annexed = 0  # the number of the last one
        self.readers = {"`": self.code, "~": self.code, "<": self.html, ">": self.quote}

    def blocks(self) -> Iterator[Block]:
        opened: Block | None = None
        position = 0
        while position < len(self.lines):
            line = self.lines[position]
            if not line.text:
                position, opened = self.over_empty(position, opened)
                continue
            of_note = opened is not None and _is_in_note(opened, line)
            block = None if of_note else self.begun(position)
            if block is None and opened is not None and not self.stands_apart(opened, line):
                opened.lines.append(line)
                position += 1
                continue
            block = block or Block(Shape.PARAGRAPH, line, [line])
            if block.shape not in (Shape.ANNEX, Shape.PARAGRAPH) or annexes.is_note(line.text):
                self.in_title = False
            opened = block if block.shape in _CONTINUED else None
            position = block.end - self.first_line
            yield block

    def is_basis(self, opened: Block, line: Line) -> bool:
        """Whether `line` is a further "Căn cứ …;" and not what goes on with the one before."""
        above = opened.lines[-1].text.rstrip("*_ ")
        return above.endswith(";") and bool(_BASIS.match(line.text))

    def stands_apart(self, opened: Block, line: Line) -> bool:
        """Whether `line` does not go on with the paragraph above it: a further basis, the "(Kèm theo …)"
        right below the title of an annex, and what is below that."""
        if self.in_title and annexes.is_note(line.text):
            return True
        noted = annexes.is_note(opened.lines[0].text) if opened.lines else False
        return self.is_basis(opened, line) or (noted and _closed(opened.lines[-1]))

    def begun(self, position: int) -> Block | None:
        """The block that the line at `position` begins, if it is not simply text."""
        line = self.lines[position]
        reader = self.readers.get(line.text[0], self.table)
        found = reader(position) or self.annex(position) or self.titled(position)
        return found or self.opening(line)

    def opening(self, line: Line) -> Block | None:
        text = line.text
        if heading := _HEADING.match(text):
            return self.heading(line.after(heading.end()), heading[0])
        if _RULE.match(text):
            return Block(Shape.RULE, line, [])
        if text[0] in "-+*" and text[1:2].isspace():
            return Block(Shape.ITEM, line, [line.after(1)], text[0])
        if note := self.note(line):
            return note
        if numbered := self.counting.at_start(text):
            number, rest = numbered
            return Block(Shape.NUMBERED, line, [_suffix(line, rest)], number=number)
        return None

    def heading(self, line: Line, mark: str) -> Block:
        number, rest = self.counting.at_start(line.text, heading=True) or (None, line.text)
        return Block(Shape.HEADING, line, [_suffix(line, rest)], mark, number)

    def quote(self, position: int) -> Block:
        end = self.until(position, lambda text: not text.startswith(">"))
        lines = [line.after(1) for line in self.lines[position:end]]
        return Block(Shape.QUOTE, self.lines[position], lines)

    def annex(self, position: int) -> Block | None:
        """An annex by its name, or a document that is attached to this one."""
        line = self.lines[position]
        first = position == 0 or not self.lines[position - 1].text
        later = (after.text for after in self.lines[position + 1 :])
        found = annexes.named(line.text, first=first) or (
            annexes.titled(line.text, later, last=self.annexed) if first else None
        )
        if found is None and first and not self.in_title:
            found = annexes.attached(
                line.text, (later.text for later in self.lines[position + 1 :])
            )
        if found is None:
            return None
        self.counting.begin()
        self.in_title = True
        self.annexed = found.number.ordinal or 0
        return Block(Shape.ANNEX, line, [_suffix(line, found.title)], found.label, found.number)

    def titled(self, position: int) -> Block | None:
        """A part, a chapter or a section that is titled in this line or, in capitals, in the next; of
        those numbered I. or A. what is all in capitals."""
        line = self.lines[position]
        if line.text[0] not in _TITLES:
            return None
        found = self.counting.at_start(line.text)
        if found is None:
            return None
        number, rest = found
        title = _suffix(line, rest)
        if number.kind in _IN_CAPITALS:
            capitals = annexes.is_in_capitals(rest.strip("*_ "))
            return Block(Shape.HEADING, line, [title], "", number) if capitals else None
        if number.kind not in TITLED:
            return None
        if not rest.strip("*_"):
            ahead = (later for later in self.lines[position + 1 :] if later.text)
            following = next(ahead, None)
            if following and annexes.is_in_capitals(following.text):
                title = following
        return Block(Shape.HEADING, line, [title], "", number)


class _Prose(_Scanner):
    """Reads ordinary Markdown, whose blocks stand in each other."""

    def __init__(self, source: str, first_line: int, *, quoted: bool = False) -> None:
        super().__init__(source, first_line)
        self.quoted = quoted
        self.nesting = Nesting()
        self.in_text = False  # whether the line above is text, be it a table's or a quote's

    def blocks(self) -> Iterator[Block]:
        opened: Block | None = None
        position = 0
        while position < len(self.lines):
            line = self.lines[position]
            if not line.text:
                self.in_text = False
                position, opened = self.over_empty(position, opened)
                continue
            if opened is not None and _is_in_note(opened, line):
                opened.lines.append(line)
                self.in_text = True
                position += 1
                continue
            indent = self.indent(position)
            line = line._replace(depth=self.nesting.depth(indent))
            lazy = self.in_text and self.nesting.goes_on(line.depth)
            block = self.begun(position, line, indent, lazy=lazy)
            if block is None and opened is not None and (lazy or opened.shape is Shape.NOTE):
                opened.lines.append(line)
                position += 1
                continue
            block = block or self.rest(position, line, lazy=lazy)
            self.in_text = block.shape in _TEXT
            opened = block if block.shape in _CONTINUED or block.shape is Shape.TABLE else None
            position = block.end - self.first_line
            yield block

    def indent(self, position: int) -> int:
        """The column, from 0, in which the text of a line begins."""
        before = self.raw[position].text[: self.lines[position].column - 1]
        return len(before.expandtabs(STEP))

    def begun(self, position: int, line: Line, indent: int, *, lazy: bool) -> Block | None:
        """The block that `line` begins, if it is neither text nor code by its indent."""
        depth, mark = line.depth, line.text[0]
        if mark in "`~" and not self.quoted and (fenced := self.code(position)):
            return self.placed(fenced, depth)
        far = indent - self.nesting.text_column(depth) >= STEP
        if far and not self.nesting.is_in_item(depth):
            return None
        if mark == ">":
            return self.placed(self.quote(position, depth), depth)
        is_code = far and not lazy
        if not is_code and (table := self.table(position)):
            return self.placed(table, depth)
        if opening := self.nesting.opening(line.text, depth, in_text=lazy):
            return self.holding(opening, line, indent)
        if is_code:
            return None
        if heading := _HEADING.match(line.text):
            title = line.after(heading.end())
            return self.at_margin(Block(Shape.HEADING, line, [title], heading[0]), indent)
        if _RULE.match(line.text):
            return self.at_margin(Block(Shape.RULE, line, []), indent)
        if indent >= STEP or self.quoted:
            return None
        if mark == "<" and (html := self.html(position)):
            return self.placed(html, 0)
        note = self.note(line)
        return note and note._replace(inside=self.nesting.holders)

    def placed(self, block: Block, depth: int) -> Block:
        """`block` at `depth`; what is open there is closed."""
        self.nesting.close(depth)
        start = block.start._replace(depth=depth)
        return block._replace(start=start, inside=self.nesting.holders)

    def at_margin(self, block: Block, indent: int) -> Block:
        """A heading or a rule: indented by less than four spaces it stands in nothing."""
        return self.placed(block, block.start.depth if indent >= STEP else 0)

    def holding(self, opening: Opening, line: Line, indent: int) -> Block:
        """An item, a note beside the text or a definition, in which more may stand."""
        shape = _HELD.get(opening.holder, Shape.ITEM)
        first = line.after(1) if opening.holder is Holder.BULLET else line
        begun = Block(shape, line, [first], opening.mark, holder=opening.holder)
        block = self.placed(begun, line.depth)
        self.nesting.open(opening, indent, line.depth)
        return block

    def rest(self, position: int, line: Line, *, lazy: bool) -> Block:
        """A paragraph, or code by its indent."""
        if lazy:
            return Block(Shape.PARAGRAPH, line, [line], inside=self.nesting.holders)
        code = self.indented(position, line.depth)
        shape = Shape.CODE if code else Shape.PARAGRAPH
        return self.placed(Block(shape, line, code or [line]), line.depth)

    def indented(self, position: int, depth: int) -> list[Line]:
        """The lines from `position` on that are code by four spaces, with empty ones between them
        (CommonMark 4.4)."""
        column = self.nesting.text_column(depth) + STEP
        end = ahead = position
        while ahead < len(self.lines) and self.indent(ahead) >= column:
            end = ahead + 1
            ahead = self.until(end, bool)
        return [
            Line(line.text.expandtabs(STEP)[column:], line.number, column + 1)
            for line in self.raw[position:end]
        ]

    def quote(self, position: int, depth: int) -> Block:
        """A quote; its text keeps the indent that it has there."""
        self.nesting.close(depth)
        column = self.nesting.text_column(depth) + STEP
        lines = []
        end = position
        while end < len(self.lines) and (line := self.lines[end]).text[:1] == ">":
            indent = self.indent(end)
            far = indent >= column and not self.nesting.is_in_item(depth)
            if far or self.nesting.depth(indent) < depth:
                break
            rest = line.text[1:].removeprefix(" ")
            lines.append(Line(rest, line.number, line.column + len(line.text) - len(rest)))
            end += 1
        return Block(Shape.QUOTE, self.lines[position], lines)


def _is_in_note(opened: Block, line: Line) -> bool:
    """Whether `line` belongs to a note by its indent, whatever it begins with."""
    return opened.shape is Shape.NOTE and line.column > max(_NOTE_INDENT, opened.start.column)


def _closed(line: Line) -> bool:
    return line.text.rstrip("*_ ").endswith(")")


def _suffix(line: Line, rest: str) -> Line:
    return Line(rest, line.number, line.column + len(line.text) - len(rest))


def _closes(text: str, fence: str) -> bool:
    text = text.rstrip()
    return text.startswith(fence) and not text.strip(fence[0])


def _dedented(line: Line, width: int) -> Line:
    spaces = len(line.text) - len(line.text.lstrip(" "))
    width = min(width, spaces)
    return Line(line.text[width:], line.number, line.column + width)


def _cells(row: str) -> int:
    return len(_PIPE.split(row.strip().removeprefix("|").removesuffix("|")))
