"""unverified: văn bản nhập từ tệp khác chưa ai đối chiếu với bản gốc.

Bản quét do máy đọc có chữ sai; tệp Word, PDF đôi khi mất chữ. Lệnh `import` ghi `unverified` khi không
chứng minh được là trọn vẹn. Đối chiếu từng trang với bản gốc, sửa chỗ sai, bỏ dấu `<mark>` quanh
những chữ máy ngờ, rồi xoá dòng `unverified`.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.plan import Plan, PlanStatus
from kehoach.rules.verdict import error, warning


def check(plan: Plan) -> Iterator[Finding]:
    if not plan.unverified:
        return
    marks = plan.body.count("<mark>")
    doubts = f", còn {marks} chữ máy ngờ" if marks else ""
    say = warning if plan.status is PlanStatus.DRAFT else error
    message = f"chưa đối chiếu với bản gốc: {plan.unverified}{doubts}"
    yield say(plan, ("unverified",), message, "đối chiếu với bản gốc rồi xoá dòng `unverified`")
