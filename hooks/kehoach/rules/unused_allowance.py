"""unused-allowance: bỏ qua một quy tắc mà không còn gì để bỏ qua.

Dòng `allow` cũ che mất lỗi mới. Khi chỗ sai đã được sửa thì bỏ dòng ấy đi.
"""

from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.rules.verdict import warning


def check(
    document: Document, rules: frozenset[str], findings: dict[str, list[Finding]]
) -> Iterator[Finding]:
    if document.is_partial:
        return  # the value that it is needed for may be one that could not be read
    here = findings.get(document.path, ())
    for index, allowance in enumerate(document.allow):
        used = any(allowance.covers(finding.rule, finding.field) for finding in here)
        if allowance.rule in rules and not used:
            message = f"không còn gì để bỏ qua cho `{allowance.rule}`"
            yield warning(document, ("allow", index, "rule"), message, "bỏ dòng này")
