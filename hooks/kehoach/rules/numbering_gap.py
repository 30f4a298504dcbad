"""numbering-gap: số mục nhảy quãng hoặc lặp lại.

Các mục cùng cấp đánh số liên tục từ 1 (từ a đối với điểm). Máy không bao giờ sửa số của văn bản đã
ký, và trang công bố hiện đúng số ấy; người đăng xác nhận bản ký viết như vậy bằng `allow`, hoặc sửa
lại chỗ chép sai.

Căn cứ: Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II, mục 6 (bố cục nội dung văn bản).
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.plan import Plan
from kehoach.records.source import Place
from kehoach.rules.verdict import warning


def check(plan: Plan) -> Iterator[Finding]:
    for group in plan.outline.siblings():
        for before, after in zip((None, *group), group, strict=False):
            counted = before.ordinal if before else 0
            if counted is None or after.ordinal in (None, counted + 1):
                continue
            order = f"sau mục {before.number} là mục" if before else "mục đầu tiên của cấp này là"
            hint = "đối chiếu với bản ký; nếu bản ký đúng như vậy, ghi lý do trong allow"
            place = Place(after.line, after.column)
            yield warning(plan, place, f"{order} {after.number}", hint)
