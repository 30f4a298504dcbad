"""Documents of a department as they are signed: each of its kind, on the page and on paper.

`content` is a department of its own with its units; what its documents show is the form of Decree
30/2020/NĐ-CP, Appendix III.
"""

import re
from datetime import date, datetime
from functools import partial
from pathlib import Path

import pytest

from kehoach import prints, reporting, rules
from kehoach.building.shelf import read_library
from kehoach.history import History
from kehoach.pages import parts, plans
from kehoach.pages.parts import Book
from kehoach.prints import documents
from kehoach.records import relations
from kehoach.records.kinds import KINDS, Form, kind_of
from kehoach.site import TIMEZONE, Site
from prints import pdf

CONTENT = Path(__file__).parent / "content"
TODAY = date(2025, 8, 1)
SITE = Site(
    "Sở KH&CN Lâm Đồng", "https://lamdong.example.vn/", "", datetime(2025, 8, 1, tzinfo=TIMEZONE)
)


@pytest.fixture(scope="module")
def library():
    return read_library(CONTENT)


@pytest.fixture(scope="module")
def made(library):
    return {
        plan.slug: documents.draw(documents.data(plan, library, SITE), {}) for plan in library.plans
    }


def first(made, *options):
    return pdf.text(made, "-l", "1", *options).splitlines()


def test_check_finds_nothing(library):
    unprintable = partial(prints.document_problems, site=SITE)
    found = rules.check(library, today=TODAY, unprintable=unprintable)
    assert reporting.describe(found, library) == ""


def test_each_kind_has_its_abbreviation_and_only_letters_have_none():
    assert len(KINDS) == 25
    assert {kind.name for kind in KINDS if not kind.abbreviation} == {"Công văn"}
    assert len({kind.abbreviation for kind in KINDS}) == len(KINDS)
    assert kind_of("quyết  định").abbreviation == "QĐ"
    assert kind_of("Công văn").form is Form.LETTER


def test_a_decision(made):
    lines = first(made["quyet-dinh-ban-hanh-ke-hoach"])
    assert lines[:5] == [
        *("ỦY BAN NHÂN DÂN", "TỈNH LÂM ĐỒNG"),
        *("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
        "Số: 1207/QĐ-UBND Lâm Đồng, ngày 25 tháng 7 năm 2025",
    ]
    assert "QUYẾT ĐỊNH:" in lines
    end = lines.index("TM. ỦY BAN NHÂN DÂN")
    assert lines[end : end + 3] == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


def test_a_decision_on_its_page(library):
    plan = library.by_address["ke-hoach/2025/quyet-dinh-ban-hanh-ke-hoach/"]
    view = plans.page(Book(library, SITE, History()), plan).view
    for classes in ("doc-authority", "doc-basis", "doc-operative", "section level-1 article"):
        assert f'class="{classes}"' in view["body"]
    assert view["body"].count('class="doc-basis"') == 3
    assert "KẾ HOẠCH" in view["annexes"]
    assert [entry["anchor"] for entry in view["contents"]] == [
        *("dieu-1", "dieu-2", "dieu-3", "ke-hoach"),
    ]
    assert view["letterhead"]["issuer"] == ["Ủy ban nhân dân", "tỉnh Lâm Đồng"]


def test_what_is_attached_follows_the_signature_on_a_page_that_counts_anew(made):
    pages = pdf.text(made["quyet-dinh-ban-hanh-ke-hoach"]).rstrip("\f").split("\f")
    assert len(pages) == 2
    assert "Nơi nhận:" in pages[0]
    assert pages[1].splitlines()[:2] == [
        "KẾ HOẠCH",
        "Tổ chức Tuần lễ Đổi mới sáng tạo tỉnh Lâm Đồng năm 2025",
    ]
    assert "(Kèm theo Quyết định số 1207/QĐ-UBND" in pages[1]


def test_a_letter_has_no_kind_and_says_what_it_is_about_under_its_number(made):
    lines = first(made["cv-dang-ky-hoi-thao"])
    assert "CÔNG VĂN" not in lines
    about = " ".join(lines)
    assert "V/v đăng ký tham dự Hội thảo chuyển đổi số trong nông nghiệp công nghệ cao" in about
    assert "V/v V/v" not in about
    assert "Kính gửi: Các phòng, đơn vị thuộc Sở" in lines
    at = lines.index("TL. GIÁM ĐỐC")
    assert lines[at : at + 3] == ["TL. GIÁM ĐỐC", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"]


def test_a_joint_document_has_all_issuers_numbers_and_signatures(made, library):
    text = pdf.text(made["ke-hoach-lien-tich"])
    for words in (
        *("SỞ KHOA HỌC VÀ CÔNG NGHỆ -", "SỞ GIÁO DỤC VÀ ĐÀO TẠO"),
        *("Số: 57/KHLT-SKHCN", "Số: 112/KHLT-SGDĐT", "Lê Thị Dung", "Phạm Văn Cường"),
    ):
        assert words in text
    plan = library.by_address["ke-hoach/2025/ke-hoach-lien-tich/"]
    view = plans.page(Book(library, SITE, History()), plan).view
    assert [signer["name"] for signer in view["signers"]] == ["Lê Thị Dung", "Phạm Văn Cường"]
    assert view["citation"].startswith(
        "Kế hoạch số 57/KHLT-SKHCN, 112/KHLT-SGDĐT ngày 03 tháng 6 năm 2025 của"
        " Sở Khoa học và Công nghệ tỉnh Lâm Đồng và Sở Giáo dục và Đào tạo tỉnh Lâm Đồng"
    )


def test_an_annex_lies_where_its_table_needs_it(made):
    report = made["bao-cao-kinh-phi"]
    sizes = pdf.tool(report, "pdfinfo", "-f", "1", "-l", "9", "FILE")
    assert re.findall(r"Page +\d+ size: +(\d+)", sizes) == ["595", "841"]


@pytest.mark.parametrize("kind", ["THÔNG BÁO", "GIẤY MỜI", "BÁO CÁO", "KẾ HOẠCH", "QUYẾT ĐỊNH"])
def test_other_kinds_stand_over_their_abstract(kind, made):
    assert any(kind in first(document) for document in made.values())


def test_a_list_of_plans_tells_each_kind(library):
    labels = [parts.plan_label(plan) for plan in library.plans]
    assert "Quyết định số 1207/QĐ-UBND" in labels


def test_an_amendment_is_told_on_both_pages_and_its_citation_leads_there(library):
    book = Book(library, SITE, History())
    before = library.by_address["ke-hoach/2025/ke-hoach-lien-tich/"]
    after = library.by_address["ke-hoach/2025/dieu-chinh-ke-hoach-lien-tich/"]
    (notice,) = plans.page(book, before).view["notices"]
    assert notice["words"] == "Kế hoạch này đã được sửa đổi, bổ sung bởi"
    assert notice["links"] == [{"title": "Kế hoạch số 80/KH-SKHCN", "address": after.address}]
    view = plans.page(book, after).view
    assert view["notices"] == []
    (relation,) = view["relations"]
    assert relation["term"] == "Sửa đổi, bổ sung"
    assert [other["address"] for other in relation["links"]] == [before.address]
    link = '<a class="cited" href="../../../ke-hoach/2025/ke-hoach-lien-tich/">57/KHLT-SKHCN</a>'
    assert f"Kế hoạch số {link} ngày 03 tháng 6 năm 2025" in view["body"]


def test_a_number_of_another_day_is_not_linked(library):
    cited = relations.cited("Kế hoạch số 57/KHLT-SKHCN ngày 04/6/2025")
    assert library.cited(cited) is None
    assert library.meant("57/KHLT-SKHCN").slug == "ke-hoach-lien-tich"
