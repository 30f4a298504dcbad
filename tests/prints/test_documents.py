"""A plan on paper: all its words in order, in a file that archives and screen readers accept."""

import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest

from kehoach.prints import documents
from kehoach.records.plan import PlanStatus
from prints import pdf

SOURCES = Path(__file__).parents[1] / "content" / "sources"
PLANS = {
    "bac-giang-2022-hoi-thao-sang-kien": "hoi-thao-sang-kien-bac-giang",
    "quang-ngai-2021-hoi-nghi-ntmn": "hoi-nghi-nong-thon-mien-nui-quang-ngai",
    "quang-ngai-2022-ngay-khcn": "ngay-khcn-quang-ngai",
    "quang-tri-2024-cam-ket": "cam-ket-trach-nhiem-quang-tri",
    "thanh-hoa-2024-ngay-khcn": "ngay-khcn-thanh-hoa",
}
NOTE = re.compile(r"^[¹²] ", re.M)


def words(text):
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text))


@pytest.fixture(scope="module")
def made(library, department):
    """The documents of all plans, by slug."""
    return {
        plan.slug: documents.draw(documents.data(plan, library, department), {})
        for plan in library.plans
    }


def document(library, department, **changes):
    plan = next(plan for plan in library.plans if plan.slug == "ngay-khcn-quang-ngai")
    return documents.draw(documents.data(plan, library, department) | changes, {})


@pytest.mark.parametrize(("source", "slug"), PLANS.items())
def test_every_word_of_the_source_stands_in_the_document_in_order(source, slug, made):
    lines = (SOURCES / f"{source}.txt").read_text("utf-8").splitlines()
    body = words("\n".join(line for line in lines if not NOTE.match(line)))
    notes = words("\n".join(line[2:] for line in lines if NOTE.match(line)))
    printed = words(pdf.text(made[slug]))
    at, lost = 0, []
    for word in body:
        try:
            at = printed.index(word, at, at + 120) + 1
        except ValueError:
            lost.append(word)
    assert lost == []
    assert " ".join(notes) in " ".join(word for word in printed if word not in "12") or notes == []
    # Letterhead, page numbers, notes and the imprint are all that the document adds.
    assert len(printed) - len(body) - len(notes) < 60


@pytest.mark.parametrize("slug", PLANS.values())
def test_the_file_is_sound_embeds_its_fonts_and_lacks_no_glyph(slug, made):
    assert "No syntax or stream encoding errors" in pdf.tool(made[slug], "qpdf", "--check", "FILE")
    rows = pdf.tool(made[slug], "pdffonts", "FILE").splitlines()[2:]
    assert rows
    assert all("Tinos" in row and row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows)
    assert "\ufffd" not in pdf.text(made[slug])


@pytest.mark.parametrize("slug", PLANS.values())
def test_it_declares_pdf_a_2a_and_pdf_ua_1(slug, made):
    assert b"<pdfaid:part>2</pdfaid:part>" in made[slug]
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in made[slug]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made[slug]
    assert b"/Lang(vi-VN)" in made[slug]


def test_the_tag_tree_holds_headings_lists_and_tables(library, department):
    table = "| Mục | Đơn vị |\n|---|---|\n| 1 | Văn phòng |\n"
    tree = pdf.structure(document(library, department, body=f"## I. MỘT\n\n- a\n- b\n\n{table}"))
    tags = set(re.findall(r"^\s*(\w+)", tree, re.M))
    assert {"H1", "H2", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "P"} <= tags


def test_the_outline_leads_to_every_titled_section(made):
    bookmarks = pdf.tool(made["ngay-khcn-quang-ngai"], "pdfinfo", "FILE")
    assert re.search(r"Title:\s+Tổ chức các hoạt động nhân kỷ niệm", bookmarks)
    assert re.search(r"Author:\s+Sở Khoa học và Công nghệ tỉnh Quảng Ngãi", bookmarks)
    outline = pdf.outline(made["ngay-khcn-quang-ngai"])
    assert "I. MỤC ĐÍCH, YÊU CẦU" in outline
    assert "IV. TỔ CHỨC THỰC HIỆN" in outline


def test_the_letterhead_follows_the_decree(made):
    lines = pdf.text(made["ngay-khcn-quang-ngai"], "-l", "1").splitlines()
    assert lines[:4] == [
        "UBND TỈNH QUẢNG NGÃI",
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]


def test_a_blank_day_stays_blank(made):
    first = " ".join(pdf.text(made["hoi-thao-sang-kien-bac-giang"], "-l", "1").split())
    assert "Bắc Giang, ngày tháng 10 năm 2022" in first
    assert "Số: / KH-KHCN" in first


def test_page_numbers_start_on_the_second_page_at_its_top(made):
    plan = made["ngay-khcn-quang-ngai"]
    assert not pdf.text(plan, "-l", "1").splitlines()[0].isdigit()
    for page in (2, 3):
        box = ("-x", "280", "-y", "20", "-W", "40", "-H", "37")
        found = pdf.text(plan, "-f", str(page), "-l", str(page), *box)
        assert found.split() == [str(page)]


def test_no_line_parts_a_day_a_year_or_a_stretch_of_them(made):
    for file in made.values():
        lines = [line.strip() for line in pdf.text(file).split("\n") if line.strip()]
        assert [line for line in lines if re.match(r"[-–] ?\d", line)] == []
        pairs = [pair for pair in pairwise(lines) if re.search(r"\b(ngày|tháng|năm|quý)$", pair[0])]
        assert [pair for pair in pairs if pair[1][0].isdigit()] == []


def test_the_address_stands_on_the_last_page_only(made):
    pages = pdf.text(made["ngay-khcn-quang-ngai"]).rstrip("\f").split("\f")
    address = "https://kehoach.example.vn/ke-hoach/2022/ngay-khcn-quang-ngai/"
    assert [address in page for page in pages] == [False] * (len(pages) - 1) + [True]


def test_the_signature_never_stands_alone_on_a_page(made):
    for plan in made.values():
        last = pdf.text(plan).rstrip("\f").split("\f")[-1]
        before = last[: last.index("Nơi nhận")]
        assert len(before.split()) > 5


@pytest.mark.parametrize(
    ("status", "words_across"),
    [
        (PlanStatus.DRAFT, "DỰ THẢO"),
        (PlanStatus.WITHDRAWN, "ĐÃ THU HỒI"),
        (PlanStatus.SUPERSEDED, "ĐÃ ĐƯỢC THAY THẾ"),
    ],
)
def test_a_status_stands_across_every_page_and_in_the_metadata(
    status, words_across, library, department
):
    plan = library.plans[0].model_copy(update={"status": status})
    assert documents.data(plan, library, department)["status"] == words_across
    made = document(library, department, status=words_across)
    assert words_across in pdf.tool(made, "pdfinfo", "FILE")
    plain = pdf.pixels(document(library, department, status=""), 200)
    crossed = pdf.pixels(made, 200)
    assert plain.data != crossed.data


def test_the_same_plan_gives_the_same_bytes(library, department):
    assert document(library, department) == document(library, department)


def test_hostile_text_prints_as_text(library, department):
    body = (
        '#eval("1+1") $x^2$ \\u{41} *[strong]* `raw` <label> @ref // không phải chú thích\n\n'
        + '[bấm](javascript:alert(1)) <script>alert(2)</script> #import "x.typ"\n\n'
        + "ă" * 5000
        + "\n\n"
        + "> " * 50
        + "sâu năm mươi tầng\n"
    )
    made = document(library, department, title='#panic("x") $', body=body)
    text = pdf.text(made).replace("\u200b", "")
    for words_kept in ('#eval("1+1")', "$x^2$", "\\u{41}", "@ref", "năm mươi tầng", '#panic("x")'):
        assert words_kept in text
    assert "".join(text.split()).count("ă") >= 5000
    assert b"javascript" not in made
    right = max(
        float(x)
        for x in re.findall(r'xMax="([\d.]+)"', pdf.tool(made, "pdftotext", "-bbox", "FILE", "-"))
    )
    assert right <= 595.28 - 20 / 25.4 * 72 + 1


@pytest.mark.parametrize(
    ("day", "created"), [("2022-03-16", "D:20220316000000Z"), ("", "D:20000101000000Z")]
)
def test_a_file_is_dated_as_its_document(library, department, day, created):
    assert created.encode() in document(library, department, day=day)


def test_the_day_is_the_plan_s(library, department):
    days = {plan.slug: documents.data(plan, library, department)["day"] for plan in library.plans}
    assert days["ngay-khcn-quang-ngai"] == "2022-05-06"
