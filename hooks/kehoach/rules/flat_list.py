"""flat-list: mục thụt vào nhưng hiện ngang hàng với mục trên.

Văn bản đã ký không phân bậc danh sách bằng dấu cách: bậc một viết dấu `-`, bậc hai viết dấu `+` ngay
dưới dấu `-`, sâu hơn nữa thì đánh số như `a)`. Thụt dòng mà cùng dấu thì hai mục hiện ngang hàng.
"""

import re
from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.rules.prose import markup
from kehoach.rules.verdict import warning

_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<mark>[-+*])[ \t]+\S")
_NESTS = ("-", "+")  # what stands in what
_DEEPER = 2  # spaces; one is a slip
_SNIPPET = 40


def check(document: Document) -> Iterator[Finding]:
    if not document.signed:
        return
    offset = 0
    above: tuple[int, str] | None = None  # the indent and the mark of the item before
    for line in markup(document.body).split("\n"):
        item = _ITEM.match(line)
        if item:
            indent, mark = len(item["indent"].expandtabs(4)), item["mark"]
            if above and indent >= above[0] + _DEEPER and (above[1], mark) != _NESTS:
                written = line.strip()[:_SNIPPET]
                message = f"`{written}` thụt vào nhưng hiện ngang hàng với mục trên"
                hint = "mục con viết dấu `+` dưới mục `-`, sâu hơn thì `a)`; hoặc bỏ thụt dòng"
                yield warning(document, offset + item.start("mark"), message, hint)
            above = indent, mark
        elif line.strip() and not line[0].isspace():
            above = None
        offset += len(line) + 1
