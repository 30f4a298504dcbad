"""What a file is, by its bytes: what runs is refused under every name."""

import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from time import process_time

import pytest

from kehoach.rules.media import fault, root_fault

HTML = b"<!doctype html><script>alert(1)</script>"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def archive(*names: str) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return content.getvalue()


def package(**parts: bytes) -> bytes:
    """A Word file with more parts: their names with `__` for a slash and `_` for a dot."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        given = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}
        given |= {n.replace("__", "/").replace("_", "."): part for n, part in parts.items()}
        for name, part in given.items():
            packed.writestr(name, part)
    return content.getvalue()


def relation(kind: str, target: str) -> bytes:
    line = f'<Relationship Id="a" Target="{target}" Type="http://x/{kind}" TargetMode="External"/>'
    return f"<Relationships>{line}</Relationships>".encode()


def pdf(dictionary: str, content: bytes = b"", *, packed: bool = False) -> bytes:
    """One object with a stream between others."""
    if packed:
        content = zlib.compress(content)
        dictionary += "/Filter/FlateDecode"
    head = f"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n5 0 obj\n<<{dictionary}>>".encode()
    return head + b"stream\n" + content + b"\nendstream\nendobj\n%%EOF\n"


SCRIPT = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
SEALED = bytes(range(128, 256)) * 8  # as if encrypted


def sheet(kind: int, name: str) -> bytes:
    """A BoundSheet8 record: a visible sheet of the kind `kind` (MS-XLS 2.4.28)."""
    return struct.pack("<HHIBBBB", 0x85, 8 + len(name), 1024, 0, kind, len(name), 0) + name.encode()


def svg(inside: str) -> bytes:
    return SVG.format(inside).encode()


WORD = ("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.htm", b"x"),
        ("a.html", b"x"),
        ("a.xhtml", b"x"),
        ("a.js", b"x"),
        ("a.shtml", b"x"),
        ("a.mhtml", b"x"),
        ("a.svgz", b"\x1f\x8b"),
        ("a.swf", b"FWS"),
        ("a.xml", b"<a/>"),
        ("a.docm", archive(*WORD)),
        ("a.EXE", b"x"),
        ("gia.pdf", HTML),
        ("gia.pdf", b"\xef\xbb\xbf \n" + HTML),
        ("gia.txt", HTML.decode().encode("utf-16")),
        ("gia.txt", HTML.decode().encode("utf-16-le")),
        ("gia.txt", b"<?xml version='1.0'?><a/>"),
        ("gia.png", svg("<script>alert(1)</script>")),
        ("gia.pdf", b"MZ\x90\0"),
        ("gia.pdf", b"#!/bin/sh\n"),
        ("gia.docx", archive(*WORD, "word/vbaProject.bin")),
        ("gia.docx", archive(*WORD, "word/activeX/activeX1.xml")),
        ("gia.odt", archive("mimetype", "Basic/Standard/Module1.xml")),
        ("gia.doc", OLE + "_VBA_PROJECT".encode("utf-16-le")),
        ("gia.doc", OLE + "\x01Ole10Native".encode("utf-16-le")),
        ("gia.xls", OLE + sheet(1, "Macro1")),
        ("gia.xls", OLE + struct.pack("<HHIBBB", 0x85, 10, 9, 2, 1, 3) + b"Mau"),  # Excel 5
        ("gia.xlsx", archive("[Content_Types].xml", "xl/macrosheets/sheet1.xml")),
        ("gia.docx", package(word__x_bin=OLE + "_VBA_PROJECT".encode("utf-16-le"))),
        ("gia.docx", package(word__embeddings__o_bin=OLE + "\x01Ole10Native".encode("utf-16-le"))),
        (
            "gia.docx",
            package(word___rels__settings_xml_rels=relation("attachedTemplate", "http://a.vn/m")),
        ),
        ("gia.docx", package(word__media__cai_exe=b"MZ")),
        ("gia.odt", archive("mimetype", "content.xml", "Setup.exe")),
        ("gia.zip", archive("mimetype", "Setup.exe")),
        ("a.pdf", pdf("/OpenAction 6 0 R", SCRIPT)),
        ("a.pdf", b"%PDF-1.7\n" + SCRIPT),
        ("a.pdf", b"%PDF-1.7\n<</S/Java#53cript/J#53 7 0 R>>"),
        ("a.pdf", b"%PDF-1.7\n<</S/Rendition/JS (app.alert)>>"),
        ("a.pdf", b"%PDF-1.7\n<</S/Launch/F(cmd.exe)>>"),
        ("a.pdf", b"%PDF-1.7\n<</AcroForm<</XFA 9 0 R>>>>"),
        ("a.pdf", b"%PDF-1.7\n<</S/URI/URI (javascript:alert)>>"),
        ("a.pdf", pdf("/Type/ObjStm/N 1/First 5", b"7 0  " + SCRIPT, packed=True)),
        ("a.pdf", pdf("/Type/Obj#53tm/N 1/First 5", b"7 0  " + SCRIPT, packed=True)),
        ("a.pdf", pdf("/N 1/X(1 0 obj)/Type/ObjStm", b"7 0  " + SCRIPT, packed=True)),
        ("a.pdf", pdf("/Type/ObjStm/Filter/FlateDecode", SEALED)),  # a password hides it
        ("a.pdf", pdf("/Type/ObjStm", b"7 0  " + SCRIPT + bytes(30_000_000), packed=True)),
        ("gia.txt", b"GIF87a %PDF-1.7\n" + SCRIPT),
        ("gia.rtf", b"{\\rtf1{\\object{\\*\\objdata 0105}}}"),
        ("gia.zip", archive("META-INF/MANIFEST.MF", "A.class")),
        ("nen.zip", archive("cai-dat/Setup.EXE")),
        ("a.svg", svg("<script/>")),
        ("a.svg", svg("<g onload='alert(1)'/>")),
        ("a.svg", svg("<a xlink:href='javascript:alert(1)'><text>x</text></a>")),
        ("a.svg", svg("<a href='https://example.org/'><text>x</text></a>")),
        ("a.svg", svg("<image href='https://example.org/x.png'/>")),
        ("a.svg", svg("<foreignObject/>")),
        ("a.svg", svg("<x:script xmlns:x='http://www.w3.org/1999/xhtml'/>")),
        ("a.svg", svg("<style>@import 'x.css'</style>")),
        ("a.svg", svg("<rect style='fill: url(https://example.org/x)'/>")),
        ("a.svg", svg("<set attributeName='xlink:href' to='javascript:alert(1)'/>")),
        ("a.svg", b"<?xml-stylesheet href='x.xsl'?>" + svg("")),
        ("a.svg", b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + svg("&a;")),
        ("a.svg", HTML),
        ("a.svg", b"<html xmlns='http://www.w3.org/1999/xhtml'/>"),
        ("a.svg", svg("<g>")[:-7]),
    ],
)
def test_what_runs_is_unsafe_under_any_name(tmp_path: Path, name, content):
    (tmp_path / "tep").write_bytes(content)
    found = fault(tmp_path / "tep", name)
    assert found
    assert found.rule == "unsafe-attachment"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7\n"),
        ("A.PDF", b"\n%PDF-1.4\n"),
        ("a.pdf", pdf("/Type/ObjStm/N 1/First 5", b"7 0  <</Type/Page/S/URI>>", packed=True)),
        ("a.pdf", pdf("/Length 9", b"BT (/JavaScripture) Tj ET", packed=True)),
        ("a.pdf", pdf("/Subtype/Image/Filter/DCTDecode", SEALED)),
        ("a.png", b"\x89PNG\r\n\x1a\n\0"),
        ("a.jpg", b"\xff\xd8\xff\xe0"),
        ("a.webp", b"RIFF\0\0\0\0WEBPVP8 "),
        ("a.docx", archive(*WORD)),
        ("a.odt", archive("mimetype", "content.xml")),
        ("a.doc", OLE),
        ("a.xls", OLE + sheet(0, "Sheet1") + sheet(2, "Chart1")),
        ("a.docx", package(word__media__anh_bin=b"x", word__embeddings__bang_xlsx=b"x")),
        (
            "a.docx",
            package(word___rels__d_xml_rels=relation("attachedTemplate", "file:///C:/Mau.dotx")),
        ),
        ("a.docx", package(word___rels__d_xml_rels=relation("hyperlink", "http://a.vn/"))),
        ("a.zip", archive("phu-luc.pdf", "trang/index.html")),
        *(
            ("a.zip", archive(f"trang/a.{ending}"))
            for ending in [
                "xml",
                "css",
                "htm",
                "html",
                "map",
                "rdf",
                "atom",
                "rss",
                "py",
                "iso",
                "url",
            ]
        ),
        ("a.csv", "a,b\n1 < 2,đ".encode()),
        ("a.txt", "Chữ".encode("utf-16")),
        (
            "a.svg",
            svg(
                "<defs><linearGradient id='a'/></defs><rect fill='url(#a)' style='fill: url(#a)'/>"
            ),
        ),
        ("a.svg", svg("<use xlink:href='#a'/><image href='data:image/png;base64,AA=='/>")),
        (
            "a.svg",
            b'<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">'
            + svg(
                "<metadata><r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></metadata>"
            ),
        ),
    ],
)
def test_what_may_be_published_is_no_fault(tmp_path, name, content):
    (tmp_path / "tep").write_bytes(content)
    assert fault(tmp_path / "tep", name) is None


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("a.pdf", b"", "empty-attachment"),
        ("a.pdf", b"hello", "strange-attachment"),
        ("a.png", b"\xff\xd8\xff\xe0", "strange-attachment"),
        ("a.docx", b"hello", "strange-attachment"),
        ("a.txt", b"a\0b", "strange-attachment"),
        ("a.dwg", b"AC1027", "strange-attachment"),
        ("index.html.gz", b"\x1f\x8b\x08", "strange-attachment"),
        ("README", b"hello", "strange-attachment"),
        ("a.pdf", b"version https://git-lfs.github.com/spec/v1\n", "strange-attachment"),
        ("a.txt", b"version https://git-lfs.github.com/spec/v1\n", "strange-attachment"),
        ("ban-ky.pdf ", b"%PDF-1.7", "strange-attachment"),
        ("ban-ky.pdf.", b"%PDF-1.7", "strange-attachment"),
        ("a\nb.pdf", b"%PDF-1.7", "strange-attachment"),
        ("thu\u202efdp.pdf", b"%PDF-1.7", "strange-attachment"),  # shown from right to left
        ("a\udcff.pdf", b"%PDF-1.7", "strange-attachment"),
        ("phu\xadluc\u200b.pdf", b"%PDF-1.7", "strange-attachment"),
        ("a\u2028b.pdf", b"%PDF-1.7", "strange-attachment"),
    ],
)
def test_what_is_not_what_its_name_says(tmp_path, name, content, rule):
    (tmp_path / "tep").write_bytes(content)
    found = fault(tmp_path / "tep", name)
    assert found
    assert found.rule == rule


def test_a_large_pdf_of_pictures_is_looked_at_in_no_time(tmp_path):
    """Streams are not copied again and again: 2,000 of them in 16 MB."""
    picture = pdf("/Subtype/Image/Filter/DCTDecode", SEALED * 8)[9:]
    (tmp_path / "tep").write_bytes(b"%PDF-1.7\n" + picture * 2000)
    started = process_time()
    assert fault(tmp_path / "tep", "a.pdf") is None
    assert process_time() - started < 5


@pytest.mark.parametrize("ending", ["htm", "html", "txt", "xml"])
def test_what_proves_an_owner_may_be_text_under_any_of_its_names(
    ending: str, tmp_path: Path
) -> None:
    name = f"google1.{ending}"
    (tmp_path / name).write_bytes(b"google-site-verification: google1")
    assert root_fault(tmp_path / name, name) == ""


@pytest.mark.parametrize("ending", ["htm", "html"])
def test_of_markup_such_a_page_has_what_holds_its_text(ending: str, tmp_path: Path) -> None:
    name = f"google1.{ending}"
    (tmp_path / name).write_bytes(b"<!doctype html><html><body><p>1</p></body></html>")
    assert root_fault(tmp_path / name, name) == ""
    (tmp_path / name).write_bytes(b"<html><body><p onclick='x()'>1</p></body></html>")
    assert root_fault(tmp_path / name, name) == (
        f"`{name}` có thẻ HTML hoặc mã XML có thể chạy được"
    )
