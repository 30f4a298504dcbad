"""invalid-date: ngày tháng không có thật.

Tháng 2 không có ngày 31, một ngày không có 25 giờ. Máy không đoán ngày đúng mà hỏi lại người viết.

Căn cứ: lịch Gregory; Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II, mục 4 (cách ghi thời gian).
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import reading


def check(library: Library) -> Iterator[Finding]:
    return reading(library, "invalid-date")
