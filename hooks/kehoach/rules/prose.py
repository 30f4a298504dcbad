"""A body with what is not its author's prose blanked out, every other character in its place.

What is code, a comment or a link is what the scanner of blocks and the inline patterns, which the
page is made by, take for it: what a rule sees is what the page shows.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from kehoach.records.body.blocks import Block, Shape, scan
from kehoach.records.body.callouts import OPENING
from kehoach.records.body.inline import TAG, tokens
from kehoach.records.body.sanitizing import html_comments
from kehoach.records.body.tags import HTML_TAGS
from kehoach.records.document import Document

Blank = Callable[[int, int], None]  # blanks a piece of text out, by its offsets

_TAG = re.compile(TAG)
_BRACES = re.compile(r"\{[^{}\n]*\}")  # behind a link of prose
_OPENING = re.compile(rf"^[ \t]*{OPENING}", re.MULTILINE)
_URL = re.compile(r"https?://[^\s<>\"]++")
_INK = re.compile(r"[^\n]")
_PARAGRAPH, _ROW = re.compile(r"\n[ \t>]*\n"), re.compile(r"\n")


def markup(document: Document) -> str:
    """The body of `document` without code and comments."""
    return _markup(document.body, document.signed)


def prose(document: Document) -> str:
    """The body of `document` without code, comments, tags, the addresses of links and the marks around
    titles of blocks."""
    return _prose(document.body, document.signed)


def blocks(document: Document) -> list[Block]:
    """The blocks of the body of `document`, whose lines count from 1 in the file."""
    return _blocks(document.body, document.signed, document.origin.body_line)


def lines_in_fences(document: Document) -> frozenset[int]:
    """The numbers, from 1 in the file, of the lines that are fenced code, with their fences. What an
    indent makes code may have been pasted with it, and is looked at."""
    return frozenset(
        number
        for block in blocks(document)
        if block.is_fenced
        for number in range(block.start.number, block.end)
    )


@lru_cache(maxsize=4)
def _blocks(body: str, signed: bool, first_line: int = 1) -> list[Block]:
    return scan(body, first_line=first_line, signed=signed)


@lru_cache(maxsize=4)
def _markup(body: str, signed: bool) -> str:
    if (
        "`" not in body
        and "~~~" not in body
        and "<!--" not in body
        and (signed or "    " not in body)
    ):
        return body
    return _without(body, signed, _hide_code)


@lru_cache(maxsize=4)
def _prose(body: str, signed: bool) -> str:
    text = _markup(body, signed)
    if "<" in body or "](" in body:
        text = _without(body, signed, _hide_markup)
    text = _OPENING.sub(lambda opening: opening[0].replace('"', " "), text)
    return _URL.sub(lambda url: " " * len(url[0]), text)


def _without(body: str, signed: bool, hide: Callable[[Shape, str, Blank], None]) -> str:
    """`body` with what `hide` blanks out of the lines of each block."""
    lines = body.split("\n")
    for shape, first, end in _stretches(body, signed):
        kept = list(text := "\n".join(lines[first:end]))

        def blank(start: int, end: int, kept: list[str] = kept, text: str = text) -> None:
            kept[start:end] = _INK.sub(" ", text[start:end])

        hide(shape, text, blank)
        lines[first:end] = "".join(kept).split("\n")
    return "\n".join(lines)


def _stretches(body: str, signed: bool) -> list[tuple[Shape, int, int]]:
    """The blocks by their first line, from 0, and the one behind their last. In prose a quote goes
    on in a line of text right below it (CommonMark 5.1)."""
    found: list[tuple[Shape, int, int]] = []
    for block in _blocks(body, signed):
        first, end = block.start.number - 1, block.end - 1
        lazy = not signed and block.shape is Shape.PARAGRAPH
        if lazy and found and found[-1][0] is Shape.QUOTE and found[-1][2] == first:
            first = found.pop()[1]
        found.append((block.shape, first, end))
    return found


def _hide_code(shape: Shape, text: str, blank: Blank) -> None:
    if shape is Shape.CODE:
        blank(0, len(text))
    elif shape is Shape.HTML:
        for span in html_comments(text):
            blank(*span)
    else:
        for start, token in _inline(shape, text):
            if token["code"] is not None or token[0].startswith("<!--"):
                blank(start + token.start(), start + token.end())


def _hide_markup(shape: Shape, text: str, blank: Blank) -> None:
    _hide_code(shape, text, blank)
    if shape is Shape.HTML:
        for tag in _TAG.finditer(text):
            blank(*tag.span())
    elif shape is not Shape.CODE:
        for start, token in _inline(shape, text):
            if token["target"] is not None:
                braces = _BRACES.match(text, start + token.end())
                end = braces.end() if braces else start + token.end()
                blank(start + token.end("text"), end)
            elif token["address"] or (token["tag"] and token["tag"].lower() in HTML_TAGS):
                blank(start + token.start(), start + token.end())


def _inline(shape: Shape, text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """The inline tokens of each paragraph of `text`, or row of a table, and where in it that begins."""
    start = 0
    gaps = (_ROW if shape is Shape.TABLE else _PARAGRAPH).finditer(text)
    for end in (*(gap.start() for gap in gaps), len(text)):
        yield from ((start, token) for token in tokens(text[start:end]))
        start = end
