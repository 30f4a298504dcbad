"""The roles of the paragraphs of an administrative document, by their words and where they stand.

Decree 30/2020/NĐ-CP, Appendix I, II.5-7 and Appendix III: a decision names who decides, then its bases
in italics, then "QUYẾT ĐỊNH:"; a letter says whom it is to; an annex has a title and "(Kèm theo …)".
"""

import re
from collections.abc import Sequence
from itertools import chain, takewhile

from kehoach.records.body import annexes
from kehoach.records.body.blocks import SECTIONS, Block, Shape
from kehoach.records.body.inline import plain
from kehoach.records.body.model import Role

_OPERATIVE = re.compile(r"(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|NGHỊ QUYẾT)\s*:?")
_ADDRESSEE = "kính gửi"


def roles(blocks: Sequence[Block]) -> dict[int, Role]:
    """The roles of those of `blocks` that have one, by their places."""
    found = _of_the_head(blocks)
    for place, block in enumerate(blocks):
        if block.shape is Shape.ANNEX:
            found |= _of_an_annex(blocks, place)
    return found


def _of_the_head(blocks: Sequence[Block]) -> dict[int, Role]:
    head = list(takewhile(lambda block: block.shape not in SECTIONS, blocks))
    texts = {
        place: plain(block.text)
        for place, block in enumerate(head)
        if block.shape is Shape.PARAGRAPH
    }
    found = {
        place: Role.ADDRESSEE
        for place, text in texts.items()
        if text.casefold().startswith(_ADDRESSEE)
    }
    operative = next((place for place, text in texts.items() if _OPERATIVE.fullmatch(text)), None)
    if operative is None:
        return found
    based = False
    for place in (place for place in texts if place < operative and place not in found):
        based = based or not annexes.is_in_capitals(texts[place])
        found[place] = Role.BASIS if based else Role.AUTHORITY
    return found | {operative: Role.OPERATIVE}


def _of_an_annex(blocks: Sequence[Block], place: int) -> dict[int, Role]:
    """The title of the annex at `place`, and what it goes with."""
    found: dict[int, Role] = {}
    following = takewhile(lambda block: block.shape is Shape.PARAGRAPH, blocks[place + 1 :])
    behind = [[line.text for line in block.lines] for block in following]
    titles = len(list(annexes.titles(chain.from_iterable(behind))))
    for at, lines in enumerate(behind, place + 1):
        if annexes.is_note(lines[0]):
            return found | {at: Role.ATTACHED}
        titles -= len(lines)
        if titles < 0:
            return found
        found[at] = Role.TITLE
    return found
