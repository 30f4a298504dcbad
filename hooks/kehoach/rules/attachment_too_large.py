"""attachment-too-large: tệp đính kèm quá lớn.

Người đọc ở xa dùng mạng di động. Tệp trên 20 MB nên được nén lại, bản quét nên đặt ở 150–200 dpi.
"""

from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.attached import attached
from kehoach.rules.verdict import error

_LIMIT = 20 * 1024 * 1024


def check(document: Document, library: Library) -> Iterator[Finding]:
    for keys, file, name in attached(document):
        path = library.root / file
        if file in library.file_set and path.is_file() and (size := path.stat().st_size) > _LIMIT:
            message = f"`{name}` nặng {size / 1_048_576:.0f} MB, quá {_LIMIT // 1_048_576} MB"
            yield error(document, keys, message, "nén lại tệp, hoặc tách làm nhiều tệp")
