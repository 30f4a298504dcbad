"""withheld: trang chưa được công bố.

Dự thảo (`status: draft`) và văn bản có `publish_on` sau hôm nay không lên trang. Máy nêu tên từng
văn bản để không ai ngạc nhiên vì sao mình không thấy trang của mình.
"""

from collections.abc import Iterator
from datetime import date

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.plan import PlanStatus
from kehoach.rules.verdict import warning


def check(document: Document, today: date) -> Iterator[Finding]:
    if not document.is_withheld(today):
        return
    name = f"“{document.title}” chưa lên trang"
    if getattr(document, "status", None) is PlanStatus.DRAFT:
        hint = "status: issued khi đã ban hành"
        yield warning(document, ("status",), f"{name}: còn là dự thảo", hint)
    elif document.publish_on:
        message = f"{name}: hẹn công bố {document.publish_on.words}"
        yield warning(document, ("publish_on",), message, "bỏ publish_on để công bố ngay")
