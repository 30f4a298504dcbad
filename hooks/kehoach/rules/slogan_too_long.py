"""slogan-too-long: khẩu hiệu dài quá, in ra khó đọc.

Chữ hoa trên băng rôn, áp phích phải cao ít nhất 4 mm cho mỗi mét khoảng cách nhìn (24 điểm ảnh trên
thẻ chia sẻ). Câu dài quá mức đó vẫn được vẽ, nhưng người qua đường khó đọc.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import reading


def check(library: Library) -> Iterator[Finding]:
    return reading(library, "slogan-too-long")
