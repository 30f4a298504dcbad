"""A department's own colours: `extra.brand` of mkdocs.yml as custom properties over site.css."""

import re
from collections.abc import Mapping

COLOURS = ("red", "red-deep", "yellow", "blue", "blue-deep")
_DARKER = {"red-deep": "red", "blue-deep": "blue"}
_HEX = re.compile(r"#[0-9a-fA-F]{6}")

# WCAG 2.2, 1.4.3: what is written on what, and the least ratio of the two.
_WRITTEN = (
    ("white", "red", 4.5),
    ("white", "blue", 4.5),
    ("yellow", "red", 4.5),
    ("yellow", "blue", 3.0),
)
_DEFAULTS = {"white": "#ffffff", "red": "#a80f1a", "yellow": "#ffd43b", "blue": "#123a73"}


def stylesheet(brand: Mapping[str, str]) -> str:
    """css/brand.css among the assets, for `brand`: name of a colour -> "#rrggbb"; deep shades may be left out.

    Raises ValueError with the remedy and the name it concerns: a name or a colour is wrong, or text
    would be illegible.
    """
    if not isinstance(brand, Mapping):
        raise ValueError('extra.brand: cần các màu theo tên, ví dụ {red: "#a80f1a"}', "")
    for name, colour in brand.items():
        if name not in COLOURS:
            raise ValueError(f"extra.brand: không có màu {name}; có {', '.join(COLOURS)}", name)
        if not _HEX.fullmatch(str(colour)):
            words = f'extra.brand.{name}: {colour} không phải màu; viết dạng "#a80f1a"'
            raise ValueError(words, name)
    colours = _DEFAULTS | dict(brand)
    for ink, ground, least in _WRITTEN:
        if contrast(colours[ink], colours[ground]) < least:
            pair = f"chữ {colours[ink]} trên nền {colours[ground]}"
            name = ground if ground in brand else ink
            raise ValueError(f"extra.brand: {pair} khó đọc; chọn nền đậm hơn", name)
    shades = {
        deep: f"color-mix(in srgb, {brand[plain]}, black 22%)"
        for deep, plain in _DARKER.items()
        if plain in brand and deep not in brand
    }
    lines = (f"  --brand-{name}: {colour};" for name, colour in {**brand, **shades}.items())
    return "\n".join((":root {", *lines, "}", ""))


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
