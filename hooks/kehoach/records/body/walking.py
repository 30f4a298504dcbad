"""Walks over a body: its words, its pictures, wherever they stand."""

from collections.abc import Iterable, Iterator

from kehoach.records.body.model import (
    Block,
    Body,
    Break,
    Code,
    Figure,
    Inline,
    Items,
    Line,
    Link,
    Note,
    Picture,
    Quote,
    Rule,
    Styled,
    Table,
)


def pictures(body: Body) -> Iterator[Picture]:
    """Every picture of `body`, in order."""
    for blocks in (body.blocks, *(annex.blocks for annex in body.annexes)):
        for block in blocks:
            yield from (inline for inline in _inlines(block) if isinstance(inline, Picture))


def words(blocks: Iterable[Block]) -> str:
    """The words of `blocks`, a space between two of them; list marks and notes are not among them."""
    return " ".join(text for block in blocks if (text := _words(block)))


def words_of(line: Line) -> str:
    """The words of one line."""
    pieces = []
    for piece in line:
        match piece:
            case str():
                pieces.append(piece)
            case Styled(inside=inside) | Link(inside=inside):
                pieces.append(words_of(inside))
            case Note(mark):
                pieces.append(mark)
            case Break() | Picture():
                pieces.append(" ")
    return "".join(pieces)


def _words(block: Block) -> str:
    match block:
        case Items(items):
            return " ".join(words(item.blocks) for item in items)
        case Quote(blocks):
            return words(blocks)
        case Table(cells=cells, caption=caption):
            return " ".join([words_of(caption), *(words(cell.blocks) for cell in cells)]).strip()
        case Code(text):
            return text
        case Rule() | Figure():
            return ""
        case _:
            return words_of(block.line)


def _inlines(block: Block) -> Iterator[Inline]:
    match block:
        case Items(items):
            inner: Iterable[Block] = (inner for item in items for inner in item.blocks)
        case Quote(blocks):
            inner = blocks
        case Table(cells=cells):
            inner = (inner for cell in cells for inner in cell.blocks)
        case Figure(picture):
            yield picture
            return
        case Code() | Rule():
            return
        case _:
            yield from _within(block.line)
            return
    for one in inner:
        yield from _inlines(one)


def _within(line: Line) -> Iterator[Inline]:
    for piece in line:
        yield piece
        match piece:
            case Styled(inside=inside) | Link(inside=inside):
                yield from _within(inside)
            case Note(blocks=blocks):
                for block in blocks:
                    yield from _inlines(block)
