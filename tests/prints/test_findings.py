"""Bad input is a finding that names field and character; a good library has none."""

import io
import json
import shutil
import unicodedata
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from kehoach.building.shelf import read_library
from kehoach.prints import invitations
from kehoach.prints.coverage import characters, missing
from prints import pdf
from whole import all_prints, all_problems, of_one_event

CAMPAIGN = """---
title: Ngày Khoa học và Công nghệ Việt Nam năm 2024
day: 18/5/2024
slogans:
  - {{id: mot, text: "{text}"}}
---
"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h10v10z"/></svg>'


@pytest.fixture
def campaign(tmp_path: Path):
    """A library of one campaign with one slogan."""

    def make(text: str):
        folder = tmp_path / "chu-de"
        folder.mkdir(exist_ok=True)
        (folder / "2024.md").write_text(CAMPAIGN.format(text=text), "utf-8")
        return read_library(tmp_path)

    return make


def test_the_library_prints_as_it_is(library, department):
    assert list(all_problems(library, department)) == []


def test_a_missing_glyph_names_field_and_character(campaign, department):
    library = campaign("Chào mừng 😀")
    (finding,) = all_problems(library, department)
    assert (finding.rule, finding.field) == ("missing-glyph", "slogans[0].text")
    assert (finding.path, finding.line) == ("content/chu-de/2024.md", 5)
    assert "“😀” (U+1F600)" in finding.message
    made = list(all_prints(library, department))
    assert not [one for one in made if one.kind == "banner"]
    (kit,) = (one for one in made if one.kind == "kit")
    with zipfile.ZipFile(io.BytesIO(kit.make())) as packed:
        assert {name.rpartition(".")[2] for name in packed.namelist()} == {"txt", "svg"}


def test_a_missing_glyph_in_a_body_is_found_at_its_line(root, tmp_path, department):
    shutil.copytree(root / "content", tmp_path / "content")
    file = tmp_path / "content/ke-hoach/2022/ngay-khcn-quang-ngai.md"
    text = file.read_text("utf-8").rstrip("\n")
    file.write_text(f"{text}\n\nhai ☃ ba\n", "utf-8")
    library = read_library(tmp_path / "content")
    findings = [f for f in all_problems(library, department) if f.rule == "missing-glyph"]
    assert [(f.line, f.column) for f in findings] == [(text.count("\n") + 3, 5)]
    address = "ke-hoach/2022/ngay-khcn-quang-ngai/ngay-khcn-quang-ngai.pdf"
    assert address not in {made.address for made in all_prints(library, department)}


EVENT = """    title: Tọa đàm 一
    kind: tọa đàm
    when: [ngày 16/5/2024, "ngày 17/5/2024 丁"]
    place: Hội trường 七
    address: 1 Lê Lợi 万
    places: [{name: Nhà văn hóa 丈, address: 2 Lê Lợi 三, map: "https://ban-do.vn/上"}]
    lead: Phòng 下
    partners: [Sở Y tế, Sở 不]
    audience: Học sinh 与
    attendance: 150 丐
    theme: Sáng tạo 丑
    description: Nội dung 专
    documents: [{file: a.pdf, title: Tài liệu 且}]
    programme: [{at: 8:00 丕, what: Khai mạc 世, who: Văn phòng 丗}]
    online: "https://hop.vn/丘"
    registration: {url: "https://dang-ky.vn/丙", until: "trước ngày 10/5/2024 业"}
    contact: {name: Bà Lan 丛}
    fee: Miễn phí 东
    result: {words: Đã trao giải 丝}
"""


@pytest.fixture
def odd(tmp_path: Path):
    """A library of one plan, whose event has a character in each text that no font has."""
    return of_one_event(tmp_path, EVENT)


def test_every_text_of_an_event_that_is_printed_is_looked_at(odd, department):
    (event,) = odd.events
    told = json.dumps(invitations.data(event, odd, department), ensure_ascii=False)
    printed = [character for character in EVENT if "一" <= character <= "龥" and character in told]
    assert len(printed) == 21
    findings = [f for f in all_problems(odd, department) if f.rule == "missing-glyph"]
    fields = {f.message.partition("“")[2][0]: f.field for f in findings}
    assert sorted(fields) == sorted(printed)
    assert fields["万"] == "events[0].address"
    assert fields["丗"] == "events[0].programme[0].who"


def test_what_an_author_allows_is_printed_with_a_sign_in_its_place(odd, department):
    made = {one.address: one for one in all_prints(odd, department)}
    assert "ke-hoach/2024/x/x.pdf" in made  # has nothing of the event
    assert "Phí tham dự: Miễn phí □" in pdf.text(made["su-kien/2024/mot/giay-moi.pdf"].make())
    assert "Tọa đàm ?" in pdf.text(made["lich/2024/lich-2024.pdf"].make())


def test_names_of_campaigns_units_and_of_the_site_are_looked_at(campaign, department, tmp_path):
    (tmp_path / "don-vi.yml").write_text(
        "- {id: so, name: Sở 一, short: Sở 丁, kind: sở}\n", "utf-8"
    )
    made = campaign("Chào mừng")
    file = tmp_path / "chu-de/2024.md"
    periods = "periods: [{kind: chuẩn bị, title: Đợt 七, when: tháng 4/2024}]\nslogans"
    text = file.read_text("utf-8").replace("năm 2024", "năm 2024 万").replace("slogans", periods)
    file.write_text(text, "utf-8")
    made = read_library(tmp_path)
    found = all_problems(made, replace(department, name="Sở 丈"))
    assert [(f.path, f.line, f.field) for f in found] == [
        ("mkdocs.yml", 1, "site_name"),
        ("content/don-vi.yml", 1, "[0].name"),
        ("content/don-vi.yml", 1, "[0].short"),
        ("content/chu-de/2024.md", 2, "title"),
        ("content/chu-de/2024.md", 4, "periods[0].title"),
    ]


def test_a_slogan_too_long_for_a_format_says_how_small_it_would_be(campaign, department):
    findings = list(all_problems(campaign("Khoahoccongnghe" * 12), department))
    assert {finding.rule for finding in findings} == {"slogan-too-long"}
    assert {finding.severity for finding in findings} == {"warning"}
    street = next(f for f in findings if "Băng rôn ngang 6 m" in f.message)
    assert "nhỏ hơn mức đọc được là 100 mm" in street.message
    assert street.field == "slogans[0].text"


@pytest.mark.parametrize(
    ("speech", "told"),
    [
        ("một hai ba bốn " * 10, "dài quá 18 cụm từ"),
        ("k" * 501, "dài quá 500 ký tự"),
        ("Ngày 18 " * 5_000, "dài quá 500 ký tự"),
    ],
)
def test_a_speech_is_no_slogan(campaign, department, speech, told):
    library = campaign(speech)
    (finding,) = all_problems(library, department)
    assert told in finding.message
    made = list(all_prints(library, department))
    assert not [one for one in made if one.kind == "banner"]
    (kit,) = (one for one in made if one.kind == "kit")
    with zipfile.ZipFile(io.BytesIO(kit.make())) as packed:
        assert {name.rpartition(".")[2] for name in packed.namelist()} == {"txt", "svg"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "không có tệp"),
        (b"GIF89a", "không phải SVG hay PNG"),
        (b"\x89PNG\r\n\x1a\nhong", "không đọc được hình"),
        (b"<svg>", "không đọc được hình"),
        (SVG + b" " * 300_000, "nặng 293 KB"),
    ],
)
def test_a_bad_emblem(content, message, campaign, department, tmp_path):
    library = campaign("Chào mừng")
    if content is not None:
        (tmp_path / "bieu-trung.svg").write_bytes(content)
    site = replace(department, extra={"department": {"emblem": "bieu-trung.svg"}})
    (finding,) = all_problems(library, site)
    assert (finding.rule, finding.path) == ("bad-emblem", "mkdocs.yml")
    assert message in finding.message


def test_an_emblem_outside_the_content_is_not_read(campaign, department):
    site = replace(department, extra={"department": {"emblem": "../secret.svg"}})
    (finding,) = all_problems(campaign("Chào mừng"), site)
    assert "nằm ngoài thư mục nội dung" in finding.message


def test_a_good_emblem_is_on_every_banner(campaign, department, tmp_path):
    library = campaign("Chào mừng năm mới")
    (tmp_path / "bieu-trung.svg").write_bytes(SVG)
    site = replace(department, extra={"department": {"emblem": "bieu-trung.svg"}})
    assert list(all_problems(library, site)) == []
    plain = {a.address: a for a in all_prints(library, department) if a.kind == "banner"}
    for made in all_prints(library, site):
        if made.kind == "banner":
            assert made.data["emblem"] != ""
            assert made.make() != plain[made.address].make()


def test_an_unknown_scheme_is_a_finding_that_lists_the_known(library, department):
    (finding,) = all_problems(library, replace(department, scheme="tim"))
    assert finding.rule == "unknown-scheme"
    assert finding.hint == "dùng một trong: do-vang, xanh-trang, trang"


@pytest.mark.parametrize("font", ["Tinos-Regular", "Anton-Regular", "BeVietnamPro-Bold"])
def test_every_vietnamese_letter_has_a_glyph(font):
    vowels = "aăâeêioôơuưy"
    tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]

    letters = {unicodedata.normalize("NFC", v + t) for v in vowels + vowels.upper() for t in tones}
    assert missing("".join(sorted(letters | {"đ", "Đ"})), font) == []
    assert len(characters(font)) > 250
