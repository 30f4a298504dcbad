"""`<abbr title>` around the abbreviations of a page."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from xml.etree.ElementTree import Element

_LEFT_ALONE = {"a", "abbr", "code", "pre"}


def explain(blocks: Iterable[Element], expansions: Mapping[str, str], starts: set[Element]) -> None:
    """Wrap each abbreviation in `blocks` where it comes first in a top-level section.

    `starts` are the blocks that begin such a section. The longest abbreviation wins, and only whole
    words are taken: `&` and letters are parts of words, and so is what a document number joins with
    / and - (254/KH-SKHCN has no KH in it).
    """
    if not expansions:
        return
    pattern = _pattern(tuple(expansions))
    seen: set[str] = set()
    for block in blocks:
        if block in starts:
            seen = set()
        _explain(block, pattern, expansions, seen)


@lru_cache(maxsize=4)
def _pattern(abbreviations: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(abbreviations, key=lambda text: (-len(text), text))
    by_letter: dict[str, list[str]] = {}
    for first, *rest in filter(None, map(str.split, longest_first)):
        others = map(re.escape, [first[1:], *rest])
        by_letter.setdefault(first[0], []).append(r"\s+".join(others))
    if not by_letter:
        return re.compile(r"(?!)")
    # What must not stand before is looked at behind the first letter: a pattern that begins with
    # letters is sought fast.
    words = "|".join(
        rf"{re.escape(letter)}(?<![\w&/-].)(?:{'|'.join(rests)})"
        for letter, rests in by_letter.items()
    )
    return re.compile(rf"(?:{words})(?![\w&]|[/-]\w)")


def _explain(
    element: Element, pattern: re.Pattern[str], expansions: Mapping[str, str], seen: set[str]
) -> None:
    if element.tag in _LEFT_ALONE:
        return
    children = list(element)
    element.text, wrapped = _wrap(element.text, pattern, expansions, seen)
    position = len(wrapped)
    element[:0] = wrapped
    for child in children:
        _explain(child, pattern, expansions, seen)
        child.tail, wrapped = _wrap(child.tail, pattern, expansions, seen)
        element[position + 1 : position + 1] = wrapped
        position += 1 + len(wrapped)


def _wrap(
    text: str | None, pattern: re.Pattern[str], expansions: Mapping[str, str], seen: set[str]
) -> tuple[str | None, list[Element]]:
    """`text` before its first new abbreviation, and the elements that follow, tails included."""
    wrapped: list[Element] = []
    if not text or text.isspace():
        return text, wrapped
    start = 0
    head = text
    for match in pattern.finditer(text):
        name = " ".join(match[0].split())
        if name in seen:
            continue
        seen.add(name)
        before = text[start : match.start()]
        if wrapped:
            wrapped[-1].tail = before
        else:
            head = before
        abbr = Element("abbr", {"title": expansions[name]})
        abbr.text, abbr.tail = match[0], text[match.end() :]
        wrapped.append(abbr)
        start = match.end()
    return head, wrapped
