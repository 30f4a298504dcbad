"""QR codes (ISO/IEC 18004) of level M, which lose 15 % of their squares and still are read."""

import re
from typing import Any

_QUIET = 4  # squares of white on every side (6.3.8)
_MASK = 0  # a reader takes any of the eight (7.8); to find the best one costs eight codes
_DARK = re.compile(b"\0+")
_DIGITS = bytes.maketrans(b"\0\xff", b"10")


def rows(text: str) -> list[bytes]:
    """The squares without quiet zone, a byte each: 0 is dark, 255 light; [] for ""."""
    if not text:
        return []
    import zxingcpp  # late: most builds need none of it

    kind = zxingcpp.BarcodeFormat.QRCode
    code = zxingcpp.create_barcode(text, kind, ec_level="M", data_mask=_MASK)
    image = memoryview(code.to_image(add_quiet_zones=False))
    size, content = image.shape[0], image.tobytes()
    return [content[at : at + size] for at in range(0, size * size, size)]


def modules(text: str) -> list[str]:
    """The same, a row a string of 0 and 1 (dark)."""
    return [row.translate(_DIGITS).decode() for row in rows(text)]


def drawing(text: str) -> dict[str, Any]:
    """The dark squares as one SVG `path` in a field of `size` squares, quiet zone included."""
    found = rows(text)
    runs = (
        (run.start() + _QUIET, y, run.end() - run.start())
        for y, row in enumerate(found, _QUIET)
        for run in _DARK.finditer(row)
    )
    path = "".join([f"M{x} {y}h{width}v1h-{width}z" for x, y, width in runs])
    return {"size": len(found) + 2 * _QUIET, "path": path}
