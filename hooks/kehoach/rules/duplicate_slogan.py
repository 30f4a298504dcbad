"""duplicate-slogan: hai khẩu hiệu khác nhau cùng năm cùng mã.

Mã khẩu hiệu là địa chỉ trang (`/khau-hieu/<năm>/<mã>/`). Kế hoạch chép nguyên văn khẩu hiệu của
chương trình năm thì dùng chung mã; lời khác nhau thì mã khác nhau. Trong một văn bản mỗi mã chỉ
dùng một lần.
"""

from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.event import Slogan
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.records.source import Keys
from kehoach.rules.verdict import error


def check(library: Library) -> Iterator[Finding]:
    first: dict[tuple[int, str], tuple[str, str, Document]] = {}
    for document, keys, slogan in _slogans(library):
        place = document.locate(*keys)
        here = (slogan.text, f"{document.path}:{place.line}:{place.column}", document)
        text, where, owner = first.setdefault((document.year, slogan.id), here)
        if where is not here[1] and (text != slogan.text or owner is document):
            message = f"mã khẩu hiệu `{slogan.id}` của năm {document.year} đã dùng ở {where}"
            yield error(
                document, keys, message, "đặt mã khác, hoặc chép đúng nguyên văn khẩu hiệu ấy"
            )


def _slogans(library: Library) -> Iterator[tuple[Document, Keys, Slogan]]:
    for document in (*library.campaigns, *library.plans):
        for key in ("themes", "slogans"):
            for index, slogan in enumerate(getattr(document, key, ())):
                yield document, (key, index, "id"), slogan
