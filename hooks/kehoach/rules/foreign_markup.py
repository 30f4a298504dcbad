"""foreign-markup: dấu hiệu của công cụ khác hiện ra nguyên dạng.

Material, Obsidian, LaTeX … có dấu riêng mà trang này không hiểu: chúng hiện ra như chữ thường trước
mắt người đọc. Bài viết (hướng dẫn, truyền thông, trang thường) hiểu `!!!`, `???`, `=== "…"`, ô việc
`- [x]` và danh sách định nghĩa; văn bản đã ký không có các dấu ấy, và giữ nguyên như đã ký.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kehoach.records.body.callouts import OPENING
from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.rules.prose import markup
from kehoach.rules.verdict import warning


class _Mark(NamedTuple):
    pattern: re.Pattern[str]
    remedy: str
    in_prose: bool  # whether it stands as it is written in prose too


_MARKS = (
    _Mark(re.compile(rf"^{OPENING}", re.M), "viết thành đoạn văn thường", False),
    _Mark(re.compile(r"^[ \t]*[-*+][ \t]+\[[ xX]\][ \t]", re.M), "bỏ ô vuông", False),
    _Mark(
        re.compile(r":(?:material|fontawesome|octicons|simple)-[\w-]+:"),
        "bỏ, hoặc viết bằng chữ",
        True,
    ),
    _Mark(re.compile(r"\{:?[ \t]*[.#][\w-][^{}\n]*\}"), "bỏ: kiểu trình bày do trang lo", True),
    _Mark(re.compile(r"\+\+[\w\"-]+(?:\+[\w\"-]+)*\+\+"), "phím bấm viết <kbd>Ctrl</kbd>", True),
    _Mark(
        re.compile(r"(?<![=\w])==[^=\s](?:[^=\n]*[^=\s])?==(?![=\w])"),
        "tô chữ viết <mark>chữ</mark>",
        True,
    ),
    _Mark(re.compile(r"\$\$.+?\$\$", re.S), "viết công thức bằng chữ, hoặc đặt ảnh", True),
    _Mark(re.compile(r"^[ \t]*-+8<-+.*$", re.M), "chép thẳng nội dung vào đây", True),
    _Mark(re.compile(r"!?\[\[[^\[\]\n]+\]\]"), "liên kết viết [chữ](tệp.md)", True),
    _Mark(re.compile(r"^\[TOC\][ \t]*$", re.M), "bỏ: trang có sẵn mục lục", True),
    _Mark(re.compile(r"^\*\[[^\]\n]+\]:.*$", re.M), "ghi chữ viết tắt vào tu-viet-tat.yml", True),
)
_SNIPPET = 40


def check(document: Document) -> Iterator[Finding]:
    body = markup(document.body)
    for mark in _MARKS:
        if mark.in_prose or document.signed:
            for found in mark.pattern.finditer(body):
                start = found.start() + len(found[0]) - len(found[0].lstrip())
                written = " ".join(found[0].split())[:_SNIPPET]
                message = f"`{written}` hiện ra nguyên dạng trước người đọc"
                yield warning(document, start, message, mark.remedy)
