"""unprintable-picture: ảnh không in được vào bản PDF.

Bản PDF có mọi điều trang có. Tệp hỏng hoặc không phải PNG, JPEG, GIF, WebP,
SVG thì không in được: trên giấy chỉ còn lời mô tả trong ngoặc vuông.
"""

from collections.abc import Iterable, Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding


def check(document: Document, unprintable: Iterable[Finding]) -> Iterator[Finding]:
    return (finding for finding in unprintable if finding.rule == "unprintable-picture")
