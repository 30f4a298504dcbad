"""unit-circle: đơn vị là cấp trên của chính mình.

Chuỗi `parent` trong don-vi.yml đi lên tới Sở hoặc Ủy ban nhân dân tỉnh, không quay lại đơn vị đã đi
qua.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.verdict import error


def check(library: Library) -> Iterator[Finding]:
    for index, unit in library.unit_rows.items():
        if unit in library.units.ancestors(unit):
            message = f"`{unit.id}` là cấp trên của chính mình"
            yield error(library.units_source, (index, "parent"), message, "sửa hoặc bỏ khoá parent")
