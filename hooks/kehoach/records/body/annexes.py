"""The annexes that follow a document's signature, and documents that are issued with it.

Decree 30/2020/NĐ-CP, Appendix I, III.1: the word "Phụ lục" with its number in a line of its own, below
it the title, below that "(Kèm theo …)"; a document issued with another begins with its own name.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from kehoach.records.body.inline import plain
from kehoach.records.body.numbers import Kind, Number, number_at_start

_NAMED = re.compile(
    r"(?P<hash>#{1,6}\s+)?[*_]{0,3}"
    r"(?P<label>(?P<word>PHỤ LỤC|Phụ lục)(?:\s+(?:số\s+|SỐ\s+)?(?P<count>[IVX]+|[0-9]{1,2}|[A-ZĐ]))?)"
    r"[*_]{0,3}(?P<end>\s*[.:]|\s+[-–](?=\s))?[*_]{0,3}\s*(?P<title>.*)$"
)
_ATTACHED = re.compile(r"[*_]{0,3}\((?:Ban hành kèm|Kèm)\s+theo\b", re.IGNORECASE)
_LINES = 6  # of a title
_LONGEST = 200  # characters of a line of it


class Name(NamedTuple):
    """The name of an annex, and the title in the same line; "" for none."""

    label: str
    number: Number
    title: str


def named(text: str, *, first: bool) -> Name | None:
    """The annex that the line `text` begins; `first` in its paragraph, unless all is in capitals.

    "Phụ lục I kèm theo Kế hoạch này …" begins none.
    """
    match = _NAMED.match(text)
    if match is None:
        return None
    heading, title = bool(match["hash"]), match["title"].strip("*_ ")
    capitals = match["word"].isupper()
    if title and not (match["end"] and (heading or is_in_capitals(title))):
        return None
    if not (heading or first or capitals):
        return None
    label = " ".join(match["label"].split())
    return Name(label, _numbered(label, match["count"]), match["title"].lstrip())


def titled(text: str, following: Iterable[str], *, last: int) -> Name | None:
    """The annex that the line `text` names and titles: "Phụ lục II. Biểu thống kê", after number `last`.

    It stands alone, and is not one of a list of annexes.
    """
    match = _NAMED.match(text)
    if match is None or not (match["count"] and match["end"]) or not _may_be_title(match["title"]):
        return None
    name = Name(match["label"], _numbered(match["label"], match["count"]), match["title"].lstrip())
    below = next(following := iter(following), "")
    after = below or next((line for line in following if line), "")
    alone = not below or is_note(below)
    if name.number.ordinal != last + 1 or not alone or not after or _NAMED.match(after):
        return None
    return name


def attached(text: str, following: Iterable[str]) -> Name | None:
    """The document that the line `text` begins: a name in capitals, its title, "(Kèm theo …)"."""
    if not is_in_capitals(text) or is_note(text) or text[0] in "->+|<`":
        return None
    for line in islice((line for line in following if line), _LINES):
        if is_note(line):
            label = plain(text.lstrip("# "))
            return Name(label, _numbered(label, None), "")
        if not _may_be_title(line):
            return None
    return None


def _may_be_title(line: str) -> bool:
    begins = line[:1].isalpha() or line[:1] in set("*_“(")
    ends = line.rstrip("*_ ").endswith((".", ";", ":", ","))
    return begins and not ends and len(line) <= _LONGEST and not number_at_start(line)


def is_note(text: str) -> bool:
    """Whether `text` says what an annex goes with: "(Kèm theo Kế hoạch số …)"."""
    return bool(_ATTACHED.match(text))


def is_in_capitals(text: str) -> bool:
    """Whether `text` is a title in capitals that no number begins."""
    return text.isupper() and sum(map(str.isalpha, text)) > 2 and not number_at_start(text)


def titles(lines: Iterable[str]) -> Iterator[str]:
    """Of the paragraphs behind an annex's name those that are its title: all before "(Kèm theo …)", else
    what is in bold or in capitals."""
    behind = list(islice(lines, _LINES))
    noted = next((place for place, line in enumerate(behind) if is_note(line)), 0)
    if all(map(_may_be_title, behind[:noted])):
        yield from behind[:noted]
    for line in behind[noted:]:
        if is_note(line) or not (_is_bold(line) or is_in_capitals(line)):
            return
        yield line


def _is_bold(text: str) -> bool:
    return (
        len(text) > 4 and text.startswith("**") and text.endswith("**") and "**" not in text[2:-2]
    )


def _numbered(label: str, count: str | None) -> Number:
    found = number_at_start(f"{count}.") if count else None
    ordinal = found[0].ordinal if found else ord(count) - 64 if count and count < "Z" else None
    return Number(label, Kind.ANNEX, (label,), ordinal)
