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
from kehoach.rules.verdict import error, where


def check(library: Library) -> Iterator[Finding]:
    first: dict[tuple[int, str], tuple[Document, Keys, Slogan]] = {}
    for document, keys, slogan in _slogans(library):
        owner, known, same = first.setdefault((document.year, slogan.id), (document, keys, slogan))
        if same is not slogan and (same.text != slogan.text or owner is document):
            place = where(owner, known)
            message = f"mã khẩu hiệu `{slogan.id}` của năm {document.year} đã dùng ở {place}"
            yield error(
                document, keys, message, "đặt mã khác, hoặc chép đúng nguyên văn khẩu hiệu ấy"
            )


def _slogans(library: Library) -> Iterator[tuple[Document, Keys, Slogan]]:
    for document in (*library.campaigns, *library.plans):
        for key in ("themes", "slogans"):
            for index, slogan in enumerate(getattr(document, key, ())):
                yield document, (key, index, "id"), slogan
