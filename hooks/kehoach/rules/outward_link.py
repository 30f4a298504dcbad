"""outward-link: liên kết trỏ ra ngoài content/.

Liên kết tượng trưng (tệp hoặc thư mục) trỏ ra ngoài có thể đưa lên mạng một tệp của máy chủ mà không
ai định công bố. Máy không mở những gì ở đầu kia.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import at_file


def check(library: Library) -> Iterator[Finding]:
    for file in library.listing.outward:
        message = "liên kết tượng trưng trỏ ra ngoài thư mục nội dung"
        yield at_file(library, file, message, "xoá liên kết, chép chính tệp đó vào")
