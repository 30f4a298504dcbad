"""ambiguous-date: thời gian hiểu được nhiều cách.

Máy không chọn hộ: một ngày đoán sai trên trang của cơ quan nhà nước là thông tin sai. Viết rõ hơn,
hoặc giữ nguyên lời của bản ký và bỏ phần gây nhầm.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import reading


def check(library: Library) -> Iterator[Finding]:
    return reading(library, "ambiguous-date")
