"""missing-part: văn bản thiếu phần mà loại của nó phải có.

Quyết định có các căn cứ, dòng `QUYẾT ĐỊNH:` và các điều; công văn, tờ trình có `Kính gửi`. Máy tìm
những dòng ấy trong thân văn bản để trình bày đúng thể thức trên trang và bản in; dòng nào không nhận
ra thì in như một đoạn thường.

Căn cứ: Nghị định 30/2020/NĐ-CP, Phụ lục III, phần II (mẫu trình bày một số loại văn bản).
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.kinds import kind_of
from kehoach.records.plan import Plan
from kehoach.rules.verdict import warning


def check(plan: Plan) -> Iterator[Finding]:
    kind = kind_of(plan.kind)
    if kind is None or not plan.body.strip():
        return
    for part in kind.parts:
        if not part.line.search(plan.body):
            message = f"{plan.kind.lower()} không có dòng “{part.name}”"
            hint = f"chép dòng “{part.name}” của bản ký vào thân văn bản, mỗi phần một đoạn"
            yield warning(plan, ("kind",), message, hint)
