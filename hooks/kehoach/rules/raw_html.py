"""raw-html: mã HTML sẽ bị bỏ khi công bố.

Thân văn bản viết bằng Markdown. Một ít thẻ HTML an toàn được giữ (bảng, chỉ số trên, chỉ số dưới,
…); mã chạy được, khung nhúng, kiểu trình bày và liên kết lạ bị bỏ trước khi lên trang, nên phần ấy
người đọc sẽ không thấy.
"""

from collections.abc import Iterator

from kehoach.records.body import removed_html
from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.source import Place
from kehoach.rules.verdict import error


def check(document: Document) -> Iterator[Finding]:
    if "<" not in document.body and "](" not in document.body:
        return
    line = document.origin.body_line
    for removed in removed_html(document.body, first_line=line, signed=document.signed):
        place = Place(removed.line, removed.column)
        message = f"`{removed.snippet}` sẽ bị bỏ khi công bố"
        yield error(document, place, message, "viết lại bằng Markdown, hoặc xoá")
