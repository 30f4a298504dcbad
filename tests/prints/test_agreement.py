"""The page of a plan and its PDF say the same words in the same order, tables cell by cell."""

import re
import unicodedata
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kehoach.prints import documents
from kehoach.records.body.rendering import render
from prints import pdf

FRAME = "Mở đầu văn bản.\n\n{}\n\nHết thân văn bản."
BARE = re.compile(r"<(?:br|/p|/h\d|/li|/td|/th)[^>]*>|<[^>]+>")

WORDS = st.sampled_from(["Sở", "KH&CN", "18/5", "(01 buổi)", "“Đổi mới”", "R&D;", "x<y", "1.500"])
PLAIN = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
LINE = st.lists(
    st.one_of(
        WORDS,
        WORDS.map("**{}**".format),
        WORDS.map("*{}*".format),
        WORDS.map("`{}`".format),
        WORDS.map("[{}](https://a.vn/)".format),
        st.just("một<br>hai"),
        st.just("m<sup>2</sup>"),
        st.just("<u>gạch</u>"),
    ),
    min_size=1,
    max_size=6,
).map(" ".join)
CELL = st.one_of(st.just(""), LINE)


@st.composite
def tables(draw):
    columns = draw(st.integers(1, 6))
    rows = draw(
        st.lists(st.lists(CELL, min_size=columns, max_size=columns), min_size=1, max_size=4)
    )
    head = draw(st.lists(PLAIN, min_size=columns, max_size=columns))
    lines = [head, ["---"] * columns, *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


BLOCKS = st.one_of(
    LINE,
    PLAIN.map("## I. {}".format),
    LINE.map("1. {}".format),
    LINE.map("a) {}".format),
    LINE.map("- {}".format),
    LINE.map("+ {}".format),
    PLAIN.map("> {}".format),
    PLAIN.map("```\n{}\n```".format),
    PLAIN.map("<ul><li>{}</li></ul>".format),
    tables(),
)
BODIES = st.lists(BLOCKS, max_size=8).map("\n\n".join)


@pytest.fixture(scope="module")
def drawn(library, department):
    """A function that prints a body."""
    data = documents.data(library.plans[0], library, department) | {"address": ""}

    def draw(body, pictures=None):
        return documents.draw(data | {"body": FRAME.format(body)}, pictures or {})

    return draw


def seen(text):
    text = unicodedata.normalize("NFKC", text).replace("\u200b", "")
    return re.findall(r"\w+", text)


def on_page(body):
    html = render(FRAME.format(body), abbreviations={}).html
    words = BARE.sub(
        lambda tag: " " if tag[0][1:3] in ("br", "/p", "/h", "/l", "/t", "ul") else "", html
    )
    return seen(words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


def on_paper(made):
    """The words of each page."""
    box = ("-x", "0", "-y", "57", "-W", "850", "-H", "785")  # without the numbers of pages
    text = pdf.text(made, *box)
    text = text[text.index("Mở đầu văn bản.") : text.index("Hết thân văn bản.")]
    return [seen(page) for page in text.split("\f")]


def cells(made):
    """The words of each cell as the tags of the file tell them, in order."""
    tree = pdf.tool(made, "pdfinfo", "-struct-text", "FILE")
    tree = tree[: tree.index("Hết thân văn bản.")]
    parts = re.split(r"^ *T[HD]\b.*$", tree, flags=re.M)[1:]
    return ["".join(seen(" ".join(re.findall(r'^ *"(.*)"$', part, re.M)))) for part in parts]


def without_repeated(pages, heads):
    """The words of the pages in every way to take one of `heads` from the top of a later page."""
    ways = [pages[0]]
    for page in pages[1:]:
        tops = [head for head in heads if head and page[: len(head)] == head]
        ways = [way + page[len(top) :] for way in ways for top in [[], *tops]]
    return ways


@settings(max_examples=25, deadline=None)
@given(BODIES)
def test_the_words_of_the_page_are_those_of_the_pdf(drawn, body):
    wanted = on_page(body)[:-4]
    heads = [on_page(row)[4:-4] for row in re.findall(r"^(\|.*)\n\| ---", body, re.M)]
    assert wanted in without_repeated(on_paper(drawn(body)), heads)


def test_a_heading_of_capitals_stands_clear_of_its_neighbour(drawn):
    table = "| Sở | KH&CN | Sở Sở |\n|---|---|---|\n|  |  |  |\n\n| a | QUYẾT ĐỊNH MMWW |\n|---|---|\n| 1 | b |"
    assert on_paper(drawn(table)) == [on_page(table)[:-4]]


@settings(max_examples=15, deadline=None)
@given(tables())
def test_a_table_is_the_same_cell_by_cell(drawn, table):
    rows = [line.strip("|").split(" | ") for line in table.split("\n")]
    del rows[1]
    wanted = ["".join(on_page(cell)[4:-4]) for row in rows for cell in row]
    found = cells(drawn(table))
    assert found == wanted


def test_spans_are_on_paper_too(drawn):
    table = (
        '<table><thead><tr><th rowspan="2">TT</th><th colspan="2">Nội dung</th></tr>'
        "<tr><th>A</th><th>B</th></tr></thead><tbody>"
        '<tr><td rowspan="2">1</td><td>x</td><td>y</td></tr><tr><td>z</td></tr></tbody></table>'
    )
    made = drawn(table)
    assert cells(made) == ["TT", "Nộidung", "A", "B", "1", "x", "y", "z", ""]
    tree = pdf.structure(made)
    assert re.findall(r"/(RowSpan|ColSpan) (\d)", tree) == [
        ("RowSpan", "2"),
        ("ColSpan", "2"),
        ("RowSpan", "2"),
    ]


@pytest.mark.parametrize(("columns", "lying"), [(3, 0), (9, 1)])
def test_a_table_of_many_columns_lies_on_its_side(columns, lying, drawn):
    row = "|".join("x" * columns)
    made = drawn(f"|{row}|\n|{'-|' * columns}\n|{row}|")
    pages = pdf.tool(made, "pdfinfo", "-f", "1", "-l", "9", "FILE")
    assert len(re.findall(r"size: +841.*? x 595", pages)) == lying


def test_a_picture_is_printed_with_its_alternative_text(drawn):
    out = BytesIO()
    Image.new("RGB", (40, 20), (200, 0, 0)).save(out, "PNG")
    body = "![Ảnh hội nghị](anh.png)"
    with_it = drawn(body, {"anh.png": out.getvalue()})
    images = pdf.tool(with_it, "pdfimages", "-list", "FILE").splitlines()[2:]
    assert [row.split()[3:5] for row in images] == [["40", "20"]]
    assert "Figure" in pdf.structure(with_it)
    without = pdf.text(drawn(body))
    assert "[Ảnh hội nghị]" in without


def test_a_picture_in_a_link_is_printed_and_leads_there(drawn):
    out = BytesIO()
    Image.new("RGB", (40, 20), (200, 0, 0)).save(out, "PNG")
    body = "Xem [![Ảnh hội nghị](anh.png)](https://so.vn/hoi-nghi) này."
    made = drawn(body, {"anh.png": out.getvalue()})
    images = pdf.tool(made, "pdfimages", "-list", "FILE").splitlines()[2:]
    assert [row.split()[3:5] for row in images] == [["40", "20"]]
    assert "https://so.vn/hoi-nghi" in pdf.tool(made, "pdfinfo", "-url", "FILE")
    assert "![" not in pdf.text(made)


def test_a_note_of_several_paragraphs_stands_at_the_foot(drawn):
    made = drawn("Mức hỗ trợ.[^1]\n\n[^1]: Nghị quyết.\n\n    Từ ngày 01/01/2026.")
    body, note = pdf.text(made).split("Hết thân văn bản.")
    assert "Mức hỗ trợ" in body
    assert re.search(r"Nghị quyết\.\s+Từ ngày 01/01/2026\.", note)


def test_a_heading_row_is_repeated_on_every_page(drawn):
    rows = "\n".join(f"| {number} | Việc |" for number in range(80))
    pages = pdf.text(drawn(f"| Cột đầu | Việc |\n|---|---|\n{rows}"))
    held = [page for page in pages.split("\f") if re.search(r"^\d+ Việc$", page, re.M)]
    assert len(held) > 1
    assert all("Cột đầu Việc" in page for page in held)
