"""Files that mean harm, or are no Word files at all: a sentence, at once, in little memory."""

import resource
import struct
import zipfile

import pytest

from importing import word_files as files
from importing.word_files import p
from kehoach.importing import word
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
