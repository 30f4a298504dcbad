"""taken-name: tên tệp trùng với tệp do máy dựng.

Trang, lịch, bản in, dữ liệu mở, chỉ mục tìm kiếm và giao diện do máy dựng ra có tên cố định. Một tệp
trong content/ mang đúng tên ấy thì hoặc bị che mất, hoặc thay mất phần của trang; vì vậy là lỗi.
"""

import re
from collections.abc import Iterator

from kehoach.records.addresses import MADE
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import at_file

# Made from the records, not from a file.
_FOLDERS = ("api", *MADE)
_ROOT = re.compile(
    r"404\.html|feed\.xml|index\.html|lich\.ics|opensearch\.xml|sitemap(?:-\d+)?\.xml|sw\.js|the\.png"
    r"|assets-[^/]*|xem-truoc"
)
# Made only where the settings name no file of that name for the root of the site.
_REPLACEABLE = re.compile(
    r"apple-touch-icon\.png|bieu-tuong-\d+\.png|favicon\.ico|manifest\.webmanifest|robots\.txt"
)
# Beside the page of a document: its formats, its feeds, its picture, its press kit.
_BESIDE = re.compile(r"index\.[a-z]+|feed\.xml|lich\.ics|the\.png|bo-truyen-thong-[^/]*\.zip")
_NAMED_AFTER = ("docx", "odt", "pdf")


def check(library: Library, set_files: frozenset[str]) -> Iterator[Finding]:
    pages = {document.address for document in library.documents}
    for file in library.files:
        if file.endswith(".md") or file in set_files:
            continue
        message = f"`{file}` là tên của tệp do máy dựng"
        if is_replaceable(file):
            hint = f"ghi {file} vào extra.root_files của mkdocs.yml để thay tệp ấy, hoặc xoá"
            yield at_file(library, file, message, hint)
        elif is_made(file, pages):
            yield at_file(library, file, message, "đổi tên tệp, hoặc xoá")


def is_replaceable(file: str) -> bool:
    """Whether a file that the settings name may stand for what the build makes at the path `file`."""
    return bool(_REPLACEABLE.fullmatch(file.lower()))


def is_made(file: str, pages: set[str]) -> bool:
    """Whether the build gives the path `file` to something of its own, whatever the settings name;
    `pages` are addresses of documents. To Windows, macOS and some servers `SW.js` is `sw.js`."""
    file = file.lower()
    first = file.partition("/")[0]
    if first in _FOLDERS or _ROOT.fullmatch(first):
        return True
    folder, _, name = file.rpartition("/")
    if name == "index.html" or file == ".well-known/security.txt" or f"{file}/" in pages:
        return True
    slug = folder.rpartition("/")[2]
    own = _BESIDE.fullmatch(name) or name in {f"{slug}.{suffix}" for suffix in _NAMED_AFTER}
    return bool(own) and f"{folder}/" in pages
