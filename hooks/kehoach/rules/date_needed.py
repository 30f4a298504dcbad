"""date-needed: thiếu một ngày mà máy phải dùng.

Ngày ban hành, ngày của chủ đề, ngày bắt đầu công bố và ngày rà soát quyết định trang xếp ở đâu, công bố
lúc nào, nên phải là thời gian máy hiểu được: 16/3/2021; tháng 10/2022 khi ngày để trống.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import reading


def check(library: Library) -> Iterator[Finding]:
    return reading(library, "date-needed")
