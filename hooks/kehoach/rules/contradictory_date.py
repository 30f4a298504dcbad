"""contradictory-date: thời gian tự mâu thuẫn.

Thứ không phải của ngày ấy, thời lượng dài hơn khoảng ngày, giờ không thuộc buổi: một trong hai bên là
lỗi gõ. Máy không chọn hộ; đối chiếu với bản ký rồi sửa bên gõ sai.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import reading


def check(library: Library) -> Iterator[Finding]:
    return reading(library, "contradictory-date")
