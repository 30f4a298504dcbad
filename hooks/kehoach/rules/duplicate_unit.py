"""duplicate-unit: hai đơn vị cùng mã.

Mã là địa chỉ trang của đơn vị (`/don-vi/<mã>/`) nên mỗi đơn vị một mã, kể cả khi khác tỉnh.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import error, repeated


def check(library: Library) -> Iterator[Finding]:
    source = library.units_source
    ids = ((unit.id, source, (index, "id")) for index, unit in library.unit_rows.items())
    for identifier, of, keys, first in repeated(ids):
        message = f"mã `{identifier}` đã dùng cho đơn vị ở {first}"
        yield error(of, keys, message, f"đặt mã khác, ví dụ {identifier}-<tên tỉnh>")
