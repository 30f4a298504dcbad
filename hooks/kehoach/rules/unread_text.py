"""unread-text: tệp giống một văn bản nhưng không được đọc như văn bản.

Chỉ tệp có tên kết thúc bằng `.md` (chữ thường) thành trang. `ke-hoach.MD`, `ke-hoach.md.txt`,
`ke-hoach.markdown` hay một tệp Word để lẫn trong thư mục không thành trang nào, dù nội dung đầy đủ.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.beside import OFFICE, looks_like_text, unnamed
from kehoach.rules.media import suffix_of
from kehoach.rules.verdict import at_file


def check(library: Library, set_files: frozenset[str]) -> Iterator[Finding]:
    for file in unnamed(library, set_files):
        if remedy := looks_like_text(library, file):
            warns = suffix_of(file) in OFFICE
            yield at_file(library, file, "tệp này không thành trang nào", remedy, warns=warns)
