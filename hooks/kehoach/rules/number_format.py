"""number-format: số, ký hiệu không đúng thể thức của loại văn bản.

Số, ký hiệu gồm số thứ tự, dấu gạch chéo, chữ viết tắt tên loại, gạch nối và chữ viết tắt tên cơ
quan: `254/KH-SKHCN`. Công văn không có tên loại: `1988/UBND-KGVX`. Văn bản của Đảng viết
`196-KH/TU`. Khoảng trắng thừa của bản ký được giữ nguyên.

Căn cứ: Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II, mục 3 và Phụ lục III (bảng chữ viết tắt).
"""

import re
from collections.abc import Iterator

from kehoach.records.finding import Finding
from kehoach.records.plan import Plan
from kehoach.records.text import canonical
from kehoach.rules.verdict import error

# Nghị định 30/2020/NĐ-CP, Phụ lục III, mục I.
_ABBREVIATIONS = {
    "nghị quyết": "NQ",
    "quyết định": "QĐ",
    "chỉ thị": "CT",
    "quy chế": "QC",
    "quy định": "QyĐ",
    "thông cáo": "TC",
    "thông báo": "TB",
    "hướng dẫn": "HD",
    "chương trình": "CTr",
    "kế hoạch": "KH",
    "phương án": "PA",
    "đề án": "ĐA",
    "dự án": "DA",
    "báo cáo": "BC",
    "biên bản": "BB",
    "tờ trình": "TTr",
    "hợp đồng": "HĐ",
    "công điện": "CĐ",
    "bản ghi nhớ": "BGN",
    "bản thỏa thuận": "BTT",
    "giấy ủy quyền": "GUQ",
    "giấy mời": "GM",
    "giấy giới thiệu": "GGT",
    "giấy nghỉ phép": "GNP",
}
_KINDS = {canonical(kind): short for kind, short in _ABBREVIATIONS.items()}
_STATE = re.compile(r"\d*\s*/\s*(?P<kind>\w+)\s*-\s*\w[\w.&-]*(?:\s*-\s*\w[\w.&-]*)*\Z")
_PARTY = re.compile(r"\d*\s*-\s*(?P<kind>\w+)\s*/\s*\w[\w.&-]*\Z")


def check(plan: Plan) -> Iterator[Finding]:
    kind = _KINDS.get(canonical(plan.kind))
    if not plan.number or kind is None:
        return
    written = _STATE.match(plan.number.strip()) or _PARTY.match(plan.number.strip())
    if written is None:
        message = f"`{plan.number}` không đúng thể thức số, ký hiệu"
        yield error(plan, ("number",), message, f"ví dụ: 254/{kind}-SKHCN")
    elif written["kind"] != kind:
        message = f"ký hiệu `{written['kind']}` không phải của {plan.kind.lower()}"
        yield error(plan, ("number",), message, f"{plan.kind} viết tắt là {kind}")
