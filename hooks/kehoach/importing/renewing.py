"""A body that was brought in again: what did not change keeps its own Markdown."""

from difflib import SequenceMatcher

from kehoach.records.body.blocks import Block, scan
from kehoach.records.body.inline import plain
from kehoach.records.text import letters


def renewed(before: str, after: str) -> str:
    """`after` in the words, `before` in the Markdown of every block that both have."""
    old, new = _Chunks(before), _Chunks(after)
    parts: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, old.keys, new.keys, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(old.between(a, b))
        elif c < d:
            parts.append(new.between(c, d))
    return "\n\n".join(part.strip("\n") for part in parts)


class _Chunks:
    """The blocks of a body by what they say, and their lines."""

    def __init__(self, body: str) -> None:
        self.lines = body.split("\n")
        self.blocks = scan(body)
        self.keys = [_key(block) for block in self.blocks]

    def between(self, first: int, end: int) -> str:
        """The lines of the blocks from `first` to before `end`."""
        last = self.blocks[end - 1].end - 1
        return "\n".join(self.lines[self.blocks[first].start.number - 1 : last])


def _key(block: Block) -> str:
    number = block.number.written if block.number else ""
    return number + letters(plain(block.text)) or block.shape.name
