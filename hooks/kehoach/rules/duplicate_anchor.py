"""duplicate-anchor: `id` trong thẻ HTML trùng với một chỗ khác của trang.

Liên kết tới `#ii-3` phải dẫn tới đúng một chỗ. Trang đã có điểm neo cho từng mục, từng thời hạn, từng
chú thích và từng phần của giao diện; `id` viết tay không được lấy lại các tên ấy, cũng không lặp lại
nhau.
"""

import re
from collections.abc import Iterator

from kehoach.records.body import html_ids
from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.source import Place
from kehoach.rules.verdict import error

# What the pages of documents have whatever they say: the ids in theme/, and those made from names.
_IN_THEME = """
bang-ron ca-nam can-cu chu-de chua-ro-ngay chuong-trinh co-han cuoi-trang danh-sach don-vi dot gan-day
ke-hoach ket-qua khau-hieu lich lich-su lien-he lien-quan mau menu moi ngay-le nhin-lai noi-dung
noi-dung-bai q sap-toi su-kien su-kien-bang tai-lieu ten-khac tep tham-du them-vao-lich theo-nam
thoi-gian thoi-han thoi-han-bang thong-tin tien-do tieu-de tim tim-ket-qua tra-cuu trich-dan
truc-thuoc truyen-thong van-ban
"""
_OF_THE_PAGE = frozenset(_IN_THEME.split())
_MADE = re.compile(r"(?:fn|fnref|han|loc)-.*")


def is_of_the_page(name: str) -> bool:
    """Whether a page may have an anchor called `name` that its text did not make."""
    return name in _OF_THE_PAGE or bool(_MADE.fullmatch(name))


def check(document: Document) -> Iterator[Finding]:
    if "<" not in document.body:
        return
    taken = {
        anchor
        for section in document.outline.sections
        for anchor in (section.anchor, *section.aliases)
    }
    line = document.origin.body_line
    for found in html_ids(document.body, first_line=line, signed=document.signed):
        if found.snippet in taken or is_of_the_page(found.snippet):
            message = f"trang đã có chỗ tên `{found.snippet}`"
            place = Place(found.line, found.column)
            yield error(document, place, message, "đặt tên khác cho id, hoặc bỏ id")
        taken.add(found.snippet)
