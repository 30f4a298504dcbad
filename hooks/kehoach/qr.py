"""QR codes (ISO/IEC 18004) of level M, which lose 15 % of their squares and still are read."""

from itertools import groupby
from typing import Any

_QUIET = 4  # squares of white on every side (6.3.8)
_MASK = 0  # a reader takes any of the eight (7.8); to find the best one costs eight codes
_DIGITS = bytes.maketrans(b"\0\xff", b"10")


def rows(text: str) -> list[bytes]:
    """The squares without quiet zone, a byte each: 0 is dark, 255 light; [] for ""."""
    if not text:
        return []
    import zxingcpp  # late: most builds need none of it

    kind = zxingcpp.BarcodeFormat.QRCode
    code = zxingcpp.create_barcode(text, kind, ec_level="M", data_mask=_MASK)
    # Its stub leaves out that the image is a buffer.
    image = memoryview(code.to_image(add_quiet_zones=False))  # type: ignore[arg-type]
    size, content = len(image), image.tobytes()
    return [content[at : at + size] for at in range(0, size * size, size)]


def modules(text: str) -> list[str]:
    """The same, a row a string of 0 and 1 (dark)."""
    return [row.translate(_DIGITS).decode() for row in rows(text)]


def drawing(text: str) -> dict[str, Any]:
    """The dark squares as one SVG `path` of strokes one square wide, in a field of `size` squares
    that has its quiet zone."""
    found = rows(text)
    width = -(-len(found) // 8)  # of a row, in bytes
    strokes = [_STROKES[eight] for eight in _packed(found, width)]
    lines = [
        f"M{_QUIET} {y}.5{''.join(strokes[at : at + width])}"
        for y, at in enumerate(range(0, len(strokes), width), _QUIET)
    ]
    return {"size": len(found) + 2 * _QUIET, "path": "".join(lines)}


def _packed(rows: list[bytes], width: int) -> bytes:
    """Eight squares a byte, `width` bytes a row, the first the highest bit; those past its end are light."""
    bits = b"".join([row.ljust(8 * width, b"\xff") for row in rows]).translate(_DIGITS)
    return int(bits or b"0", 2).to_bytes(len(bits) // 8, "big")


def _strokes(eight: int) -> str:
    """The way over eight squares from where they begin to where they end."""
    runs = groupby(f"{eight:08b}")
    return "".join(
        f"{'h' if dark == '1' else 'm'}{len(list(run))}{' 0' * (dark == '0')}" for dark, run in runs
    )


_STROKES = [_strokes(eight) for eight in range(256)]
