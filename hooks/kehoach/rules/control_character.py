"""control-character: tệp có ký tự điều khiển.

Ký tự NUL và các ký tự điều khiển khác không nhìn thấy được, thường lọt vào khi chép từ phần mềm
khác. Chúng làm hỏng trang, nguồn tin và bản in.

Căn cứ: YAML 1.1, mục 5.1; HTML, mục 3.2.6.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import reading


def check(library: Library) -> Iterator[Finding]:
    return reading(library, "control-character")
