"""image-without-alt: ảnh không có lời mô tả.

Người không nhìn được nghe lời mô tả thay cho ảnh: `![Băng rôn tại trụ sở Sở](bang-ron.jpg)`. Ảnh có
chữ thì lời mô tả chép lại chữ ấy.

Căn cứ: Thông tư 26/2020/TT-BTTTT; WCAG 2.2, tiêu chí 1.1.1.
"""

import re
from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.source import Place
from kehoach.rules.prose import markup
from kehoach.rules.verdict import error

_TAG = re.compile(r"<img\b[^<>]*+>", re.IGNORECASE)
_ALT = re.compile(r"\salt\s*=\s*(?:\"\s*[^\s\"]|'\s*[^\s']|[^\s\"'>])", re.IGNORECASE)


def check(document: Document) -> Iterator[Finding]:
    message, hint = "ảnh không có lời mô tả", "viết lời mô tả trong ngoặc vuông: ![lời mô tả](tệp)"
    for image in document.outline.images:
        if not image.text.strip():
            yield error(document, Place(image.line, image.column), message, hint)
    for tag in _TAG.finditer(markup(document.body)):
        if not _ALT.search(tag[0]):
            yield error(document, tag.start(), message, 'thêm alt="…" vào thẻ')
