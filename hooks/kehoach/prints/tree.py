"""The body of a document as JSON that a Typst template walks.

Blocks are objects that tell their `kind`; a line is a list of texts and of lists that begin with a
name and end with what is in them.
"""

import re
from collections.abc import Callable, Collection, Iterable
from typing import Any

from kehoach.prints import grids
from kehoach.records.body.model import (
    Annex,
    Block,
    Body,
    Break,
    Code,
    Figure,
    Heading,
    Inline,
    Items,
    Line,
    Link,
    Note,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Styled,
    Table,
)

_LONG_WORD = re.compile(r"\S{40}(?=\S)")

Json = dict[str, Any]


def sheets(body: Body, pictures: Collection[str]) -> Json:
    """`body` with its headings from level 2 on, none skipping a level (PDF/UA-1, 7.4.2).

    Of the pictures those whose sources are in `pictures` stand, for others their words.
    """
    walk = _Walk(pictures)
    blocks = walk.blocks(body.blocks)
    return {"body": blocks, "annexes": [walk.annex(annex) for annex in body.annexes]}


def breakable(text: str) -> str:
    """`text` with zero-width spaces in words of over 40 letters, so that none leaves a page."""
    return _LONG_WORD.sub("\\g<0>\u200b", text)


class _Walk:
    def __init__(self, pictures: Collection[str]) -> None:
        self.pictures = pictures
        self.level = 1  # of the last heading

    def annex(self, annex: Annex) -> Json:
        blocks = self.blocks(annex.blocks)
        return {"blocks": blocks, "wide": any(block.get("wide") for block in blocks)}

    def blocks(self, blocks: Iterable[Block]) -> list[Json]:
        return [_BLOCKS[type(block)](self, block) for block in blocks]

    def heading(self, block: Heading) -> Json:
        self.level = min(block.level + 1, self.level + 1)
        line = self.line(block.line)
        return {"kind": "heading", "level": self.level, "line": line, "centred": block.centred}

    def paragraph(self, block: Paragraph) -> Json:
        return {"kind": "paragraph", "role": block.role.value, "line": self.line(block.line)}

    def items(self, block: Items) -> Json:
        items = [{"mark": item.mark, "blocks": self.blocks(item.blocks)} for item in block.items]
        return {"kind": "list", "items": items}

    def table(self, block: Table) -> Json:
        cells = [
            {
                "x": cell.column,
                "y": cell.row,
                "colspan": cell.columns,
                "rowspan": cell.rows,
                "align": cell.align.value,
                "header": cell.header,
                "blocks": self.blocks(cell.blocks),
            }
            for cell in block.cells
        ]
        layout = grids.layout(block)
        return {
            "kind": "table",
            "columns": layout.widths,
            "wide": layout.wide,
            "size": layout.size,
            "heads": block.heads,
            "cells": cells,
            "caption": self.line(block.caption),
        }

    def quote(self, block: Quote) -> Json:
        return {"kind": "quote", "blocks": self.blocks(block.blocks)}

    def code(self, block: Code) -> Json:
        lines = [breakable(line.replace(" ", "\u00a0")) for line in block.text.split("\n")]
        return {"kind": "code", "lines": lines}

    def rule(self, block: Rule) -> Json:
        return {"kind": "rule"}

    def figure(self, block: Figure) -> Json:
        return {"kind": "figure", "line": self.line((block.picture,))}

    def line(self, line: Line) -> list[Any]:
        return [piece for inline in line for piece in self.inline(inline)]

    def inline(self, inline: Inline) -> list[Any]:
        match inline:
            case str():
                return [breakable(inline)]
            case Styled(style, inside):
                return [[style.value, self.line(inside)]]
            case Break():
                return [["break"]]
            case Link(address, inside):
                return [["link", address, self.line(inside)]]
            case Note(mark, blocks):
                return [["note", mark, self.blocks(blocks)]]
            case Picture(source, alt, width):
                if source in self.pictures:
                    return [["picture", source, alt, width]]
                return [f"[{alt}]"] if alt else []


_BLOCKS: dict[type[Block], Callable[[_Walk, Any], Json]] = {
    Heading: _Walk.heading,
    Paragraph: _Walk.paragraph,
    Items: _Walk.items,
    Table: _Walk.table,
    Quote: _Walk.quote,
    Code: _Walk.code,
    Rule: _Walk.rule,
    Figure: _Walk.figure,
}
