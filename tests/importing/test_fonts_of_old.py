"""Text in TCVN3 and VNI fonts, against tables that are not ours."""

import shutil
import subprocess
import unicodedata

import pytest

from kehoach.importing.fonts_of_old import decode, decoder

# VNI for Windows, as it is defined: each vowel plain and with acute, grave, hook, tilde, dot.
VNI = """
a aù aø aû aõ aï / á à ả ã ạ
â aá aà aå aã aä / aâ ấ ầ ẩ ẫ ậ
ă aé aè aú aü aë / aê ắ ằ ẳ ẵ ặ
e eù eø eû eõ eï / é è ẻ ẽ ẹ
ê eá eà eå eã eä / eâ ế ề ể ễ ệ
i í ì æ ó ò / í ì ỉ ĩ ị
o où oø oû oõ oï / ó ò ỏ õ ọ
ô oá oà oå oã oä / oâ ố ồ ổ ỗ ộ
ơ ôù ôø ôû ôõ ôï / ô ớ ờ ở ỡ ợ
u uù uø uû uõ uï / ú ù ủ ũ ụ
ư öù öø öû öõ öï / ö ứ ừ ử ữ ự
y yù yø yû yõ î / ý ỳ ỷ ỹ ỵ
đ / ñ
"""


def vni() -> list[tuple[str, str]]:
    """Each letter as VNI writes it and in Unicode. A letter whose plain form has marks is named apart."""
    pairs = []
    for row in VNI.strip().split("\n"):
        coded, meant = (half.split() for half in row.split(" / "))
        plain, *toned = coded
        own = [meant.pop(0)] if len(meant) > len(toned) else []
        pairs += [(code, plain) for code in own] + list(zip(toned, meant, strict=True))
    return pairs + [(code.upper(), letter.upper()) for code, letter in pairs]


@pytest.mark.parametrize(("coded", "letter"), vni())
def test_every_letter_of_vni(coded, letter):
    assert decode(coded, "vni") == letter


def test_vni_has_all_letters_with_marks_and_leaves_the_others():
    assert len({letter for _, letter in vni()}) == 134
    assert (
        decode("Soá 12/KH-SKHCN, 2022 (a, b); wjfz", "vni") == "Số 12/KH-SKHCN, 2022 (a, b); wjfz"
    )


@pytest.mark.skipif(shutil.which("iconv") is None, reason="glibc's iconv is the oracle")
def test_every_code_of_tcvn_is_that_of_glibc():
    for code in range(0xA1, 0xFF):
        # a mark stands behind its vowel, and is composed with it only where something follows
        raw = (b"a", bytes([code]), b"b") if 0xB0 <= code <= 0xB4 else (bytes([code]),)
        told = subprocess.run(
            ["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"],
            input=b"".join(raw),
            capture_output=True,
            check=True,
        ).stdout.decode()
        coded = b"".join(raw).decode("latin-1")
        assert decode(coded, "tcvn3") == unicodedata.normalize("NFC", told), hex(code)


@pytest.mark.parametrize(
    ("font", "coding"),
    [
        (".VnTime", "tcvn3"),
        (".VnTimeH", "tcvn3-capitals"),
        (".vnarial narrowH", "tcvn3-capitals"),
        ("VNI-Times", "vni"),
        ("Times New Roman", ""),
        ("Vnitimes", ""),
        ("", ""),
    ],
)
def test_the_font_alone_tells_the_coding(font, coding):
    assert decoder(font) == coding


def test_capitals_by_the_font():
    assert decode("ñ", "tcvn3-capitals") == decode("ñ", "tcvn3").upper()
    assert decode("së khoa häc", "tcvn3-capitals") == "SỞ KHOA HỌC"
