"""image-without-alt: ảnh không có lời mô tả.

Người không nhìn được nghe lời mô tả thay cho ảnh: `![Băng rôn tại trụ sở Sở](bang-ron.jpg)`. Ảnh có
chữ thì lời mô tả chép lại chữ ấy.

Căn cứ: Thông tư 26/2020/TT-BTTTT; WCAG 2.2, tiêu chí 1.1.1.
"""

from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.source import Place
from kehoach.rules.verdict import error


def check(document: Document) -> Iterator[Finding]:
    message, hint = (
        "ảnh không có lời mô tả",
        'viết lời mô tả: ![lời mô tả](tệp), hoặc alt="…" trong thẻ',
    )
    for image in document.outline.images:
        if not image.text.strip():
            yield error(document, Place(image.line, image.column), message, hint)
