"""pasted-text: chữ dán từ Word không thành cái nó trông giống.

Dấu –, • của Word không thành mục liệt kê (viết `- `); các ô cách nhau bằng phím tab không thành bảng
(viết `|`); số mục “I-”, “1/” không theo thể thức. Quốc hiệu, tên cơ quan, số, tên loại, nơi nhận,
chữ ký, số trang do trang và bản in trình bày từ phần khai báo: dán thêm vào thân thì đứng hai lần.

`python3 build.py check --fix` thay dấu đầu dòng và bỏ những dòng đã có trong phần khai báo, sau khi
cho xem chỗ thay; không đổi một chữ nào của văn bản đã ký.

Căn cứ: Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II.
"""

from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.records.source import Place
from kehoach.rules.pasting import hint, parts
from kehoach.rules.verdict import warning


def check(document: Document, library: Library) -> Iterator[Finding]:
    for mend in parts(document, library):
        yield warning(document, Place(mend.line, mend.column), mend.message, hint(mend))
