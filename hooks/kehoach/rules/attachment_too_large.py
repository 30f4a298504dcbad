"""attachment-too-large: tệp đưa lên trang quá lớn.

Người đọc ở xa dùng mạng di động. Tệp trên 20 MB nên được nén lại, bản quét nên đặt ở 150–200 dpi.
"""

from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.files import named
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.media import MAX_SIZE
from kehoach.rules.verdict import error


def check(document: Document, library: Library) -> Iterator[Finding]:
    for use in named(document):
        path = library.root / use.file
        if use.file not in library.file_set or not path.is_file():
            continue
        if (size := path.stat().st_size) > MAX_SIZE:
            message = f"`{use.written}` nặng {size / 1_048_576:.0f} MB, quá {MAX_SIZE >> 20} MB"
            yield error(document, use.at, message, "nén lại tệp, hoặc tách làm nhiều tệp")
