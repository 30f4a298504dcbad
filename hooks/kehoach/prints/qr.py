"""QR codes (ISO/IEC 18004) of level M, which lose 15 % of their squares and still are read."""

_MASK = 0  # a reader takes any of the eight (7.8); to find the best one costs eight codes
_DIGITS = bytes.maketrans(b"\0\xff", b"10")


def modules(text: str) -> list[str]:
    """The squares without quiet zone, a row a string of 0 (light) and 1 (dark); [] for ""."""
    if not text:
        return []
    import zxingcpp  # late: most builds need none of it

    kind = zxingcpp.BarcodeFormat.QRCode
    code = zxingcpp.create_barcode(text, kind, ec_level="M", data_mask=_MASK)
    # Its stub leaves out that the image is a buffer.
    image = memoryview(code.to_image(add_quiet_zones=False))  # type: ignore[arg-type]
    size, content = len(image), image.tobytes()
    rows = (content[at : at + size] for at in range(0, size * size, size))
    return [row.translate(_DIGITS).decode() for row in rows]
