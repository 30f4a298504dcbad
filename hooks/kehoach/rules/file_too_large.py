"""file-too-large: tệp văn bản lớn quá mức.

Một kế hoạch dài nhất cũng chỉ vài trăm KB. Tệp lớn hơn 4 MB, hoặc phần khai báo lớn hơn 1 MB,
thường là tệp đính kèm đặt nhầm chỗ hoặc ảnh nhúng thẳng vào văn bản.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import reading


def check(library: Library) -> Iterator[Finding]:
    return reading(library, "file-too-large")
