"""doubled-punctuation: dấu câu viết đôi.

`..`, `,,`, `;;` hoặc `./..` thường là gõ thừa. Dấu chấm lửng có ba chấm trở lên, và dấu kết thúc
văn bản `./.` thì đúng. Máy không sửa văn bản đã ký.

Căn cứ: Nghị định 30/2020/NĐ-CP, Phụ lục I, mẫu văn bản (dấu `./.` kết thúc nội dung).
"""

import re
from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.rules.prose import prose
from kehoach.rules.verdict import warning

# What must not stand before is looked at behind the first sign: one that begins with a sign is sought fast.
_DOUBLED = re.compile(r"\./\.\.+|\.(?<![./]\.)\.(?![./])|,,+|;;+|:(?<!::):(?!:)")


def check(document: Document) -> Iterator[Finding]:
    for found in _DOUBLED.finditer(prose(document)):
        right = "./." if found[0].startswith("./") else found[0][0]
        hint = f"viết `{right}`; nếu bản ký đúng như vậy, ghi lý do trong allow"
        yield warning(document, found.start(), f"dấu câu viết đôi `{found[0]}`", hint)
