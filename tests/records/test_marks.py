"""Material's marks within a line of prose: what they become, what of it search and contents see."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kehoach.records.body import outline
from kehoach.records.body.rendering import render, render_prose

ICON = re.compile(
    r'<span class="glyph" aria-hidden="true"><svg [^>]*viewBox="0 0 24 24">.+?</svg></span>'
)


def prose(text: str) -> str:
    markup = render_prose(text, abbreviations={}).html
    return ICON.sub("<svg>", markup).removeprefix("<p>").removesuffix("</p>")


SHOWN = {
    "++ctrl+alt+del++": '<span class="keys"><kbd>Ctrl</kbd>+<kbd>Alt</kbd>+<kbd>Del</kbd></span>',
    "++p++ ++f5++": '<span class="keys"><kbd>P</kbd></span> <span class="keys"><kbd>F5</kbd></span>',
    "==một **hai**== ba": "<mark>một <strong>hai</strong></mark> ba",
    "**==a==**": "<strong><mark>a</mark></strong>",
    "==a = b==": "<mark>a = b</mark>",
    "~~bỏ~~ ^^thêm^^": "<del>bỏ</del> <ins>thêm</ins>",
    "H~2~O, 10^-6^ m^2^": "H<sub>2</sub>O, 10<sup>-6</sup> m<sup>2</sup>",
    ":material-home: Nhà": "<svg> Nhà",
    "[Gửi](mailto:a@so.vn){ .md-button }": (
        '<a href="mailto:a@so.vn" class="button button--secondary">Gửi</a>'
    ),
    "[Gửi](a.md){ .md-button .md-button--primary }": '<a href="a.md" class="button">Gửi</a>',
    "[:material-home:](a.md)": '<a href="a.md" aria-label="home"><svg></a>',
    '![Ảnh](a.png){ width="300" align=left }': (
        '<img src="a.png" alt="Ảnh" width="300" class="align-left">'
    ),
}
LEFT = (
    "x==y", "a == b == c", "C++ và C++", "1 ++ 2", "`==a==`", "khoảng ~5 đến ~10", "(~20%/~30%)",
    "2^10", ":material-khong-co:", "12:30:45", "[x](a.md) { .md-button }", "== a ==", "====",
)  # fmt: skip


@pytest.mark.parametrize(("text", "shown"), SHOWN.items(), ids=SHOWN)
def test_marks_are_seen_as_what_they_mean(text, shown):
    assert prose(text) == shown


@pytest.mark.parametrize("text", LEFT)
def test_what_only_looks_like_a_mark_is_text(text):
    assert not re.search("<(mark|del|ins|sub|sup|kbd|svg)|class=", prose(text))
    assert re.sub("<[^>]+>", "", prose(text)) == re.sub(r"`|\[(x)\]\(.*?\)", r"\1", text)


@pytest.mark.parametrize("text", SHOWN)
def test_a_signed_text_has_none_of_them(text):
    shown = render(f"## I. A\n\n{text}\n", abbreviations={}).html
    assert not re.search('<(mark|del|ins|sub|sup|kbd|svg)|class="button', shown)


def test_search_contents_and_anchors_know_the_words_alone():
    text = (
        '## :material-home: Nhà ++f5++\n\n!!! note "Tên"\n\n- [x] ==a== [Gửi](b.md){ .md-button }\n'
    )
    (section,) = outline(text, signed=False).sections
    page = render_prose(text, abbreviations={})
    assert (section.anchor, section.title) == ("nha-f5", "Nhà F5")
    assert [(entry.anchor, entry.title) for entry in page.toc] == [("nha-f5", "Nhà F5")]
    assert section.text == "Nhà F5\nTên\na Gửi"


CODE = """\
```python title="tệp <1>.py" hl_lines="2"
def f():
    return "<b>"
```
"""


def test_code_is_coloured_under_its_title():
    shown = render_prose(CODE, abbreviations={}).html
    assert shown.startswith('<figure class="code"><figcaption>tệp &lt;1&gt;.py</figcaption>')
    assert '<span class="k">def</span>' in shown
    assert '<span class="hll">    <span class="k">return</span>' in shown
    assert re.sub("<[^>]+>", "", shown).endswith('def f():\n    return "&lt;b&gt;"\n')
    assert "<span" not in render(CODE, abbreviations={}).html  # a signed text


@pytest.mark.parametrize("info", ["khong-co", "", "text", "{ .khong-co }"])
def test_code_of_no_known_language_stands_as_it_is(info):
    assert re.search(
        "<code[^>]*>a &lt; b\n</code>",
        render_prose(f"```{info}\na < b\n```", abbreviations={}).html,
    )


TABS = '=== "Một"\n    A\n\n=== "Hai"\n    B\n\nSau\n\n=== "Ba"\n    C\n'


def test_tabs_stand_in_rows_of_which_one_is_open():
    shown = render_prose(TABS, abbreviations={}).html
    assert re.findall('<details [^>]*name="(.*?)"( open)?', shown) == [
        ("the-1", " open"),
        ("the-1", ""),
        ("the-2", " open"),
    ]
    assert shown.count('<div class="tabs">') == 2


@settings(deadline=None)  # what it needs is loaded at first
@given(st.text(alphabet="+=~^:{}[]().#! -\nmaterial-homectrl", max_size=60))
def test_nothing_that_is_written_breaks_it(text):
    render_prose(text, abbreviations={})
    outline(text, signed=False)
