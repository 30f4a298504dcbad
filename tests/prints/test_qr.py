"""QR codes as a reader's camera takes them."""

import pytest
import zxingcpp

from kehoach.prints import qr

SCALE = 4
ADDRESSES = [
    "https://kehoach.example.vn/su-kien/2026/toa-dam/",
    "https://kehoach.example.vn/ke-hoach/2022/to-chuc-ngay-khcn-viet-nam-tai-tinh-thanh-hoa/",
    "https://sở-khcn.example.vn/sự-kiện/",
]


def read(rows: list[bytes]) -> str:
    """What a reader finds in squares of 0 (dark) and 255."""
    wide = [bytes(value for value in row for _ in range(SCALE)) for row in rows]
    size = len(rows) * SCALE
    flat = b"".join(row for row in wide for _ in range(SCALE))
    (found,) = zxingcpp.read_barcodes(memoryview(flat).cast("B", (size, size)))
    assert found.ec_level == "M"
    return found.text


@pytest.mark.parametrize("address", ADDRESSES)
def test_modules_are_read_as_the_address(address):
    dark = bytes.maketrans(b"10", b"\0\xff")
    rows = [row.encode().translate(dark) for row in qr.modules(address)]
    around = [b"\xff" * (len(rows) + 8)] * 4
    assert read([*around, *(b"\xff" * 4 + row + b"\xff" * 4 for row in rows), *around]) == address


def test_no_address_has_no_code():
    assert qr.modules("") == []
