"""unmentioned-unit: đơn vị khai báo không có trong mục của kế hoạch.

Đơn vị chủ trì (`lead`) và đơn vị phải thực hiện (`who`) lấy từ mục ghi ở `section`; máy tìm tên,
tên ngắn và mọi tên khác của đơn vị trong mục ấy và các mục trên nó. Mục không nói ai làm (phân công
ở mục tổ chức thực hiện hoặc ở phụ lục) thì máy tìm trong cả văn bản. Cơ quan ban hành thì không cần nhắc
lại ở từng mục.
"""

from collections.abc import Iterator

from kehoach.records.event import Deadline, Event
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.records.plan import Plan
from kehoach.records.unit import Unit
from kehoach.rules.section import Passage, Passages
from kehoach.rules.verdict import planned, warning

_TELLING = ("chủ trì", "đầu mối", "phụ trách", "đơn vị thực hiện")


def check(plan: Plan, library: Library) -> Iterator[Finding]:
    issuers = library.issuers(plan)
    passages = Passages(plan)
    for item, keys in planned(plan):
        passage = passages.of(item)
        if passage is None:
            continue
        key = "lead" if keys[0] == "events" else "who"
        for index, name in enumerate(getattr(item, key)):
            unit = library.unit(name, plan)
            names = (name, *(unit.names() if unit else ()))
            if unit is None or unit in issuers or passage.mentions(names):
                continue
            others = _others(plan, library, unit, item)
            if passages.whole.mentions(names) and not _tells_who(passage, key, others):
                continue
            hint = "chép đúng đơn vị của mục ấy, hoặc thêm cách viết của kế hoạch vào don-vi.yml"
            message = f"{passage.name} không nhắc tới {unit.name}"
            yield warning(plan, (*keys, key, index), message, hint)


def _others(plan: Plan, library: Library, unit: Unit, item: Event | Deadline) -> Iterator[Unit]:
    """The units that may be meant in place of `unit`: not who issued the plan, nor whom it is sent to."""
    known = [unit, *library.issuing(plan)]
    known += [to for name in getattr(item, "to", ()) if (to := library.unit(name, plan))]
    return (other for other in library.units if other not in known)


def _tells_who(passage: Passage, key: str, others: Iterator[Unit]) -> bool:
    """Whether the passage itself names who leads, or who owes."""
    if key == "lead" and not passage.mentions(_TELLING):
        return False
    return any(passage.mentions(tuple(other.names())) for other in others)
