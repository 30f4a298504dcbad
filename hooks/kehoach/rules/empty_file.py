"""empty-file: tệp không có nội dung.

Tệp rỗng không thành trang nào. Viết nội dung, hoặc xoá tệp.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import reading


def check(library: Library) -> Iterator[Finding]:
    return reading(library, "empty-file")
