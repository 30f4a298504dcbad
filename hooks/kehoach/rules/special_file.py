"""special-file: không phải tệp, không phải thư mục.

Ống dẫn (FIFO), thiết bị và ổ cắm (socket) không có nội dung để công bố; đọc chúng có thể treo máy
mãi, nên máy không mở. Thư mục là một kho Git riêng (submodule) cũng vậy: tệp trong đó không đi cùng
kho của Sở, nên máy dựng trang không thấy chúng.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import at_file


def check(library: Library) -> Iterator[Finding]:
    for file in library.listing.special:
        if (library.root / file).is_dir():
            message = "thư mục là một kho Git riêng (submodule): máy khác không có tệp của nó"
            yield at_file(library, file, message, "chép các tệp vào đây, bỏ .git bên trong")
        else:
            yield at_file(library, file, "không phải là tệp thường", "xoá khỏi thư mục nội dung")
