"""missing-glyph: ký tự mà phông chữ in không có.

Bản in PDF, băng rôn và lịch dùng các phông đi kèm trang; ký tự không có trong phông sẽ mất hoặc
thành ô vuông. Máy nêu tên ký tự và chỗ của nó để thay trước khi in. Khi đã ghi vào `allow`, giấy mời
và lịch treo tường in dấu “□” hoặc “?” thay ký tự ấy; văn bản PDF, Word của kế hoạch và băng rôn có ký
tự ấy thì không dựng.
"""

from collections.abc import Iterable, Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding


def check(document: Document, unprintable: Iterable[Finding]) -> Iterator[Finding]:
    return (finding for finding in unprintable if finding.rule == "missing-glyph")
