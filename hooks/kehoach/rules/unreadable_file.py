"""unreadable-file: không mở được tệp.

Tệp không có quyền đọc, hoặc là một liên kết trỏ tới nơi không còn tồn tại.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import reading


def check(library: Library) -> Iterator[Finding]:
    return reading(library, "unreadable-file")
