"""review-overdue: đã quá ngày phải rà soát.

`review_by` là ngày đơn vị hẹn xem lại nội dung của trang, để thông tin cũ không nằm mãi trên mạng.
"""

from collections.abc import Iterator
from datetime import date

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.rules.verdict import warning


def check(document: Document, today: date) -> Iterator[Finding]:
    if document.review_by and document.review_by.end and document.review_by.end < today:
        message = f"đã quá ngày phải rà soát ({document.review_by.words})"
        yield warning(document, ("review_by",), message, "xem lại nội dung rồi đặt ngày mới")
