"""missing-key: thiếu khoá bắt buộc.

Văn bản công bố phải cho biết ít nhất tên gọi, cơ quan ban hành và thời gian ban hành.

Căn cứ: Nghị định 42/2022/NĐ-CP, về thông tin phải có của văn bản trên cổng thông tin điện tử.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import reading


def check(library: Library) -> Iterator[Finding]:
    return reading(library, "missing-key")
