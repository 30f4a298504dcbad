"""duplicate-key: một khoá viết hai lần.

YAML lặng lẽ giữ lại giá trị sau cùng; ở đây cả hai đều phải được xem lại, để không giá trị nào bị
bỏ mà không ai biết.

Căn cứ: YAML 1.1, mục 3.2.1.3: các khoá của một nhóm phải khác nhau.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import reading


def check(library: Library) -> Iterator[Finding]:
    return reading(library, "duplicate-key")
