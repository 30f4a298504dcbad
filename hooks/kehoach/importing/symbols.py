"""Fonts of signs: "ü" in Wingdings is a tick, "a" in Symbol an alpha.

Word keeps such a sign as w:sym, as a letter of its font, or in Unicode's private area (F000 + code).
Only the font tells which; the codes are those of the fonts that Windows brings.
"""

_GREEK = dict(zip("abcdefghiklmnopqrstuwxyz", "αβχδεφγηικλμνοπθρστυωξψζ", strict=True))
_SYMBOL = {ord(letter): greek for letter, greek in _GREEK.items()}
_SYMBOL |= {ord(c.upper()): g.upper() for c, g in _GREEK.items()}
_SYMBOL |= {0x2D: "-", 0xA3: "≤", 0xA5: "∞", 0xA8: "♦", 0xAB: "↔", 0xAE: "→", 0xB0: "°", 0xB1: "±"}
_SYMBOL |= {0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xCE: "∈", 0xD6: "√"}
_SYMBOL |= {0xDB: "⇔", 0xDE: "⇒", 0xE5: "∑"}
_WINGDINGS = {
    0x28: "☎",
    0x2A: "✉",
    0x46: "☞",
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x76: "❖",
}
_WINGDINGS |= {
    0x9F: "•",
    0xA7: "▪",
    0xA8: "□",
    0xAB: "★",
    0xD8: "➢",
    0xE0: "→",
    0xF0: "⇨",
    0xFB: "✗",
}
_WINGDINGS |= {0xFC: "✓", 0xFD: "☒", 0xFE: "☑"}
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0xA3: "□"}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}
_FONTS |= {name: {} for name in ("wingdings 3", "webdings", "zapfdingbats", "marlett")}


def is_font(font: str) -> bool:
    """Whether the letters of `font` are signs."""
    return font.strip().casefold() in _FONTS


def sign(font: str, code: int) -> str:
    """The Unicode character that `code` shows in `font`; "" where nobody knows.

    In a font of letters it is that of `code` itself; of the private use area, Wingdings'.
    """
    known = _FONTS.get(font.strip().casefold())
    if known is None:
        return chr(code) if code < 0xF000 else _WINGDINGS.get(code & 0xFF, "")
    low = code & 0xFF if code >= 0xF000 else code
    return " " if low == 0x20 else known.get(low, "")
