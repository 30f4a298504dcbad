"""blank-number: văn bản đã ban hành mà chưa có số.

Văn bản đã ký phải có số do văn thư cấp. Bản lấy từ tệp soạn thảo thường để trống: giữ nguyên như
văn bản có được, bổ sung khi biết số.

Căn cứ: Nghị định 30/2020/NĐ-CP, Điều 15 (cấp số, thời gian ban hành); Nghị định 42/2022/NĐ-CP.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.plan import Plan, PlanStatus
from kehoach.rules.verdict import warning


def check(plan: Plan) -> Iterator[Finding]:
    if plan.status is PlanStatus.DRAFT or plan.is_numbered:
        return
    message = f"số để trống (`{plan.number}`)" if plan.number else "văn bản đã ban hành không có số"
    hint = "ghi số đã cấp, hoặc status: draft nếu chưa ban hành"
    yield warning(plan, ("number",), message, hint)
