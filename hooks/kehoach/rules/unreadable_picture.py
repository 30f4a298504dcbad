"""unreadable-picture: không mở được ảnh khai báo trong sự kiện.

Ảnh ở `image` và `result.pictures` được máy thu nhỏ thành AVIF, WebP, JPEG khi dựng trang và bỏ hết
thông tin ẩn (máy ảnh, nơi chụp); tệp gốc không lên trang. Vì thế ảnh phải là JPEG, PNG, WebP, TIFF
mở được, không quá 100 triệu điểm ảnh.
"""

from collections.abc import Iterator
from pathlib import Path
from posixpath import normpath

from kehoach.records.document import Document
from kehoach.records.files import declared, pictured
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import error

_MOST_DOTS = 100_000_000


def check(document: Document, library: Library) -> Iterator[Finding]:
    wanted = {file for file, _ in pictured(document)} & library.file_set
    if not wanted:
        return
    for use in declared(document):
        if normpath(use.file) in wanted and not _is_readable(library.root / use.file):
            hint = "lưu lại ảnh thành JPEG hoặc PNG, không quá 100 triệu điểm ảnh"
            yield error(document, use.at, f"không mở được ảnh `{use.written}`", hint)


def _is_readable(path: Path) -> bool:
    from PIL import Image, UnidentifiedImageError  # late: most documents have no pictures

    try:
        with Image.open(path) as picture:
            if picture.width * picture.height > _MOST_DOTS:
                return False
            picture.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return True
