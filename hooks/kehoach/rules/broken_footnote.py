"""broken-footnote: chú thích thiếu nội dung hoặc không có chỗ đánh dấu.

Mỗi dấu `[^1]` trong bài đi với một dòng `[^1]: nội dung`, và ngược lại.
"""

from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.source import Place
from kehoach.rules.verdict import error


def check(document: Document) -> Iterator[Finding]:
    outline = document.outline
    defined: set[str] = set()
    referred = {mention.target for mention in outline.footnote_refs}
    for note in outline.footnote_defs:
        place = Place(note.line, note.column)
        if note.target in defined:
            message = f"chú thích [^{note.target}] có hai nội dung"
            yield error(document, place, message, "đánh số khác cho một trong hai")
        elif note.target not in referred:
            message = f"chú thích [^{note.target}] không có chỗ đánh dấu trong bài"
            yield error(document, place, message, f"đặt [^{note.target}] vào chỗ cần chú thích")
        defined.add(note.target)
    for mention in outline.footnote_refs:
        if mention.target not in defined:
            message = f"chú thích [^{mention.target}] không có nội dung"
            hint = f"thêm dòng `[^{mention.target}]: nội dung` ở cuối"
            yield error(document, Place(mention.line, mention.column), message, hint)
