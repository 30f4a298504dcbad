"""HTML of a body: plans as signed, everything else as ordinary Markdown.

Python-Markdown does the inline text of both, and the blocks of ordinary Markdown. Its lists
renumber ("1. Mục đích / - … / 2. Yêu cầu" comes out as one list whose fourth item is "Yêu cầu"), so
the blocks of a plan are those of `blocks.scan`, which the outline is made from too.
"""

import html
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast
from xml.etree.ElementTree import Element, SubElement, tostring

from markdown import Markdown
from markdown.util import AtomicString

from kehoach.records.body import columns, icons, marks, processors
from kehoach.records.body.abbreviations import explain
from kehoach.records.body.blocks import SECTIONS, Block, Shape, scan
from kehoach.records.body.code import fenced
from kehoach.records.body.inline import has_marks, is_tangled
from kehoach.records.body.numbers import TITLED, Kind
from kehoach.records.body.outlining import Outline, Section, outline_of, unique_anchors
from kehoach.records.body.roles import roles
from kehoach.records.body.sanitizing import clean, whole_html
from kehoach.records.body.syntax import NoteReferences, ProseBlocks, markdown, superscript
from kehoach.records.text import slug

_LISTS = {"-": "dash", "+": "plus", "*": "star"}
_STYLES = {
    Kind.ANNEX: " annex-label",
    Kind.ARTICLE: " article",
    **dict.fromkeys(TITLED, " centred"),
}
_UPPER = {Kind.ROMAN, Kind.CAPITAL, Kind.ARTICLE}
_PARAGRAPHS = re.compile(r"[ ]*\n{2,}")
_HEADINGS = {f"h{rank}" for rank in range(1, 7)}
# A link or an image of the author's: our own links begin with their class, or lead back to a note's mark.
_LINKED = re.compile(r'<a (?!class="|href="#fnref-\d+" aria-label=")|<img ')


class TocEntry(NamedTuple):
    """A section in the table of contents; level counts from 1."""

    anchor: str
    number: str
    title: str
    level: int


class Footnote(NamedTuple):
    """A note at the end of the page: its id and its inline HTML."""

    id: str
    html: str


class Rendered(NamedTuple):
    """A body as HTML (safe to print as it is), its table of contents and its notes."""

    html: str
    toc: list[TocEntry]
    footnotes: list[Footnote]
    annexes: str = ""  # the HTML of what stands behind the signature


class _Note(NamedTuple):
    label: str
    element: Element


def render(
    source: str, *, abbreviations: Mapping[str, str], outline: Outline | None = None
) -> Rendered:
    """The body of a plan as signed: nothing renumbered, reordered or left out.

    Sections have the anchors that the `outline` of `source` gives them, if that is known already.
    `abbreviations` maps "KH&CN" to what it stands for.
    """
    blocks = scan(source)
    found = outline or outline_of(blocks)
    md = markdown(signed=True).reset()
    definitions = [(block.mark, block.text) for block in blocks if block.shape is Shape.NOTE]
    root, starts = _signed(md, blocks, found.sections)
    notes = _add_notes(md, root, definitions)
    _run_inline(md, root)
    explain(root, abbreviations, starts)
    footnotes = _finish_notes(md, notes)
    first = next((i for i, block in enumerate(root) if block.get("class") == "annex"), len(root))
    annexes = Element("div")
    annexes.extend(root[first:])
    del root[first:]
    if not len(annexes):
        return Rendered(_cleaned(md, root), _contents(found), footnotes)
    return Rendered(_cleaned(md, root), _contents(found), footnotes, _cleaned(md, annexes))


def render_prose(source: str, *, abbreviations: Mapping[str, str]) -> Rendered:
    """Guides and press materials: ordinary Markdown with tables, fenced code and notes.

    The page has its own h1, so where the body has one, all its headings go down a rank.
    """
    md = markdown(signed=False).reset()
    lines = source.split("\n")
    for preprocessor in md.preprocessors:
        lines = preprocessor.run(lines)
    root = _parsed(md, lines)
    processors.finish_blocks(root)
    notes = _add_notes(md, root, cast(ProseBlocks, md.preprocessors["html_block"]).notes)
    _run_inline(md, root, signed=False)
    processors.name_links(root)
    headings = [element for element in root.iter() if element.tag in _HEADINGS]
    toc = _anchor(headings)
    explain(root, abbreviations, {heading for heading in headings if heading.tag == "h2"})
    footnotes = _finish_notes(md, notes)
    notes_drawn = [note._replace(html=icons.drawn(note.html)) for note in footnotes]
    markup = clean("\n".join(_markup(md, block) for block in root))
    return Rendered(icons.drawn(markup), toc, notes_drawn)


def _parsed(md: Markdown, lines: list[str]) -> Element:
    """The blocks of prose; plain paragraphs where lists stand in each other beyond all measure."""
    try:
        root = md.parser.parseDocument(lines).getroot()
        assert root is not None
        return root
    except RecursionError:
        md.parser.state.clear()
    root = Element("div")
    for paragraph in "\n".join(lines).split("\n\n"):
        SubElement(root, "p").text = paragraph.strip("\n")
    return root


# --- blocks of a plan


def _contents(found: Outline) -> list[TocEntry]:
    """The headings, the uppermost numbers, and what is counted with either: contents that skip no
    number."""
    shown = {s.index for s in found.sections if s.heading or (s.level == 1 and s.kind in _UPPER)}
    for group in found.siblings():
        if any(section.heading for section in group):
            shown.update(section.index for section in group)
    sections = (found.sections[index] for index in sorted(shown))
    return [TocEntry(s.anchor, s.number, s.title, s.level) for s in sections]


def _signed(
    md: Markdown, blocks: list[Block], sections: Sequence[Section]
) -> tuple[Element, set[Element]]:
    """The page of a plan before its inline text is read, and what begins its top-level sections."""
    root = holder = Element("div")
    starts: set[Element] = set()
    ranks: list[int] = []  # of each section's own heading, else of the one above it
    known = roles(blocks)
    for place, block in enumerate(blocks):
        if block.shape in _MAKERS:
            _MAKERS[block.shape](md, holder, block)
        if place in known:
            holder[-1].set("class", f"doc-{known[place].value}")
        if block.shape not in SECTIONS:
            continue
        section = sections[len(ranks)]
        if block.shape is Shape.ANNEX:
            label = {"class": "annex", "aria-label": section.number}
            holder = SubElement(root, "section", label)
        above = 1 if section.parent is None else ranks[section.parent]
        ranks.append(min(above + section.heading, 6))
        element = _section(holder, block, section, rank=ranks[-1])
        if section.level == 1:
            starts.add(element if holder is root else holder)
    return root, starts


def _section(root: Element, block: Block, section: Section, *, rank: int) -> Element:
    tag = f"h{rank}" if section.heading else "p"
    style = "section" if section.heading else f"section level-{section.level}"
    style += _STYLES.get(section.kind, "")
    element = SubElement(root, tag, {"class": style, "id": section.anchor})
    for alias in section.aliases:
        SubElement(element, "span", {"id": alias})
    if section.number:
        number = SubElement(element, "span", {"class": "number"})
        number.text, number.tail = AtomicString(section.number), " "
    if section.heading and block.text:
        SubElement(element, "span", {"class": "title"}).text = block.text
    elif not section.heading:
        number.tail = f"{number.tail or ''}{block.text}"
    _permalink(element, section.anchor)
    return element


def _permalink(element: Element, anchor: str) -> None:
    """A link without text, which the style sheet draws: copying a section copies the section alone.

    It is for pointers. Read out, it would be part of each heading's name; the contents have the same links.
    """
    hidden = {"aria-hidden": "true", "tabindex": "-1"}
    SubElement(element, "a", {"class": "permalink", "href": f"#{anchor}"} | hidden)


def _item(md: Markdown, root: Element, block: Block) -> None:
    style = _LISTS[block.mark]
    parent = root
    if style == "plus" and len(root) and root[-1].get("class") == "dash":
        parent = root[-1][-1]
    items = parent[-1] if len(parent) else None
    if items is None or items.get("class") != style:
        items = SubElement(parent, "ul", {"class": style})
    SubElement(items, "li").text = block.text


def _paragraph(md: Markdown, root: Element, block: Block) -> None:
    SubElement(root, "p").text = block.text


def _quote(md: Markdown, root: Element, block: Block) -> None:
    quote = SubElement(root, "blockquote")
    for paragraph in block.text.split("\n\n"):
        SubElement(quote, "p").text = paragraph.strip("\n").replace("\n", "  \n")


def _table(md: Markdown, root: Element, block: Block) -> None:
    tables = md.parser.blockprocessors["table"]
    if tables.test(root, block.text):
        tables.run(root, [block.text])
        columns.align(root[-1])
    else:
        _paragraph(md, root, block)


def _code(md: Markdown, root: Element, block: Block) -> None:
    SubElement(root, "p").text = md.htmlStash.store(fenced(block.text, block.mark))


def _raw(md: Markdown, root: Element, block: Block) -> None:
    SubElement(root, "p").text = md.htmlStash.store(whole_html(block.text))


def _rule(md: Markdown, root: Element, block: Block) -> None:
    SubElement(root, "hr")


_MAKERS = {
    Shape.ITEM: _item,
    Shape.PARAGRAPH: _paragraph,
    Shape.QUOTE: _quote,
    Shape.TABLE: _table,
    Shape.CODE: _code,
    Shape.HTML: _raw,
    Shape.RULE: _rule,
}


# --- what plans and prose have in common


def _add_notes(md: Markdown, root: Element, definitions: list[tuple[str, str]]) -> list[_Note]:
    references = cast(NoteReferences, md.inlinePatterns["note"])
    references.number(label for label, _ in definitions)
    if not definitions:
        return []
    parent = SubElement(root, "section", {"class": "footnotes", "aria-label": "Chú thích"})
    ids = unique_anchors([f"fn-{references.numbers[label]}" for label, _ in definitions])
    notes = []
    for (label, text), anchor in zip(definitions, ids, strict=True):
        element = SubElement(parent, "p", {"class": "footnote", "id": anchor})
        element.text = _PARAGRAPHS.sub("  \n", text)
        notes.append(_Note(label, element))
    return notes


def _run_inline(md: Markdown, root: Element, *, signed: bool = True) -> None:
    # Most sentences of a plan have no marks at all, and need not be looked through for each.
    marked = Element(root.tag)
    marked.extend([block for block in root if _leave_plain(block, signed)])
    for processor in md.treeprocessors:
        processor.run(marked)
    for code in root.iter("code"):
        code.text = html.unescape(code.text or "")


def _leave_plain(block: Element, signed: bool) -> bool:
    """Tell Python-Markdown to leave alone what of `block` is plain text; whether it has more than that."""
    more = False
    for element in block.iter():
        for name in ("text", "tail"):
            if text := getattr(element, name):
                marked = _is_marked(text) or (not signed and marks.may_have(text))
                if marked and not is_tangled(text):
                    more = True
                else:
                    setattr(element, name, AtomicString(text))
    return more


def _is_marked(text: str) -> bool:
    """Whether `text` has anything that one of the inline patterns begins with."""
    return has_marks(text) or "*" in text or "_" in text or "\x02" in text or "  \n" in text


def _anchor(headings: list[Element]) -> list[TocEntry]:
    """Give the headings of prose their anchors, and ranks below h1; the table of contents."""
    shift = any(heading.tag == "h1" for heading in headings)
    titles = [" ".join("".join(heading.itertext()).split()) for heading in headings]
    anchors = unique_anchors([slug(title) or "muc" for title in titles])
    toc = []
    for heading, title, anchor in zip(headings, titles, anchors, strict=True):
        rank = min(int(heading.tag[1]) + shift, 6)
        heading.tag = f"h{rank}"
        heading.attrib |= {"class": "section", "id": anchor}
        _permalink(heading, anchor)
        toc.append(TocEntry(anchor, "", title, rank - 1))
    return toc


def _finish_notes(md: Markdown, notes: list[_Note]) -> list[Footnote]:
    """Put the mark before each note and the way back behind it; the notes without these."""
    references = cast(NoteReferences, md.inlinePatterns["note"])
    footnotes = []
    for label, element in notes:
        markup = _safe(md, _markup(md, element))
        inner = markup[markup.index(">") + 1 : markup.rindex("</")]
        footnotes.append(Footnote(element.get("id", ""), inner))
        number = references.numbers[label]
        mark = Element("span", {"class": "mark"})
        mark.text, mark.tail, element.text = superscript(number), f" {element.text or ''}", None
        element.insert(0, mark)
        if references.count[label] and element.get("id") == f"fn-{number}":
            element[-1].tail = f"{element[-1].tail or ''} "
            back = {"href": f"#fnref-{number}", "aria-label": "Trở lại"}
            SubElement(element, "a", back).text = "↩"
    return footnotes


def _cleaned(md: Markdown, root: Element) -> str:
    """The blocks of a plan as HTML that is safe."""
    if md.htmlStash.rawHtmlBlocks:
        # Block by block, so that a tag left open ends with the paragraph it stands in.
        return "\n".join(clean(_markup(md, block)) for block in root)
    for block in root:
        block.tail = "\n"
    markup = _markup(md, root).removeprefix("<div>").removesuffix("</div>").strip()
    return _safe(md, markup)


def _safe(md: Markdown, markup: str) -> str:
    """`markup` with nothing in it but what is allowed.

    Without raw HTML, links and images of the author's, all of it is ours and as it should be.
    """
    if md.htmlStash.rawHtmlBlocks or _LINKED.search(markup):
        return clean(markup)
    return markup


def _markup(md: Markdown, element: Element) -> str:
    """`element` as HTML, raw HTML of the author included."""
    # The standard library's serialiser, for Python-Markdown's takes "KH&GT;" for an entity.
    markup = tostring(element, encoding="unicode", method="html")
    for postprocessor in md.postprocessors:
        markup = postprocessor.run(markup)
    return markup.strip()
