"""number-format: số, ký hiệu không đúng thể thức của loại văn bản.

Số, ký hiệu gồm số thứ tự, dấu gạch chéo, chữ viết tắt tên loại, gạch nối và chữ viết tắt tên cơ
quan: `254/KH-SKHCN`. Công văn không có tên loại: `1988/UBND-KGVX`. Văn bản của Đảng viết
`196-KH/TU`. Khoảng trắng thừa của bản ký được giữ nguyên.

Căn cứ: Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II, mục 3 và Phụ lục III (bảng chữ viết tắt).
"""

import re
from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.kinds import DocumentKind, Form, kind_of
from kehoach.records.plan import Plan
from kehoach.records.source import Keys
from kehoach.rules.verdict import error

_LETTER = re.compile(r"\d*\s*[/-]\s*\w[\w.&-]*(?:\s*[-/]\s*\w[\w.&-]*)*\Z")
_STATE = re.compile(r"\d*\s*/\s*(?P<kind>\w+)\s*-\s*\w[\w.&-]*(?:\s*-\s*\w[\w.&-]*)*\Z")
_PARTY = re.compile(r"\d*\s*-\s*(?P<kind>\w+)\s*/\s*\w[\w.&-]*\Z")


def check(plan: Plan) -> Iterator[Finding]:
    kind = kind_of(plan.kind)
    if kind is None:
        return
    yield from _judged(plan, ("number",), plan.number, kind)
    for index, party in enumerate(plan.joint):
        yield from _judged(plan, ("joint", index, "number"), party.number, kind)


def _judged(plan: Plan, keys: Keys, number: str | None, kind: DocumentKind) -> Iterator[Finding]:
    if not number:
        return
    if kind.form is Form.LETTER:
        if not _LETTER.match(number.strip()):
            message = f"`{number}` không đúng thể thức số, ký hiệu của {kind.name.lower()}"
            yield error(plan, keys, message, "công văn không có tên loại, ví dụ: 1988/UBND-KGVX")
        return
    written = _STATE.match(number.strip()) or _PARTY.match(number.strip())
    if written is None:
        message = f"`{number}` không đúng thể thức số, ký hiệu"
        yield error(plan, keys, message, f"ví dụ: 254/{kind.abbreviation}-SKHCN")
    elif written["kind"] not in (kind.abbreviation, f"{kind.abbreviation}LT"):
        message = f"ký hiệu `{written['kind']}` không phải của {plan.kind.lower()}"
        yield error(plan, keys, message, f"{plan.kind} viết tắt là {kind.abbreviation}")
