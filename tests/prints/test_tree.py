"""HTML of a body becomes blocks: what is allowed passes, of the rest only the words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach.prints.tree import BLOCK_DEPTH, INLINE_DEPTH, blocks


def test_sections_lists_and_notes():
    html = (
        '<h2 class="section"><span class="number">I.</span> <span class="title">MỤC ĐÍCH</span>'
        '<a class="permalink" href="#i">#</a></h2>'
        '<p class="section level-2" id="i-1"><span class="number">1.</span> Theo Nghị quyết'
        '<a class="footnote-ref" href="#fn-1">¹</a>.</p>'
        '<ul class="plus"><li>Đơn vị <strong>chủ trì</strong></li></ul>'
        '<section class="footnotes"><p class="footnote" id="fn-1"><span class="mark">¹</span> Số 45'
        ' <a href="#fnref-1">↩</a></p></section>'
    )
    heading, paragraph, plus = blocks(html)
    assert heading == {"kind": "heading", "level": 2, "line": ["I.", " ", "MỤC ĐÍCH"]}
    assert paragraph["line"] == ["1.", " Theo Nghị quyết", ["note", "1", ["Số 45"]], "."]
    item = [{"kind": "paragraph", "line": ["Đơn vị ", ["strong", ["chủ trì"]]]}]
    assert plus == {"kind": "list", "mark": "+", "items": [item]}


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ('<p><a href="javascript:alert(1)">bấm</a></p>', ["bấm"]),
        ('<p><a href="https://a.vn/">bấm</a></p>', [["link", "https://a.vn/", ["bấm"]]]),
        ("<p>một<script>alert(1)</script> hai</p>", ["một", " hai"]),
        ("<p>một\n  hai</p>", ["một hai"]),
        ("<p><blink>một</blink></p>", ["một"]),
        ("<p>một<br>hai</p>", ["một", ["break"], "hai"]),
    ],
)
def test_inline(html, line):
    assert blocks(html)[0]["line"] == line


def depth(value):
    if isinstance(value, dict):
        return max(map(depth, value.values()), default=0)
    return 1 + max(map(depth, value), default=0) if isinstance(value, list) else 0


@pytest.mark.parametrize("tag", ["strong", "ul><li", "div", "blockquote", "table><tr><td"])
def test_nesting_has_an_end_and_keeps_the_words(tag):
    closing = "".join(f"</{name}>" for name in reversed(tag.replace("<", "").split(">")))
    made = blocks(f"<{tag}>" * 5000 + "sâu" + closing * 5000)
    assert "sâu" in str(made)
    assert depth(made) <= 3 * BLOCK_DEPTH + 2 * INLINE_DEPTH


def test_a_table_fills_short_rows():
    head, row = "<tr><th>a</th><th>b</th></tr>", "<tr><td>c</td></tr>"
    (table,) = blocks(f"<table><thead>{head}</thead><tbody>{row}</tbody></table>")
    assert table["headed"]
    assert table["rows"] == [[["a"], ["b"]], [["c"], []]]


@given(st.text())
def test_any_text_is_read(text):
    blocks(text)


TAGS = ["<p>", "</p>", "<ul>", "<li>", "</ul>", "<b>", "</b>", "<table>", "<tr>", "<td>", "<h2>"]


@given(st.lists(st.sampled_from([*TAGS, "x"])))
def test_tags_in_any_order_lose_no_word(parts):
    html = "".join(parts)
    assert str(blocks(html)).count("x") == html.count("x")
