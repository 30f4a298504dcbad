"""Python-Markdown with our syntax in place of some of its own.

Ours: links by one linear pattern and without reference definitions, notes with the signed number,
fences and tables that lose nothing, entities and tags only where they are meant. Raw HTML is still
raw here.
"""

import html
import itertools
import re
import string
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import HashHeaderProcessor
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import (
    DelimiterProcessor,
    HtmlInlineProcessor,
    InlineProcessor,
)
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, STX, AtomicString, code_escape

from kehoach.records.body import inline, marks, processors
from kehoach.records.body.blocks import Block, Shape, scan
from kehoach.records.body.code import coloured
from kehoach.records.body.dialect import written
from kehoach.records.body.sanitizing import whole_html
from kehoach.records.body.tags import HTML_TAGS

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_REPLACED = ("reference", "short_reference", "image_link", "image_reference", "short_image_ref")
# An element, or text as it stands, and where it ends; the stub of their first pattern knows a text alone.
Found = tuple[Element | str | None, int | None, int | None]
_BACKSLASH = f"{STX}{ord(chr(92))}{ETX}"  # as Python-Markdown keeps one that is escaped
_MAX_ROW = 20_000  # characters; pairing the backticks of a row takes quadratic time


@cache
def markdown(*, signed: bool) -> Markdown:
    """The one instance for signed texts, or that for prose; `reset()` it before each body."""
    md = Markdown(extensions=["sane_lists"])
    md.ESCAPED_CHARS = list(string.punctuation)
    md.preprocessors.register(ProseBlocks(md), "html_block", 20)
    tables = _Tables(md.parser, {"use_align_attribute": True})
    md.parser.blockprocessors.register(tables, "table", 75)
    md.parser.blockprocessors.register(_Headings(md.parser), "hashheader", 70)
    md.inlinePatterns.register(
        _Code(rf"(?<!\\)(?:\\\\)+(?=`)|(?<!\\){inline.CODE}", md), "backtick", 190
    )
    md.inlinePatterns.register(NoteReferences(inline.NOTE, md), "note", 175)
    link, image = (inline.LINK, inline.IMAGE) if signed else (marks.LINK, marks.IMAGE)
    md.inlinePatterns.register(_Link(link, md), "link", 160)
    # What a pattern found is looked through for the later ones alone: a picture in a link is one.
    md.inlinePatterns.register(_Link(image, md), "image", 155)
    md.inlinePatterns.register(_RawHtml(f"({inline.COMMENT}|{inline.TAG})", md), "html", 90)
    md.inlinePatterns.register(_Entity(inline.ENTITY, md), "entity", 80)
    md.inlinePatterns.register(_Emphasis("*", "strong,em", md), "em_strong", 60)
    assert md.delimiters  # as every Markdown has
    md.delimiters.add("_", "strong,em", smart=True)
    for name in ("reference", "setextheader"):
        md.parser.blockprocessors.deregister(name)
    for name in _REPLACED:
        md.inlinePatterns.deregister(name)
    md.treeprocessors.deregister("prettify")
    if not signed:
        processors.extend(md)
    return md


def superscript(number: str) -> str:
    """`number` in superscript figures, so that copied text still reads "mới¹;"."""
    return number.translate(_SUPERSCRIPT)


class ProseBlocks(Preprocessor):
    """Writes prose anew from its blocks, as Python-Markdown reads it; keeps its notes."""

    def run(self, lines: list[str]) -> list[str]:
        self.notes: list[tuple[str, str]] = []
        blocks = scan("\n".join(lines), signed=False)
        return [*written(blocks, lines, self.replacement), "", ""]  # ends as it began

    def replacement(self, block: Block) -> str | None:
        """The line in place of a block that Python-Markdown is not to read, "" for none; None where it is to."""
        if block.shape is Shape.CODE:
            return self.md.htmlStash.store(coloured(block.text, block.mark))
        if block.shape is Shape.HTML:
            return self.md.htmlStash.store(whole_html(block.text))
        if block.shape is Shape.NOTE:
            self.notes.append((block.mark, block.text))
            return ""
        return None


class _Headings(HashHeaderProcessor):
    """A # without a space behind it is a hashtag."""

    RE = re.compile(r"(?:^|\n)(?P<level>#{1,6})(?P<header>[ ][^\n]*)(?:\n|$)")


class _Tables(TableProcessor):
    """Keeps the cells that a row has more than its header."""

    def test(self, parent: Element, block: str) -> bool:
        return (
            "|" in block
            and len(max(block.split("\n"), key=len)) < _MAX_ROW
            and super().test(parent, block)
        )

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        # What its stub leaves out.
        more = len(self._split_row(row)) - len(align)  # type: ignore[attr-defined]
        super()._build_row(row, parent, [*align, *[None] * more])  # type: ignore[misc]


class _Emphasis(DelimiterProcessor):
    """Leaves emphasis as it stands where Python-Markdown 3.11 would lose a letter: "*a**b*c d"."""

    def handleMatch(  # type: ignore[override]
        self, match: re.Match[str], data: str
    ) -> Found:
        element, start, end = super().handleMatch(match, data)
        if not isinstance(element, Element) or _unmarked("".join(element.itertext())) == _unmarked(
            data[start:end]
        ):
            return element, start, end
        self.reset()
        return None, *match.span()


def _unmarked(text: str) -> str:
    return text.replace("*", "").replace("_", "")


class _Code(InlineProcessor):
    """Code between as many backticks as it opens with (CommonMark 6.1); others are text."""

    def handleMatch(  # type: ignore[override]
        self, match: re.Match[str], data: str
    ) -> Found:
        if match["code"] is None:  # backslashes that escape each other before it
            return match[0].replace("\\\\", _BACKSLASH), *match.span()
        code = Element("code")
        code.text = AtomicString(code_escape(match["code"].strip()))
        return code, *match.span()


class NoteReferences(InlineProcessor):
    """[^1] as ¹, linked to the note; a reference to no note stays as it is."""

    numbers: dict[str, str]
    count: Counter[str]

    def number(self, labels: Iterable[str]) -> None:
        """Number the notes `labels`: as signed where they are numbers, else with what is left."""
        labels = list(dict.fromkeys(labels))
        signed = {label for label in labels if re.fullmatch(r"[0-9]+", label)}
        free = (str(number) for number in itertools.count(1) if str(number) not in signed)
        self.numbers = {label: label if label in signed else next(free) for label in labels}
        self.count = Counter()

    def handleMatch(  # type: ignore[override]
        self, match: re.Match[str], data: str
    ) -> Found:
        label = match["label"]
        number = self.numbers.get(label)
        if number is None:
            return None, None, None
        self.count[label] += 1
        again = f"-{self.count[label]}" if self.count[label] > 1 else ""
        link = Element(
            "a", {"class": "footnote-ref", "id": f"fnref-{number}{again}", "href": f"#fn-{number}"}
        )
        link.set("aria-label", f"Chú thích {number}")
        link.text = AtomicString(superscript(number))
        return link, *match.span()


class _Link(InlineProcessor):
    """[text](target "title") and ![text](target "title"), in prose with what braces say."""

    def handleMatch(  # type: ignore[override]
        self, match: re.Match[str], data: str
    ) -> Found:
        target = self.unescape(inline.target_of(match))
        if match["bang"]:
            element = Element(
                "img", {"src": target, "alt": self.unescape(inline.plain(match["text"]))}
            )
        else:
            element = Element("a", {"href": target})
            element.text = match["text"]
        if match["title"]:
            element.set("title", self.unescape(match["title"][1:-1]))
        said = marks.attributes(match)
        element.attrib |= said or {}
        return element, match.start(), match.end() if said is not None else match.start("brace")


class _RawHtml(HtmlInlineProcessor):
    def handleMatch(  # type: ignore[override]
        self, match: re.Match[str], data: str
    ) -> Found:
        if match["tag"] and match["tag"].lower() not in HTML_TAGS:
            return None, None, None
        return super().handleMatch(match, data)


class _Entity(InlineProcessor):
    def handleMatch(  # type: ignore[override]
        self, match: re.Match[str], data: str
    ) -> Found:
        character = html.unescape(match[0])
        return (None, None, None) if character == match[0] else (character, *match.span())
