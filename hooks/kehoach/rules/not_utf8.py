"""not-utf8: tệp không phải văn bản UTF-8.

Tệp Word lưu thành văn bản thường mang bảng mã Windows-1258 hoặc TCVN3; chữ có dấu sẽ hỏng khi công
bố. Dấu BOM ở đầu tệp, kết thúc dòng kiểu Windows và Unicode tổ hợp đều được chấp nhận, và được đưa
về một dạng khi đọc.

Căn cứ: TCVN 6909:2001, bộ mã ký tự tiếng Việt 16 bit; RFC 3629.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import reading


def check(library: Library) -> Iterator[Finding]:
    return reading(library, "not-utf8")
