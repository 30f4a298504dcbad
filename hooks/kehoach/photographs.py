"""Photographs as pages show them: smaller, in formats of today, without what a camera wrote into them."""

from io import BytesIO
from typing import Any

VERSION = "1"  # another one wherever the same original becomes other bytes
_SAVED: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 55, "speed": 8},
    "webp": {"format": "WEBP", "quality": 75, "method": 4},
    "jpg": {"format": "JPEG", "quality": 80, "optimize": True, "progressive": True},
}


def smaller(original: bytes, width: int, extension: str) -> bytes:
    """`original` at most `width` pixels wide, upright, as "avif", "webp" or "jpg", without EXIF, places
    and comments. Raises OSError or ValueError where it is no picture."""
    from PIL import Image, ImageOps  # late: most sites have no photographs

    with Image.open(BytesIO(original)) as picture:
        upright = ImageOps.exif_transpose(picture)
        if upright.mode in ("RGBA", "LA", "P"):
            ground = Image.new("RGB", upright.size, "white")
            layer = upright.convert("RGBA")
            ground.paste(layer, mask=layer)
            upright = ground
        plain = upright.convert("RGB")
    if plain.width > width:
        plain = plain.resize((width, max(1, round(plain.height * width / plain.width))))
    bare = Image.new("RGB", plain.size)
    bare.paste(plain)  # the dots alone
    out = BytesIO()
    bare.save(out, **_SAVED[extension])
    return out.getvalue()
