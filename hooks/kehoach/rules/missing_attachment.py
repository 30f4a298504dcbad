"""missing-attachment: không có tệp đính kèm.

Tệp đính kèm đặt cạnh văn bản, cùng thư mục, và viết đúng tên tệp, kể cả chữ hoa.
"""

from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.records.text import nearest
from kehoach.rules.attached import attached, beside
from kehoach.rules.verdict import error


def check(document: Document, library: Library) -> Iterator[Finding]:
    for keys, file, name in attached(document):
        if file in library.file_set:
            continue
        close = nearest(name, beside(document, library))
        hint = f"có phải `{close}`?" if close else "đặt tệp cạnh văn bản, hoặc bỏ dòng này"
        yield error(document, keys, f"không có tệp `{name}`", hint)
