"""A sheet of outlines as SVG 1.1: numbers, colours and one escaped title, nothing else."""

import base64
import html
from typing import Any

_LETTERS = {"m": "M", "l": "L", "q": "Q", "c": "C", "z": "Z"}


def svg(sheet: dict[str, Any], emblem: bytes = b"") -> bytes:
    """The trimmed sheet, its ink in #rrggbb; the emblem is inside."""
    size = f'width="{sheet["width"]:g}" height="{sheet["height"]:g}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size}'
        f' viewBox="0 0 {sheet["width"]:g} {sheet["height"]:g}" role="img">',
        f"<title>{html.escape(sheet['title'])}</title>",
    ]
    parts += (
        f'<path fill="{layer["ink"]}" d="{_path(layer["path"])}"/>' for layer in sheet["layers"]
    )
    parts += (_image(picture, emblem) for picture in sheet["pictures"])
    return "".join([*parts, "</svg>\n"]).encode()


def _path(steps: list[list[Any]]) -> str:
    return "".join(_LETTERS[kind] + " ".join(f"{n:g}" for n in numbers) for kind, *numbers in steps)


def _image(picture: dict[str, float], emblem: bytes) -> str:
    kind = "png" if emblem.startswith(b"\x89PNG") else "svg+xml"
    box = " ".join(f'{key}="{picture[key]:g}"' for key in ("x", "y", "width", "height"))
    content = base64.b64encode(emblem).decode()
    return f'<image {box} xlink:href="data:image/{kind};base64,{content}"/>'
