"""A look into PDF files, Office documents and archives for what would run when somebody opens them."""

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator

_MACROS = "tài liệu Office có macro"
_EMBEDDED = "tài liệu Office có nhúng tệp khác"
_TEMPLATE = "tài liệu Office lấy mẫu từ máy chủ khác"

# ISO 32000-2: 7.3.5 (names, whose letters may be written as #4A), 12.6.4 (actions), 12.7.8 (XFA),
# 13.7 (Flash and the like).
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_PDF_RUNS = re.compile(
    rb"/(?:JavaScript|Launch|RichMedia)(?![\w.-])"
    rb"|/JS[\s\0]*(?:\d+\s+\d+\s+R\b|\((?:\xfe\xff|[\t-\r -~]{2})|<[0-9A-Fa-f\s]{4})"
    rb"|/XFA[\s\0]*[\[\d]"
    rb"|/URI[\s\0]*\(\s*(?i:javascript|vbscript|data):"
)
_STREAM = re.compile(rb"(?<!end)stream[\r\n]{1,2}")
_OBJECTS = re.compile(rb"\s*\d+\s+\d+\s")  # how a stream of objects begins (7.5.7)
_BEGINNING = 64  # bytes of a stream that tell what it is
_PIECE = 4096
_DICTIONARY = 4096  # bytes before a stream in which its dictionary is looked for

# [MS-XLS] 2.4.28, BoundSheet8, and its form in Excel 5: a sheet of macros (dt 1), how it is hidden, its name.
_SHEET = re.compile(
    rb"\x85\0(?P<length>.)\0.{4}[\0-\2]\x01(?P<count>[\x01-\x1f])(?P<wide>[\0\x01])?", re.DOTALL
)
_VBA = "_VBA_PROJECT".encode("utf-16-le")  # [MS-OVBA] 2.2.1: a stream of this name
_PACKAGE = "\x01Ole10Native".encode("utf-16-le")  # [MS-OLEDS] 2.3.6: a file as it is
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# ECMA-376, part 2, 9.3: what a part leads to, beside it or elsewhere.
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ELSEWHERE = re.compile(
    rb"""\bTarget\s*=\s*["']\s*(?:https?:|ftp:|\\\\|file:/{2,}[^/"']*@)""", re.I
)
_LARGEST = 20 * 1024 * 1024  # bytes of one part that are looked at
_PROGRAM = "chương trình chạy được"


def in_pdf(raw: bytes) -> str:
    """The part of a PDF file that would run, in words; "" where nothing would."""
    if _PDF_RUNS.search(_plain(raw)):
        return "tệp PDF có mã JavaScript, lệnh mở chương trình hoặc biểu mẫu động"
    room = _LARGEST
    for found in _STREAM.finditer(raw):
        content = _inflated(raw, found.end(), _BEGINNING)
        if _OBJECTS.match(content):
            content = _inflated(raw, found.end(), room)
            room -= len(content)
            if room <= 0:
                return "tệp PDF bung ra quá lớn"
            if _PDF_RUNS.search(_plain(content)):
                return "tệp PDF có mã JavaScript, lệnh mở chương trình hoặc biểu mẫu động"
        elif b"/ObjStm" in _plain(_dictionary(raw, found.start())):
            return "tệp PDF có phần đặt mật khẩu hoặc bị giấu, không xem được bên trong"
    return ""


def _plain(raw: bytes) -> bytes:
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), raw) if b"#" in raw else raw


def _inflated(raw: bytes, start: int, most: int) -> bytes:
    """At most `most` bytes of the stream from `start`: unpacked, or as it is where it is not packed."""
    unpacker, content = zlib.decompressobj(), bytearray()
    try:
        for at in range(start, len(raw), _PIECE):
            content += unpacker.decompress(raw[at : at + _PIECE], most - len(content))
            if unpacker.eof or len(content) == most:
                break
    except zlib.error:
        return bytes(content) or raw[start : start + min(most, _BEGINNING)]
    return bytes(content)


def _dictionary(raw: bytes, end: int) -> bytes:
    begin = max(0, end - _DICTIONARY)
    return raw[max(begin, raw.rfind(b" obj", begin, end)) : end]


def in_office(raw: bytes) -> str:
    """The part of an Office document of before 2007 that would run, in words; "" where nothing would."""
    if _VBA in raw or any(_is_sheet(found) for found in _SHEET.finditer(raw)):
        return _MACROS
    return _EMBEDDED if _PACKAGE in raw else ""


def _is_sheet(found: re.Match[bytes]) -> bool:
    length, count = found["length"][0], found["count"][0]
    wide = found["wide"]
    return length == 7 + count or (wide is not None and length == 8 + count * (1 + wide[0]))


def in_archive(archive: zipfile.ZipFile, suffixes: frozenset[str]) -> str:
    """The part of an archive, or of a document that is one, that would run, in words; "" where nothing would.

    `suffixes` are those of files that no archive may hold.
    """
    names = [name.replace("\\", "/").lower() for name in archive.namelist()]
    parts = {part for name in names for part in name.split("/")}
    if parts & {"vbaproject.bin", "activex", "macrosheets"} or _has_script_folder(names):
        return _MACROS
    if "meta-inf/manifest.mf" in names and "mimetype" not in names:
        return _PROGRAM
    if "[content_types].xml" in names and (reason := _in_package(archive)):
        return reason
    inside = sorted({name.rpartition(".")[2] for name in names if "." in name} & suffixes)
    return f"tệp nén có chứa tệp .{inside[0]}" if inside else ""


def _has_script_folder(names: Iterable[str]) -> bool:
    """OpenDocument 1.3, part 2, 2.2: where scripts and macros of a document lie."""
    return any(name.startswith(("basic/", "scripts/")) and name[-1] != "/" for name in names)


def _in_package(archive: zipfile.ZipFile) -> str:
    """The same of a document of Office Open XML, whose parts may have any name."""
    for name, content in _telling(archive):
        if name == "[content_types].xml" and (b"vbaProject" in content or b"macroE" in content):
            return _MACROS
        if name.endswith(".rels") and any(
            b"attachedTemplate" in relation and _ELSEWHERE.search(relation)
            for relation in _RELATION.findall(content)
        ):
            return _TEMPLATE
        if content.startswith(OLE) and (reason := in_office(content)):
            return reason
    return ""


def _telling(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """The parts that say what runs, by their names in lower case."""
    for part in archive.infolist():
        name = part.filename.replace("\\", "/").lower()
        if name.endswith((".rels", ".bin")) or name == "[content_types].xml":
            with archive.open(part) as opened:
                yield name, opened.read(_LARGEST)
