"""flat-list: danh sách hiện không như đã viết.

Văn bản đã ký không phân bậc danh sách bằng dấu cách: bậc một viết dấu `-`, bậc hai viết dấu `+` ngay
dưới dấu `-`, sâu hơn nữa thì đánh số như `a)`. Thụt dòng mà cùng dấu thì hai mục hiện ngang hàng.

Trong bài viết, ngay dưới một dòng chữ chỉ dãy số bắt đầu từ 1 thành danh sách; dãy bắt đầu từ số khác
cần một dòng trống phía trên, nếu không thì dính liền vào đoạn.
"""

from collections.abc import Iterator
from itertools import pairwise

from kehoach.records.body.blocks import Shape
from kehoach.records.body.nesting import count
from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.source import Place
from kehoach.rules.prose import blocks
from kehoach.rules.verdict import warning

_NESTS = ("-", "+")  # what stands in what
_DEEPER = 2  # spaces; one is a slip
_SNIPPET = 40


def check(document: Document) -> Iterator[Finding]:
    return (_level if document.signed else _joined)(document)


def _level(document: Document) -> Iterator[Finding]:
    """Items of a signed text that an indent should have set below the one above."""
    lines = document.origin.text.split("\n")
    above: tuple[int, str] | None = None  # the indent and the mark of the item before
    for block in blocks(document):
        place = Place(block.start.number, block.start.column)
        before = lines[place.line - 1][: place.column - 1]
        if block.shape is Shape.ITEM:
            indent, mark = len(before.expandtabs(4)), block.mark
            if above and indent >= above[0] + _DEEPER and (above[1], mark) != _NESTS:
                written = lines[place.line - 1].strip()[:_SNIPPET]
                message = f"`{written}` thụt vào nhưng hiện ngang hàng với mục trên"
                hint = "mục con viết dấu `+` dưới mục `-`, sâu hơn thì `a)`; hoặc bỏ thụt dòng"
                yield warning(document, place, message, hint)
            above = indent, mark
        elif not before:
            above = None


def _joined(document: Document) -> Iterator[Finding]:
    """Numbers of prose that stay in the text above them (CommonMark 5.3)."""
    for block in blocks(document):
        if block.shape not in (Shape.PARAGRAPH, Shape.ITEM):
            continue
        for line, below in pairwise(block.lines[1:]):
            number = count(line.text)
            if number is not None and count(below.text) == number + 1:
                message = (
                    f"`{line.text.strip()[:_SNIPPET]}` không thành danh sách, dính vào đoạn trên"
                )
                place = Place(line.number, line.column)
                yield warning(document, place, message, "để trống một dòng phía trên")
                break
