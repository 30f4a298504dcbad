"""unknown-unit: đơn vị không có trong don-vi.yml.

Trang của đơn vị, lịch của đơn vị và bộ lọc đều dựa vào don-vi.yml. Viết mã, tên hoặc tên khác của
đơn vị, không cần đúng chữ hoa hay vị trí dấu thanh; tên được tìm trước hết trong các đơn vị thuộc
cơ quan ban hành. Đơn vị mới thì thêm vào don-vi.yml.
"""

from collections.abc import Iterator
from functools import cache

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.records.source import Keys
from kehoach.records.unit import Unit
from kehoach.rules.verdict import error, planned


def check(library: Library) -> Iterator[Finding]:
    if library.units_source.findings:
        return  # the name may be that of a unit that could not be read

    @cache
    def nearest(name: str, of: str = "") -> str | None:
        return library.units.nearest(name, library.units.by_id.get(of))

    for index, unit in library.unit_rows.items():
        if unit.parent and unit.parent not in library.units.by_id:
            meant = library.units.resolve(nearest(unit.parent) or "")
            hint = f"có phải `{meant.id}`?" if meant else "viết mã của một đơn vị trong tệp này"
            message = f"không có đơn vị mã `{unit.parent}`"
            yield error(library.units_source, (index, "parent"), message, hint)
    for of, name, keys, within in _names(library):
        candidates = library.units.candidates(name, within)
        # Which unit of a plan is meant is told by its issuer, once that one is known.
        if len(candidates) > 1 and (within or keys[-1] == "issuer"):
            ids = ", ".join(unit.id for unit in candidates[:3])
            hint = f"viết mã của đơn vị, ví dụ {ids}"
            yield error(of, keys, f"`{name}` là tên của {len(candidates)} đơn vị", hint)
        elif not candidates:
            close = nearest(name, within.id if within else "")
            hint = f"có phải `{close}`?" if close else "thêm đơn vị này vào don-vi.yml"
            yield error(of, keys, f"không có đơn vị `{name}`", hint)


def _names(library: Library) -> Iterator[tuple[Document, str, Keys, Unit | None]]:
    for material in library.materials:
        yield material, material.issuer, ("issuer",), None
    for plan in library.plans:
        yield plan, plan.issuer, ("issuer",), None
        for index, party in enumerate(plan.joint):
            yield plan, party.issuer, ("joint", index, "issuer"), None
        issuer = library.issuer(plan)
        for item, keys in planned(plan):
            for key in ("lead", "partners", "who", "to"):
                for index, name in enumerate(getattr(item, key, ())):
                    yield plan, name, (*keys, key, index), issuer
