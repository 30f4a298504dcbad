"""unmentioned-unit: đơn vị khai báo không có trong mục của kế hoạch.

Đơn vị chủ trì (`lead`) và đơn vị phải thực hiện (`who`) lấy từ mục ghi ở `section`; máy tìm tên,
tên ngắn và mọi tên khác của đơn vị trong mục ấy và các mục trên nó. Cơ quan ban hành thì không cần
nhắc lại ở từng mục.
"""

from collections.abc import Iterator
from functools import lru_cache

from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.records.plan import Plan
from kehoach.records.text import fold
from kehoach.rules.section import words_of
from kehoach.rules.verdict import planned, warning

_folded = lru_cache(maxsize=10_000)(fold)  # names of units, which plans share


def check(plan: Plan, library: Library) -> Iterator[Finding]:
    issuer = library.issuer(plan)
    for item, keys in planned(plan):
        said = words_of(plan, item)
        if said is None:
            continue
        where, text = said
        key = "lead" if keys[0] == "events" else "who"
        for index, name in enumerate(getattr(item, key)):
            unit = library.unit(name, plan)
            if unit is None or unit is issuer:
                continue
            names = (name, *unit.names())
            if any(known in text for known in names):
                continue
            folded = fold(text)
            if not any(_folded(known) in folded for known in names):
                hint = (
                    "chép đúng đơn vị của mục ấy, hoặc thêm cách viết của kế hoạch vào don-vi.yml"
                )
                message = f"{where} không nhắc tới {unit.name}"
                yield warning(plan, (*keys, key, index), message, hint)
