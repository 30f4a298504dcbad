"""undeclared-file: tệp không lên trang vì không văn bản nào nhắc tới.

Chỉ những gì một văn bản đã công bố khai báo (`attachments`, `documents`), hiển thị (ảnh) hoặc dẫn
liên kết tới mới lên trang, cùng các tệp nêu ở `extra.root_files` trong mkdocs.yml. Tệp khác nằm lại
trong kho, và máy nêu tên để không ai tưởng nó đã được công bố.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.beside import looks_like_text, unnamed
from kehoach.rules.taken_name import is_made, is_replaceable
from kehoach.rules.verdict import at_file


def check(library: Library, set_files: frozenset[str]) -> Iterator[Finding]:
    pages = {document.address for document in library.documents}
    for file in unnamed(library, set_files):
        if not looks_like_text(library, file) and not _is_told(file, pages):
            message = "tệp không lên trang: không văn bản nào khai báo, hiển thị hay dẫn tới nó"
            hint = "khai báo trong attachments của văn bản, hoặc xoá tệp"
            if "/" not in file:
                hint = "khai báo trong một văn bản hay ở extra.root_files của mkdocs.yml, hoặc xoá"
            yield at_file(library, file, message, hint, warns=True)


def _is_told(file: str, pages: set[str]) -> bool:
    """Whether `taken_name` says already that the file cannot stand there."""
    return is_replaceable(file) or is_made(file, pages)
