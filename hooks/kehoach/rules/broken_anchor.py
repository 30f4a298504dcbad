"""broken-anchor: liên kết tới một mục không có.

Điểm neo của mục là số đã ký: II.3 là `#ii-3`, II.3.đ là `#ii-3-dd`; của thời hạn là `#han-<mã>`;
của tiêu đề không số là chữ không dấu nối bằng gạch.
"""

from collections.abc import Iterator

from kehoach.records.addresses import targets
from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.records.source import Place
from kehoach.records.text import nearest
from kehoach.rules.verdict import error


def check(document: Document, library: Library) -> Iterator[Finding]:
    for target in targets(document):
        pages = (library.by_address.get(address) for address in target.addresses)
        page = next((page for page in pages if page), None)
        if page is None or not target.anchor:
            continue
        anchors = _anchors(page)
        if target.anchor in anchors:
            continue
        close = nearest(target.anchor, anchors)
        place = Place(target.mention.line, target.mention.column)
        hint = f"có phải `#{close}`?" if close else "bỏ phần sau dấu #"
        yield error(document, place, f"{page.path} không có mục `#{target.anchor}`", hint)


def _anchors(document: Document) -> set[str]:
    anchors = {deadline.anchor for deadline in getattr(document, "deadlines", ())}
    for section in document.outline.sections:
        anchors.update((section.anchor, *section.aliases))
    return anchors
