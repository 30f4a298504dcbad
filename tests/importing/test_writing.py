"""Blocks of a manuscript as Markdown that says the same to the site's own reader."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kehoach.importing.manuscript import Cell, Manuscript, Paragraph, Run, Table
from kehoach.importing.proof import sequence, words, words_of
from kehoach.importing.renewing import renewed
from kehoach.importing.writing import body, front_matter
from kehoach.records.body.reading import body_of
from kehoach.records.body.rendering import render
from kehoach.records.source import parse


def line(text: str, **looks: bool | str) -> Paragraph:
    return Paragraph((Run(text),), **looks)


@pytest.mark.parametrize(
    ("paragraphs", "written"),
    [
        (
            [line("I. NỘI DUNG"), line("1. Mục đích"), line("- ý")],
            "## I. NỘI DUNG\n\n### 1. Mục đích\n\n- ý",
        ),
        ([line("Mục đích", label="I."), line("ý", label="-")], "## I. Mục đích\n\n- ý"),
        ([line("1. Kinh phí"), line("2. Nhân lực")], "1. Kinh phí\n\n2. Nhân lực"),
        ([line("– ý một"), line("• ý hai"), line("+ ý ba")], "- ý một\n\n- ý hai\n\n+ ý ba"),
        ([line("# không phải tiêu đề")], "\\# không phải tiêu đề"),
        ([line("a*b*c và [d](e)")], "a\\*b\\*c và \\[d\\](e)"),
        ([Paragraph((Run("Chủ đề:", bold=True), Run(" xanh")))], "**Chủ đề:** xanh"),
        ([Paragraph((Run("a) Chủ đề:", bold=True), Run(" xanh")))], "a) **Chủ đề:** xanh"),
    ],
)
def test_paragraphs(paragraphs, written):
    assert body(paragraphs, Manuscript(has_looks=False), {}) == written


def test_tables_with_and_without_spans():
    def cell(text: str, columns: int = 1, rows: int = 1) -> Cell:
        return Cell((line(text),) if text else (), columns, rows)

    plain = Table(((cell("TT"), cell("Việc")), (cell("1"), cell("a | b"))))
    assert body([plain], Manuscript(), {}) == "| TT | Việc |\n|---|---|\n| 1 | a \\| b |"
    spanning = Table(((cell("TT", rows=2), cell("Lúc", 2)), (cell("Sáng"), cell("Chiều & <tối>"))))
    made = body([spanning], Manuscript(), {})
    [table] = body_of(render(made, abbreviations={}).html).blocks
    assert (table.columns, table.rows, table.heads) == (3, 2, 2)
    assert words_of(made) == words("TT Lúc Sáng Chiều & tối")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" "), max_size=30),
        max_size=6,
    )
)
def test_no_word_is_lost_whatever_it_is(texts):
    found = Manuscript(has_looks=False)
    made = body([line(text.strip()) for text in texts if text.strip()], found, {})
    assert words_of(made) == words("\n".join(texts))


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        st.characters(exclude_categories=("C", "Z")) | st.sampled_from(" :#\"'"),
        min_size=1,
        max_size=200,
    )
)
def test_front_matter_is_read_back(text):
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    source = parse(front_matter({"title": text, "recipients": [text]}).encode(), "x.md")
    if text:
        assert source.data == {"title": text, "recipients": [text]}


def test_a_body_keeps_the_markdown_of_what_did_not_change():
    before = "\n\n## I. MỘT\n\n- *a*\n- b\n\nc  \nd\n"
    after = "## I. MỘT\n\n- a\n\n- b mới\n\nc\nd"
    assert renewed(before, after) == "## I. MỘT\n\n- *a*\n\n- b mới\n\nc  \nd"
    assert sequence(renewed(before, after)) == sequence(after)
