"""What a file that readers are given really is: its bytes decide, not its name.

Whatever a browser or an office program would run is refused under any name; of the rest, the kinds
listed here may be published, each under its own suffix.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Container, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

from kehoach.records.document import Document
from kehoach.records.files import named
from kehoach.records.finding import Finding
from kehoach.rules.inside import OLE, in_archive, in_office, in_pdf
from kehoach.rules.verdict import error

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_SIZE = 20 * 1024 * 1024  # what is larger is refused for that, so no more is looked at
_HEAD = 1024

# What web servers give as a page, a script or a program (the media types of nginx and Caddy), and
# what Windows runs by a click.
_RUN_SUFFIXES = """
app apk appx atom bat cgi class cmd com cpl css deb dll dmg docm dotm exe gadget hta htc htm html
inf iso jad jar js jse jsp lnk map mht mhtml mjs mml msi msix php pif pl potm ppam pps ppsm pptm
ps1 psm1 py rb rdf reg rpm rss scf scr sh shtml svgz swf url vb vbe vbs wasm wml ws wsf wsh xbl xht
xhtml xlam xlsm xltm xml xsl xslt xspf
"""
_RUN = frozenset(_RUN_SUFFIXES.split())
_PROGRAMS = (
    *(b"MZ", b"\x7fELF", b"#!", b"\xfe\xed\xfa", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe"),
    *(b"\xca\xfe\xba\xbe", b"FWS", b"CWS", b"ZWS", b"\0asm", b"dex\n", b"L\0\0\0\x01\x14\x02\0"),
)
_PK = (b"PK\x03\x04", b"PK\x05\x06")
_BOM = b"\xef\xbb\xbf"
_LFS = b"version https://git-lfs.github.com/spec/"
_MARKUP = re.compile(rb"<[a-zA-Z!?/]")
_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}"
# SVG 2, 15 to 18: what runs, and what shows another document; by local name, whatever the namespace.
_SVG_LIVELY = "script handler listener foreignobject iframe object embed audio video animation"
_SVG_RUNS = frozenset(_SVG_LIVELY.split())
_SVG_PICTURE = re.compile(r"#|data:image/(?:png|jpeg|gif|webp);base64,")
_STYLE_LOAD = re.compile(
    r"@import|\burl\(\s*[\"']?(?!\s*(?:#|data:image/(?:png|jpeg|gif|webp);))|\\"
)
_DOCTYPE = re.compile(r"<!DOCTYPE\s+svg\b[^\[\]<>]*>\s*")
_XML_HEAD = re.compile(r"\s*<\?xml\s[^?<>]*\?>")
_FOREIGN = ("{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/1998/Math/MathML}")

_HTML = "trang HTML hoặc mã XML"
_PROGRAM = "chương trình chạy được"


class Fault(NamedTuple):
    """Why a file may not be published: the rule that says so, what is wrong, what to do instead."""

    rule: str
    message: str
    hint: str


def fault(path: Path, name: str, written: str = "") -> Fault | None:
    """The fault of the file at `path`, which is to be published as `name`; None where there is none.

    `written` is what the author calls it.
    """
    try:
        stat = path.stat()
        if stat.st_size > MAX_SIZE:
            return None  # the rule for that has said so
        return _fault(
            path, name, written or name, stat.st_size, (stat.st_mtime_ns, stat.st_ctime_ns)
        )
    except OSError:
        return None  # and reading has said so


@lru_cache(maxsize=256)  # several rules ask for the same file
def _fault(path: Path, name: str, written: str, size: int, times: tuple[int, int]) -> Fault | None:
    suffix = suffix_of(name)
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not _is_shown(name):
        message = f"tên tệp `{written}` có ký tự không nhìn thấy hoặc không phải UTF-8"
        return Fault("strange-attachment", message, "đổi tên tệp, gõ lại từng chữ")
    if size == 0:
        return Fault(
            "empty-attachment", f"`{written}` không có nội dung (0 byte)", "chép lại tệp gốc"
        )
    if reason := _runs(path, suffix, head):
        hint = "đính kèm bản PDF hoặc ảnh"
        if suffix == "pdf" and b"%PDF-" in head:
            hint = "in tài liệu ra một tệp PDF mới, đính kèm tệp ấy"
        return Fault("unsafe-attachment", f"`{written}` là {reason}", hint)
    if head.startswith(_LFS):
        message = f"`{written}` mới là con trỏ của Git LFS, chưa có nội dung"
        return Fault("strange-attachment", message, "chạy git lfs pull rồi dựng lại")
    if suffix not in _KINDS:
        shown = f"đuôi `.{suffix}`" if suffix else "không có đuôi"
        message = f"`{written}` thuộc loại không được công bố ({shown})"
        return Fault("strange-attachment", message, f"dùng một trong: {', '.join(sorted(_KINDS))}")
    if not _KINDS[suffix](head):
        message = f"`{written}` không phải là tệp .{suffix} như tên của nó"
        return Fault("strange-attachment", message, "lưu lại tệp từ chương trình đã tạo ra nó")
    return None


def faults(
    document: Document, content: Path, files: Container[str], rule: str
) -> Iterator[Finding]:
    """The findings of `rule` about those of the `files` in `content` that `document` names."""
    for use in named(document):
        if use.file in files:
            found = fault(content / use.file, use.file, use.written)
            if found and found.rule == rule:
                yield error(document, use.at, found.message, found.hint)


def root_fault(path: Path, name: str) -> str:
    """The fault of the file at `path` as `name` at the root of the site, in words; "" where there is none.

    What proves there that a site is its owner's, or speaks to robots, is plain text under any name,
    or markup that only holds text.
    """
    suffix = suffix_of(name)
    raw = _read(path)
    if suffix in _RUN - _PROOFS or raw.startswith(_PROGRAMS):
        return f"`{name}` là loại tệp chạy được mã"
    if suffix in _KINDS and not _is_text(raw):
        found = fault(path, name)
        return found.message if found else ""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return f"`{name}` không phải văn bản UTF-8"
    if "<" not in text:
        return ""
    holds_text = suffix in _PROOFS and (_is_plain_xml(text) if suffix == "xml" else _is_bare(text))
    return "" if holds_text else f"`{name}` có thẻ HTML hoặc mã XML có thể chạy được"


_PROOFS = frozenset(["htm", "html", "xml"])
_BARE_TAGS = re.compile(
    r"</?(?:html|head|title|body|p)>|<meta (?:charset|name|content)=[^<>]*>|<!doctype html>", re.I
)


def _is_bare(page: str) -> bool:
    """Whether a page holds text and nothing that a browser would do."""
    rest = _BARE_TAGS.sub("", page)
    return "<" not in rest and "http-equiv" not in page.lower()


def _is_plain_xml(text: str) -> bool:
    """Whether XML is data of its own, which browsers show and never run."""
    body = _XML_HEAD.sub("", text, count=1)
    if "<?" in body or "<!" in body:
        return False
    from xml.etree import ElementTree  # late: few departments publish any

    try:
        return all("}" not in str(part.tag) for part in ElementTree.fromstring(body).iter())
    except ElementTree.ParseError:
        return False


def _is_shown(name: str) -> bool:
    """Whether people see all of the name: no letter of it is invisible, turns others round, or is no
    text (general categories C and Z of Unicode, but for the space)."""
    return all(letter == " " or category(letter)[0] not in "CZ" for letter in name)


def suffix_of(name: str) -> str:
    """The ending of a file's name, behind the last dot, in lower case."""
    return name.rpartition("/")[2].rpartition(".")[2].lower() if "." in name else ""


def _runs(path: Path, suffix: str, head: bytes) -> str:
    """The part of the file that would be run, in words; "" where nothing would."""
    if suffix in _RUN:
        return f"loại tệp chạy được mã (.{suffix})"
    if head.startswith(_PROGRAMS):
        return _PROGRAM
    if suffix == "svg":
        return _in_svg(path)
    if _is_markup(head):
        return _HTML
    if head.startswith(_PK):
        return _in_zip(path)
    if b"%PDF-" in head:
        return in_pdf(_read(path))
    if head.startswith(OLE):
        return in_office(_read(path))
    if head.startswith(b"{\\rtf"):
        return "tài liệu RTF có nhúng tệp khác" if b"\\objdata" in _read(path) else ""
    return ""


def _is_markup(head: bytes) -> bool:
    """Whether browsers may take it for HTML or XML (WHATWG MIME Sniffing, 7.1), in any encoding."""
    text = head.removeprefix(_BOM)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or head[:1] == b"\0" or head[1:2] == b"\0":
        text = head.replace(b"\0", b"").lstrip(b"\xff\xfe")
    return bool(_MARKUP.match(text.lstrip(b"\t\n\x0c\r ")))


def _in_svg(path: Path) -> str:
    """The part of an SVG that is more than a picture, in words; "" where there is none."""
    from xml.etree import ElementTree  # late: few files are drawings

    raw = _read(path).removeprefix(_BOM)
    try:
        text = _DOCTYPE.sub("", _XML_HEAD.sub("", raw.decode(), count=1), count=1)
        if "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper() or "<?" in text:
            return "ảnh SVG có khai báo ngoài hình vẽ"
        root = ElementTree.fromstring(text)
    except (ValueError, ElementTree.ParseError):
        return "ảnh SVG không đọc được"
    if root.tag != f"{_SVG}svg":
        return _HTML
    return "ảnh SVG có mã chạy được hoặc lấy tệp từ nơi khác" if _is_lively(root) else ""


def _is_lively(root: "Element") -> bool:
    for element in root.iter():
        tag = str(element.tag)
        local = tag.rpartition("}")[2].lower()
        if local in _SVG_RUNS or tag.startswith(_FOREIGN):
            return True
        if local == "style" and _STYLE_LOAD.search(element.text or ""):
            return True
        for name, value in element.attrib.items():
            attribute = name.rpartition("}")[2].lower()
            if attribute.startswith("on") or (attribute == "base" and "}" in name):
                return True
            if attribute in ("href", "src") and not _SVG_PICTURE.match(value.strip()):
                return True
            if attribute == "attributename" and "href" in value.lower():
                return True
            if _STYLE_LOAD.search(value) and ("url(" in value or attribute == "style"):
                return True
    return False


def _in_zip(path: Path) -> str:
    """The part of an archive, or of a document that is one, that would be run, in words; "" where nothing would."""
    try:
        with zipfile.ZipFile(path) as archive:
            return in_archive(archive, _RUN_INSIDE)
    except (zipfile.BadZipFile, OSError, ValueError):
        return ""  # no archive at all
    except (RuntimeError, NotImplementedError, zlib.error, EOFError):  # by a password, or damaged
        return "tài liệu có phần đặt mật khẩu hoặc hỏng, không xem được bên trong"


# What of an archive is of no harm to the site: it is no page there.
_RUN_INSIDE = _RUN - {"xml", "css", "htm", "html", "map", "rdf", "atom", "rss", "py", "iso", "url"}


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_SIZE)


def _begins(*starts: bytes, at: int = 0) -> Callable[[bytes], bool]:
    return lambda head: head[at:].startswith(starts)


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # as spreadsheets write "Unicode text"
        return True
    return b"\0" not in head


_ISO_MEDIA = _begins(b"ftyp", at=4)
_ZIP = _begins(*_PK)
_KINDS: dict[str, Callable[[bytes], bool]] = {
    "pdf": lambda head: head.removeprefix(_BOM).lstrip().startswith(b"%PDF-"),
    "png": _begins(b"\x89PNG\r\n\x1a\n"),
    "jpg": _begins(b"\xff\xd8\xff"),
    "jpeg": _begins(b"\xff\xd8\xff"),
    "gif": _begins(b"GIF87a", b"GIF89a"),
    "webp": lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP",
    "avif": _ISO_MEDIA,
    "svg": lambda head: True,  # read whole
    "tif": _begins(b"II*\0", b"MM\0*"),
    "tiff": _begins(b"II*\0", b"MM\0*"),
    "ico": _begins(b"\0\0\1\0"),
    "docx": _ZIP,
    "xlsx": _ZIP,
    "pptx": _ZIP,
    "odt": _ZIP,
    "ods": _ZIP,
    "odp": _ZIP,
    "zip": _ZIP,
    "doc": _begins(OLE),
    "xls": _begins(OLE),
    "ppt": _begins(OLE),
    "rtf": _begins(b"{\\rtf"),
    "mp4": _ISO_MEDIA,
    "m4a": _ISO_MEDIA,
    "mp3": _begins(b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
    "webm": _begins(b"\x1a\x45\xdf\xa3"),
    "ogg": _begins(b"OggS"),
    "wav": lambda head: head.startswith(b"RIFF") and head[8:12] == b"WAVE",
    "txt": _is_text,
    "csv": _is_text,
    "json": _is_text,
    "geojson": _is_text,
    "ics": _is_text,
    "vcf": _is_text,
}
