"""yaml-alias: phần khai báo dùng bí danh YAML.

Bí danh (`*tên`) chép lại một giá trị ở chỗ khác. Người đọc không thấy được giá trị thật, và một
chuỗi bí danh lồng nhau có thể phình ra hàng tỷ giá trị. Dấu `*` hoặc `&` ở đầu giá trị cần đặt
trong ngoặc kép.

Căn cứ: YAML 1.1, mục 7.1.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import reading


def check(library: Library) -> Iterator[Finding]:
    return reading(library, "yaml-alias")
