"""empty-attachment: tệp đưa lên trang không có nội dung.

Tệp 0 byte thường là tệp tải về hoặc chép dở; người đọc mở ra không thấy gì.
"""

from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.media import faults


def check(document: Document, library: Library) -> Iterator[Finding]:
    return faults(document, library.root, library.file_set, "empty-attachment")
