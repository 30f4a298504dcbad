"""no-front-matter: tệp thiếu phần khai báo.

Mỗi tệp trong content/ mở đầu bằng một dòng `---`, các khoá, rồi một dòng `---` nữa. Thiếu một trong
hai dòng ấy thì cả phần khai báo sẽ hiện ra như nội dung của trang.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import reading


def check(library: Library) -> Iterator[Finding]:
    return reading(library, "no-front-matter")
