"""strange-attachment: tệp không phải loại mà tên nó nói, hoặc thuộc loại không được công bố.

Người đọc mở được tệp PDF, ảnh, tài liệu Office, OpenDocument, tệp nén zip, âm thanh, phim và văn bản
thuần; đuôi tên tệp phải đúng với nội dung, vì máy chủ và máy người đọc chọn chương trình theo đuôi.
Tên tệp không có ký tự không nhìn thấy, vì ký tự ấy làm người đọc thấy một tên khác. Con trỏ của Git
LFS chưa phải là tệp.
"""

from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.media import faults


def check(document: Document, library: Library) -> Iterator[Finding]:
    return faults(document, library.root, library.file_set, "strange-attachment")
