"""unknown-plan: nhắc tới một kế hoạch không có trên trang.

Kế hoạch bị thay thế (`supersedes`) và kế hoạch mà tài liệu truyền thông nói tới (`plan`) viết bằng
địa chỉ, ví dụ ke-hoach/2022/ten-tep.
"""

from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.records.material import Material
from kehoach.records.plan import Plan
from kehoach.rules.verdict import error, nearest_plan

_KEYS: dict[type[Document], str] = {Plan: "supersedes", Material: "plan"}


def check(document: Document, library: Library) -> Iterator[Finding]:
    key = _KEYS.get(type(document), "")
    address = getattr(document, key) if key else None
    if address and not library.has_plan(address):
        message = f"không có kế hoạch `{address}`"
        yield error(document, (key,), message, nearest_plan(document, library, address))
