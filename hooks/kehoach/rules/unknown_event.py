"""unknown-event: tài liệu truyền thông nhắc tới một sự kiện không có.

`event` là mã của một sự kiện trong kế hoạch ghi ở `plan`, hoặc trong các kế hoạch cùng năm.
"""

from collections.abc import Iterator
from typing import Any

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.records.material import Material
from kehoach.records.plan import Plan
from kehoach.records.text import nearest
from kehoach.rules.verdict import error


def check(material: Material, library: Library) -> Iterator[Finding]:
    if not material.event:
        return
    plan = library.plan(material.plan)
    events = plan.events if plan else [e for e in library.events if e.year == material.year]
    known = [event.id for event in events]
    if material.event in known or _unread(material, material.event, library):
        return
    close = nearest(material.event, known)
    hint = f"có phải `{close}`?" if close else "ghi mã của một sự kiện trong kế hoạch"
    yield error(material, ("event",), f"không có sự kiện `{material.event}`", hint)


def _unread(material: Material, event: str, library: Library) -> bool:
    """Whether `event` may stand in a plan that could not be read: that plan's findings say enough."""
    named = (material.plan or "").removesuffix(".md").strip("/")
    ending = f"/{named}.md" if named else ".md"
    read = {plan.path for plan in library.plans if not plan.is_partial}
    return any(
        f"/{Plan.folder}/" in source.path
        and source.path.endswith(ending)
        and source.path not in read
        and _may_hold(source.data, event)
        for source in library.sources
    )


def _may_hold(data: Any, identifier: str) -> bool:
    """Whether a front matter, as far as it could be read, has an event `identifier`."""
    if not isinstance(data, dict):
        return True
    events = data.get("events")
    listed = events if isinstance(events, list) else ()
    return any(isinstance(event, dict) and event.get("id") == identifier for event in listed)
