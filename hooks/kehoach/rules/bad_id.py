"""bad-id: mã không hợp lệ.

Mã là một phần của địa chỉ trang, nên chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối. Mã đã
công bố thì không đổi nữa: địa chỉ cũ phải luôn mở được.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import reading


def check(library: Library) -> Iterator[Finding]:
    return reading(library, "bad-id")
