"""A document as it came out of its file, before anybody says what it means.

Every reader (Word, PDF, scan, HTML, plain text) gives this, and everything behind the readers takes it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kehoach.carried import Carried

# Soft hyphens, marks of joining and of direction: nobody sees them, and words must not differ by them.
_INVISIBLE = dict.fromkeys(
    (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF)
)


def visible(text: str) -> str:
    """`text` without the characters that nobody sees."""
    return text.translate(_INVISIBLE)


@dataclass(frozen=True, slots=True)
class Run:
    """Letters that look alike. `note` is the label of a note called here, `picture` the name of a file,
    `link` where they lead; `script` is "sup" or "sub", `doubtful` letters a machine may have misread."""

    text: str
    bold: bool = False
    italic: bool = False
    note: str = ""
    picture: str = ""
    doubtful: bool = False
    struck: bool = False
    script: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `label` is a number or mark that the program set ("8.", "-"), not typed text."""

    runs: tuple[Run, ...] = ()
    label: str = ""
    heading: int = 0  # the level of a heading style, from 1; 0 for plain text
    centred: bool = False
    page: int = 0  # of a PDF or a scan, from 1

    @property
    def text(self) -> str:
        """The letters alone, without label; a line break is "\\n"."""
        return "".join(run.text for run in self.runs)

    @property
    def line(self) -> str:
        """The text as a reader sees it, label included, on one line."""
        return " ".join(f"{self.label} {self.text}".split())

    @property
    def bold(self) -> bool:
        """Whether every letter is bold."""
        written = [run for run in self.runs if run.text.strip()]
        return bool(written) and all(run.bold for run in written)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, over `columns` columns and `rows` rows."""

    blocks: tuple["Block", ...] = ()
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a place that a cell of an earlier row covers has no cell of its own."""

    rows: tuple[tuple[Cell, ...], ...]
    ruled: bool = True  # whether lines are drawn; text is often put side by side by a table without
    page: int = 0


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words of the file that the result does not have, and why. `is_text` tells whether the file has
    them as letters, so that the proof counts them."""

    text: str
    why: str
    is_text: bool = True


@dataclass(slots=True)
class Manuscript:
    """The content of a file, whatever its form.

    `words_decoded` pairs the letters in the file of text in a font of old with what they mean.
    `uncertain` are words that a machine may have misread, `pages` pictures of a scan's pages.
    """

    blocks: list[Block] = field(default_factory=list)
    notes: dict[str, list[Paragraph]] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    words_decoded: list[tuple[str, str]] = field(default_factory=list)
    has_looks: bool = True  # whether bold, italic and centred are known
    scanned: bool = False
    uncertain: list[str] = field(default_factory=list)
    pages: list[bytes] = field(default_factory=list)
    carried: Carried | None = None  # the Markdown that our own Word file brings along
    is_as_carried: bool = False  # whether it still shows what it showed when it was made

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph, those of tables and then of notes included, in order."""
        yield from paragraphs(self.blocks)
        for note in self.notes.values():
            yield from note


def paragraphs(blocks: list[Block] | tuple[Block, ...]) -> Iterator[Paragraph]:
    """Every paragraph of `blocks`, those of tables included, in order."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from paragraphs(cell.blocks)


def merged(runs: list[Run]) -> tuple[Run, ...]:
    """`runs` with neighbours that look alike made one, and spaces given to the plainer neighbour."""
    found: list[Run] = []
    for run in runs:
        if not run.text and not run.note and not run.picture:
            continue
        last = found[-1] if found else None
        mergeable = last and not (last.note or last.picture or run.note or run.picture)
        if last and mergeable and (_looks(last) == _looks(run) or not run.text.strip()):
            found[-1] = replace(last, text=last.text + run.text)
        elif last and mergeable and not last.text.strip():
            found[-1] = replace(run, text=last.text + run.text)
        else:
            found.append(run)
    return tuple(found)


def _looks(run: Run) -> tuple[bool | str, ...]:
    return run.bold, run.italic, run.doubtful, run.struck, run.script, run.link
