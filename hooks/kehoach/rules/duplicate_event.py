"""duplicate-event: hai sự kiện cùng năm cùng mã.

Mã sự kiện là địa chỉ trang (`/su-kien/<năm>/<mã>/`) và là định danh trong lịch đã tải về máy. Hai
sự kiện cùng mã thì một sự kiện biến mất. Mã cũ trong `aliases` cũng được tính.
"""

from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.records.source import Keys
from kehoach.rules.verdict import error, repeated


def check(library: Library) -> Iterator[Finding]:
    for name, plan, keys, first in repeated(_ids(library)):
        year, identifier = name.split("/")
        message = f"mã sự kiện `{identifier}` của năm {year} đã dùng ở {first}"
        yield error(plan, keys, message, "đặt mã khác, hoặc bỏ một trong hai sự kiện")


def _ids(library: Library) -> Iterator[tuple[str, Document, Keys]]:
    for plan in library.plans:
        for index, event in enumerate(plan.events):
            yield f"{plan.year}/{event.id}", plan, ("events", index, "id")
            for number, alias in enumerate(event.aliases):
                yield f"{plan.year}/{alias}", plan, ("events", index, "aliases", number)
