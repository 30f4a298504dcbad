"""invalid-yaml: phần khai báo không đúng cú pháp YAML.

Phần khai báo là các dòng `khoá: giá trị` nằm giữa hai dòng `---`. Lỗi hay gặp nhất là giá trị có
dấu hai chấm mà không đặt trong ngoặc kép, hoặc thụt đầu dòng lệch. Khi phần khai báo không đọc
được thì không trang nào được dựng từ tệp đó.

Căn cứ: YAML 1.1, mục 7 (yaml.org/spec/1.1).
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import reading


def check(library: Library) -> Iterator[Finding]:
    return reading(library, "invalid-yaml")
