"""bad-url: địa chỉ không dùng được cho liên kết.

Địa chỉ ra ngoài trang viết đầy đủ trên một dòng và chỉ mở trang web (`https://`, `http://`), thư
(`mailto:`) hoặc điện thoại (`tel:`). `javascript:`, `data:` và các loại khác chạy mã hoặc mở tệp
trong máy người đọc.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import reading


def check(library: Library) -> Iterator[Finding]:
    return reading(library, "bad-url")
