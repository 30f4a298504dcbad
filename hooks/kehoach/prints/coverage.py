"""Which characters a font can draw: Typst leaves out a missing glyph without a word."""

import struct
import unicodedata
from functools import cache
from typing import Any

from kehoach.prints.typesetting import FONTS

TEXT, BANNER = "Tinos-Regular", "Anton-Regular"
SCREEN, LABEL = "BeVietnamPro-Regular", "BeVietnamPro-Bold"

# Typst needs no glyph for these: line ends, tab, joiners, marks of direction.
_UNSEEN = frozenset("\n\r\t\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")


def missing(text: str, font: str) -> list[str]:
    """The characters of `text` that `font` has no glyph for, in order of appearance, once each."""
    lacking = set(text) - characters(font) - _UNSEEN
    return sorted(lacking, key=text.index)


def drawable(value: Any, *fonts: str) -> Any:
    """`value`, which is JSON-able, with "□" or "?" for each character that one of `fonts` lacks: Typst
    refuses what an author has allowed."""
    if isinstance(value, str):
        lacking = {character for font in fonts for character in missing(value, font)}
        sign = "□" if all("□" in characters(font) for font in fonts) else "?"
        return value.translate(dict.fromkeys(map(ord, lacking), sign))
    if isinstance(value, list):
        return [drawable(item, *fonts) for item in value]
    if isinstance(value, dict):
        return {key: drawable(item, *fonts) for key, item in value.items()}
    return value


def named(character: str) -> str:
    """A character as a person can find it: `“😀” (U+1F600)`."""
    code = f"U+{ord(character):04X}"
    return f"“{character}” ({code})" if unicodedata.category(character)[0] not in "CM" else code


@cache
def characters(font: str) -> frozenset[str]:
    """The characters of a font file, from its `cmap` (OpenType 1.9, formats 4 and 12)."""
    data = (FONTS / f"{font}.ttf").read_bytes()
    count = struct.unpack_from(">H", data, 4)[0]
    records = (struct.unpack_from(">4s4xII", data, 12 + 16 * i) for i in range(count))
    start = next(offset for tag, offset, _ in records if tag == b"cmap")
    codes: set[int] = set()
    for i in range(struct.unpack_from(">H", data, start + 2)[0]):
        at = start + struct.unpack_from(">4xI", data, start + 4 + 8 * i)[0]
        kind = struct.unpack_from(">H", data, at)[0]
        if kind in _FORMATS:
            codes |= _FORMATS[kind](data, at)
    return frozenset(map(chr, codes))


def _format_4(data: bytes, at: int) -> set[int]:
    n = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends = struct.unpack_from(f">{n}H", data, at + 14)
    starts = struct.unpack_from(f">{n}H", data, at + 16 + 2 * n)
    spans = zip(starts, ends, strict=True)
    return {code for first, last in spans for code in range(first, last + 1)} - {0xFFFF}


def _format_12(data: bytes, at: int) -> set[int]:
    n = struct.unpack_from(">I", data, at + 12)[0]
    spans = (struct.unpack_from(">II", data, at + 16 + 12 * i) for i in range(n))
    return {code for first, last in spans for code in range(first, last + 1)}


_FORMATS = {4: _format_4, 12: _format_12}
