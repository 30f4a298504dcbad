"""QR codes as a reader's camera takes them."""

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from kehoach.prints import qr
from kehoach.prints.pictures import drawn

ADDRESSES = [
    "https://kehoach.example.vn/su-kien/2026/toa-dam/",
    "https://kehoach.example.vn/ke-hoach/2022/to-chuc-ngay-khcn-viet-nam-tai-tinh-thanh-hoa/",
    "https://sở-khcn.example.vn/sự-kiện/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_code_is_read_as_the_address(address):
    with Image.open(BytesIO(drawn(qr.drawing(address).encode()))) as picture:
        (found,) = zxingcpp.read_barcodes(picture.convert("L"))
    assert found.text == address
    assert found.ec_level == "M"


def test_a_code_has_its_quiet_zone_around_it():
    with Image.open(BytesIO(drawn(qr.drawing(ADDRESSES[0]).encode()))) as picture:
        inside = picture.convert("L").point(lambda value: 255 - value).getbbox()
        width = picture.width
    squares = 33 + 8  # of version 4, 4 of quiet zone on either side
    assert inside == pytest.approx((width * 4 / squares,) * 2 + (width * 37 / squares,) * 2, abs=1)


def test_no_address_has_no_code():
    assert qr.drawing("") == ""
