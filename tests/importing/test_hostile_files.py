"""Files that mean harm, or are no Word files at all: a sentence, at once, in little memory."""

import random
import resource
import shutil
import struct
import zipfile

import pytest

from importing import word_files as files
from importing.test_pdf import pdf_of
from importing.word_files import p
from kehoach.importing import reading, word
from kehoach.importing.problem import ImportProblem


def refusal(path) -> str:
    with pytest.raises(ImportProblem) as caught:
        word.read(path)
    return str(caught.value)


def replaced(tmp_path, name: str, content: bytes):
    """A Word file with one part replaced."""
    path = files.write(tmp_path / "x.docx", p("x"))
    made = tmp_path / "y.docx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return made


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    path = replaced(tmp_path, "word/document.xml", b"<w:p>" + b" " * 500_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "bung ra quá lớn (phần word/document.xml)" in refusal(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # KB


def test_ten_thousand_pages_are_refused(tmp_path):
    path = files.write(tmp_path / "x.docx", p("Một đoạn văn của trang này.") * 300_000)
    assert "tách văn bản thành nhiều tệp" in refusal(path)


@pytest.mark.parametrize(
    "inner",
    [
        '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><w>&b;</w>',
        '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>',
        '<!DOCTYPE w SYSTEM "http://example.org/x.dtd"><w/>',
    ],
)
def test_entities_are_refused(tmp_path, inner):
    assert "DOCTYPE" in refusal(replaced(tmp_path, "word/document.xml", inner.encode()))


def test_macros_passwords_and_other_files_are_named(tmp_path):
    macro = files.write(tmp_path / "x.docm", p("x"), files={"word/vbaProject.bin": b"x"})
    assert "có macro" in refusal(macro)
    old = tmp_path / "cu.docx"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "có mật khẩu hoặc thuộc định dạng Word 97-2003" in refusal(old)
    text = tmp_path / "chu.docx"
    text.write_text("không phải zip")
    assert "không phải tệp Word" in refusal(text)


def test_an_encrypted_zip_is_named(tmp_path):
    path = files.write(tmp_path / "x.docx", p("x"))
    raw = bytearray(path.read_bytes())
    at = raw.find(b"PK\x01\x02")
    struct.pack_into("<H", raw, at + 8, struct.unpack_from("<H", raw, at + 8)[0] | 1)
    path.write_bytes(raw)
    assert "có mật khẩu" in refusal(path)


def test_what_points_outside_is_not_fetched_but_told(tmp_path):
    relation = (
        '<Relationship Id="t" Type="x/attachedTemplate" '
        'Target="http://127.0.0.1:9/x.dotm" TargetMode="External"/>'
    )
    path = files.write(tmp_path / "x.docx", p("x"), relations=relation)
    assert "http://127.0.0.1:9/x.dotm" in word.read(path).remarks[0]


def test_tables_in_tables_are_read_and_beyond_all_measure_refused(tmp_path):
    def nested(depth: int):
        body = "<w:tbl><w:tr><w:tc>" * depth + p("x") + "</w:tc></w:tr></w:tbl>" * depth
        return files.write(tmp_path / f"{depth}.docx", body)

    assert [paragraph.line for paragraph in word.read(nested(50)).paragraphs()] == ["x"]
    assert "400.docx" in refusal(nested(400))


@pytest.mark.parametrize("content", [b"", b"<w", b"<x/>", b"\xff\xfe\x00", b"<w:document/>"])
def test_broken_parts_are_no_traceback(tmp_path, content):
    assert "docx" in refusal(replaced(tmp_path, "word/document.xml", content))


def refused(path) -> str:
    with pytest.raises(ImportProblem) as caught:
        reading.read(path)
    return str(caught.value)


def test_a_bomb_that_nothing_names_is_not_unpacked_for_the_proof_either(tmp_path):
    path = replaced(
        tmp_path, "word/document.xml", f"<w:document {files.W}><w:body/></w:document>".encode()
    )
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/header9.xml", b"<w:hdr>" + b" " * 500_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert not reading.read(path).words
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # KB


def test_names_that_are_absolute_are_parts_like_others_and_nothing_leaves_the_package(tmp_path):
    relation = '<Relationship Id="a" Type="x/image" Target="../../../../etc/passwd"/>'
    body = p("x", '<w:r><w:drawing><a:blip r:embed="a"/></w:drawing></w:r>')
    path = files.write(tmp_path / "x.docx", body, relations=relation)
    made = tmp_path / "y.docx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(f"/{name}", old.read(name))
    found = word.read(made)
    assert [paragraph.line for paragraph in found.paragraphs()] == ["x"]
    assert found.pictures == {}
    assert "passwd không có trong tệp" in found.remarks[0]


def test_half_a_zip_is_no_word_file(tmp_path):
    raw = files.write(tmp_path / "x.docx", p("x") * 500).read_bytes()
    (tmp_path / "y.docx").write_bytes(raw[: len(raw) // 2])
    assert "hỏng hoặc không phải tệp Word" in refused(tmp_path / "y.docx")


def test_a_picture_too_large_is_told_by_its_part(tmp_path):
    relation = '<Relationship Id="a" Type="x/image" Target="media/1.png"/>'
    body = p("x", '<w:r><w:drawing><a:blip r:embed="a"/></w:drawing></w:r>')
    big = {"word/media/1.png": bytes(30_000_000)}
    assert "word/media/1.png" in refused(
        files.write(tmp_path / "x.docx", body, files=big, relations=relation)
    )


PAGES = b"<</Type/Pages/Kids[%s]/Count %d>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"


@pytest.mark.parametrize(
    ("pages", "told"),
    [
        (PAGES % (b"3 0 R", 10_000), "10000 trang, quá 1000"),
        (PAGES % (b"2 0 R", 1), "hỏng"),
        (b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2/Parent 2 0 R>>", "hỏng"),
    ],
)
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="a PDF without letters is a scan")
def test_pdfs_of_too_many_pages_or_in_a_circle(tmp_path, pages, told, capfd):
    path = tmp_path / "x.pdf"
    path.write_bytes(pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", pages, PAGE]))
    assert told in refused(path)
    assert "Traceback" not in capfd.readouterr().err


def test_bytes_that_are_no_text(tmp_path):
    noise = random.Random(1).randbytes(20_000)
    for name, content in (
        ("a.txt", noise),
        ("b.txt", b"\0" * 100 + b"KE HOACH"),
        ("c.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise),
        ("d.odt", noise),
        ("e.rtf", noise),
    ):
        (tmp_path / name).write_bytes(content)
        assert "không phải tệp" in refused(tmp_path / name)
