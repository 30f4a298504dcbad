"""Ordinary Markdown as prose understands it: lists by their parent's text, notes, linked pictures."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach.records.body import outline
from kehoach.records.body.rendering import render, render_prose

LISTS = {
    "two spaces": ("- a\n  - b\n    - c\n- d", "<ul><li>a<ul><li>b<ul><li>c</ul></ul><li>d"),
    "four spaces": ("- a\n    - b\n        - c\n- d", "<ul><li>a<ul><li>b<ul><li>c</ul></ul><li>d"),
    "six spaces": ("- a\n      - b\n- c", "<ul><li>a<ul><li>b</ul><li>c"),
    "below a number": ("1. a\n   - b\n2. c", "<ol><li>a<ul><li>b</ul><li>c"),
    "below a number by two": ("1. a\n  - b\n2. c", "<ol><li>a<ul><li>b</ul><li>c"),
    "below ten": ("10. a\n    - b\n11. c", '<ol start="10"><li>a<ul><li>b</ul><li>c'),
    "numbers below a dash": ("- a\n  1. b\n  2. c\n- d", "<ul><li>a<ol><li>b<li>c</ol><li>d"),
    "one space is none": ("- a\n - b", "<ul><li>a<li>b"),
    "indented as a whole": ("Chữ:\n  - a\n  - b", "<p>Chữ:</p><ul><li>a<li>b"),
    "numbers below a line": ("Các bước:\n1. a\n2. b", "<p>Các bước:</p><ol><li>a<li>b"),
    "dashes below a line": ("Gồm:\n- a\n- b", "<p>Gồm:</p><ul><li>a<li>b"),
    "a year at the start of a line": ("Từ năm\n2026. Sau", "<p>Từ năm 2026. Sau</p>"),
    "brackets": ("1) a\n2) b", "<ol><li>a<li>b"),
    "numbers after dashes": ("- a\n1. b", "<ul><li>a</ul><ol><li>b"),
    "a paragraph in an item": ("1. a\n\n   b\n2. c", "<ol><li><p>a</p><p>b</p><li><p>c</p>"),
    "a list below that": (
        "- a\n\n  b\n  - c\n- d",
        "<ul><li><p>a</p><p>b</p><ul><li>c</ul><li><p>d</p>",
    ),
    "back after an empty line": (
        "- a\n  - b\n\n  - c\n- d",
        "<ul><li><p>a</p><ul><li><p>b</p><li><p>c</p></ul><li><p>d</p>",
    ),
    "code in an item": ("- a\n  ```\n  x\n  ```", "<ul><li><p>a</p><pre><code>x</code></pre>"),
    "a quote in an item": ("- a\n  > b", "<ul><li><p>a</p><blockquote><p>b</p></blockquote>"),
    "in a quote": ("> - a\n>   - b", "<blockquote><ul><li>a<ul><li>b</ul></ul></blockquote>"),
    "in a note": (
        "!!! note\n    Chữ:\n    - a\n      - b\n\nSau",
        '<div class="callout callout--note"><p class="callout__title">Ghi chú</p><p>Chữ:</p>'
        "<ul><li>a<ul><li>b</ul></ul></div><p>Sau</p>",
    ),
    "tasks": (
        "- [x] a\n  - [ ] b",
        '<ul><li class="task">☑ a<ul><li class="task">☐ b',
    ),
    "a line that goes on": ("- a\n  b\n- c\nd", "<ul><li>a b<li>c d"),
    "a rule is no item": ("* * *\n\na", "<hr><p>a</p>"),
    "a year in an item": ("- Trong năm\n  2026. Sau", "<ul><li>Trong năm 2026. Sau"),
    "code of several lines in an item": (
        "- a\n\n      x\n\n      y\n- b",
        "<ul><li><p>a</p><pre><code>x y</code></pre><li><p>b</p>",
    ),
    "two lists in an item of a note": (
        "!!! note\n    - a\n      - b\n      1. c",
        '<div class="callout callout--note"><p class="callout__title">Ghi chú</p>'
        "<ul><li><p>a</p><ul><li>b</ul><ol><li>c</ol></ul></div>",
    ),
    "a note without text in an item": (
        "- a\n  !!! note\n- b",
        '<ul><li><p>a</p><div class="callout callout--note"><p class="callout__title">Ghi chú</p></div>'
        "<li><p>b</p>",
    ),
    "a quote by four in a list that is set in": (
        "   - a\n    > b",
        "<ul><li><p>a</p><blockquote><p>b</p></blockquote>",
    ),
}


def _plain(markup: str) -> str:
    """Without what every list closes with, and with white space as a browser shows it."""
    markup = re.sub(r"\s+", " ", markup).replace("</li>", "")
    markup = re.sub(r" ?(</?(?:ul|ol|li|pre|code|hr|p|div|blockquote)\b[^>]*>) ?", r"\1", markup)
    return re.sub(r"(?:</[uo]l>)+$", "", markup)


@pytest.mark.parametrize(("source", "shown"), LISTS.values(), ids=LISTS)
def test_lists_nest_by_the_text_of_the_item_above(source: str, shown: str) -> None:
    assert _plain(render_prose(source, abbreviations={}).html) == shown


LINES = st.builds(
    lambda indent, mark, word: f"{' ' * indent}{mark}{word}" if word else "",
    st.integers(0, 9),
    st.sampled_from(["", "- ", "* ", "1. ", "2) ", "> ", ":   ", "- - "]),
    st.sampled_from(["", "chữ", "một", "hai ba"]),
)


@given(st.lists(LINES, max_size=14))
def test_no_word_of_a_list_is_lost_or_moved(lines: list[str]) -> None:
    words = re.findall(r"chữ|một|hai|ba", "\n".join(lines))
    assert (
        re.findall(r"chữ|một|hai|ba", render_prose("\n".join(lines), abbreviations={}).html)
        == words
    )


def test_lists_beyond_all_measure_keep_their_words() -> None:
    source = "\n".join(f"{'  ' * level}- m{level}" for level in range(200))
    shown = render_prose(source, abbreviations={}).html
    assert re.findall(r"m\d+", shown) == [f"m{level}" for level in range(200)]
    assert shown.count("<ul>") == 21


def test_a_picture_in_a_link_is_a_picture_and_both_are_seen() -> None:
    source = "Xem [![Áp phích](a.png)](b.md)."
    for rendered in (render(source, abbreviations={}), render_prose(source, abbreviations={})):
        assert '<a href="b.md"><img src="a.png" alt="Áp phích"></a>' in rendered.html
    found = outline(source)
    assert [mention.target for mention in found.links] == ["b.md"]
    assert [mention.target for mention in found.images] == ["a.png"]


NOTE = """Chữ[^1] và[^2].

[^1]: Đoạn **một**.

    Đoạn hai, xem [tệp](b.md).

    - Đoạn ba.
[^2]: Chú thích khác.

Sau.
"""


def test_a_note_of_several_paragraphs_keeps_them_all() -> None:
    shown = 'Đoạn <strong>một</strong>.<br>Đoạn hai, xem <a href="b.md">tệp</a>.<br>- Đoạn ba.'
    for rendered in (render(NOTE, abbreviations={}), render_prose(NOTE, abbreviations={})):
        notes = [note.html for note in rendered.footnotes]
        assert [note.strip() for note in notes] == [shown, "Chú thích khác."]
        assert "<p>Sau.</p>" in rendered.html
        assert "<pre>" not in rendered.html


def test_the_words_and_places_of_such_a_note_are_known() -> None:
    found = outline(NOTE, first_line=10)
    assert [note.text for note in found.footnote_defs] == [
        "Đoạn một. Đoạn hai, xem tệp. - Đoạn ba.",
        "Chú thích khác.",
    ]
    assert [(link.target, link.line, link.column) for link in found.links] == [("b.md", 14, 19)]


def test_a_note_ends_where_text_is_not_indented() -> None:
    source = "Chữ[^1].\n\n[^1]: Một.\n\nHai.\n\n    Ba."
    assert [note.html for note in render(source, abbreviations={}).footnotes] == ["Một."]


@pytest.mark.parametrize("opened", ["<!-- ghi chú", "<b ", "<?", "<!x", "</ b"])
def test_what_html_leaves_open_takes_nothing_along(opened: str) -> None:
    """A comment or a tag that nothing closes stands as it is written; in a comment "-->" closes."""
    source = f"<div>\n{opened}\n</div>\n\nSau.\n\n<!-- b -->\n\nCuối."
    for shown in (render(source, abbreviations={}), render_prose(source, abbreviations={})):
        assert opened.strip().replace("<", "&lt;") in shown.html
        assert "Sau." in shown.html
        assert "Cuối." in shown.html


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("`` a `b` c", "<p>`` a <code>b</code> c</p>"),
        ("``a`b``", "<p><code>a`b</code></p>"),
        (r"\\`a`", "<p>\\<code>a</code></p>"),
        (r"\`a`", "<p>`a`</p>"),
    ],
)
def test_code_ends_with_as_many_backticks_as_it_opens_with(source: str, shown: str) -> None:
    assert render_prose(source, abbreviations={}).html == shown
    assert render(source, abbreviations={}).html == shown
