"""inconsistent-relation: quan hệ giữa hai văn bản không khớp.

Trang của cả hai văn bản đều nói văn bản nào sửa đổi, thay thế văn bản nào, dù chỉ một bên ghi. Nhưng
văn bản bị thay thế mà vẫn để `status: issued` thì in ra như còn hiệu lực; và không văn bản nào sửa
đổi, thay thế chính nó, hay vừa sửa vừa được sửa bởi cùng một văn bản.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.records.plan import Plan, PlanStatus
from kehoach.rules.verdict import error, warning

_OVER = {PlanStatus.SUPERSEDED, PlanStatus.WITHDRAWN}
_SIDES = (
    ("amends", "amended_by", "sửa đổi"),
    ("supersedes", "superseded_by", "thay thế"),
)


def check(plan: Plan, library: Library) -> Iterator[Finding]:
    for active, passive, verb in _SIDES:
        after = {
            "amended_by": library.amenders,
            "superseded_by": library.successors,
        }[passive](plan)
        for key in (active, passive):
            written = getattr(plan, key) or ()
            for name in [written] if isinstance(written, str) else written:
                other = library.meant(name)
                if other is plan:
                    hint = f"bỏ `{key}`, hoặc viết địa chỉ của văn bản kia"
                    yield error(plan, (key,), f"văn bản không {verb} chính nó", hint)
                elif key == active and other in after:
                    message = f"{other.path} vừa là văn bản được {verb}, vừa là văn bản {verb}"
                    yield error(plan, (key,), message, f"chỉ giữ một trong `{active}`, `{passive}`")
    if plan.status not in _OVER and (successors := library.successors(plan)):
        message = f"văn bản đã được {successors[0].path} thay thế mà vẫn để là còn hiệu lực"
        hint = "ghi `status: superseded`"
        yield warning(plan, ("status",), message, hint)
