"""unsafe-attachment: tệp đính kèm là liên kết hoặc chương trình chạy được.

Liên kết có thể đưa lên mạng một tệp nằm ngoài content/; chương trình chạy được thì không cơ quan
nào công bố cùng văn bản. Trang HTML và SVG chạy được mã trong trình duyệt nên cũng được tính.
"""

from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.attached import attached
from kehoach.rules.verdict import error

_SUFFIXES = (
    *(
        ".app",
        ".bat",
        ".cmd",
        ".com",
        ".cpl",
        ".dll",
        ".exe",
        ".hta",
        ".htm",
        ".html",
        ".jar",
        ".js",
    ),
    *(
        ".lnk",
        ".mjs",
        ".msi",
        ".php",
        ".ps1",
        ".py",
        ".scr",
        ".sh",
        ".svg",
        ".vbs",
        ".wsf",
        ".xhtml",
    ),
)
_MAGIC = (b"MZ", b"\x7fELF", b"#!", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")


def check(document: Document, library: Library) -> Iterator[Finding]:
    for keys, file, name in attached(document):
        if file not in library.file_set:
            continue
        path = library.root / file
        if path.is_symlink():
            yield error(
                document, keys, f"`{name}` là một liên kết", "chép chính tệp ấy vào cạnh văn bản"
            )
        elif name.lower().endswith(_SUFFIXES) or _begins(path).startswith(_MAGIC):
            yield error(
                document, keys, f"`{name}` là chương trình chạy được", "đính kèm bản PDF hoặc ảnh"
            )


def _begins(path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(4)
    except OSError:
        return b""
