"""unmentioned-unit: đơn vị khai báo không có trong mục của kế hoạch.

Đơn vị chủ trì (`lead`) và đơn vị phải thực hiện (`who`) lấy từ mục ghi ở `section`; máy tìm tên,
tên ngắn và mọi tên khác của đơn vị trong mục ấy và các mục trên nó. Cơ quan ban hành thì không cần
nhắc lại ở từng mục.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.records.plan import Plan
from kehoach.rules.section import Passages
from kehoach.rules.verdict import planned, warning


def check(plan: Plan, library: Library) -> Iterator[Finding]:
    issuer = library.issuer(plan)
    passages = Passages(plan)
    for item, keys in planned(plan):
        passage = passages.of(item)
        if passage is None:
            continue
        key = "lead" if keys[0] == "events" else "who"
        for index, name in enumerate(getattr(item, key)):
            unit = library.unit(name, plan)
            if unit is None or unit is issuer or passage.mentions((name, *unit.names())):
                continue
            hint = "chép đúng đơn vị của mục ấy, hoặc thêm cách viết của kế hoạch vào don-vi.yml"
            message = f"{passage.name} không nhắc tới {unit.name}"
            yield warning(plan, (*keys, key, index), message, hint)
