"""missing-glyph: ký tự mà phông chữ in không có.

Bản in PDF, băng rôn và lịch dùng các phông đi kèm trang; ký tự không có trong phông sẽ mất hoặc
thành ô vuông. Máy nêu tên ký tự và chỗ của nó để thay trước khi in.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import reading


def check(library: Library) -> Iterator[Finding]:
    return reading(library, "missing-glyph")
