"""lost-comment: phần sau dấu # của một giá trị bị mất.

Trong YAML, dấu # đứng sau khoảng trắng mở đầu một chú thích: `title: Kế hoạch # thử` chỉ còn
“Kế hoạch”. Giá trị có dấu # thì đặt trong ngoặc kép.

Căn cứ: YAML 1.1, mục 6.6.
"""

import re
from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.source import Place
from kehoach.rules.verdict import warning

# Keys whose values are words of the document; behind others a comment is one.
_KEYS = "title|summary|what|place|address|theme|audience|attendance|description|reason|name|text"
_LINE = re.compile(
    rf"^(?P<key>\s*(?:- )?(?:{_KEYS}):\s+)(?P<value>[^\s\"'>|#{{\[].*?)(?P<lost>\s#.*)$", re.M
)


def check(document: Document) -> Iterator[Finding]:
    head = document.origin.text.split("\n")[: document.origin.body_line - 1]
    for number, line in enumerate(head, 1):
        if found := _LINE.match(line):
            place = Place(number, found.start("lost") + 2)
            message = f"“{found['lost'].strip()}” bị coi là chú thích và mất khỏi giá trị"
            value = (found["value"] + found["lost"]).replace('"', r"\"")
            yield warning(document, place, message, f'{found["key"].strip()} "{value}"')
