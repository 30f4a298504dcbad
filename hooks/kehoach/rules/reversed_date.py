"""reversed-date: ngày kết thúc đứng trước ngày bắt đầu.

“20/5 - 04/5” thường là gõ ngược hoặc nhầm tháng. Khoảng thời gian viết từ trước đến sau.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import reading


def check(library: Library) -> Iterator[Finding]:
    return reading(library, "reversed-date")
