"""What a file is, by its bytes: what runs is refused under every name."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from kehoach.rules.media import fault

HTML = b"<!doctype html><script>alert(1)</script>"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def archive(*names: str) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return content.getvalue()


def svg(inside: str) -> bytes:
    return SVG.format(inside).encode()


WORD = ("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("name", "content"),
    [
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
        ("a.png", b"\x89PNG\r\n\x1a\n\0"),
        ("a.jpg", b"\xff\xd8\xff\xe0"),
        ("a.webp", b"RIFF\0\0\0\0WEBPVP8 "),
        ("a.docx", archive(*WORD)),
        ("a.odt", archive("mimetype", "content.xml")),
        ("a.doc", OLE),
        ("a.zip", archive("phu-luc.pdf", "trang/index.html")),
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
    ],
)
def test_what_is_not_what_its_name_says(tmp_path, name, content, rule):
    (tmp_path / "tep").write_bytes(content)
    found = fault(tmp_path / "tep", name)
    assert found
    assert found.rule == rule
