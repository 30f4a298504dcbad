"""unknown-key: khoá không có trong mẫu.

Khoá viết sai chính tả, hoặc viết bằng tiếng Việt, sẽ không được ai đọc tới. Máy đề nghị khoá gần
giống nhất.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import reading


def check(library: Library) -> Iterator[Finding]:
    return reading(library, "unknown-key")
