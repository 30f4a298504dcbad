"""The outline of a body: its sections in their tree, with their anchors, and what it points to."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import NamedTuple

from kehoach.records.body import annexes, marks
from kehoach.records.body.blocks import SECTIONS, Block, Shape, scan
from kehoach.records.body.inline import attributes, plain, target_of, tokens
from kehoach.records.body.numbers import Kind, Number, step
from kehoach.records.body.references import keys, unnamed
from kehoach.records.text import slug

# A chapter ends an article, and whatever else is named and lower.
_RANKS = {
    kind: rank
    for rank, kind in enumerate(
        (Kind.PART, Kind.CHAPTER, Kind.DIVISION, Kind.SUBDIVISION, Kind.ARTICLE)
    )
}
_TITLE = 120  # characters of a numbered paragraph that stand for it


class Section(NamedTuple):
    """A numbered section or a heading, without the sections below it."""

    index: int  # type: ignore[assignment]  # its place in `Outline.sections`; tuple.index is not used
    parent: int | None
    level: int  # depth in the tree, from 1
    number: str  # as signed: "II.", "1.6.", "đ)"; "" where a heading has none
    kind: Kind
    ordinal: int | None  # the number's place in its series; None for f), j), w), z) and no number
    ref: str  # "II.3.đ", "Phụ lục I, 2"; "" where a heading has no number
    anchor: str  # "ii-3-dd"
    aliases: tuple[str, ...]  # further anchors: "1-6" where one section of the text is 1.6
    title: str  # plain text of the heading, or the beginning of the numbered paragraph
    heading: bool
    line: int
    column: int
    text: str  # plain text of the section, its title included, its number not


class Mention(NamedTuple):
    """A link, an image or a note in the body, in Markdown or in HTML; `text` is what the reader sees
    of it, "" of a link in HTML."""

    target: str
    text: str
    line: int
    column: int


@dataclass(frozen=True)
class Outline:
    """The sections of a body in their order, and what it points to."""

    sections: tuple[Section, ...]
    preamble: str  # plain text before the first section
    links: tuple[Mention, ...]
    images: tuple[Mention, ...]
    footnote_refs: tuple[Mention, ...]
    footnote_defs: tuple[Mention, ...]

    def find(self, ref: str) -> Section | None:
        """The section meant by "II.3.đ", "mục II.1.6", "khoản 1 Điều 2", "Phụ lục I, mục 2", "1.6",
        "ii-3-dd"; the first of several."""
        found = (self._by_ref.get(key) or self._in_attached(key) for key in keys(ref))
        return next(filter(None, found), None) or self._unnumbered.get(slug(ref))

    def _in_attached(self, key: str) -> Section | None:
        """The section of that article in the one attached document that has it: a decision of three
        articles issues regulations whose Điều 5 people call Điều 5."""
        if not key.startswith("dieu-"):
            return None
        anchors = (f"{annex.anchor}-{key}" for annex in self.annexes)
        found = [section for anchor in anchors if (section := self._by_ref.get(anchor))]
        return found[0] if len(found) == 1 else None

    @cached_property
    def annexes(self) -> tuple[Section, ...]:
        """The annexes of the document; what is in each, `within` tells."""
        return tuple(section for section in self.sections if section.kind is Kind.ANNEX)

    def within(self, section: Section) -> tuple[Section, ...]:
        """`section` and all sections below it."""
        end = section.index + 1
        while end < len(self.sections) and self.sections[end].level > section.level:
            end += 1
        return self.sections[section.index : end]

    def text_of(self, section: Section) -> str:
        """The plain text of `section` and of all sections below it."""
        return "\n".join(part.text for part in self.within(section))

    def siblings(self) -> list[tuple[Section, ...]]:
        """The numbered sections, those that count up together in one group."""
        groups: dict[tuple[int | None, Kind, int], list[Section]] = {}
        annex = None
        for section in self.sections:
            if section.kind is Kind.ANNEX:
                annex = section.index
            if section.number:
                # Articles are counted through all chapters.
                parent = annex if section.kind is Kind.ARTICLE else section.parent
                series = parent, section.kind, section.number.strip(".").count(".")
                groups.setdefault(series, []).append(section)
        return [tuple(group) for group in groups.values()]

    @cached_property
    def _by_ref(self) -> dict[str, Section]:
        anchors = {section.anchor: section for section in self.sections}
        aliases = {alias: section for section in self.sections for alias in section.aliases}
        written = (section for section in reversed(self.sections) if section.ref)
        refs = {unnamed(section.ref): section for section in written}
        return refs | aliases | anchors

    @cached_property
    def _unnumbered(self) -> dict[str, Section]:
        return {section.anchor: section for section in self.sections if not section.number}


def outline(source: str, *, first_line: int = 1, signed: bool = True) -> Outline:
    """The outline of the Markdown `source`, whose first line is number `first_line` of its file.

    Plans are `signed`: their numbers make sections. In prose only headings do.
    """
    blocks = scan(source, first_line=first_line, signed=signed)
    return outline_of(blocks, plain if signed else marks.plain)


def outline_of(blocks: list[Block], plain: Callable[[str], str] = plain) -> Outline:
    """The outline of scanned blocks; its sections are the blocks of `SECTIONS`, in order, its words
    what `plain` makes of them."""
    nodes = _tree((block for block in blocks if block.shape in SECTIONS), plain)
    anchors = unique_anchors([node.anchor for node in nodes])
    aliases = _aliases(nodes, set(anchors))
    preamble, *texts = _texts(blocks, plain)
    titles = _titles(blocks)
    sections = tuple(
        Section(
            index=index,
            parent=node.parent,
            level=node.level,
            number=node.number.written if node.number else "",
            kind=node.number.kind if node.number else Kind.UNNUMBERED,
            ordinal=node.number.ordinal if node.number else None,
            ref=_ref(node),
            anchor=anchors[index],
            aliases=aliases[index],
            title=titles[index] or _title(node.block, plain),
            heading=node.block.shape is not Shape.NUMBERED,
            line=node.block.start.number,
            column=node.block.start.column,
            text=texts[index],
        )
        for index, node in enumerate(nodes)
    )
    return Outline(sections, preamble, **_mentions(blocks))


def unique_anchors(anchors: list[str]) -> list[str]:
    """`anchors` with -2, -3 … behind those that repeat; a suffix never makes another's anchor."""
    taken: set[str] = set()
    natural = set(anchors)
    following: Counter[str] = Counter()
    unique = []
    for anchor in anchors:
        candidate = anchor
        while candidate in taken or (candidate != anchor and candidate in natural):
            following[anchor] += 1
            candidate = f"{anchor}-{following[anchor] + 1}"
        taken.add(candidate)
        unique.append(candidate)
    return unique


@dataclass(slots=True)
class _Node:
    """A section on its way: `series` is the kind of its number and how many parts that has,
    `depth` the number of # of a heading, 0 of a numbered paragraph."""

    block: Block
    index: int
    number: Number | None
    series: tuple[Kind, int]
    depth: int
    parent: int | None = None
    level: int = 1
    ref: tuple[str, ...] = ()
    path: tuple[str, ...] = ()

    @classmethod
    def of(cls, block: Block, index: int) -> "_Node":
        number = block.number
        series = (number.kind, len(number.parts)) if number else (Kind.UNNUMBERED, 0)
        return cls(block, index, number, series, len(block.mark))

    @property
    def anchor(self) -> str:
        return "-".join(self.path)

    @property
    def is_annex(self) -> bool:
        return self.series[0] is Kind.ANNEX

    def belongs_to(self, above: "_Node") -> bool:
        """Whether this is 1.1 and `above` is 1."""
        return (
            self.number is not None
            and above.number is not None
            and self.number.kind is Kind.DOTTED
            and self.number.parts[:-1] == above.number.parts
        )

    def ends(self, above: "_Node") -> bool:
        """Whether this section ends the open section `above` rather than standing in it.

        Numbers go by their kind: one that is open already is counted on; 1.1 ends whatever is not
        its 1. Headings without a number go by their depth. An annex ends all that is before it.
        """
        if self.is_annex or above.is_annex:
            return self.is_annex
        if self.series[0] in _RANKS and above.series[0] in _RANKS:
            return _RANKS[self.series[0]] <= _RANKS[above.series[0]]
        if self.number is None:
            return not 0 < above.depth < self.depth
        if above.number is None:
            return 0 < self.depth <= above.depth
        return self.series == above.series


def _tree(blocks: Iterable[Block], plain: Callable[[str], str]) -> list[_Node]:
    nodes: list[_Node] = []
    opened: list[_Node] = []
    for index, block in enumerate(blocks):
        node = _Node.of(block, index)
        kept = next((place for place, above in enumerate(opened) if node.ends(above)), None)
        if kept is None:
            own = (place + 1 for place, above in enumerate(opened) if node.belongs_to(above))
            kept = max(own, default=len(opened))
        del opened[kept:]
        above = opened[-1] if opened else None
        node.parent = above.index if above else None
        node.level = len(opened) + 1
        if node.number is None:
            node.path = (slug(plain(block.text)) or "muc",)
        else:
            base = above
            if (
                node.number.kind is Kind.ARTICLE
            ):  # known by its number alone, whatever chapter it is in
                base = next((other for other in opened if other.is_annex), None)
            node.ref = _joined(base.ref if base else (), node.number.parts)
            steps = tuple(map(step, node.number.parts))
            node.path = _joined(base.path if base else (), steps)
        opened.append(node)
        nodes.append(node)
    return nodes


def _joined(above: tuple[str, ...], parts: tuple[str, ...]) -> tuple[str, ...]:
    """`parts` below `above`, less those that `above` ends with: II.1 and 1.6 make II.1.6."""
    for shared in range(len(parts) - 1, 0, -1):
        if above[-shared:] == parts[:shared]:
            return above + parts[shared:]
    return above + parts


def _ref(node: _Node) -> str:
    """The numbers of a section and of all it stands in, as people write them."""
    first, *rest = node.ref or ("",)
    if rest and first.lower().startswith("phụ lục"):
        return f"{first}, {'.'.join(rest)}"
    return ".".join(node.ref)


def _aliases(nodes: list[_Node], anchors: set[str]) -> list[tuple[str, ...]]:
    outside = takewhile(lambda node: not node.is_annex, nodes)
    dotted = [
        "-".join(node.number.parts) if node.number and node.series[1] > 1 else ""
        for node in outside
    ]
    dotted += [""] * (len(nodes) - len(dotted))
    count = Counter(dotted)
    return [(name,) if name and count[name] == 1 and name not in anchors else () for name in dotted]


def _title(block: Block, plain: Callable[[str], str]) -> str:
    if block.shape is Shape.HEADING:
        return plain(block.text)
    first = next((line.text for line in block.lines if line.text), "")
    title = plain(first)
    if len(title) <= _TITLE:
        return title
    return title[:_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def _titles(blocks: list[Block]) -> list[str]:
    """The title of each annex, which the paragraphs behind its name tell; "" for other sections."""
    found = []
    for index, block in enumerate(blocks):
        if block.shape is Shape.ANNEX:
            behind = takewhile(lambda b: b.shape is Shape.PARAGRAPH, blocks[index + 1 : index + 9])
            lines = (line.text for block in behind for line in block.lines)
            found.append(" ".join(map(plain, [block.text, *annexes.titles(lines)])).strip())
        elif block.shape in SECTIONS:
            found.append("")
    return found


def _texts(blocks: list[Block], plain: Callable[[str], str]) -> Iterator[str]:
    """The plain text before the first section, then that of each section."""
    parts: list[str] = []
    for block in blocks:
        if block.shape in SECTIONS:
            yield "\n".join(parts)
            parts = []
        if block.shape is not Shape.NOTE and (text := _plain(block, plain)):
            parts.append(text)
    yield "\n".join(parts)


def _plain(block: Block, plain: Callable[[str], str]) -> str:
    if block.shape is Shape.CODE:
        return block.text
    if block.shape is Shape.TABLE:
        rows = [line.text.replace("|", " ") for line in block.lines[:1] + block.lines[2:]]
        return "\n".join(map(plain, rows))
    return plain(block.text)


def _mentions(blocks: list[Block]) -> dict[str, tuple[Mention, ...]]:
    found: dict[str, list[Mention]] = {
        "links": [],
        "images": [],
        "footnote_refs": [],
        "footnote_defs": [],
    }
    for block in blocks:
        if block.shape is Shape.NOTE:
            place = block.start.number, block.start.column
            found["footnote_defs"].append(Mention(block.mark, plain(block.text), *place))
        if block.shape is Shape.CODE:
            continue
        marked = list(tokens(block.text))
        locate = block.places() if marked else None
        for token in marked:
            assert locate
            place = locate(token.start())
            if token["tag"]:
                for kind, target, text in _pointed_to(token):
                    found[kind].append(Mention(target, text, *place))
            elif block.shape is Shape.HTML:
                continue
            elif token["label"]:
                found["footnote_refs"].append(Mention(token["label"], "", *place))
            elif token["address"]:
                found["links"].append(Mention(token["address"], token["address"], *place))
            elif token["target"] is not None:
                kind = "images" if token["bang"] else "links"
                found[kind].append(Mention(target_of(token), plain(token["text"]), *place))
    return {kind: tuple(mentions) for kind, mentions in found.items()}


def _pointed_to(token: re.Match[str]) -> Iterator[tuple[str, str, str]]:
    """Where a tag of HTML leads or what it shows: the kind, the target, the words."""
    tag = token["tag"].lower()
    if tag not in ("a", "img"):
        return
    values = dict(reversed(list(attributes(token[0]))))  # of two of a name the first counts
    if tag == "a" and values.get("href"):
        yield "links", values["href"].strip(), ""
    if tag == "img":
        yield "images", values.get("src", "").strip(), values.get("alt", "")
