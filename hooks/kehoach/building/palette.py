"""Material's palette: its colours by their names, its schemes, and what of one is not done here."""

from collections.abc import Iterator
from typing import Any

# What Material calls its colours (its palette's own values).
COLOURS = {
    "red": "#ef5552", "pink": "#e92063", "purple": "#ab47bd", "deep-purple": "#7e56c2",
    "indigo": "#4051b5", "blue": "#2094f3", "light-blue": "#02a6f2", "cyan": "#00bdd6",
    "teal": "#009485", "green": "#4cae4f", "light-green": "#8bc34b", "lime": "#cbdc38",
    "yellow": "#ffec3d", "amber": "#ffc105", "orange": "#ffa724", "deep-orange": "#ff6e42",
    "brown": "#795649", "grey": "#757575", "blue-grey": "#546d78", "black": "#000000",
    "white": "#ffffff",
}  # fmt: skip
BRAND = {"primary": "blue", "accent": "red"}  # of the palette -> of extra.brand
SCHEMES = {"default": "light", "slate": "dark"}
_PRESENT = ("toggle", "media")  # every page has its switch, and follows the reader's system

Fault = tuple[tuple[str | int, ...], str, str]


def first(palette: Any) -> dict[str, Any]:
    """The entry of `palette` that a reader sees first; empty where there is none."""
    found = palette[0] if isinstance(palette, list) and palette else palette
    return found if isinstance(found, dict) else {}


def faults(palette: Any) -> Iterator[Fault]:
    """The colours of `palette` that the site does not take: the keys that lead there, the fault, the remedy."""
    entries = palette if isinstance(palette, list) else [palette]
    for index, entry in enumerate(entries):
        where: tuple[str | int, ...] = (index,) if isinstance(palette, list) else ()
        if not isinstance(entry, dict):
            yield where, f"{entry} không phải một bảng màu", "ghi primary, accent, scheme"
            continue
        for name, value in entry.items():
            yield from _judge((*where, name), name, str(value))
            later = index and name in BRAND and value != first(palette).get(name)
            if later:
                yield (
                    (*where, name),
                    "trang có một bộ màu cho cả nền sáng và nền tối",
                    "bỏ dòng này: màu lấy ở bảng đầu tiên",
                )


def _judge(keys: tuple[str | int, ...], name: str, value: str) -> Iterator[Fault]:
    if name in BRAND and value not in COLOURS:
        hint = f'ghi màu ở extra.brand, ví dụ {{{BRAND[name]}: "#123a73"}}'
        yield keys, f"không có màu {value}", hint
    elif name == "scheme" and value not in SCHEMES:
        yield keys, f"không có nền {value}", f"ghi {' hoặc '.join(SCHEMES)}"
    elif name not in (*BRAND, *_PRESENT, "scheme"):
        yield keys, "không có thiết lập này", "bỏ dòng này"
