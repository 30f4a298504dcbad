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
    image = memoryview(code.to_image(add_quiet_zones=False))
    size, content = image.shape[0], image.tobytes()
    return [content[at : at + size] for at in range(0, size * size, size)]


def modules(text: str) -> list[str]:
    """The same, a row a string of 0 and 1 (dark)."""
    return [row.translate(_DIGITS).decode() for row in rows(text)]


def drawing(text: str) -> dict[str, Any]:
    """The dark squares as one SVG `path` of strokes one square wide, in a field of `size` squares
    that has its quiet zone."""
    found = rows(text)
    lines = [
        f"M{_QUIET} {y}.5{''.join([_STROKES[eight] for eight in _packed(row)])}"
        for y, row in enumerate(found, _QUIET)
    ]
    return {"size": len(found) + 2 * _QUIET, "path": "".join(lines)}


def _packed(row: bytes) -> bytes:
    """Eight squares a byte, the first the highest bit; those past the end are light."""
    size = -(-len(row) // 8) * 8
    return int(row.ljust(size, b"\xff").translate(_DIGITS), 2).to_bytes(size // 8, "big")


def _strokes(eight: int) -> str:
    """The way over eight squares from where they begin to where they end."""
    runs = groupby(f"{eight:08b}")
    return "".join(
        f"{'h' if dark == '1' else 'm'}{len(list(run))}{' 0' * (dark == '0')}" for dark, run in runs
    )


_STROKES = [_strokes(eight) for eight in range(256)]
