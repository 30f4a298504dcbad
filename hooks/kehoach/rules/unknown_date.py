"""unknown-date: không hiểu được thời gian.

Lời của văn bản được đăng nguyên văn, nhưng không có ngày nào trên lịch. Giữ nguyên nếu bản ký viết như
vậy. Nếu là gõ nhầm, viết như trong văn bản: 16/3/2021; từ ngày 04 - 20/5/2022; cuối tháng 10 năm 2022;
trước ngày 14/5/2022; định kỳ 6 tháng và năm. [Cách viết thời gian](../../thoi-gian/) kể mọi cách máy hiểu.
"""

from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.rules.times import doubted


def check(document: Document) -> Iterator[Finding]:
    return doubted(document, "unknown-date")
