"""bad-attachment: tệp đính kèm nằm ngoài thư mục của văn bản.

Chỉ công bố những tệp đặt cạnh văn bản. Đường dẫn tuyệt đối hoặc có `..` có thể đưa lên mạng một tệp
nội bộ.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import reading


def check(library: Library) -> Iterator[Finding]:
    return reading(library, "bad-attachment")
