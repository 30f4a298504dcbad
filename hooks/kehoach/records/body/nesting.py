"""The nesting of prose: items of lists, notes beside the text and definitions that lines stand in.

Authors indent by the text of the item above (CommonMark 5.2), by two spaces or by four, and begin a
list right below a line of text (5.3); all of these mean the same.
"""

import re
from enum import Enum, auto
from typing import NamedTuple

from kehoach.records.body.callouts import OPENING

STEP = 4  # spaces: by so many more a line is code (CommonMark 4.4), and no mark begins anything
_SLIP = 2  # spaces from the mark of an item on; by fewer a line stands beside it
RULE = r"([-*_])(?:[ \t]*\1){2,}\s*$"  # CommonMark 4.1
_ITEM = re.compile(
    rf"(?!{RULE})(?:(?P<bullet>[-+*])|(?P<count>\d{{1,9}})[.)])(?:[ \t]+(?=\S)|[ \t])"
)
_OPENING = re.compile(OPENING)
_DEFINITION = re.compile(r":[ ]{1,3}(?=\S)")
_DEEPEST = 20  # levels; below it the words stay, the nesting goes


class Holder(Enum):
    """The kinds of blocks that lines may stand in."""

    BULLET = auto()
    COUNT = auto()
    CALLOUT = auto()
    DEFINITION = auto()


ITEMS = frozenset({Holder.BULLET, Holder.COUNT})


class Opening(NamedTuple):
    """How a line begins one: its mark ("-", "12"), and the width of that and of the spaces behind."""

    holder: Holder
    mark: str
    width: int


class _Open(NamedTuple):
    holder: Holder
    inside: int  # the least indent of what stands in it
    text: int  # the column, from 0, where its own text begins


class Nesting:
    """The blocks that are open at a line of prose, from the outside in."""

    def __init__(self) -> None:
        self._open: list[_Open] = []

    @property
    def holders(self) -> tuple[Holder, ...]:
        return tuple([one.holder for one in self._open])

    def depth(self, indent: int) -> int:
        """How many of them hold a line that begins behind `indent` spaces."""
        outside = (at for at, one in enumerate(self._open) if indent < one.inside)
        return min(next(outside, len(self._open)), _DEEPEST)

    def text_column(self, depth: int) -> int:
        """Where text begins at `depth`, in columns from 0."""
        return self._open[depth - 1].text if depth else 0

    def is_in_item(self, depth: int) -> bool:
        """Whether what stands at `depth` stands right in an item of a list."""
        return depth > 0 and self._open[depth - 1].holder in ITEMS

    def goes_on(self, depth: int) -> bool:
        """Whether a line of text at `depth` may go on with a paragraph: only items let it be lazy
        (CommonMark 5.2)."""
        return all(one.holder in ITEMS for one in self._open[depth:])

    def opening(self, text: str, depth: int, *, in_text: bool) -> Opening | None:
        """The opening that `text`, at `depth`, begins with, if it does. Right below a line of text only a 1
        begins a list that counts (CommonMark 5.3)."""
        if item := _ITEM.match(text):
            holder = Holder.BULLET if item["bullet"] else Holder.COUNT
            beside = [one.holder for one in self._open[depth : depth + 1]] == [holder]
            ends_text = holder is Holder.BULLET or int(item["count"]) == 1
            if ends_text or beside or not in_text:
                return Opening(holder, item["bullet"] or item["count"], item.end())
            return None
        if _OPENING.match(text):
            return Opening(Holder.CALLOUT, "", STEP)
        if found := _DEFINITION.match(text):
            return Opening(Holder.DEFINITION, ":", found.end())
        return None

    def open(self, opening: Opening, indent: int, depth: int) -> None:
        """Open what begins behind `indent` spaces at `depth`, in place of what was open there."""
        inside = indent + (STEP if opening.holder is Holder.CALLOUT else _SLIP)
        if not depth:  # what is four spaces from the margin stands in it, wherever its mark stands
            inside = min(inside, STEP)
        self._open[depth:] = [_Open(opening.holder, inside, indent + opening.width)]

    def close(self, depth: int) -> None:
        """Close what is open from `depth` on."""
        del self._open[depth:]


def count(text: str) -> int | None:
    """The number that `text` begins with if it looks like an item of a list that counts."""
    item = _ITEM.match(text)
    return int(item["count"]) if item and item["count"] else None
