"""Documents of a department as they are signed: each of its kind, on the page and on paper.

`content` is a department of its own with its units; what its documents show is the form of Decree
30/2020/NĐ-CP, Appendix III.
"""

import json
import re
import shutil
from datetime import date, datetime
from functools import partial
from pathlib import Path

import pytest

from kehoach import prints, reporting, rules
from kehoach.building.shelf import read_library
from kehoach.feeds import jsonld
from kehoach.history import History
from kehoach.pages import parts, plans, units
from kehoach.pages.parts import Book
from kehoach.prints import documents, invitations
from kehoach.records import relations
from kehoach.records.kinds import KINDS, Form, kind_of
from kehoach.search import documents as search
from kehoach.site import TIMEZONE, Site
from prints import pdf
from whole import all_feeds

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


@pytest.mark.parametrize(
    ("slug", "number", "kind", "begins"),
    [
        ("thong-bao-nghi-le", "71/TB-SKHCN", "THÔNG BÁO", "Về việc treo cờ"),
        ("giay-moi-toa-dam", "88/GM-SKHCN", "GIẤY MỜI", "Dự Tọa đàm"),
        ("bao-cao-kinh-phi", "64/BC-SKHCN", "BÁO CÁO", "Kết quả sử dụng kinh phí"),
        ("tuan-le-chuyen-doi-so", "96/KH-SKHCN", "KẾ HOẠCH", "Tổ chức Tuần lễ"),
        ("huong-dan-cham-diem", "12/HD-SKHCN", "HƯỚNG DẪN", "Chấm điểm hoạt động"),
        ("chuong-trinh-pho-bien", "18/CTr-SKHCN", "CHƯƠNG TRÌNH", "Phổ biến kiến thức"),
        ("to-trinh-thanh-lap-to", "77/TTr-SKHCN", "TỜ TRÌNH", "Về việc thành lập Tổ"),
        ("chi-thi-an-toan-thong-tin", "09/CT-UBND", "CHỈ THỊ", "Về việc tăng cường bảo đảm"),
        ("quyet-dinh-ban-hanh-ke-hoach", "1207/QĐ-UBND", "QUYẾT ĐỊNH", "Về việc ban hành"),
    ],
)
def test_a_kind_stands_over_its_abstract(slug, number, kind, begins, made, library):
    lines = first(made[slug])
    at = lines.index(kind)
    assert any(f"Số: {number} Lâm Đồng, ngày" in line for line in lines[:at])
    assert lines[at + 1].startswith(begins)
    view = plans.page(Book(library, SITE, History()), library.by_address[f"ke-hoach/2025/{slug}/"])
    assert view.view["letterhead"]["number"] == number
    assert view.title.startswith(begins)


def test_a_submission_is_addressed_below_its_abstract(made):
    lines = first(made["to-trinh-thanh-lap-to"])
    assert lines.index("Kính gửi: Ủy ban nhân dân tỉnh Lâm Đồng") > lines.index("TỜ TRÌNH")


def test_a_section_in_capitals_is_a_heading_with_or_without_marks(made, library):
    tree = pdf.structure(made["tuan-le-chuyen-doi-so"])
    assert len(re.findall(r"^ *H2\b", tree, re.M)) >= 3
    plan = library.by_address["ke-hoach/2025/tuan-le-chuyen-doi-so/"]
    body = plans.page(Book(library, SITE, History()), plan).view["body"]
    assert '<h2 class="section" id="ii"><span class="number">II.</span>' in body
    assert '<p class="section level-2" id="ii-1">' in body


def test_the_programme_in_an_annex_is_that_of_the_event_that_leads_to_it(library):
    plan = library.by_address["ke-hoach/2025/tuan-le-chuyen-doi-so/"]
    opening, *others = plan.events
    assert [(step.at, step.what, step.who) for step in opening.steps] == [
        ("7h30 - 8h00", "Đón đại biểu", "Văn phòng Sở"),
        ("8h00 - 8h15", "Văn nghệ chào mừng", None),
        ("8h15 - 8h45", "Phát biểu khai mạc", "Lãnh đạo Sở"),
    ]
    assert [event.steps for event in others] == [(), ()]
    files = {feed.address: feed.content for feed in all_feeds(library, SITE, History())}
    calendar = files["su-kien/2025/khai-mac/index.ics"].decode().replace("\r\n ", "")
    assert "7h30 - 8h00: Đón đại biểu (Văn phòng Sở)" in calendar
    told = json.loads(files["api/v1/events.json"])["events"]
    (event,) = (event for event in told if event["url"].endswith("/khai-mac/"))
    assert [step["at"] for step in event["programme"]][-1] == "8h15 - 8h45"
    invitation = pdf.text(invitations.draw(invitations.data(opening, library, SITE)))
    assert "7h30 - 8h00 Đón đại biểu" in invitation


def test_numbers_of_an_annex_are_its_own(library):
    outline = library.by_address["ke-hoach/2025/tuan-le-chuyen-doi-so/"].outline
    found = [section.anchor for section in outline.within(outline.annexes[1])]
    assert found == [
        "phu-luc-ii",
        *("phu-luc-ii-phan-i", "phu-luc-ii-phan-i-a", "phu-luc-ii-phan-i-a-1"),
        *("phu-luc-ii-phan-i-a-1-a", "phu-luc-ii-phan-i-a-1-b"),
        *("phu-luc-ii-phan-i-a-1-b-1", "phu-luc-ii-phan-i-a-1-b-2"),
        *("phu-luc-ii-phan-i-b", "phu-luc-ii-phan-i-b-1"),
        *("phu-luc-ii-phan-ii", "phu-luc-ii-phan-ii-i-1", "phu-luc-ii-phan-ii-i-2"),
    ]
    assert outline.find("Phụ lục II, phần I").title == "Việc chung"
    assert outline.find("II.3").title.startswith("Tọa đàm")


def test_each_annex_counts_its_pages_from_the_second_on(library):
    plan = library.by_address["ke-hoach/2025/tuan-le-chuyen-doi-so/"]
    data = documents.data(plan, library, SITE)
    many = "".join(f"| {n}h00 | Việc {n} | Văn phòng Sở |\n" for n in range(90))
    row = "| 7h30 - 8h00 | Đón đại biểu | Văn phòng Sở |\n"
    text = pdf.text(documents.draw(data | {"body": data["body"].replace(row, row + many)}, {}))
    tops = [page.split("\n", 1)[0] for page in text.rstrip("\f").split("\f")]
    assert tops[1:] == ["2", "PHỤ LỤC I", "2", "3", "PHỤ LỤC II"]


def test_a_table_keeps_its_empty_cells_line_ends_and_bold_words(made):
    shown = pdf.tool(made["tuan-le-chuyen-doi-so"], "pdftotext", "-layout", "FILE", "-")
    assert re.search(r"1 +Dựng gian trải +Văn phòng Sở {12,}08 - +06 gian\n", shown)
    assert re.search(r"và biển chỉ dẫn\n", shown)


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
    body = re.sub(r'<span class="kept">(.*?)</span>', r"\1", view["body"])
    assert f"Kế hoạch số {link} ngày 03 tháng 6 năm 2025" in body


def test_a_number_of_another_day_is_not_linked(library):
    cited = relations.cited("Kế hoạch số 57/KHLT-SKHCN ngày 04/6/2025")
    assert library.cited(cited) is None
    assert library.meant("57/KHLT-SKHCN").slug == "ke-hoach-lien-tich"


JOINT = "ke-hoach/2025/ke-hoach-lien-tich/"


def test_a_joint_document_is_one_of_each_issuer(library):
    book = Book(library, SITE, History())
    pages = {page.address: page for page in units.listing(book)}
    for unit in ("so-khcn-lam-dong", "so-gddt-lam-dong"):
        assert JOINT in [item["address"] for item in pages[f"don-vi/{unit}/"].view["issued"]]
    listed = next(page for page in plans.listing(book) if page.address == "ke-hoach/")
    (item,) = (
        item
        for group in listed.view["groups"]
        for item in group["plans"]
        if item["address"] == JOINT
    )
    assert [issuer["address"] for issuer in item["issuers"]] == [
        *("don-vi/so-khcn-lam-dong/", "don-vi/so-gddt-lam-dong/"),
    ]
    assert "Sở Giáo dục và Đào tạo tỉnh Lâm Đồng" in dict(listed.view["issuers"])
    files = {feed.address: feed.content.decode() for feed in all_feeds(library, SITE, History())}
    title = "Kế hoạch số 57/KHLT-SKHCN"
    assert title in files["don-vi/so-gddt-lam-dong/feed.xml"]
    assert (
        "<name>Sở Khoa học và Công nghệ tỉnh Lâm Đồng và Sở Giáo dục và Đào tạo tỉnh Lâm Đồng</name>"
        in files["feed.xml"]
    )
    node = jsonld.plan(library.by_address[JOINT], library, SITE)
    assert node["legislationIdentifier"] == ["57/KHLT-SKHCN", "112/KHLT-SGDĐT"]
    assert [party["name"] for party in node["legislationPassedBy"]] == [
        *("Sở Khoa học và Công nghệ tỉnh Lâm Đồng", "Sở Giáo dục và Đào tạo tỉnh Lâm Đồng"),
    ]
    (entry,) = (e for e in search.entries(library) if e.address == JOINT)
    assert "112/KHLT-SGDĐT" in entry.label
    assert entry.units == ("Sở KH&CN", "Sở Giáo dục và Đào tạo tỉnh Lâm Đồng")


def test_an_issuer_that_nobody_knows_is_told_of_joint_documents_too(tmp_path):
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    path = content / f"{JOINT.rstrip('/')}.md"
    path.write_text(path.read_text().replace("so-gddt-lam-dong", "so-gddt-lam-don"))
    (finding,) = rules.check(read_library(content), today=TODAY)
    assert (finding.rule, finding.line) == ("unknown-unit", 9)
    assert finding.hint == "có phải `so-gddt-lam-dong`?"


def test_units_stand_by_the_vietnamese_alphabet(library):
    pages = {page.address: page for page in units.listing(Book(library, SITE, History()))}
    names = [child["name"] for child in pages["don-vi/so-khcn-lam-dong/"].view["children"]]
    assert names == [
        "Các phòng, đơn vị thuộc Sở",
        "Phòng Chuyển đổi số",
        "Phòng Quản lý Khoa học",
        "Trung tâm Ứng dụng Khoa học và Công nghệ",
        "Văn phòng Sở",
    ]
    committee, union = pages["don-vi/"].view["groups"]
    assert (committee["name"], union["name"]) == (
        *("Ủy ban nhân dân tỉnh Lâm Đồng", "Tỉnh đoàn Lâm Đồng"),
    )
    assert [child["name"] for child in committee["children"]] == [
        *("Sở Giáo dục và Đào tạo tỉnh Lâm Đồng", "Sở Khoa học và Công nghệ tỉnh Lâm Đồng"),
    ]
