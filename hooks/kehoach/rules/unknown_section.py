"""unknown-section: mục được nhắc tới không có trong thân văn bản.

`section` nói sự kiện, thời hạn hoặc khẩu hiệu ở mục nào của kế hoạch, để trang sự kiện dẫn về đúng
chỗ ấy. Viết theo số đã ký: II.3, II.3.đ, II.1.6 hoặc 1.6; trong quyết định là Điều 2 hoặc khoản 1
Điều 2; trong phụ lục là `Phụ lục I, mục 2`.
"""

from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.plan import Plan
from kehoach.records.text import nearest
from kehoach.rules.verdict import error, planned

_MANY = 300  # sections: beyond, some number is close to any, and to compare all takes minutes


def check(plan: Plan) -> Iterator[Finding]:
    written = [section.ref for section in plan.outline.sections if section.ref]
    choices = written if len(written) <= _MANY else []
    slogans = ((slogan, ("slogans", index)) for index, slogan in enumerate(plan.slogans))
    for item, keys in (*planned(plan), *slogans):
        if not item.section or plan.outline.find(item.section):
            continue
        close = nearest(item.section, choices)
        hint = f"có phải `{close}`?" if close else "viết số mục như trong bản ký, ví dụ II.3"
        yield error(plan, (*keys, "section"), f"thân văn bản không có mục `{item.section}`", hint)
