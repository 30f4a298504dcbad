"""heading-jump: tiêu đề nhảy cấp.

Sau `##` là `###`, không phải `####`. Trình đọc màn hình và mục lục của trang dựa vào cấp tiêu đề;
cấp một là tên của trang.

Căn cứ: Thông tư 26/2020/TT-BTTTT (khả năng tiếp cận); WCAG 2.2, tiêu chí 1.3.1.
"""

import re
from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.rules.prose import markup
from kehoach.rules.verdict import warning

_HEADING = re.compile(r"^[ \t]*(#{1,6})[ \t]", re.MULTILINE)


def check(document: Document) -> Iterator[Finding]:
    above = 1
    for heading in _HEADING.finditer(markup(document.body)):
        level = len(heading[1])
        if level > above + 1:
            message = f"tiêu đề cấp {level} đứng ngay sau cấp {above}"
            yield warning(document, heading.start(1), message, f"dùng {'#' * (above + 1)}")
        above = level
