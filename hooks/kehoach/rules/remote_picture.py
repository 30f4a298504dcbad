"""remote-picture: ảnh lấy từ máy chủ khác.

Trang không hỏi máy chủ nào khác: ảnh ở nơi khác cho nơi ấy biết ai đang đọc, có thể đổi hoặc mất bất
cứ lúc nào, và chính sách bảo mật của trang không cho hiện.

Quy tắc này không bỏ qua được bằng `allow`.
"""

import re
from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.source import Place
from kehoach.rules.verdict import error

BINDING = True

# A browser drops tabs and line ends, and takes a backslash for a slash (WHATWG URL, 4.4).
_DROPPED = re.compile(r"[\t\n\r]")
_REMOTE = re.compile(r"[\x00-\x20]*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)


def check(document: Document) -> Iterator[Finding]:
    for image in document.outline.images:
        if _REMOTE.match(_DROPPED.sub("", image.target)):
            place = Place(image.line, image.column)
            message = f"ảnh `{image.target}` nằm ở máy chủ khác"
            hint = "tải ảnh về đặt cạnh văn bản, viết ![lời mô tả](tên-tệp)"
            yield error(document, place, message, hint)
