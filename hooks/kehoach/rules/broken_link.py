"""broken-link: liên kết tới trang hoặc tệp không có.

Liên kết trong site viết theo tệp, ví dụ `[chủ đề năm 2022](../../chu-de/2022.md)`, hoặc theo địa
chỉ, ví dụ `/chu-de/2022/`. Liên kết ra ngoài không được kiểm tra.
"""

from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.records.source import Place
from kehoach.records.text import nearest
from kehoach.rules.targets import targets
from kehoach.rules.verdict import error


def check(document: Document, library: Library) -> Iterator[Finding]:
    for target in targets(document):
        if not target.file and target.addresses[0] == document.address:
            continue
        if target.file in library.file_set or library.addresses.intersection(target.addresses):
            continue
        close = nearest(target.file, library.files) if len(library.files) < 2000 else None
        place = Place(target.mention.line, target.mention.column)
        hint = f"có phải `{close}`?" if close else "sửa hoặc bỏ liên kết"
        yield error(document, place, f"không có `{target.mention.target}`", hint)
