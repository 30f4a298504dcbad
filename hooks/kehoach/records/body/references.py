"""The ways in which people name a section: "II.3.đ", "mục II.3", "khoản 1 Điều 2", "Phụ lục I, mục 2", "ii-3-dd"."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import product

from kehoach.records.text import fold

# From the whole to its parts; what a name's number is called in an anchor, "" for the number alone.
_NAMES = {
    "phụ lục": "phu-luc",
    "phần": "phan",
    "chương": "chuong",
    "mục": "",
    "tiểu mục": "tieu-muc",
    "điều": "dieu",
    "khoản": "",
    "điểm": "",
    "bước": "buoc",
}
_RANKS = {name: rank for rank, name in enumerate(_NAMES)}
_OTHERS = {"mục": "muc", "phần": "", "điểm": "", "khoản": ""}  # how else the number may be known
_NAMED = re.compile(rf"(?<!\w)(?P<name>{'|'.join(_NAMES)})\s+(?P<count>(?:thứ\s+)?[\w.\-]+)\)?")

_LETTER = re.compile(r"(?<![^\W_])đ(?![^\W_])")  # the letter đ) and not that of a word


def keys(ref: str) -> Iterator[str]:
    """The anchors that `ref` may mean, the likeliest first."""
    written = unicodedata.normalize("NFC", ref).strip().casefold()
    named = list(_NAMED.finditer(written))
    if named:
        parts = [(match["name"], unnamed(match["count"])) for match in named]
        parts.sort(key=lambda part: _RANKS[part[0]])  # "khoản 1 Điều 2" is Điều 2, khoản 1
        before, behind = unnamed(written[: named[0].start()]), unnamed(written[named[-1].end() :])
        forms = [_forms(name, count) for name, count in parts]
        for way in product(*forms):
            yield "-".join(filter(None, (before, *way, behind)))
    yield unnamed(written)


def name_of(ref: str) -> str:
    """`ref` in a sentence: "mục II.3", "khoản 1 Điều 2"."""
    written = unicodedata.normalize("NFC", ref).strip()
    known = written.casefold().startswith(tuple(_NAMES))
    return written if known or not written[:1].isalnum() else f"mục {written}"


def unnamed(ref: str) -> str:
    """`ref` as an anchor is written: "II.3.đ" is "ii-3-dd", "Phụ lục I, 2" is "phu-luc-i-2"."""
    text = unicodedata.normalize("NFC", ref).casefold()
    return re.sub(r"[^a-z0-9]+", "-", fold(_LETTER.sub("dd", text))).strip("-")


def _forms(name: str, count: str) -> list[str]:
    first = f"{_NAMES[name]}-{count}".strip("-")
    others = [f"{_OTHERS[name]}-{count}".strip("-")] if name in _OTHERS else []
    return list(dict.fromkeys((first, *others)))
