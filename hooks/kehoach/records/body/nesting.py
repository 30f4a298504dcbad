"""Lists of prose as Python-Markdown reads them: what stands in an item is four spaces in.

Authors indent by the text of the item above (CommonMark 5.2), by two spaces or by four, and begin a
list right below a line of text (5.3); all of these mean the same and come out the same.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from kehoach.records.body.callouts import OPENING

_STEP = 4  # spaces; Python-Markdown's own
_RULE = r"(?!([-*_])(?:[ ]*\1){2,}[ ]*$)"
_ITEM = re.compile(rf"{_RULE}(?:(?P<bullet>[-*+])|(?P<count>\d{{1,9}})[.)])[ ]+(?=\S)")
_OPENING = re.compile(OPENING)
_DEFINITION = re.compile(r":[ ]{1,3}(?=\S)")
_DEEPEST = 20  # levels; below it the words stay, the nesting goes
_DEEPEST_QUOTE = 5  # quotes in quotes that are looked into


class _Open(NamedTuple):
    """What the lines below may stand in."""

    kind: str  # "bullet", "count", "callout" or "definition"
    inside: int  # the least indent of what stands in it
    text: int  # the column where its own text begins

    @property
    def is_item(self) -> bool:
        return self.kind in ("bullet", "count")


def nested(lines: Iterable[str]) -> list[str]:
    """`lines` of prose, without tabs and fences, with every list by four spaces a level."""
    return _Nesting(0).all(lines)


class _Nesting:
    def __init__(self, quotes: int) -> None:
        self.quotes = quotes
        self.kept: list[str] = []
        self.opened: list[_Open] = []
        self.in_text = False  # a paragraph, which the next line may go on with
        self.parted = False  # from the beginning of the last item, by an empty line
        self.first = 0  # how deep the first line since the last empty one stands
        self.quoted: list[str] = []

    def all(self, lines: Iterable[str]) -> list[str]:
        for line in (*lines, ""):
            self.take(line)
        return self.kept[:-1]

    def take(self, line: str) -> None:
        text = line.lstrip(" ")
        if not text:
            self.end_quote()
            self.part()
            return
        indent = len(line) - len(text)
        inside = (at for at, one in enumerate(self.opened) if indent < one.inside)
        depth = min(next(inside, len(self.opened)), _DEEPEST)
        above = self.opened[depth - 1] if depth else _Open("", 0, 0)
        far = indent - above.text >= _STEP and not above.is_item  # code, or a paragraph's next line
        if not far and text.startswith(">"):
            self.quote(text, depth)
            return
        self.end_quote()
        if not self.in_text and self.kept[-1:] in ([], [""]):
            self.first = depth
        if not far and (item := self.item(text, depth)):
            self.begin(item, text, indent, depth)
        elif not far and _OPENING.match(text):
            self.open(depth, _Open("callout", indent + _STEP, indent + _STEP), text)
        elif not far and (found := _DEFINITION.match(text)):
            self.kept.append(" " * _STEP * depth + text)
            self.opened[depth:] = [_Open("definition", indent + 2, indent + found.end())]
            self.in_text = self.parted = True
        else:
            self.go_on(line, text, indent - above.text, depth)

    def part(self) -> None:
        self.kept.append("")
        self.in_text, self.parted = False, True

    def item(self, text: str, depth: int) -> re.Match[str] | None:
        """The mark that `text` begins with, if it begins an item: only a 1 ends a paragraph."""
        found = _ITEM.match(text)
        if found and found["count"] and self.in_text and not self.is_sibling("count", depth):
            return found if int(found["count"]) == 1 else None
        return found

    def is_sibling(self, kind: str, depth: int) -> bool:
        return depth < len(self.opened) and self.opened[depth].kind == kind

    def begin(self, item: re.Match[str], text: str, indent: int, depth: int) -> None:
        kind = "bullet" if item["bullet"] else "count"
        below = depth == len(self.opened) and depth > 0 and self.opened[-1].is_item
        joined = self.is_sibling(kind, depth) or below
        if self.in_text and (self.parted or not joined or depth < self.first):
            self.part()
            self.first = depth
        mark = item["bullet"] or f"{item['count']}."
        self.kept.append(f"{' ' * _STEP * depth}{mark} {text[item.end() :]}")
        self.opened[depth:] = [_Open(kind, indent + 2, indent + item.end())]
        self.in_text, self.parted = True, False

    def open(self, depth: int, what: _Open, text: str) -> None:
        if self.in_text:
            self.part()
        self.kept.append(" " * _STEP * depth + text)
        self.opened[depth:] = [what]
        self.in_text = False

    def quote(self, text: str, depth: int) -> None:
        if depth < len(self.opened):
            self.end_quote()
        if self.in_text:
            self.part()
        del self.opened[depth:]
        self.in_text = False
        self.quoted.append(text[1:].removeprefix(" "))

    def end_quote(self) -> None:
        if not self.quoted:
            return
        margin = " " * _STEP * len(self.opened) + ">"
        inner = self.quoted
        if self.quotes < _DEEPEST_QUOTE:
            inner = _Nesting(self.quotes + 1).all(inner)
        self.kept += [f"{margin} {line}".rstrip() for line in inner]
        self.quoted = []
        self.in_text = True

    def go_on(self, line: str, text: str, extra: int, depth: int) -> None:
        """A line that begins nothing."""
        if not (self.in_text and all(one.is_item for one in self.opened[depth:])):
            del self.opened[depth:]
        if depth == 0:
            self.kept.append(line)
        else:
            code = extra if extra >= _STEP and not self.in_text else 0
            self.kept.append(" " * (_STEP * depth + code) + text)
        self.in_text = True
