"""unknown-rule: bỏ qua một quy tắc không có.

`allow` ghi mã quy tắc như máy báo trong ngoặc vuông, ví dụ numbering-gap.
"""

from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.text import nearest
from kehoach.rules.verdict import error


def check(document: Document, rules: frozenset[str]) -> Iterator[Finding]:
    for index, allowance in enumerate(document.allow):
        if allowance.rule not in rules:
            close = nearest(allowance.rule, sorted(rules))
            hint = f"có phải `{close}`?" if close else "xem danh sách ở huong-dan/quy-tac/"
            yield error(
                document, ("allow", index, "rule"), f"không có quy tắc `{allowance.rule}`", hint
            )
