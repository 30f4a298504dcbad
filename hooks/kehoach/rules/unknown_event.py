"""unknown-event: tài liệu truyền thông nhắc tới một sự kiện không có.

`event` là mã của một sự kiện trong kế hoạch ghi ở `plan`, hoặc trong các kế hoạch cùng năm.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.records.material import Material
from kehoach.records.text import nearest
from kehoach.rules.verdict import error


def check(material: Material, library: Library) -> Iterator[Finding]:
    if not material.event:
        return
    plan = library.plan(material.plan)
    events = plan.events if plan else [e for e in library.events if e.year == material.year]
    known = [event.id for event in events]
    if material.event in known:
        return
    close = nearest(material.event, known)
    hint = f"có phải `{close}`?" if close else "ghi mã của một sự kiện trong kế hoạch"
    yield error(material, ("event",), f"không có sự kiện `{material.event}`", hint)
