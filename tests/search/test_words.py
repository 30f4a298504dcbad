"""How texts and queries are split into words, and what a date is found by."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach.search.words import key, pairs, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Băng rôn, KHẨU HIỆU", ["băng", "rôn", "khẩu", "hiệu"]),
        ("254 /KH-SKHCN", ["254", "kh", "skhcn"]),
        ("254/KH-SKHCN", ["254", "kh", "skhcn"]),
        ("06/5/2022", ["6", "5", "2022"]),
        ("hoà bình, thuỷ sản", words("hòa bình, thủy sản")),
        ("KH&CN", ["kh", "cn"]),
        ("000", ["0"]),
        ("__proto__ 😀", ["proto"]),
    ],
)
def test_words(text, found):
    assert words(text) == found


@pytest.mark.parametrize(("word", "plain"), [("đổi", "doi"), ("rôn", "ron"), ("đmst", "dmst")])
def test_keys_have_no_marks(word, plain):
    assert key(word) == plain


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("18/5", {"18 5", "18 tháng", "tháng 5"}),
        ("18-5", {"18 5", "18 tháng", "tháng 5"}),
        ("ngày 18 tháng 5 năm 2022", {"18 5", "5 2022", "18 tháng", "tháng 5", "năm 2022"}),
        ("06/5/2022", {"6 5", "5 2022", "6 tháng", "tháng 5"}),
        ("tháng 5 năm 2022", {"tháng 5", "5 2022"}),
        ("04 - 20/5/2022", {"20 5", "20 tháng", "5 2022"}),
    ],
)
def test_a_date_is_found_in_each_way_to_write_it(text, ways):
    assert ways <= set(map(" ".join, pairs(text, words(text))))


@pytest.mark.parametrize("text", ["45/13", "254/KH", "32-1", "3826.794", "0/0"])
def test_what_is_no_date_is_only_what_it_is(text):
    assert not {"tháng", "năm"} & {word for pair in pairs(text, words(text)) for word in pair}


@given(st.text())
def test_any_spelling_of_a_text_has_the_same_words(text):
    composed = unicodedata.normalize("NFC", text)
    assert all(word and not word.isspace() for word in words(composed))
    assert words(" ".join(words(composed))) == words(composed)
