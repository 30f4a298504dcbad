"""unknown-value: giá trị không nằm trong các giá trị dùng được.

Một số khoá (`status`, `kind` của sự kiện, của đơn vị, của tài liệu) chỉ nhận các giá trị cho trước,
để danh sách và bộ lọc trên trang luôn đúng.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import reading


def check(library: Library) -> Iterator[Finding]:
    return reading(library, "unknown-value")
