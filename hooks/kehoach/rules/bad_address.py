"""bad-address: địa chỉ trang có ký tự không dùng được.

Tên tệp và thư mục là địa chỉ của trang: chữ thường không dấu, chữ số, dấu gạch nối, để đọc qua điện
thoại và chép vào văn bản khác mà không sai.
"""

import re
from collections.abc import Iterator

from kehoach.records.addresses import is_device
from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.text import slug
from kehoach.rules.verdict import error

_ADDRESS = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*/)*\Z")


def check(document: Document) -> Iterator[Finding]:
    if not _ADDRESS.match(document.address):
        better = "/".join(slug(part) for part in document.address.strip("/").split("/"))
        yield error(
            document,
            (),
            f"địa chỉ `{document.address}` có ký tự không dùng được",
            f"đổi tên tệp thành {better}.md",
        )
    elif any(map(is_device, document.address.split("/"))):
        yield error(
            document,
            (),
            f"địa chỉ `{document.address}` có tên mà Windows dành cho thiết bị",
            "thêm chữ vào tên tệp hoặc thư mục, ví dụ con-nguoi.md",
        )
    for index, alias in enumerate(document.aliases):
        if not _ADDRESS.match(alias.removesuffix(".md").strip("/") + "/"):
            hint = "ví dụ: ke-hoach/2022/ten-ke-hoach"
            yield error(document, ("aliases", index), f"địa chỉ cũ `{alias}` không hợp lệ", hint)
