"""The site's icons, drawn from the department's emblem, else from the theme's.

Who asks for them: browsers for /favicon.ico whatever a page says, phones for a page that is kept on
the home screen (apple-touch-icon), systems that install a site (manifest, W3C Web Application Manifest).
"""

import hashlib
import io
from collections.abc import Callable, Iterator
from typing import Any

from kehoach.prints.emblem import Emblem
from kehoach.prints.typesetting import THEME, compile_one

DRAWING = THEME.parent / "assets" / "img" / "emblem.svg"
FAVICON = "favicon.ico"
TOUCH = "apple-touch-icon.png"
SIZES = (192, 512)  # pixels, what a manifest should offer

_IN_ICO = (16, 32, 48)
_TOUCH_SIZE = 180
_AIR = 0.1  # a phone rounds the corners, so the emblem keeps away from them; part of the side


def address(size: int) -> str:
    """Where the picture of `size` pixels stands."""
    return f"bieu-tuong-{size}.png"


def icons(emblem: Emblem) -> Iterator[tuple[str, dict[str, Any], Callable[[bytes], bytes]]]:
    """The address of each icon, all it depends on besides the emblem's bytes, and who draws it of those."""
    name = emblem.name or hashlib.sha256(DRAWING.read_bytes()).hexdigest()[:16]
    for path, make in _MAKERS.items():
        yield path, {"icon": path, "emblem": name}, make


def source(emblem: Emblem) -> bytes:
    """The drawing that icons are made of: SVG or PNG."""
    return emblem.content or DRAWING.read_bytes()


def _favicon(drawing: bytes) -> bytes:
    from PIL import Image  # late: most builds need none of it

    made = io.BytesIO()
    with Image.open(io.BytesIO(_picture(drawing, 192))) as picture:
        picture.save(made, "ICO", sizes=[(side, side) for side in _IN_ICO])
    return made.getvalue()


def _touch(drawing: bytes) -> bytes:
    return _picture(drawing, _TOUCH_SIZE, ground="#ffffff")


def _small(drawing: bytes) -> bytes:
    return _picture(drawing, SIZES[0])


def _large(drawing: bytes) -> bytes:
    return _picture(drawing, SIZES[1])


def _picture(drawing: bytes, side: int, ground: str = "") -> bytes:
    """A PNG of `side` pixels; on a `ground`, which phones want, with air around the emblem."""
    air = side * _AIR if ground else 0
    square = [["m", 0, 0], ["l", side, 0], ["l", side, side], ["l", 0, side], ["z"]]
    page = {
        "title": "",
        "width": side,
        "height": side,
        "margin": 0,
        "layers": [{"ink": ground, "path": square}] if ground else [],
        "pictures": [{"x": air, "y": air, "width": side - 2 * air, "height": side - 2 * air}],
        "emblem": list(drawing),
    }
    return compile_one("sheet", page, format="png", ppi=72)


_MAKERS: dict[str, Callable[[bytes], bytes]] = {
    FAVICON: _favicon,
    TOUCH: _touch,
    address(SIZES[0]): _small,
    address(SIZES[1]): _large,
}
