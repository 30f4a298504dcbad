"""heading-jump: tiêu đề nhảy cấp.

Sau `##` là `###`, không phải `####`. Trình đọc màn hình và mục lục của trang dựa vào cấp tiêu đề;
cấp một là tên của trang.

Căn cứ: Thông tư 26/2020/TT-BTTTT (khả năng tiếp cận); WCAG 2.2, tiêu chí 1.3.1.
"""

from collections.abc import Iterator

from kehoach.records.body.blocks import Shape
from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.source import Place
from kehoach.rules.prose import blocks
from kehoach.rules.verdict import warning


def check(document: Document) -> Iterator[Finding]:
    lines = document.origin.text.split("\n")
    above = 1
    for block in blocks(document):
        level = block.mark.count("#") if block.shape is Shape.HEADING else 0
        if level > above + 1:
            place = Place(block.start.number, lines[block.start.number - 1].index("#") + 1)
            message = f"tiêu đề cấp {level} đứng ngay sau cấp {above}"
            yield warning(document, place, message, f"dùng {'#' * (above + 1)}")
        above = level or above
