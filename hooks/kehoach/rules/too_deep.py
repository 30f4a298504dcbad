"""too-deep: phần khai báo lồng nhau quá nhiều cấp.

Không khoá nào của mẫu cần quá ba, bốn cấp. Lồng sâu hơn 12 cấp là dấu hiệu của ngoặc mở mà không
đóng.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import reading


def check(library: Library) -> Iterator[Finding]:
    return reading(library, "too-deep")
