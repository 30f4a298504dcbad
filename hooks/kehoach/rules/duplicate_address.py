"""duplicate-address: hai trang cùng địa chỉ.

Mỗi địa chỉ chỉ có một trang. Địa chỉ cũ trong `aliases`, cặp `x.md` và `x/index.md`, và các chuyên
mục do máy dựng (`su-kien/`, `lich/`, …) đều được tính.
"""

from collections.abc import Iterator

from kehoach.records.addresses import MADE
from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.records.source import Keys
from kehoach.rules.verdict import error, repeated

# Made from the records, not from a file: see "Addresses" in README.md.
_MADE = ("api", "assets", *MADE)
_LISTS = ("chu-de/", "ke-hoach/", "truyen-thong/")


def check(library: Library) -> Iterator[Finding]:
    for document in library.documents:
        for address, keys in _addresses(document):
            if address in _LISTS or address.split("/")[0] in _MADE:
                message = f"địa chỉ `{address}` là chuyên mục do máy dựng"
                yield error(document, keys, message, "đổi tên tệp hoặc bỏ địa chỉ cũ này")
    named = ((address, d, keys) for d in library.documents for address, keys in _addresses(d))
    for address, second, keys, first in repeated(named):
        message = f"địa chỉ `{address}` đã dùng ở {first}"
        yield error(second, keys, message, "đổi tên tệp, hoặc bỏ địa chỉ cũ này")


def _addresses(document: Document) -> Iterator[tuple[str, Keys]]:
    yield document.address, ()
    for index, alias in enumerate(document.aliases):
        yield alias.removesuffix(".md").strip("/") + "/", ("aliases", index)
