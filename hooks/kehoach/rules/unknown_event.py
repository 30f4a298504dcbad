"""unknown-event: văn bản nhắc tới một sự kiện không có.

`event` của một tài liệu truyền thông là mã của một sự kiện trong kế hoạch ghi ở `plan`, hoặc trong
các kế hoạch cùng năm. `fulfilled_by` của một giai đoạn là mã của những sự kiện, thời hạn trong các
kế hoạch ghi `campaign` là năm ấy; khi nhiều kế hoạch có cùng một mã, ghi địa chỉ
(`su-kien/2024/treo-bang-ron`, `ke-hoach/2024/ngay-khcn#han-bao-cao`).
"""

from collections.abc import Iterable, Iterator
from typing import Any

from kehoach.records.campaign import Campaign
from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.fulfilment import is_called, names
from kehoach.records.library import Library
from kehoach.records.material import Material
from kehoach.records.plan import Plan
from kehoach.records.text import nearest
from kehoach.rules.verdict import error


def check(document: Document, library: Library) -> Iterator[Finding]:
    if isinstance(document, Material):
        yield from _of_material(document, library)
    elif isinstance(document, Campaign):
        yield from _of_campaign(document, library)


def _of_material(material: Material, library: Library) -> Iterator[Finding]:
    if not material.event:
        return
    plan = library.plan(material.plan)
    events = plan.events if plan else [e for e in library.events if e.year == material.year]
    known = [event.id for event in events]
    named = (material.plan or "").removesuffix(".md").strip("/")
    if material.event in known or _unread(material.event, named, ("events",), library):
        return
    hint = _hint(material.event, known, "ghi mã của một sự kiện trong kế hoạch")
    yield error(material, ("event",), f"không có sự kiện `{material.event}`", hint)


def _of_campaign(campaign: Campaign, library: Library) -> Iterator[Finding]:
    joined = [plan for plan in library.plans if plan.campaign == campaign.year]
    items = [item for plan in joined for item in plan.items]
    for index, period in enumerate(campaign.periods):
        for at, name in enumerate(period.fulfilled_by or ()):
            if any(is_called(item, name) for item in items):
                continue
            identifier = name.rstrip("/").rpartition("/")[2].rpartition("#")[2]
            identifier = identifier.removeprefix("han-") if "#" in name else identifier
            if _unread(identifier, "", ("events", "deadlines"), library):
                continue
            other = f"ghi mã trong một kế hoạch có dòng `campaign: {campaign.year}`"
            known = (called for item in items for called in names(item))
            message = f"năm {campaign.year} không có sự kiện, thời hạn `{name}`"
            keys = ("periods", index, "fulfilled_by", at)
            yield error(campaign, keys, message, _hint(name, known, other))


def _hint(name: str, known: Iterable[str], other: str) -> str:
    close = nearest(name, known)
    return f"có phải `{close}`?" if close else other


def _unread(identifier: str, plan: str, shelves: Iterable[str], library: Library) -> bool:
    """Whether it may stand in a plan that could not be read: that plan's findings say enough.

    `plan` is the address of the one that must hold it, "" for any.
    """
    ending = f"/{plan}.md" if plan else ".md"
    read = {plan.path for plan in library.plans if not plan.is_partial}
    return any(
        f"/{Plan.folder}/" in source.path
        and source.path.endswith(ending)
        and source.path not in read
        and any(_may_hold(source.data, shelf, identifier) for shelf in shelves)
        for source in library.sources
    )


def _may_hold(data: Any, shelf: str, identifier: str) -> bool:
    """Whether a front matter, as far as it could be read, has an `identifier` on a shelf of it."""
    if not isinstance(data, dict):
        return True
    parts = data.get(shelf)
    listed = parts if isinstance(parts, list) else ()
    return any(isinstance(part, dict) and part.get("id") == identifier for part in listed)
