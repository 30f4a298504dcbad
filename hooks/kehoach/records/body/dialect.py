"""Prose written anew for Python-Markdown, which knows of lists that what stands in an item is four
spaces in, and little of what ends a paragraph.

Where blocks begin and what they stand in is decided by `blocks.scan` alone; this only says it again.
"""

from collections.abc import Callable, Sequence

from kehoach.records.body.blocks import Block, Shape, scan_quote
from kehoach.records.body.nesting import ITEMS, STEP, Holder, count

_DEEPEST_QUOTE = 5  # quotes in quotes that are looked into
_APART = {Shape.HEADING, Shape.RULE}

# What is put in the place of a block, "" for nothing; None where Python-Markdown is to read it.
Replacement = Callable[[Block], str | None]


def written(blocks: Sequence[Block], lines: Sequence[str], replacement: Replacement) -> list[str]:
    """The `blocks` that were scanned from `lines`, as lines for Python-Markdown."""
    return _Writer(lines, replacement, 0).all(blocks)


class _Writer:
    def __init__(self, lines: Sequence[str], replacement: Replacement, quotes: int) -> None:
        self.lines = lines
        self.replacement = replacement
        self.quotes = quotes  # in how many quotes all of it stands
        self.kept: list[str] = []
        self.opened: tuple[Holder, ...] = ()  # what the next block may stand in
        self.in_text = False  # whether the next line would be taken for more of the last
        self.parted = False  # from the beginning of the last item, by an empty line
        self.first = 0  # how deep the first block since the last empty line stands

    def all(self, blocks: Sequence[Block]) -> list[str]:
        end = 1
        for block in blocks:
            for _ in range(end, block.start.number):
                self.part()
            self.take(block)
            end = block.end
        return self.kept

    def part(self) -> None:
        self.kept.append("")
        self.in_text, self.parted = False, True

    def take(self, block: Block) -> None:
        margin = " " * STEP * block.start.depth
        replaced = self.replacement(block)
        if replaced is None and block.shape in _APART:
            replaced = self.lines[block.start.number - 1].strip()
        if self.kept and self.kept[-1] and (replaced is not None or self.begins_apart(block)):
            self.part()
        if not (self.kept and self.kept[-1]):
            self.first = block.start.depth
        if replaced is not None:
            self.kept += [margin + replaced] if replaced else []
            self.part()
        elif block.shape is Shape.QUOTE:
            self.kept += [f"{margin}> {line}".rstrip() for line in self.quoted(block)]
        else:
            self.kept += self.text(block)
        self.opened = block.inside + ((block.holder,) if block.holder else ())
        self.in_text = replaced is None and block.shape is not Shape.CALLOUT
        if block.shape is Shape.ITEM:
            self.parted = False
        elif block.shape is Shape.DEFINITION:
            self.parted = True

    def begins_apart(self, block: Block) -> bool:
        """Whether an empty line must tell that `block` is not more of the one right above."""
        depth = block.start.depth
        if not self.in_text:  # below the opening of a note
            return depth < len(self.opened)
        if block.shape is not Shape.ITEM:
            return block.shape in (Shape.TABLE, Shape.QUOTE, Shape.CALLOUT)
        beside = self.opened[depth : depth + 1] == (block.holder,)
        below = depth == len(self.opened) and depth > 0 and self.opened[-1] in ITEMS
        return self.parted or not (beside or below) or depth < self.first

    def text(self, block: Block) -> list[str]:
        """The lines of `block`, each as deep as it stands; at the margin as they were written."""
        depth, first = block.start.depth, block.start.text
        if block.shape is Shape.ITEM:
            mark = f"{block.mark}." if block.mark.isdigit() else block.mark
            first = f"{mark} {block.start.after(len(mark)).text}"
        holders = block.inside or block.holder
        said = [" " * STEP * depth + first] if block.holder else []
        for line in block.lines[len(said) :]:
            deep = depth if block.shape is Shape.TABLE else line.depth
            begins = holders and count(line.text) is not None  # an item, to Python-Markdown
            if said and (begins or not block.lines[0].text):
                said[-1] += f" {line.text}"
            else:
                said.append(" " * STEP * deep + line.text if deep else self.lines[line.number - 1])
        return said

    def quoted(self, block: Block) -> list[str]:
        lines = [line.text for line in block.lines]
        if self.quotes == _DEEPEST_QUOTE:
            return lines
        return _Writer(lines, self.replacement, self.quotes + 1).all(scan_quote(block))
