"""empty-attachment: tệp đưa lên trang không có nội dung.

Tệp 0 byte thường là tệp tải về hoặc chép dở; người đọc mở ra không thấy gì.
"""

from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.files import named
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.media import fault
from kehoach.rules.verdict import error


def check(document: Document, library: Library) -> Iterator[Finding]:
    for use in named(document):
        if use.file not in library.file_set:
            continue
        found = fault(library.root / use.file, use.file, use.written)
        if found and found.rule == "empty-attachment":
            yield error(document, use.at, found.message, found.hint)
