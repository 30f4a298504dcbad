"""look-alike-letter: chữ trông giống chữ Việt mà là chữ khác, hoặc ký tự không nhìn thấy.

Chép từ Word, PDF có thể mang theo chữ eth (U+00D0) thay cho Đ, chữ Nga trông như A, O, dấu cách không ngắt,
gạch nối mềm, ký tự rộng bằng không. Máy coi chúng là chữ khác: địa chỉ trang sai, tên đơn vị không
tìm thấy, tìm kiếm không ra. `python3 build.py check --fix` thay chúng và cho xem chỗ thay.
"""

from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.source import Place
from kehoach.rules.pasting import hint, letters
from kehoach.rules.verdict import warning


def check(document: Document) -> Iterator[Finding]:
    for mend in letters(document):
        yield warning(document, Place(mend.line, mend.column), mend.message, hint(mend))
