"""Material's blocks in prose: what they become, and that signed texts and odd lines are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach.records.body.rendering import render, render_prose


def prose(text: str) -> str:
    return render_prose(text, abbreviations={}).html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            '!!! warning "Mưa bão"\n    Hoãn.\n\n    - mục',
            '<div class="callout callout--warning"><p class="callout__title">Mưa bão</p>'
            "<p>Hoãn.</p><ul><li>mục</li></ul></div>",
        ),
        (
            "!!! note\n    Nhớ.",
            '<div class="callout callout--note"><p class="callout__title">Ghi chú</p><p>Nhớ.</p></div>',
        ),
        (
            '!!! tip inline end "Bên"\n    Nhớ.',
            '<div class="callout callout--tip callout--inline callout--end">'
            '<p class="callout__title">Bên</p><p>Nhớ.</p></div>',
        ),
        ('!!! note ""\n    Nhớ.', '<div class="callout callout--note"><p>Nhớ.</p></div>'),
        (
            "??? tip\n    Ẩn.",
            '<details class="callout callout--tip"><summary class="callout__title">Gợi ý</summary>'
            "<p>Ẩn.</p></details>",
        ),
        (
            '???+ note "Mở"\n    Hiện.',
            '<details class="callout callout--note" open="open">'
            '<summary class="callout__title">Mở</summary><p>Hiện.</p></details>',
        ),
        (
            '=== "Windows"\n    Một.\n\n=== "macOS"\n    Hai.',
            '<div class="tabs"><details class="tab" name="the-1" open="open">'
            '<summary class="callout__title">Windows</summary><p>Một.</p></details>'
            '<details class="tab" name="the-1"><summary class="callout__title">macOS</summary>'
            "<p>Hai.</p></details></div>",
        ),
        (
            "- [ ] một\n- [x] hai\n- ba",
            '<ul><li class="task">☐ một</li><li class="task">☑ hai</li><li>ba</li></ul>',
        ),
        ("Từ\n:   Nghĩa.", "<dl><dt>Từ</dt><dd>Nghĩa.</dd></dl>"),
    ],
)
def test_what_prose_takes_over(text, html):
    assert prose(text) == html


@pytest.mark.parametrize("text", ["===", "Tên\n===", "Vui quá !!!", "!!!", "???", "=== chữ"])
def test_what_only_looks_like_it_is_text(text):
    assert "callout" not in prose(text)


def test_a_signed_text_stands_as_it_is_written():
    html = render('## I. A\n\n!!! note "x"\n', abbreviations={}).html
    assert '<p>!!! note "x"</p>' in html


@given(st.text(alphabet='!?=+ "\n    -[]x:aá', max_size=60))
def test_nothing_that_is_written_breaks_it(text):
    prose(text)
