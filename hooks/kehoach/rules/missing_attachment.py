"""missing-attachment: không có tệp đính kèm.

Tệp đính kèm đặt cạnh văn bản, cùng thư mục, và viết đúng tên tệp, kể cả chữ hoa. Một văn bản (.md)
không phải là tệp đính kèm: viết liên kết tới trang của nó.
"""

from collections.abc import Iterator
from unicodedata import is_normalized

from kehoach.records.document import Document
from kehoach.records.files import declared, home_of
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.records.text import nearest
from kehoach.rules.verdict import error


def check(document: Document, library: Library) -> Iterator[Finding]:
    for use in declared(document):
        if use.file.endswith(".md"):
            message = f"`{use.written}` là một văn bản, không phải tệp đính kèm"
            yield error(document, use.at, message, "viết liên kết tới trang của văn bản ấy")
        elif use.file not in library.file_set:
            close = nearest(use.written, _beside(document, library))
            hint = f"có phải `{close}`?" if close else "đặt tệp cạnh văn bản, hoặc bỏ dòng này"
            if close and is_normalized("NFC", use.written) and not is_normalized("NFC", close):
                hint = f"tên tệp `{close}` ghi dấu tách rời (NFD): đổi tên, gõ lại có dấu"
            yield error(document, use.at, f"không có tệp `{use.written}`", hint)


def _beside(document: Document, library: Library) -> list[str]:
    """The names of the files in the folder of `document`, its own kind left out."""
    home = home_of(document)
    names = (file.removeprefix(home) for file in library.files if file.startswith(home))
    return [name for name in names if "/" not in name and not name.endswith(".md")]
