"""The pictures of a document as they go on paper."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from kehoach.prints.typesetting import PrintError, compile_one
from kehoach.records.body.model import Body
from kehoach.records.body.walking import pictures
from kehoach.records.document import Document

# Across 160 mm this is 300 dots an inch; what has more is made smaller.
MOST_DOTS = 1890
_LARGEST = 20 * 1024 * 1024
_WIDTH = 160 * 72 / 25.4  # points: a line of text (Decree 30/2020, Appendix I)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_NO_FILE = "không có tệp này"
_AS_THEY_ARE = {"PNG", "JPEG", "GIF", "WEBP"}  # what Typst reads itself


@dataclass(frozen=True, slots=True)
class Unprinted:
    """A picture that cannot go on paper: its source as written, and why."""

    source: str
    reason: str


def printable(body: Body, document: Document, content: Path) -> dict[str, bytes]:
    """The pictures of `body` that can be printed, by their sources; `content` is the folder of all."""
    return {
        source: made
        for source, made in _all(body, document, content)
        if not isinstance(made, Unprinted)
    }


def unprintable(body: Body, document: Document, content: Path) -> list[Unprinted]:
    """Those that cannot."""
    made = (made for _, made in _all(body, document, content))
    return [picture for picture in made if isinstance(picture, Unprinted)]


def digest(picture: bytes) -> str:
    return hashlib.sha256(picture).hexdigest()[:16]


def _all(body: Body, document: Document, content: Path) -> Iterator[tuple[str, bytes | Unprinted]]:
    for source in dict.fromkeys(picture.source for picture in pictures(body)):
        try:
            parts = urlsplit(source)
            if not (parts.scheme or parts.netloc):  # of another server's a rule of its own speaks
                yield source, _read(source, unquote(parts.path), document, content)
        except (ValueError, OSError):  # no address, or one that no file can have
            yield source, Unprinted(source, _NO_FILE)


def _read(source: str, path: str, document: Document, content: Path) -> bytes | Unprinted:
    base = "" if path.startswith("/") else dirname(document.file)
    file = content / normpath(join(base, path.lstrip("/")))
    if not file.resolve().is_relative_to(content.resolve()) or not file.is_file():
        return Unprinted(source, _NO_FILE)
    if file.stat().st_size > _LARGEST:
        return Unprinted(source, f"tệp nặng quá {_LARGEST // 1_048_576} MB")
    made = _made(file.read_bytes())
    return Unprinted(source, "không đọc được hình") if made is None else made


@lru_cache(maxsize=64)
def _made(raw: bytes) -> bytes | None:
    """The picture with no more dots than paper shows; None where it is none that can be printed."""
    if b"<svg" in raw[:4096]:
        return raw if _is_drawn(raw) else None
    from PIL import Image, UnidentifiedImageError  # late: most documents have no pictures

    try:
        with Image.open(BytesIO(raw)) as picture:
            picture.load()
            if picture.format in _AS_THEY_ARE and picture.width <= MOST_DOTS:
                return raw
            opaque = picture.mode in ("RGB", "L", "CMYK")
            picture.thumbnail((MOST_DOTS, MOST_DOTS * 2))
            out = BytesIO()
            if opaque:
                picture.convert("RGB").save(out, "JPEG", quality=88)
            else:
                picture.convert("RGBA").save(out, "PNG")
            return out.getvalue()
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None


def drawn(svg: bytes) -> bytes:
    """A drawing as a PNG of its own proportions, as wide as a page; raises PrintError."""
    wide, high = _proportions(svg)
    page = {"title": "", "width": _WIDTH, "height": _WIDTH * high / wide, "svg": list(svg)}
    return compile_one("picture", page, format="png", ppi=150)


def _proportions(svg: bytes) -> tuple[float, float]:
    """Width and height of a drawing in one unit (SVG 2, 8.2); 2 to 1 where it tells none."""
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError:
        return 2, 1
    box = [float(number) for number in _NUMBER.findall(root.get("viewBox", ""))]
    sides = [_NUMBER.match(root.get(name, "")) for name in ("width", "height")]
    found = [float(side[0]) for side in sides if side]
    wide, high = box[2:] if len(box) == 4 else found if len(found) == 2 else (2, 1)
    return (wide, high) if wide > 0 and high > 0 else (2, 1)


def _is_drawn(svg: bytes) -> bool:
    try:
        drawn(svg)
    except PrintError:
        return False
    return True
