"""Whether an import is whole: the words of the file against those of the result, with their number.

The file's words are taken by another road than the one its reader goes: of a Word file every letter of
every part, by a parser that knows nothing of paragraphs and styles. What the result lacks must be among
what was left out, with a reason; what is neither there nor here is a loss.
"""

import contextlib
import html
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from kehoach.importing.manuscript import Block, Manuscript, Paragraph, visible
from kehoach.importing.package import Package
from kehoach.importing.understanding import Parts
from kehoach.records.body import outline
from kehoach.records.body.blocks import Shape, scan
from kehoach.records.body.inline import plain
from kehoach.records.body.numbers import Kind, number_at_start

Words = Counter[str]

_RAISED = str.maketrans(dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹", " "))
_WORD = re.compile(r"[^\W_]+")
# The roots of the parts of a Word file that hold letters (ECMA-376 part 1, 11.3), and where those are.
_TEXT = ("}t", "}delText")
_DRAWN = ("}t", "}v", "}pt")
_LETTERS: dict[str, tuple[str, ...]] = dict.fromkeys(
    ("document", "hdr", "ftr", "footnotes", "endnotes", "comments"), _TEXT
)
_LETTERS |= {"chartSpace": _DRAWN, "dataModel": _DRAWN}
_DRAWINGS = ("chart", "diagram")
_FORMULAS = ("}num", "}den", "}sup", "}sub", "}deg", "}e", "}mr")
_ENDS = ("}p", "}tab", "}br", "}cr", "}tc", "}ptab", *_FORMULAS)


@dataclass(slots=True)
class Proof:
    """The outcome of the count. `missing` and `added` are words, `numbers` pairs of signed and written."""

    source: int = 0
    result: int = 0
    left_out: int = 0
    missing: Words = field(default_factory=Counter)
    added: Words = field(default_factory=Counter)
    numbers: list[tuple[str, str]] = field(default_factory=list)
    counted: int = 0  # numbers of sections that are equal
    road: str = ""
    unit: str = "từ"

    @property
    def holds(self) -> bool:
        return not (self.missing or self.added or self.numbers)


def words(text: str) -> Words:
    """The words of `text`, whatever their case and whatever stands between them.

    Raised figures are no words: they call notes, whose words count by themselves.
    """
    return Counter(sequence(text))


def sequence(text: str) -> list[str]:
    """The words of `text`, in order."""
    composed = unicodedata.normalize("NFC", visible(text)).translate(_RAISED)
    return _WORD.findall(composed.casefold())


def letters_of(text: str) -> Words:
    """The letters and digits of `text`, for files that know no words, as a PDF does not."""
    composed = unicodedata.normalize("NFC", visible(text)).translate(_RAISED).casefold()
    return Counter(letter for letter in composed if letter.isalnum())


def prove(
    source: Words,
    road: str,
    manuscript: Manuscript,
    parts: Parts,
    body: str,
    unit: Callable[[str], Words] = words,
) -> Proof:
    """The proof for the Markdown `body`, made of `parts`, against the words `source`.

    `unit` is how the file was counted: by words, or by letters.
    """
    source = source + Counter()
    for raw, decoded in manuscript.words_decoded:
        _exchange(source, unit(raw), unit(decoded))
    if unit is words:
        for label in filter(None, _labels(manuscript)):
            source += words(label)
    result = words_of(body)
    for taken in parts.taken:
        result += words(taken.text)
    left = Counter[str]()
    if unit is not words:
        result = _recounted(result)
    for out in (*manuscript.left_out, *parts.left_out):
        if out.is_text:
            left += unit(out.text)
    proof = Proof(sum(source.values()), sum(result.values()), sum(left.values()), road=road)
    proof.unit = "từ" if unit is words else "chữ cái"
    told = result + left
    proof.missing, proof.added = _differ(source, told)
    written = _numbers_in(body)
    signed = next(
        (found for found in _signed([*parts.body, *parts.annexes]) if found == written),
        next(_signed([*parts.body, *parts.annexes])),
    )
    proof.counted = sum(a == b for a, b in zip(signed, written, strict=False))
    proof.numbers = [] if signed == written else _unequal(signed, written)
    return proof


def words_of(body: str) -> Words:
    """The words that a reader of the Markdown `body` sees, numbers included, notes once each."""
    found: Words = Counter()
    for block in scan(body):
        if block.number:
            found.update(words(block.number.written))
        if block.shape is Shape.TABLE:
            for line in (*block.lines[:1], *block.lines[2:]):
                found.update(words(plain(line.text.replace("\\|", " ").replace("|", " "))))
        elif block.shape is Shape.HTML:
            bare = re.sub(r"</?(?:strong|em|mark|sup|sub|s|a)\b[^>]*>", "", block.text)
            found.update(words(html.unescape(re.sub(r"<[^>]+>", " ", bare))))
        elif block.shape is not Shape.RULE:
            found.update(words(plain(re.sub(r"!\[[^\]]*\]\([^)]*\)", " ", block.text))))
    return found


def words_of_word(path: Path) -> Words:
    """Every word in the text parts of the Word file at `path`, deleted and hidden ones included.

    Of alternatives the first that says something counts. Raises ImportProblem for what is too large.
    """
    found: Words = Counter()
    package = Package(path)
    try:
        main = package.main()
        beside = [relation.target for relation in package.relations(main).values()]
        drawn = [of.target for _, of in package.all_relations() if of.kind.startswith(_DRAWINGS)]
        for name in {main, *beside, *drawn}:
            if name in package and name.endswith(".xml"):
                found.update(words(_letters(package.data(name))))
    finally:
        package.close()
    return found


class _NoLetters(Exception):
    """Raised at the root of a part that is no text."""


class _Letters:
    """Letters of one part, by expat's events."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.letters: tuple[str, ...] | None = None  # where they are, once the root is known
        self.takes = False
        self.skipped = 0  # depth of fallbacks that are not taken
        self.alternatives: list[
            bool
        ] = []  # of each open alternative, whether a choice said something

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.letters is None:
            self.letters = _LETTERS.get(name.rpartition("}")[2], ())
            if not self.letters:
                raise _NoLetters
        if name.endswith("}AlternateContent"):
            self.alternatives.append(False)
        elif self.alternatives and name.endswith("}Fallback"):
            self.skipped += self.skipped > 0 or self.alternatives[-1]
        elif self.skipped:
            return
        elif self.letters and name.endswith(self.letters):
            self.takes = True
            if self.alternatives:
                self.alternatives[:] = [True] * len(self.alternatives)
        elif name.endswith("}noBreakHyphen"):
            self.parts.append("-")
        elif name.endswith("}textpath"):  # WordArt
            self.parts.append(f" {attributes.get('string', '')} ")
        elif name.endswith(_ENDS):
            self.parts.append(" ")

    def end(self, name: str) -> None:
        if name.endswith("}AlternateContent"):
            self.alternatives.pop()
        elif name.endswith("}Fallback") and self.skipped:
            self.skipped -= 1
        elif self.letters and name.endswith(self.letters):
            self.takes = False
            if self.letters is _DRAWN:
                self.parts.append(" ")
        elif name.endswith("}p") and not self.skipped:
            self.parts.append("\n")

    def text(self, data: str) -> None:
        if self.takes and not self.skipped:
            self.parts.append(data)


def _letters(raw: bytes) -> str:
    letters = _Letters()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = letters.start
    parser.EndElementHandler = letters.end
    parser.CharacterDataHandler = letters.text
    with contextlib.suppress(
        expat.ExpatError, _NoLetters
    ):  # a part that is broken has no reader either
        parser.Parse(raw, True)
    return "".join(letters.parts)


def _recounted(found: Words) -> Words:
    """Words as letters."""
    letters: Words = Counter()
    for word, count in found.items():
        for letter in word:
            letters[letter] += count
    return letters


def _exchange(source: Words, raw: Words, decoded: Words) -> None:
    source.subtract(raw)
    source.update(decoded)


def _labels(manuscript: Manuscript) -> Iterable[str]:
    return (paragraph.label for paragraph in manuscript.paragraphs())


def _signed(blocks: list[Block]) -> Iterator[list[str]]:
    """The numbers that `blocks` begin with, each by itself, and those that are one in their series."""
    lines = [block.line for block in blocks if isinstance(block, Paragraph)]
    yield [found[0].written for line in lines if (found := number_at_start(line))]
    yield _numbers_in("\n\n".join(lines))


def _numbers_in(body: str) -> list[str]:
    sections = outline(body).sections
    return [s.number for s in sections if s.number and s.kind is not Kind.ANNEX]


def _unequal(signed: list[str], written: list[str]) -> list[tuple[str, str]]:
    pairs = [
        (signed[i] if i < len(signed) else "", written[i] if i < len(written) else "")
        for i in range(max(len(signed), len(written)))
    ]
    return [(one, other) for one, other in pairs if one != other][:20]


def _differ(source: Words, told: Words) -> tuple[Words, Words]:
    """The words that each has more than the other; those that are only cut elsewhere count as equal."""
    missing, added = source - told, told - source
    if missing and Counter("".join(missing.elements())) == Counter("".join(added.elements())):
        return Counter(), Counter()
    return missing, added
