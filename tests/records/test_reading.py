"""HTML of a page becomes the model that paper and Word are made from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach.records.body.model import (
    Annex,
    Break,
    Cell,
    Code,
    Figure,
    Heading,
    Item,
    Items,
    Link,
    Note,
    Paragraph,
    Picture,
    Role,
    Rule,
    Style,
    Styled,
    Table,
)
from kehoach.records.body.reading import BLOCK_DEPTH, INLINE_DEPTH, body_of
from kehoach.records.body.walking import pictures, words


def blocks(html):
    return body_of(html).blocks


def strong(*inside):
    return Styled(Style.STRONG, inside)


def test_sections_lists_and_notes():
    html = (
        '<h2 class="section" id="i"><span class="number">I.</span> <span class="title">MỤC ĐÍCH</span>'
        '<a class="permalink" href="#i">#</a></h2>'
        '<p class="section level-2" id="i-1"><span class="number">1.</span> Theo Nghị quyết'
        '<a class="footnote-ref" href="#fn-1">¹</a>.</p>'
        '<ul class="plus"><li>Đơn vị <strong>chủ trì</strong></li></ul>'
        '<section class="footnotes"><p class="footnote" id="fn-1"><span class="mark">¹</span> Số 45'
        ' <a href="#fnref-1">↩</a></p></section>'
    )
    note = Note("1", (Paragraph(("Số 45",)),))
    assert blocks(html) == (
        Heading(1, "I.", "i", ("I.", " ", "MỤC ĐÍCH")),
        Paragraph(("1.", " Theo Nghị quyết", note, "."), "1.", "i-1"),
        Items((Item("+", (Paragraph(("Đơn vị ", strong("chủ trì"))),)),)),
    )


def test_a_note_is_told_once_and_one_that_nobody_calls_stands_at_the_end():
    ref = '<a class="footnote-ref" href="#fn-1">¹</a>'
    notes = '<p class="footnote" id="fn-1">Một</p><p class="footnote" id="fn-2">Hai</p>'
    found = blocks(f'<p>a{ref} b{ref}</p><section class="footnotes">{notes}</section>')
    once = Note("1", (Paragraph(("Một",)),))
    assert found == (
        Paragraph(("a", once, " b", Styled(Style.SUP, ("1",)))),
        Paragraph(("Hai",)),
    )


def test_annexes_stand_apart():
    html = (
        '<p>Trước</p><section class="annex" id="phu-luc-i" aria-label="Phụ lục I">'
        '<p class="doc-attached">(Kèm theo)</p></section>'
    )
    body = body_of(html)
    assert body.blocks == (Paragraph(("Trước",)),)
    attached = Paragraph(("(Kèm theo)",), role=Role.ATTACHED)
    assert body.annexes == (Annex("Phụ lục I", "phu-luc-i", (attached,)),)


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ('<p><a href="javascript:alert(1)">bấm</a></p>', ("bấm",)),
        ('<p><a href="../x/">bấm</a></p>', ("bấm",)),
        ('<p><a href="https://a.vn/">bấm</a></p>', (Link("https://a.vn/", ("bấm",)),)),
        ("<p>một<script>alert(1)</script> hai</p>", ("một", " hai")),
        ("<p>một\n  hai</p>", ("một hai",)),
        ("<p>một <b> hai</b> </p>", ("một ", strong("hai"))),
        ("<p><blink>một</blink></p>", ("một",)),
        ("<p>một<br>hai</p>", ("một", Break(), "hai")),
        ("<p><q>một</q></p>", ("“", "một", "”")),
        ("<p>x<u>y</u></p>", ("x", Styled(Style.UNDERLINE, ("y",)))),
    ],
)
def test_inline(html, line):
    assert blocks(html)[0].line == line


def test_other_blocks():
    html = (
        '<ol start="3"><li>c</li><li>d</li></ol><hr><pre><code>a\n  b\n</code></pre>'
        '<p><img src="a.png" alt=" Ảnh " width="200"></p>'
    )
    assert blocks(html) == (
        Items((Item("3.", (Paragraph(("c",)),)), Item("4.", (Paragraph(("d",)),)))),
        Rule(),
        Code("a\n  b"),
        Figure(Picture("a.png", "Ảnh", 200)),
    )
    assert [picture.source for picture in pictures(body_of(html))] == ["a.png"]


def grid(html):
    """The table as rows of (words, columns, rows)."""
    (table,) = blocks(f"<table>{html}</table>")
    rows = [[] for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row].append((words(cell.blocks), cell.columns, cell.rows))
    return table, rows


def test_a_table_fills_short_rows_and_keeps_empty_cells():
    head, row = "<tr><th>a</th><th>b</th><th>c</th></tr>", "<tr><td></td><td>d</td></tr>"
    table, rows = grid(f"<thead>{head}</thead><tbody>{row}</tbody>")
    assert (table.columns, table.rows, table.heads) == (3, 2, 1)
    assert rows[1] == [("", 1, 1), ("d", 1, 1), ("", 1, 1)]


def test_spans_cover_the_grid_once_and_end_with_their_group():
    head = '<tr><th rowspan="2">TT</th><th colspan="2">N</th></tr><tr><th>A</th><th>B</th></tr>'
    body = '<tr><td rowspan="9">1</td><td>x</td><td>y</td></tr><tr><td>z</td></tr>'
    table, rows = grid(f"<thead>{head}</thead><tbody>{body}</tbody>")
    assert table.heads == 2
    assert rows == [
        [("TT", 1, 2), ("N", 2, 1)],
        [("A", 1, 1), ("B", 1, 1)],
        [("1", 1, 2), ("x", 1, 1), ("y", 1, 1)],
        [("z", 1, 1), ("", 1, 1)],
    ]


def test_a_span_over_nothing_is_one_column():
    table, rows = grid('<tr><td>a</td><td>b</td></tr><tr><td colspan="1000">c</td></tr>')
    assert (table.columns, rows[1]) == (2, [("c", 2, 1)])


SPANS = st.integers(0, 4)
ROWS = st.lists(st.lists(st.tuples(SPANS, SPANS), max_size=4), max_size=5)


@given(ROWS)
def test_every_place_of_a_table_is_covered_once(rows):
    cells = ("".join(f'<td colspan="{a}" rowspan="{b}">x</td>' for a, b in row) for row in rows)
    made = blocks("<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>")
    for table in made:
        places = [
            (x, y)
            for cell in table.cells
            for x in range(cell.column, cell.column + cell.columns)
            for y in range(cell.row, cell.row + cell.rows)
        ]
        assert sorted(places) == [(x, y) for x in range(table.columns) for y in range(table.rows)]
        assert sum(words(cell.blocks) == "x" for cell in table.cells) == sum(map(len, rows))


def depth(value):
    below = getattr(value, "__dataclass_fields__", None)
    if below:
        return 1 + max((depth(getattr(value, name)) for name in below), default=0)
    return max(map(depth, value), default=0) if isinstance(value, tuple) else 0


@pytest.mark.parametrize("tag", ["strong", "ul><li", "div", "blockquote", "table><tr><td"])
def test_nesting_has_an_end_and_keeps_the_words(tag):
    closing = "".join(f"</{name}>" for name in reversed(tag.replace("<", "").split(">")))
    made = body_of(f"<{tag}>" * 5000 + "sâu" + closing * 5000)
    assert "sâu" in str(made)
    assert depth(made) <= 3 * BLOCK_DEPTH + 2 * INLINE_DEPTH


@given(st.text())
def test_any_text_is_read(text):
    body_of(text)


TAGS = ["<p>", "</p>", "<ul>", "<li>", "</ul>", "<b>", "</b>", "<table>", "<tr>", "<td>", "<h2>"]
WORD = "chữ"


@given(st.lists(st.sampled_from([*TAGS, WORD])))
def test_tags_in_any_order_lose_no_word(parts):
    html = "".join(parts)
    assert str(body_of(html)).count(WORD) == html.count(WORD)


def test_a_table_tells_which_cells_head_it():
    (table,) = blocks("<table><tr><th>a</th></tr><tr><td align=right>1</td></tr></table>")
    assert isinstance(table, Table)
    assert table.cells == (
        Cell(0, 0, 1, 1, (Paragraph(("a",)),), header=True),
        Cell(0, 1, 1, 1, (Paragraph(("1",)),), align="right"),
    )
