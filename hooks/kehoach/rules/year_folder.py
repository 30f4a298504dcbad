"""year-folder: năm của thư mục khác với năm của văn bản.

Địa chỉ của trang có năm (`/ke-hoach/2022/…`), danh sách và lịch xếp theo năm ấy. Văn bản ban hành
năm nào đặt trong thư mục năm đó; chủ đề của năm nào mang tên tệp năm đó.
"""

from collections.abc import Iterator

from kehoach.records.campaign import Campaign
from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.material import Material
from kehoach.records.plan import Plan
from kehoach.rules.verdict import error

_DATE_KEYS = {Plan: "date", Material: "date", Campaign: "day"}


def check(document: Document) -> Iterator[Finding]:
    key = _DATE_KEYS.get(type(document))
    if key is None:
        return
    day = getattr(document, key).start
    if day is None or day.year == document.year:
        return
    where = f"năm {document.year}" if document.year else "không theo năm"
    name = f"{day.year}.md" if key == "day" else f"{day.year}/{document.slug}.md"
    message = f"văn bản năm {day.year} đặt trong thư mục {where}"
    yield error(document, (key,), message, f"chuyển tệp đến {document.folder}/{name}, hoặc sửa năm")
