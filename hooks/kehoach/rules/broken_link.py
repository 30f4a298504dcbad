"""broken-link: liên kết tới trang hoặc tệp không có.

Liên kết trong site viết theo tệp, ví dụ `[chủ đề năm 2022](../../chu-de/2022.md)`, hoặc theo địa
chỉ, ví dụ `/chu-de/2022/`. Liên kết ra ngoài không được kiểm tra.
"""

from collections.abc import Iterator
from posixpath import dirname, relpath
from unicodedata import is_normalized

from kehoach.records.addresses import landing, targets
from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.records.source import Place
from kehoach.records.text import nearest_path
from kehoach.rules.verdict import error


def check(document: Document, library: Library) -> Iterator[Finding]:
    for target in targets(document):
        if landing(target, library) is not None:
            continue
        others = (file for file in library.files if file != document.file)
        close = nearest_path(target.file, others) if len(library.files) < 2000 else None
        place = Place(target.mention.line, target.mention.column)
        hint = "sửa hoặc bỏ liên kết"
        if close and is_normalized("NFC", target.file) and not is_normalized("NFC", close):
            hint = f"tên tệp `{close}` ghi dấu tách rời (NFD): đổi tên, gõ lại có dấu"
        elif close:
            hint = f"có phải `{relpath(close, dirname(document.file))}`?"
        yield error(document, place, f"không có `{target.mention.target}`", hint)
