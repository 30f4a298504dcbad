"""unsafe-attachment: tệp đưa lên trang là liên kết hoặc chạy được mã.

Trang HTML, ảnh SVG có mã, kịch bản, chương trình, tài liệu Office có macro không bao giờ được công
bố cùng văn bản: ai mở ra là chạy mã của người khác dưới tên của cơ quan. Tệp PDF có JavaScript, tài
liệu Excel có macro kiểu cũ, tài liệu nhúng tệp khác hoặc lấy mẫu từ máy chủ khác cũng vậy. Nội dung
tệp quyết định, không phải tên: tệp HTML đổi tên thành `.pdf` vẫn là HTML. Liên kết tượng trưng có thể
đưa lên mạng một tệp khác với tệp người viết đã xem.

Quy tắc này không bỏ qua được bằng `allow`.
"""

from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.files import named
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.media import fault
from kehoach.rules.verdict import error

BINDING = True


def check(document: Document, library: Library) -> Iterator[Finding]:
    for use in named(document):
        if use.file not in library.file_set:
            continue
        path = library.root / use.file
        if path.is_symlink():
            message, hint = f"`{use.written}` là một liên kết", "chép chính tệp ấy vào cạnh văn bản"
            yield error(document, use.at, message, hint)
        elif (found := fault(path, use.file, use.written)) and found.rule == "unsafe-attachment":
            yield error(document, use.at, found.message, found.hint)
