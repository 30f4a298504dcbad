"""unknown-campaign: chưa có chủ đề của năm được nhắc tới.

`campaign: 2022` gắn văn bản với trang chủ đề của năm 2022, tức tệp chu-de/2022.md.
"""

from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import error


def check(document: Document, library: Library) -> Iterator[Finding]:
    year = getattr(document, "campaign", None)
    if year and f"chu-de/{year}.md" not in library.file_set:
        hint = f"tạo tệp chu-de/{year}.md, hoặc bỏ khoá này"
        yield error(document, ("campaign",), f"chưa có chủ đề năm {year}", hint)
