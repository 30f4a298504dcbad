"""The body of a document as something to walk: what every medium but the page is made from.

`reading.body_of` makes it from the page's own HTML, so what a walk over it can show is what a reader
of the page sees, raw HTML of the author included, and no two media can disagree about a word, a cell
or an order. Print (`prints/tree.py`) is one such walk; another writes Word.

    Body
      blocks    of the document itself, down to the signature
      annexes   what follows the signature, each with blocks of its own

A block is one of `Heading`, `Paragraph`, `Items`, `Table`, `Quote`, `Code`, `Rule`, `Figure`. The text of a
block is a line: a tuple of `str`, `Styled`, `Break`, `Link`, `Note` and `Picture`, with white space as a
browser shows it: runs are one space, ends are bare. A number ("II.", "Điều 3.") is the beginning of its
block's line and is told again in `number`. What has no words and no picture is left out.
"""

from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """How words in a line are set."""

    STRONG = "strong"
    EM = "em"
    SUP = "sup"
    SUB = "sub"
    UNDERLINE = "underline"
    STRIKE = "strike"
    CODE = "code"
    MARK = "mark"


class Role(StrEnum):
    """The role of a paragraph in an administrative document (Decree 30/2020/NĐ-CP, Appendix I, II.5-7)."""

    TEXT = ""
    BASIS = "basis"  # "Căn cứ Luật …", in italics
    AUTHORITY = "authority"  # "GIÁM ĐỐC SỞ …", centred above the bases
    OPERATIVE = "operative"  # "QUYẾT ĐỊNH:", centred
    ADDRESSEE = "addressee"  # "Kính gửi: …"
    TITLE = "title"  # of an annex, or of a chapter, centred
    ATTACHED = "attached"  # "(Kèm theo Kế hoạch số …)", centred in italics


@dataclass(frozen=True, slots=True)
class Break:
    """A line end that the author wrote."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: `source` as the page has it, a path from the document's file or an address."""

    source: str
    alt: str
    width: int | None = None  # CSS pixels that the author gave


@dataclass(frozen=True, slots=True)
class Styled:
    style: Style
    inside: "Line"


@dataclass(frozen=True, slots=True)
class Link:
    """`address` is absolute: what leads only within the site stands as its words."""

    address: str
    inside: "Line"


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote where the text calls it; `mark` is its number as signed, "1"."""

    mark: str
    blocks: "tuple[Block, ...]"


Inline = str | Styled | Break | Link | Note | Picture
Line = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A titled section; `level` counts from 1 below the title of the document."""

    level: int
    number: str  # "II.", "Chương I"; "" for none
    anchor: str
    line: Line
    centred: bool = False  # parts, chapters, and sections of chapters


@dataclass(frozen=True, slots=True)
class Paragraph:
    line: Line
    number: str = ""
    anchor: str = ""
    role: Role = Role.TEXT


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: what it is marked with ("-", "+", "3."), and its blocks."""

    mark: str
    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Items:
    items: tuple[Item, ...]


class Align(StrEnum):
    """Where the words of a cell stand; "" is wherever its medium puts them."""

    NONE = ""
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at its place in the grid, both counted from 0; it covers `columns` by `rows`."""

    column: int
    row: int
    columns: int
    rows: int
    blocks: "tuple[Block, ...]"
    header: bool = False
    align: Align = Align.NONE


@dataclass(frozen=True, slots=True)
class Table:
    """A grid that its cells cover wholly, each place once; the first `heads` rows are its header."""

    columns: int
    rows: int
    heads: int
    cells: tuple[Cell, ...]  # by row, then by column
    caption: Line = ()


@dataclass(frozen=True, slots=True)
class Quote:
    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Code:
    """Preformatted text, its lines as they stand."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture in a line of its own."""

    picture: Picture


Block = Heading | Paragraph | Items | Table | Quote | Code | Rule | Figure


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex, which follows the signature on a page of its own.

    `label` is what it is called ("Phụ lục I", "KẾ HOẠCH"), as signed; its title and "(Kèm theo …)" are
    the first of its blocks, by their roles.
    """

    label: str
    anchor: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Body:
    blocks: tuple[Block, ...]
    annexes: tuple[Annex, ...] = ()
