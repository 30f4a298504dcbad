"""The body of a plan: its sections and their anchors, and the page made from it.

`body/plans` has the bodies of five plans as they were signed, each with its sections: anchor,
number, title. `body/signed` and `body/prose` have Markdown with the HTML it becomes.
"""

import re
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach.records.body import Kind, outline, removed_html
from kehoach.records.body.rendering import render, render_prose
from kehoach.records.body.sanitizing import clean

FIXTURES = Path(__file__).parent / "body"
PLANS = sorted((FIXTURES / "plans").glob("*.md"))
ABBREVIATIONS = {
    "KH&CN": "khoa học và công nghệ",
    "KH&CN&ĐMST": "khoa học, công nghệ và đổi mới sáng tạo",
    "KH, CN & ĐMST": "khoa học, công nghệ và đổi mới sáng tạo",
    "KH": "khoa học",
}


class _Page(HTMLParser):
    """Ids and visible text of a page."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.texts: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id"]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return "".join("".join(self.texts).split())


def page(source: str) -> _Page:
    rendered = render(source, abbreviations=ABBREVIATIONS)
    return _Page(rendered.html + rendered.annexes)


def anchors(source: str) -> list[str]:
    return [section.anchor for section in outline(source).sections]


def compact(text: str) -> str:
    return "".join(text.split())


# --- sections


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_sections_of_a_signed_plan(path):
    sections = outline(path.read_text()).sections
    found = [f"{section.anchor} {section.number} {section.title}" for section in sections]
    assert found == path.with_suffix(".outline").read_text().splitlines()


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_page_of_a_signed_plan_has_its_anchors_and_all_its_words(path):
    source = path.read_text()
    sections = outline(source).sections
    ids = [name for section in sections for name in (section.anchor, *section.aliases)]
    assert sorted(page(source).ids) == sorted(ids)
    without_marks = re.sub(r"^\s*[-+*] |\*+(?=\S)|(?<=\S)\*+", "", source, flags=re.MULTILINE)
    assert page(source).text == compact(without_marks)


@pytest.mark.parametrize(
    ("ref", "anchor"),
    [
        ("II.3.đ", "ii-3-dd"),
        ("II.3.d", "ii-3-d"),
        ("mục II.3.đ)", "ii-3-dd"),
        ("ii.3.Đ", "ii-3-dd"),
        ("II. 3", "ii-3"),
        ("ii-3-dd", "ii-3-dd"),
        ("II.1.6", "ii-1-6"),
        ("1.6", "ii-1-6"),
        ("Mục 1.6.", "ii-1-6"),
        ("1-6", "ii-1-6"),
        ("II.3.d.1", "ii-3-d-1"),
        ("Phụ lục", "phu-luc"),
        ("II.3.e", None),
        ("III", None),
        ("1.7", None),
        ("", None),
    ],
)
def test_section_found_by_how_people_write_it(ref, anchor):
    found = outline(
        "I. MỘT\n\nII. HAI\n1. Một\n1.6. Văn phòng\n3. Ba\na) A\nd) Phân công\n(1) Phòng\n"
        "đ) Thực hiện\n\n## Phụ lục"
    ).find(ref)
    assert (found.anchor if found else None) == anchor


@pytest.mark.parametrize(
    ("line", "number", "kind", "ordinal", "title"),
    [
        ("IV. THỜI GIAN", "IV.", Kind.ROMAN, 4, "THỜI GIAN"),
        ("XXXIX. Cuối", "XXXIX.", Kind.ROMAN, 39, "Cuối"),
        ("12. Mười hai", "12.", Kind.ARABIC, 12, "Mười hai"),
        ("1.6. Văn phòng", "1.6.", Kind.DOTTED, 6, "Văn phòng"),
        ("1.2.10. Sâu", "1.2.10.", Kind.DOTTED, 10, "Sâu"),
        ("d) Phân công:", "d)", Kind.LETTER, 4, "Phân công:"),
        ("đ) Thực hiện:", "đ)", Kind.LETTER, 5, "Thực hiện:"),
        ("y) Cuối", "y)", Kind.LETTER, 23, "Cuối"),
        ("f) Ngoài bảng chữ cái", "f)", Kind.LETTER, None, "Ngoài bảng chữ cái"),
        ("(6) Trung tâm", "(6)", Kind.PARENTHESISED, 6, "Trung tâm"),
        ("### **1. Mục đích**", "1.", Kind.ARABIC, 1, "Mục đích"),
        ("**a)** Nội dung", "a)", Kind.LETTER, 1, "Nội dung"),
        ("\u00a02.\u00a0Yêu cầu", "2.", Kind.ARABIC, 2, "Yêu cầu"),
        ("## Phụ lục *kèm theo*", "", Kind.UNNUMBERED, None, "Phụ lục kèm theo"),
    ],
)
def test_number_as_signed(line, number, kind, ordinal, title):
    (section,) = outline(line).sections
    assert (section.number, section.kind) == (number, kind)
    assert (section.ordinal, section.title) == (ordinal, title)


@pytest.mark.parametrize(
    ("line", "number", "kind", "ordinal", "title"),
    [
        ("A. Truyền thông", "A.", Kind.CAPITAL, 1, "Truyền thông"),
        ("a. Kỷ yếu", "a.", Kind.LETTER, 1, "Kỷ yếu"),
        ("1) In 100 bản", "1)", Kind.BRACKETED, 1, "In 100 bản"),
        ("1/ Tọa đàm", "1/", Kind.ARABIC, 1, "Tọa đàm"),
        ("a/ Thành phần", "a/", Kind.LETTER, 1, "Thành phần"),
        ("I- MỤC ĐÍCH", "I-", Kind.ROMAN, 1, "MỤC ĐÍCH"),
        ("I - MỤC ĐÍCH", "I -", Kind.ROMAN, 1, "MỤC ĐÍCH"),
        ("I.1. Văn phòng Sở", "I.1.", Kind.DOTTED, 1, "Văn phòng Sở"),
        ("1.Mục đích", "1.", Kind.ARABIC, 1, "Mục đích"),
        ("Điều 3. Hiệu lực", "Điều 3.", Kind.ARTICLE, 3, "Hiệu lực"),
        ("Điều 5a: Bổ sung", "Điều 5a:", Kind.ARTICLE, 5, "Bổ sung"),
        ("**Điều 2.** Giao", "Điều 2.", Kind.ARTICLE, 2, "Giao"),
        ("Phần thứ hai. CHUNG", "Phần thứ hai.", Kind.PART, 2, "CHUNG"),
        ("Chương IV\n\nQUY ĐỊNH CHUNG", "Chương IV", Kind.CHAPTER, 4, "QUY ĐỊNH CHUNG"),
        ("Mục 2. TỔ CHỨC", "Mục 2.", Kind.DIVISION, 2, "TỔ CHỨC"),
        ("Bước 1: Mời", "Bước 1:", Kind.STEP, 1, "Mời"),
        ("PHỤ LỤC II\n\n**DANH MỤC**", "PHỤ LỤC II", Kind.ANNEX, 2, "DANH MỤC"),
        ("## Phụ lục 3. Kinh phí", "Phụ lục 3", Kind.ANNEX, 3, "Kinh phí"),
        (
            "KẾ HOẠCH\n\n**Tuần lễ**\n\n(Kèm theo Quyết định)",
            "KẾ HOẠCH",
            Kind.ANNEX,
            None,
            "Tuần lễ",
        ),
    ],
)
def test_number_in_the_other_forms_that_people_write(line, number, kind, ordinal, title):
    (section,) = outline(line).sections
    assert (section.number, section.kind) == (number, kind)
    assert (section.ordinal, section.title) == (ordinal, title)


def test_numbers_that_only_a_series_tells_from_text():
    source = (
        "1. Một\n\n1.1 Chuẩn bị\n\n1.5 triệu đồng\n\n1.2 Tổ chức\n\nB. Yersin\n\nA. Đầu\n\nB. Hai"
    )
    assert [s.number for s in outline(source).sections] == ["1.", "1.1", "1.2", "A.", "B."]


ANNEXED = """\
## I. MỘT
1. Việc
## II. HAI

PHỤ LỤC I

**CHƯƠNG TRÌNH**

*(Kèm theo Kế hoạch số 1/KH-SKHCN)*

1. Đón tiếp
1.6. Ghi chú
2. Khai mạc

## Phụ lục II: DANH MỤC

Phần I. Chung

A. Truyền thông

1. Treo băng rôn

Phần II. Riêng

I.1. Văn phòng
"""


def test_an_annex_counts_for_itself_and_ends_the_document():
    found = outline(ANNEXED)
    assert [s.anchor for s in found.sections] == [
        *("i", "i-1", "ii", "phu-luc-i", "phu-luc-i-1", "phu-luc-i-1-6", "phu-luc-i-2"),
        *("phu-luc-ii", "phu-luc-ii-phan-i", "phu-luc-ii-phan-i-a", "phu-luc-ii-phan-i-a-1"),
        *("phu-luc-ii-phan-ii", "phu-luc-ii-phan-ii-i-1"),
    ]
    assert [annex.title for annex in found.annexes] == ["CHƯƠNG TRÌNH", "DANH MỤC"]
    assert found.find("1.6") is None  # of an annex nothing is meant that does not say so
    rendered = render(ANNEXED, abbreviations={})
    assert "CHƯƠNG TRÌNH" not in rendered.html
    assert rendered.annexes.count('<section class="annex"') == 2
    assert ("phu-luc-i", "PHỤ LỤC I", "CHƯƠNG TRÌNH", 1) in rendered.toc


DECISION = """\
GIÁM ĐỐC SỞ KHOA HỌC VÀ CÔNG NGHỆ

Căn cứ Luật A;
Căn cứ Nghị định B;

Theo đề nghị của Chánh Văn phòng Sở.

QUYẾT ĐỊNH:

Chương I

QUY ĐỊNH CHUNG

Điều 1. Phạm vi
1. Một
a) Điểm
2. Hai

Chương II

THI HÀNH

Điều 2. Giao Văn phòng Sở
"""


@pytest.mark.parametrize(
    ("ref", "anchor"),
    [
        ("Điều 2", "dieu-2"),
        ("khoản 1 Điều 1", "dieu-1-1"),
        ("điểm a khoản 1 Điều 1", "dieu-1-1-a"),
        ("Điều 1, khoản 2", "dieu-1-2"),
        ("Chương II", "chuong-ii"),
        ("khoản 3 Điều 1", None),
    ],
)
def test_an_article_found_by_how_people_write_it(ref, anchor):
    found = outline(DECISION).find(ref)
    assert (found.anchor if found else None) == anchor


@pytest.mark.parametrize(
    ("ref", "anchor"),
    [
        ("Phụ lục I, mục 2", "phu-luc-i-2"),
        ("mục 2 Phụ lục I", "phu-luc-i-2"),
        ("điểm 1, Mục I", "i-1"),
        ("mục I.1", "i-1"),
        ("Phụ lục II, Phần I.A", "phu-luc-ii-phan-i-a"),
    ],
)
def test_a_section_of_an_annex_found_by_how_people_write_it(ref, anchor):
    found = outline(ANNEXED).find(ref)
    assert (found.anchor if found else None) == anchor


def test_articles_are_counted_through_the_chapters():
    groups = [[s.number for s in group] for group in outline(DECISION).siblings()]
    assert ["Điều 1.", "Điều 2."] in groups


def test_what_the_parts_of_a_decision_are():
    html = render(DECISION, abbreviations={}).html
    classes = re.findall(r'<p class="(doc-\w+)">([^<\n]*)', html)
    assert classes == [
        ("doc-authority", "GIÁM ĐỐC SỞ KHOA HỌC VÀ CÔNG NGHỆ"),
        ("doc-basis", "Căn cứ Luật A;"),
        ("doc-basis", "Căn cứ Nghị định B;"),
        ("doc-basis", "Theo đề nghị của Chánh Văn phòng Sở."),
        ("doc-operative", "QUYẾT ĐỊNH:"),
    ]
    assert '<h2 class="section centred" id="chuong-i"><span class="number">Chương I</span>' in html


@pytest.mark.parametrize(
    "line",
    [
        "2022. Năm",
        "18/5/2022 là",
        "1596/BTĐKT - V.II",
        r"1\. Thoát",
        "1.5 triệu đồng",
        "C. Không phải La Mã",
        "IIII. Sai",
        "(18/5) năm",
        "- 1. Trong danh sách",
        "> 1. Trích dẫn",
        "    ```\n1. Mã\n```",
        "<!--\n\n1. Ghi chú\n\n-->",
        "[^1]: 1. Chú thích",
        "#NgayKHCN",
        "01/CT-UBND ngày 16/01/2014",
        "Điều 2 của Kế hoạch này",
        "Phụ lục I kèm theo Kế hoạch này.",
        "Phần I của Kế hoạch",
        "d. Sau a, b, c mới là mục",
    ],
)
def test_line_that_begins_no_section(line):
    assert outline(line).sections == ()


def test_levels_come_from_the_kind_of_number():
    source = "## I. A\n#### 1. B\na) C\n1.\nII. D\n1. E\n1.1. F\n1.1.1. G\n1.2. H\n2. I"
    found = [(s.ref, s.level, s.parent) for s in outline(source).sections]
    assert found == [
        ("I", 1, None),
        ("I.1", 2, 0),
        ("I.1.a", 3, 1),
        ("I.1", 2, 0),
        ("II", 1, None),
        ("II.1", 2, 4),
        ("II.1.1", 3, 5),
        ("II.1.1.1", 4, 6),
        ("II.1.2", 3, 5),
        ("II.2", 2, 4),
    ]


def test_headings_without_a_number_go_by_their_depth():
    source = "## Căn cứ\n## I. A\n1. B\n### Ghi chú\n1. C\n## Phụ lục\n### I. D"
    found = [(s.anchor, s.level) for s in outline(source).sections]
    assert found == [
        ("can-cu", 1),
        ("i", 1),
        ("i-1", 2),
        ("ghi-chu", 2),
        ("ghi-chu-1", 3),
        ("phu-luc", 1),
        ("phu-luc-i", 2),
    ]


def test_repeated_numbers_have_anchors_of_their_own():
    assert anchors("I. A\n1. B\n1. C\n1. D\n2. E\nI. F\n1. G") == [
        "i",
        "i-1",
        "i-1-2",
        "i-1-3",
        "i-2",
        "i-3",
        "i-1-4",
    ]


def test_a_dotted_number_has_an_alias_where_it_is_the_only_one():
    sections = outline("I. A\n1. B\n1.1. C\n2. D\n2.1. E\nII. F\n1. G\n1.1. H").sections
    assert {s.ref: s.aliases for s in sections if s.aliases} == {"I.2.1": ("2-1",)}
    assert anchors("1. A\n1.1. B") == ["1", "1-1"]


def test_siblings_count_up_together():
    groups = outline("I. A\n1. B\n2. C\na) D\nIV. E\n1. F").siblings()
    assert [[s.ref for s in group] for group in groups] == [
        ["I", "IV"],
        ["I.1", "I.2"],
        ["I.2.a"],
        ["IV.1"],
    ]
    steps = [(a, b) for group in groups for a, b in pairwise(group)]
    gaps = [(a.number, b.number) for a, b in steps if b.ordinal - a.ordinal > 1]
    assert gaps == [("I.", "IV.")]


def test_text_of_a_section_has_no_marks():
    found = outline(
        "Mở **đầu**\n\n## I. MỤC\n1. Gửi *trước ngày* **14/5/2022**[^1]\n\n"
        "- [Công văn](a.md), `a*b`\n\n|x|y|\n|-|-|\n|1|2|\n\n2. Hai\n\n[^1]: Chú thích"
    )
    assert found.preamble == "Mở đầu"
    assert [s.text for s in found.sections] == [
        "MỤC",
        "Gửi trước ngày 14/5/2022\nCông văn, a*b\nx y\n1 2",
        "Hai",
    ]
    assert found.text_of(found.sections[0]).endswith("1 2\nHai")


def test_title_of_a_long_paragraph_ends_at_a_word():
    (section,) = outline("1. " + "chữ " * 100).sections
    assert section.title == "chữ " * 29 + "chữ…"
    assert len(section.text) == 399


def test_lines_and_columns_are_those_of_the_file():
    found = outline(
        "Xem [A](a.md)[^1]\n  và ![B *c*](<b c.png>)\n##  II. `[x](y)` <https://c.vn>\n"
        "  - \\[x](y) [D [e]](d_(1).md)\n\n```\n[x](y)\n```\n[^1]: Ghi",
        first_line=12,
    )
    assert [(m.target, m.text, m.line, m.column) for m in found.links] == [
        ("a.md", "A", 12, 5),
        ("https://c.vn", "https://c.vn", 14, 18),
        ("d_(1).md", "D [e]", 15, 13),
    ]
    assert [(m.target, m.text, m.line, m.column) for m in found.images] == [
        ("b c.png", "B c", 13, 6)
    ]
    assert [(m.target, m.line, m.column) for m in found.footnote_refs] == [("1", 12, 14)]
    assert [(m.target, m.text, m.line) for m in found.footnote_defs] == [("1", "Ghi", 20)]
    assert [(s.line, s.column) for s in found.sections] == [(14, 5)]


def test_in_prose_numbers_are_text():
    source = "## 1. Cài đặt\n1. Một\n\n### Địa điểm\n### Địa điểm"
    found = [s.anchor for s in outline(source, signed=False).sections]
    toc = render_prose(source, abbreviations={}).toc
    assert found == [entry.anchor for entry in toc] == ["1-cai-dat", "dia-diem", "dia-diem-2"]


# --- pages


@pytest.mark.parametrize(
    ("folder", "make"), [("signed", render), ("prose", render_prose)], ids=["signed", "prose"]
)
def test_fixture_becomes_its_html(folder, make):
    paths = sorted((FIXTURES / folder).glob("*.md"))
    assert paths
    for path in paths:
        made = make(path.read_text(), abbreviations=ABBREVIATIONS)
        html = "\n".join(filter(None, (made.html, made.annexes)))
        assert html == path.with_suffix(".html").read_text().removesuffix("\n"), path.name


def test_contents_and_notes_of_a_page():
    source = (
        "## I. KH&CN\n### 1. **Mục đích**\na) Điểm\n2. Dòng[^1]\nII. HAI\n1. Khoản\n\n"
        "[^1]: *Nghị quyết* 45"
    )
    rendered = render(source, abbreviations=ABBREVIATIONS)
    assert rendered.toc == [
        ("i", "I.", "KH&CN", 1),
        ("i-1", "1.", "Mục đích", 2),
        ("i-2", "2.", "Dòng", 2),
        ("ii", "II.", "HAI", 1),
    ]
    assert rendered.footnotes == [("fn-1", "<em>Nghị quyết</em> 45")]


def test_one_body_leaves_nothing_to_the_next():
    first = render("## I. A[^1]\n\n[^1]: B", abbreviations={}).html
    render("Khác <b>x</b>[^1]\n\n[^1]: C", abbreviations=ABBREVIATIONS)
    assert render("## I. A[^1]\n\n[^1]: B", abbreviations={}).html == first


@pytest.mark.parametrize(
    ("source", "removed"),
    [
        ('a <b onclick="x()">c</b>', [(3, 3, '<b onclick="x()">')]),
        ("<script>\n\nx\n\n</script>", [(3, 1, "<script>")]),
        ('- <span style="color:red">x</span>', [(3, 3, '<span style="color:red">')]),
        ("[a](javascript:b)", [(3, 1, "[a](javascript:b)")]),
        ('<a href="java&#9;script:x">', [(3, 1, '<a href="java&#9;script:x">')]),
        ("H<sub>2</sub>O <br/> <!-- x --> [a](b.md) <tên đơn vị> 1 < 2", []),
        ('<td colspan="2" align="right">x</td>', []),
        ("`<script>` \\<script>\n```\n<iframe>\n```", []),
    ],
)
def test_html_that_would_be_removed_is_told(source, removed):
    assert removed_html(source, first_line=3) == removed


SIZE = 10_000


@pytest.mark.parametrize(
    "source",
    [
        ">" * SIZE,
        "> " * SIZE,
        "[" * SIZE,
        "[a](" * SIZE,
        '[a](")' * SIZE,
        "*" * 50_000,
        "*a **b " * SIZE,
        "`a" * SIZE,
        "<" * 50_000,
        '<a b="' * SIZE,
        "<!-- " * SIZE,
        "<!--\n" * SIZE,
        "<div>\n\n" * SIZE,
        "&a;" * SIZE,
        "\\" * 50_000,
        "x " * 500_000,
        "# a" + " " * 1_000_000 + "b",
        "1. " * SIZE,
        "I. a\n" * SIZE,
        "- > " * 2_000,
        "a\n---\n" * SIZE,
        "\n".join(" " * 4 * depth + "- a" for depth in range(300)),
        "|a|b|\n|-|-|\n" + "`a`|" * SIZE,
        "```\n" * (SIZE + 1),
        "[^1]" * SIZE + "\n\n[^1]: a",
    ],
    ids=lambda source: source[:8].strip().replace("\n", "/"),
)
def test_hostile_text_becomes_a_page(source):
    assert outline(source) is not None
    assert removed_html(source) is not None
    for make in (render, render_prose):
        assert len(make(source, abbreviations=ABBREVIATIONS).html) > 3


# --- whatever people write

WORDS = st.sampled_from(["Sở", "KH&CN", "18/5", "(01 buổi)", "“Đổi mới”", "–", "R&D;", "x<y"])
INLINE = st.one_of(
    WORDS.map(lambda word: (word, word)),
    WORDS.map(lambda word: (f"**{word}**", word)),
    WORDS.map(lambda word: (f"*{word}*", word)),
    WORDS.map(lambda word: (f"`{word}`", word)),
    WORDS.map(lambda word: (f"[{word}](a.md)", word)),
    st.just((r"\*", "*")),
    st.just(("[^9]", "[^9]")),
)
STARTS = st.sampled_from(
    [(mark, "") for mark in ("- ", "+ ", "* ", "## ", "> ", "\n\n", "\n\n### ")]
    + [(f"{number} ", number) for number in ("I.", "IV.", "1.", "1.6.", "a)", "đ)", "(2)")]
    + [(f"## {number} ", number) for number in ("II.", "3.")]
)
BODY = st.lists(st.tuples(STARTS, st.lists(INLINE, min_size=1, max_size=6)), max_size=12)


@given(BODY)
def test_nothing_is_dropped_reordered_or_renumbered(body):
    source = "\n".join(mark + " ".join(part for part, _ in inline) for (mark, _), inline in body)
    visible = "".join(kept + "".join(text for _, text in inline) for (_, kept), inline in body)
    assert page(source).text == compact(visible)


@pytest.mark.parametrize("source", ["Xem [theo [^1] đó](#muc)\n\n[^1]: a", "[a *[b](#c)* d](#e)"])
def test_no_link_stands_in_a_link(source):
    html = render(source, abbreviations=ABBREVIATIONS).html
    assert not re.search(r"<a\b(?:(?!</a>).)*<a\b", html, re.S)


def test_code_that_looks_tangled_is_escaped_once():
    source = "Ví dụ:\n\n    if a < b && c:\n    " + "x_y " * 250 + "\n\nhết"
    assert "if a &lt; b &amp;&amp; c:" in render_prose(source, abbreviations={}).html


PIECES = st.lists(
    st.sampled_from(
        [
            *("<b>", "</b>", "<script>", "<img src=x onerror=y>", "<a@b.vn>", "<https://b.vn>"),
            *("&lt;", "&#60;", "&amp", '"', "'", "<", ">", "\\", "\x02", "\x03", "KH&CN"),
            *("[a](javascript:x)", "[a](b", ' "c")', "![", "](b)", "[^1]", "\n\n[^1]: "),
            *(
                "**",
                "*",
                "_",
                "`",
                "|",
                "\n",
                "\n\n",
                "\n|-|-|\n",
                "\n```\n",
                "# ",
                "\n- ",
                "\n1. ",
            ),
            *("a", "b ", "  \n"),
        ]
    ),
    max_size=20,
).map("".join)


@given(PIECES)
def test_nothing_unsafe_is_on_the_page_of_a_plan(source):
    made = render(source, abbreviations=ABBREVIATIONS | {'"<i>': '"><script>'})
    for html in (made.html, made.annexes, *(note.html for note in made.footnotes)):
        assert read(clean(html)) == read(html)


class Reader(HTMLParser):
    """What a browser is told, however it is written."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[object] = []

    def handle_starttag(self, tag, attrs):
        self.told.append((tag, sorted(attrs)))

    def handle_endtag(self, tag):
        self.told.append(tag)

    def handle_data(self, data):
        self.told.append([data])


def read(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.told


MARKS = st.text(alphabet="aBđƠ1I2. )(-+*#_\\|>:&;\n\t'\"!", max_size=80)


@pytest.mark.parametrize("source", ["*a**b*c d", "*1**1*1", "a _b__c_d e"])
def test_crossed_emphasis_loses_no_letter(source):
    assert [c for c in page(source).text if c.isalnum()] == [c for c in source if c.isalnum()]


@given(MARKS)
def test_letters_and_figures_stay_in_their_order(source):
    # "&#1;" is one character, and no letter.
    shown = re.sub(r"&#\d+;", lambda reference: unescape(reference[0]), source)
    letters = [character for character in shown if character.isalnum()]
    assert [character for character in page(source).text if character.isalnum()] == letters


@given(st.one_of(MARKS, st.text(max_size=80), st.text(alphabet="I1a.)<>[]^:`~*#- \n", max_size=80)))
def test_page_and_outline_agree_on_any_text(source):
    sections = outline(source).sections
    found = [section.anchor for section in sections]
    assert len(set(found)) == len(found)
    ids = page(source).ids
    assert [name for name in ids if name in set(found)] == found
    lines = re.sub("\r\n?", "\n", re.sub("[\x02\x03]", "", source)).split("\n")
    for section in sections:
        assert lines[section.line - 1][section.column - 1 :].lstrip("*_").startswith(section.number)
    render_prose(source, abbreviations=ABBREVIATIONS)
    removed_html(source)


def test_a_list_or_a_table_may_follow_a_line_of_prose():
    html = render_prose("Gồm:\n- một\n- hai\n\nBảng:\n|a|b|\n|-|-|\n|1|2|", abbreviations={}).html
    assert re.sub(r"\s*\n\s*", "", html) == (
        "<p>Gồm:</p><ul><li>một</li><li>hai</li></ul><p>Bảng:</p><table><thead><tr><th>a</th><th>b</th></tr>"
        "</thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    )


@pytest.mark.parametrize(
    ("source", "titles", "roles"),
    [
        (
            "PHỤ LỤC I\nMẪU ĐƠN\nCÔNG NHẬN SÁNG KIẾN\n(Kèm theo Quyết định số 1)\nKính gửi: Sở",
            ["MẪU ĐƠN CÔNG NHẬN SÁNG KIẾN"],
            ["doc-title", "doc-attached"],
        ),
        (
            "PHỤ LỤC I\n\nDanh mục nhiệm vụ\n\n*(Kèm theo Kế hoạch số 1)*\n\nKính gửi: Sở",
            ["Danh mục nhiệm vụ"],
            ["doc-title", "doc-attached"],
        ),
        (
            "Phụ lục I. Biểu mẫu\n(Kèm theo Kế hoạch số 1)\n\nKính gửi: Sở",
            ["Biểu mẫu"],
            ["doc-attached"],
        ),
        (
            "QUY CHẾ\nQuản lý sáng kiến\n(Ban hành kèm theo Quyết định số 1)\nKính gửi: Sở",
            ["Quản lý sáng kiến"],
            ["doc-title", "doc-attached"],
        ),
        ("Phụ lục I. Mẫu\n\n1. A\n\nPhụ lục II. Biểu\n\nKính gửi: Sở", ["Mẫu", "Biểu"], []),
        ("Phụ lục II. Biểu mẫu\n\nKính gửi: Sở", [], []),  # where is the first?
        ("Gồm có:\n\nPhụ lục I. Mẫu\n\nPhụ lục II. Biểu\n\nKính gửi: Sở", [], []),
        ("Xem\n\nPhụ lục I. Mẫu này dùng cho Sở.\n\nKính gửi: Sở", [], []),
    ],
)
def test_an_annex_has_its_name_its_title_and_what_it_goes_with(source, titles, roles):
    found = outline(f"Mở đầu.\n\n{source}")
    assert [annex.title for annex in found.annexes] == titles
    html = render(f"Mở đầu.\n\n{source}", abbreviations={}).annexes
    assert re.findall(r'<p class="(doc-[a-z]+)">', html) == roles
    if titles:
        assert "<p>Kính gửi: Sở</p>" in html


def test_an_article_may_be_of_the_one_attached_document_that_has_it():
    decision = "Điều 1. Ban hành Quy chế.\n\nĐiều 2. Thi hành.\n\n"
    rules = "QUY CHẾ\n\n**Sáng kiến**\n\n*(Ban hành kèm theo Quyết định số 1)*\n\n"
    body = f"{decision}{rules}Điều 2. Hồ sơ\n\nĐiều 5. Trách nhiệm\n\n1. Các sở.\n\n2. Sở KH&CN."
    found = outline(body)
    assert found.find("khoản 2 Điều 5").anchor == "quy-che-dieu-5-2"
    assert found.find("Quy chế, Điều 2").anchor == "quy-che-dieu-2"
    assert found.find("Điều 2").anchor == "dieu-2"
    assert found.find("Điều 7") is None


@pytest.mark.parametrize(
    ("source", "tag"),
    [
        ("I. MỤC ĐÍCH, YÊU CẦU\nNâng cao nhận thức.", "h2"),
        ("**I. MỤC ĐÍCH**", "h2"),
        ("A. QUY ĐỊNH CHUNG", "h2"),
        ("I. Mục đích", "p"),
        ("1. MỤC ĐÍCH", "p"),
        ("I. KH", "p"),
    ],
)
def test_a_roman_or_capital_section_in_capitals_is_a_heading(source, tag):
    (section,) = outline(source).sections
    assert f'<{tag} class="section' in render(source, abbreviations={}).html
    assert "Nâng" not in section.title
