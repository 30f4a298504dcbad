"""mixed-quotes: dấu ngoặc kép lẫn hai kiểu hoặc không khép.

Văn bản hành chính dùng “ ” suốt từ đầu đến cuối; dấu `"` của máy đánh chữ lẫn vào làm hỏng việc
trích khẩu hiệu và tên văn bản. Ngoặc mở mà không khép thì không biết câu trích hết ở đâu.
"""

import re
from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.rules.prose import prose
from kehoach.rules.verdict import warning

_PARAGRAPH = re.compile(r"\n[ \t]*\n")


def check(document: Document) -> Iterator[Finding]:
    text = prose(document)
    straight = text.find('"')
    if straight >= 0 and ("“" in text or "”" in text):
        yield warning(document, straight, 'dấu " lẫn với “ ”', "dùng một kiểu “ ” cho cả văn bản")
    if text.count("“") == text.count("”"):
        return
    start = 0
    for paragraph in _PARAGRAPH.split(text):
        if (open_one := _unpaired(paragraph)) is not None:
            at = text.index(paragraph, start) + open_one
            yield warning(
                document, at, "dấu ngoặc kép không có dấu đi cặp", "thêm “ hoặc ” còn thiếu"
            )
            return
        start += len(paragraph)


def _unpaired(paragraph: str) -> int | None:
    """The offset of the first quotation mark without a partner."""
    opened: list[int] = []
    for mark in re.finditer("[“”]", paragraph):
        if mark[0] == "“":
            opened.append(mark.start())
        elif opened:
            opened.pop()
        else:
            return mark.start()
    return opened[0] if opened else None
