"""unknown-date: không hiểu được thời gian.

Viết thời gian như trong văn bản: 16/3/2021; từ ngày 04 - 20/5/2022; cuối tháng 10 năm 2022; trước
ngày 14/5/2022; định kỳ 6 tháng và năm. Điều không phải thời gian thì để ở khoá khác.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import reading


def check(library: Library) -> Iterator[Finding]:
    return reading(library, "unknown-date")
