"""Plans as Word files: the same bytes everywhere, and back again without a loss."""

import re
import subprocess
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from kehoach.building.shelf import read_library
from kehoach.importing import drafts, proof, reading, understanding
from kehoach.importing.drafts import Draft, Wishes
from kehoach.importing.manuscript import Paragraph, Table
from kehoach.importing.office import convert
from kehoach.prints import documents, word
from kehoach.records.body import walking
from kehoach.records.body.model import Style
from kehoach.records.library import Library, read_record
from kehoach.records.plan import Plan
from kehoach.site import TIMEZONE, Site

SITE = Site("Kế hoạch", "", "", datetime(2022, 5, 4, tzinfo=TIMEZONE))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RICH = """---
title: Thử mọi thứ
issuer: so-khcn-quang-ngai
date: 16/3/2021
number: 12/KH-SKHCN
place: Quảng Ngãi
signer: {authority: KT. GIÁM ĐỐC, title: PHÓ GIÁM ĐỐC, name: Phan Văn Hiếu}
recipients: [Như trên;, "Lưu: VT."]
---

Căn cứ *Luật* Khoa học[^1];

## I. NỘI DUNG

1. Việc **đậm** và [liên kết](https://example.org/a?b=1&c=2).

- một ý

+ ý nhỏ

| TT | Nội dung | Thời gian |
|---|---|---|
| 1 | Treo **băng rôn** |  |
| 2 |  | 05/5/2021 |

<table><tr><th rowspan="2">A</th><th colspan="2">B</th></tr><tr><td>c</td><td>d</td></tr></table>

[^1]: Luật số 29/2013/QH13 & văn bản < hướng dẫn.
"""


@pytest.fixture(scope="module")
def sample(root) -> Library:
    return read_library(root / "content")


def plan_of(text: str, library: Library) -> Plan:
    source, plan = read_record(text.encode(), "ke-hoach/2021/thu.md", "content")
    assert isinstance(plan, Plan), source.findings
    return plan


def exported(plan: Plan, library: Library, path: Path) -> Path:
    path.write_bytes(word.draw(word.data(plan, library, SITE), {}))
    return path


def again(path: Path) -> tuple[Draft, proof.Proof]:
    found = reading.read(path)
    parts = understanding.understand(found.manuscript)
    assert found.manuscript.carried is not None
    draft = drafts.draft_again(found.manuscript, parts, found.manuscript.carried, Wishes())
    proved = proof.prove(found.words, found.road, found.manuscript, parts, draft.body)
    return draft, proved


def test_every_plan_comes_back_byte_for_byte(root, sample, tmp_path):
    for plan in sample.plans:
        draft, proved = again(exported(plan, sample, tmp_path / "x.docx"))
        assert draft.text.encode() == (root / plan.path).read_bytes()
        assert draft.file == plan.file
        assert proved.holds, (proved.missing, proved.added)


@pytest.mark.libreoffice
def test_every_plan_comes_back_after_libreoffice_saved_it(root, sample, tmp_path):
    for plan in sample.plans[:2]:
        path = exported(plan, sample, tmp_path / f"{plan.slug}.docx")
        saved = convert(path, tmp_path / "saved")
        draft, proved = again(saved)
        assert draft.text.encode() == (root / plan.path).read_bytes()
        assert proved.holds, (proved.missing, proved.added)


def test_what_was_changed_in_word_is_taken_and_all_else_keeps_its_markdown(sample, tmp_path):
    plan = next(plan for plan in sample.plans if "15 phút" in plan.body)
    path = exported(plan, sample, tmp_path / "x.docx")
    changed = tmp_path / "y.docx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace("15 phút".encode(), "20 phút".encode()))
    text = again(changed)[0].text
    # the text that travels along was changed by the same stroke; what counts is what the page says
    assert text == plan.origin.text.replace("15 phút", "20 phút")


def test_the_same_bytes_on_two_runs_stored_sorted_and_dated_1980(sample):
    data = word.data(sample.plans[0], sample, SITE)
    first = word.draw(data, {})
    assert first == word.draw(data, {})
    with zipfile.ZipFile(BytesIO(first)) as package:
        infos = package.infolist()
    assert {info.compress_type for info in infos} == {zipfile.ZIP_STORED}
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    names = [info.filename for info in infos]
    assert names == ["[Content_Types].xml", *sorted(names[1:])]
    assert len(set(names)) == len(names)


def test_a_rich_text_in_the_form_of_the_decree(sample, tmp_path):
    path = exported(plan_of(RICH, sample), sample, tmp_path / "x.docx")
    manuscript = reading.read(path).manuscript
    texts = [paragraph.line for paragraph in manuscript.paragraphs()]
    assert texts[:6] == [
        "UBND TỈNH QUẢNG NGÃI",
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        "Số: 12/KH-SKHCN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Quảng Ngãi, ngày 16 tháng 3 năm 2021",
    ]
    tables = [block for block in manuscript.blocks if isinstance(block, Table) and block.ruled]
    first = [[cell.blocks[0].line if cell.blocks else "" for cell in row] for row in tables[0].rows]
    assert first == [
        ["TT", "Nội dung", "Thời gian"],
        ["1", "Treo băng rôn", ""],
        ["2", "", "05/5/2021"],
    ]
    assert [(c.columns, c.rows) for c in tables[1].rows[0]] == [(1, 2), (2, 1)]
    basis = next(b for b in manuscript.blocks if isinstance(b, Paragraph) and "Luật" in b.text)
    assert [run.note for run in basis.runs if run.note] == ["1"]
    assert [p.line for p in manuscript.notes["1"]] == [
        "Luật số 29/2013/QH13 & văn bản < hướng dẫn."
    ]
    assert [
        (b.heading, b.line) for b in manuscript.blocks if isinstance(b, Paragraph) and b.heading
    ] == [(1, "I. NỘI DUNG")]
    draft, proved = again(path)
    assert draft.text == RICH
    assert proved.holds, (proved.missing, proved.added)


def test_a_header_cell_that_reaches_into_the_rows_below(sample, tmp_path):
    """Its rows are the header's: Word and paper repeat them together."""
    plan = plan_of(RICH, sample)
    assert documents.draw(documents.data(plan, sample, SITE), {}).startswith(b"%PDF")
    with zipfile.ZipFile(exported(plan, sample, tmp_path / "x.docx")) as package:
        document = etree.fromstring(package.read("word/document.xml"))
    tables = [
        table for table in document.iter(f"{W}tbl") if table.find(f".//{W}tblHeader") is not None
    ]
    assert [len(list(table.iter(f"{W}tblHeader"))) for table in tables] == [1, 2]


def test_language_title_and_headers_for_those_who_listen(sample, tmp_path):
    path = exported(plan_of(RICH, sample), sample, tmp_path / "x.docx")
    with zipfile.ZipFile(path) as package:
        styles = package.read("word/styles.xml").decode()
        core = package.read("docProps/core.xml").decode()
        document = etree.fromstring(package.read("word/document.xml"))
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))
    assert '<w:lang w:val="vi-VN"' in styles
    assert "<dc:title>Thử mọi thứ</dc:title>" in core
    assert "2021-03-16" in core
    assert (
        len(list(document.iter(f"{W}tblHeader"))) == 3
    )  # of the second table two, which a cell joins
    described = next(document.iter(f"{W}tblDescription"))
    assert described.get(f"{W}val") == "TT, Nội dung, Thời gian"


def test_a_material_is_text_to_copy(sample, tmp_path):
    material = sample.materials[0]
    path = tmp_path / "x.docx"
    path.write_bytes(word.draw_material(word.material_data(material, sample), {}))
    texts = [paragraph.line for paragraph in reading.read(path).manuscript.paragraphs()]
    assert material.title in texts
    words = re.findall(r"\w+", " ".join(texts))
    assert len(words) > len(re.findall(r"\w+", material.body)) * 0.95


@pytest.mark.libreoffice
def test_libreoffice_draws_it_on_a4_with_the_letterhead_in_its_lines(sample, tmp_path):
    path = exported(sample.plans[0], sample, tmp_path / "x.docx")
    drawn = convert(path, tmp_path / "drawn", "pdf")
    told = subprocess.run(
        ["pdfinfo", str(drawn)], capture_output=True, text=True, check=True
    ).stdout
    assert "(A4)" in told
    text = subprocess.run(
        ["pdftotext", "-layout", str(drawn), "-"], capture_output=True, text=True, check=True
    ).stdout
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    assert lines[0].startswith("UBND TỈNH")
    assert lines[0].endswith(
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    )  # in one line, as the form has it


MARKED = """\
!!! warning "Mưa bão"
    Hoãn ==ngay==.

=== "Sáng"
    Bấm ++ctrl+p++.

- [x] đã gửi

:material-phone: [Gọi](tel:0255){ .md-button } H~2~O ~~bỏ~~

```py title="a.py"
x = 1
```
"""


def test_materials_marks_are_what_they_mean_in_word_too():
    body = word.material_body(MARKED)
    texts = walking.words(body.blocks)
    assert texts == "Mưa bão Hoãn ngay. Sáng Bấm Ctrl+P. ☑ đã gửi Gọi H2O bỏ a.py x = 1"
    styles = {
        piece.style
        for block in body.blocks
        for piece in getattr(block, "line", ())
        if hasattr(piece, "style")
    }
    assert styles == {Style.MARK, Style.CODE, Style.SUB, Style.STRIKE}
