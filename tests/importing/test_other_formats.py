"""Plain text, HTML, PDF and what LibreOffice reads: the same plan, whatever file it comes in."""

import shutil

import pytest

from importing import plans
from kehoach.importing import drafts, proof, reading, understanding
from kehoach.importing.drafts import Draft, Wishes
from kehoach.importing.manuscript import Paragraph, Table
from kehoach.importing.office import convert
from kehoach.importing.plain_text import manuscript
from kehoach.importing.problem import ImportProblem
from kehoach.importing.reading import Reading
from kehoach.prints import documents
from kehoach.records.body import outline
from kehoach.records.library import Library
from prints.test_word import SITE

TEXT = """Số: 35/KH-SKHCN
Lâm Đồng, ngày 22/4/2025

KẾ HOẠCH
Tổ chức các hoạt động chào mừng Ngày KH&CN năm 2025

I. NỘI DUNG

1. Lễ mít tinh giai đoạn mới¹

- Thời gian: 14 giờ 00, ngày 16/5/2025.

| TT | Nội dung | Thời gian |
|---|---|---|
| 1 | Treo băng rôn | 05 - 20/5/2025 |

¹ Theo Nghị quyết số 45-NQ/TW.

Nơi nhận:
- Như trên;
- Lưu: VT.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC

Nguyễn Văn A
"""
CLIPBOARD = """Version:1.0
<html><head><style>p {color: red}</style></head><body><!--StartFragment-->
<p align=center><b>KẾ HOẠCH</b></p><p align=center><b>Tổ chức hội thảo</b></p>
<p><b>I. NỘI DUNG</b></p><p>1. Thời&nbsp;gian: 16/5/2025 <i>(dự kiến)</i><span style='display:none'>ẩn</span></p>
<p><span style='font-family:".VnTime"'>§Þa ®iÓm l­u tr÷</span></p>
<ul><li>một ý</li></ul><ol start=3><li>mục ba</li></ol>
<table border=1><tr><td rowspan=2>A</td><td>B</td></tr><tr><td>C</td></tr></table><!--EndFragment--></body></html>"""


@pytest.fixture(scope="module")
def sample(root) -> Library:
    return plans.library(root)


def drafted(found: Reading, library: Library) -> tuple[Draft, proof.Proof]:
    parts = understanding.understand(found.manuscript)
    draft = drafts.draft_of(found.manuscript, parts, library, Wishes())
    source = found.words, found.road, found.manuscript, parts, draft.body, found.unit
    return draft, proof.prove(*source)


def test_plain_text(tmp_path, sample):
    path = tmp_path / "x.txt"
    path.write_text(TEXT)
    draft, proved = drafted(reading.read(path), sample)
    assert proved.holds, (proved.missing, proved.added)
    assert draft.values["number"] == "35/KH-SKHCN"
    assert draft.values["date"] == "22/4/2025"
    assert draft.values["signer"] == {
        "authority": "KT. GIÁM ĐỐC",
        "title": "PHÓ GIÁM ĐỐC",
        "name": "Nguyễn Văn A",
    }
    assert draft.values["recipients"] == ["Như trên;", "Lưu: VT."]
    assert draft.body.startswith("## I. NỘI DUNG\n\n### 1. Lễ mít tinh giai đoạn mới[^1]\n")
    assert "| 1 | Treo băng rôn | 05 - 20/5/2025 |" in draft.body
    assert draft.body.endswith("[^1]: Theo Nghị quyết số 45-NQ/TW.")


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16", "cp1258"])
def test_text_in_the_codings_of_windows(tmp_path, coding):
    path = tmp_path / "x.txt"
    text = "Sô\u0301: 5/KH-SKHCN" if coding == "cp1258" else "Số: 5/KH-SKHCN"  # it has marks apart
    path.write_bytes(text.encode(coding))
    assert [p.line for p in reading.read(path).manuscript.paragraphs()] == ["Số: 5/KH-SKHCN"]


def test_wrapped_lines_are_one_paragraph():
    text = "Thực hiện Công văn số 1405/BKHCN-VP ngày 10/4/2025 của Bộ Khoa học\nvà Công nghệ, Sở ban hành.\n- một"
    whole = text.split("\n- ")[0].replace("\n", " ")
    assert [p.line for p in manuscript(text).paragraphs()] == [whole, "- một"]


def test_the_clipboard_of_word(sample):
    found = reading.from_html(CLIPBOARD)
    lines = [p.line for p in found.manuscript.paragraphs()]
    assert lines == [
        "KẾ HOẠCH",
        "Tổ chức hội thảo",
        "I. NỘI DUNG",
        "1. Thời gian: 16/5/2025 (dự kiến)",
        "Địa điểm lưu trữ",
        "- một ý",
        "3. mục ba",
        "A",
        "B",
        "C",
    ]
    assert [out.text for out in found.manuscript.left_out] == ["ẩn"]
    [table] = [block for block in found.manuscript.blocks if isinstance(block, Table)]
    assert [(cell.columns, cell.rows) for cell in table.rows[0]] == [(1, 2), (1, 1)]
    first = found.manuscript.blocks[0]
    assert isinstance(first, Paragraph)
    assert first.bold
    assert first.centred


def test_our_own_pdf(sample, tmp_path):
    for plan in sample.plans[:2]:
        path = tmp_path / "x.pdf"
        path.write_bytes(documents.draw(documents.data(plan, sample, SITE), {}))
        draft, proved = drafted(reading.read(path), sample)
        assert proved.holds, (proved.missing, proved.added)
        assert draft.values["title"] == plan.title
        assert draft.values["issuer"] == plan.issuer
        numbers = [section.number for section in outline(draft.body).sections]
        assert numbers == [section.number for section in plan.outline.sections]


@pytest.mark.parametrize("form", ["pdf", "odt", "doc", "rtf"])
@pytest.mark.libreoffice
def test_what_libreoffice_makes_and_reads(sample, tmp_path, form):
    plan = next(plan for plan in sample.plans if plan.slug == "hoi-thao-sang-kien-bac-giang")
    word = plans.write(plan, sample, tmp_path / "x.docx")
    draft, proved = drafted(reading.read(convert(word, tmp_path, form)), sample)
    assert proved.holds, (proved.missing, proved.added)
    assert draft.values["title"] == plan.title
    assert draft.values["recipients"] == list(plan.recipients)
    numbers = [section.number for section in outline(draft.body).sections]
    assert numbers == [section.number for section in plan.outline.sections]
    assert [event["section"] for event in draft.values["events"]] == ["II"]
    assert [deadline["section"] for deadline in draft.values["deadlines"]] == ["III.3"]


def test_without_libreoffice_the_package_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    path = tmp_path / "x.odt"
    path.write_bytes(b"x")
    with pytest.raises(ImportProblem, match="apt-get install libreoffice-writer-nogui"):
        reading.read(path)


def test_a_broken_pdf_and_an_unknown_file_are_sentences(tmp_path):
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7\nx")
    with pytest.raises(ImportProblem, match=r"hỏng|bản quét"):
        reading.read(tmp_path / "x.pdf")
    (tmp_path / "x.xls").write_bytes(b"x")
    with pytest.raises(ImportProblem, match=r"nhập được: \.docx"):
        reading.read(tmp_path / "x.xls")
