"""slogan-too-long: khẩu hiệu dài quá, in ra khó đọc.

Chữ hoa trên băng rôn, áp phích phải cao ít nhất 4 mm cho mỗi mét khoảng cách nhìn (24 điểm ảnh trên
thẻ chia sẻ). Câu dài quá mức đó vẫn được vẽ, nhưng người qua đường khó đọc.
"""

from collections.abc import Iterable, Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding


def check(document: Document, unprintable: Iterable[Finding]) -> Iterator[Finding]:
    return (finding for finding in unprintable if finding.rule == "slogan-too-long")
