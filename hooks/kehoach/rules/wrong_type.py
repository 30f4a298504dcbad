"""wrong-type: giá trị không đúng kiểu.

Mỗi khoá nhận một kiểu giá trị: một dòng chữ, một số, một danh sách hoặc một nhóm khoá.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import reading


def check(library: Library) -> Iterator[Finding]:
    return reading(library, "wrong-type")
