"""ambiguous-date: thời gian hiểu được nhiều cách.

Máy không chọn hộ: một ngày đoán sai trên trang của cơ quan nhà nước là thông tin sai. Lời của văn bản
được đăng nguyên văn, không có ngày trên lịch. Viết rõ hơn nếu bản ký cho phép; nhiều thời gian thì ghi
`when` thành danh sách, mỗi thời gian một dòng, lời giữ nguyên.
"""

from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.rules.times import doubted


def check(document: Document) -> Iterator[Finding]:
    return doubted(document, "ambiguous-date")
