"""foreign-markup: dấu hiệu của công cụ khác hiện ra nguyên dạng.

Material, Obsidian, LaTeX … có dấu riêng. Bài viết (hướng dẫn, truyền thông, trang thường) hiểu phần lớn dấu
của Material: `!!!`, `???`, `=== "…"`, ô việc `- [x]`, danh sách định nghĩa, `++phím++`, `==tô==`, `~~bỏ~~`,
biểu tượng `:material-…:`, nút `{ .md-button }`, tên tệp trên khối mã. Dấu nào trang không hiểu thì hiện ra
như chữ thường trước mắt người đọc. Văn bản đã ký không có các dấu ấy, và giữ nguyên như đã ký.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kehoach.records.body import marks
from kehoach.records.body.blocks import Shape
from kehoach.records.body.callouts import OPENING
from kehoach.records.body.code import fence
from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.source import Place
from kehoach.rules.prose import blocks, markup
from kehoach.rules.verdict import warning


class _Mark(NamedTuple):
    signs: tuple[str, ...]  # one of them stands in all that the pattern finds
    pattern: str  # compiled, by `re` itself, where a sign is found: few texts have any
    remedy: str
    in_prose: bool = (
        True  # whether it stands as it is written in prose too, where `marks` do not read it
    )


_MARKS = (
    _Mark(("!!!", "???", "==="), rf"(?m)^{OPENING}", "viết thành đoạn văn thường", False),
    _Mark(("[",), r"(?m)^[ \t]*[-*+][ \t]+\[[ xX]\][ \t]", "bỏ ô vuông", False),
    _Mark(
        ("\n:",),
        r"(?<=[^\s|]\n):[ \t]+(?=\S).*",
        "viết “Thuật ngữ: lời giải” trên một dòng",
        False,
    ),
    _Mark(
        (":",),
        r":(?:material|fontawesome|octicons|simple)-[\w-]+:",
        "bỏ, hoặc viết bằng chữ",
    ),
    _Mark(
        (":",),
        r"(?<![\w:/]):(?!(?:material|fontawesome|octicons|simple)-)[a-z][a-z0-9_+-]+:(?![\w:/])",
        "viết thẳng ký tự hình, hoặc bằng chữ",
    ),
    _Mark(("{",), r"\{:?[ \t]*[.#][\w-][^{}\n]*\}", "bỏ: kiểu trình bày do trang lo"),
    _Mark(
        ("{",),
        r"(?<=[\])\w:]){:?[ \t]*[\w-]+=[^{}\n]*\}",
        "bỏ: kiểu trình bày do trang lo",
    ),
    _Mark(
        ("{",),
        r"\{(?:\+\+|--|~~|==|>>).*?(?:\+\+|--|~~|==|<<)\}",
        "bỏ dấu sửa bài, giữ câu cuối",
    ),
    _Mark(
        ("++",),
        r"(?<!\{)\+\+[\w\"-]+(?:\+[\w\"-]+)*\+\+",
        "phím bấm viết <kbd>Ctrl</kbd>",
    ),
    _Mark(
        ("==",),
        r"(?<![={\w])==[^=\s](?:[^=\n]*[^=\s])?==(?![=\w])",
        "tô chữ viết <mark>chữ</mark>",
    ),
    _Mark(
        ("~~",),
        r"(?<![~{])~~[^~\s](?:[^~\n]*[^~\s])?~~(?!~)",
        "gạch chữ viết <del>chữ</del>",
    ),
    _Mark(
        ("^^",),
        r"(?<!\^)\^\^[^^\s](?:[^^\n]*[^^\s])?\^\^(?!\^)",
        "gạch chân viết <ins>chữ</ins>",
    ),
    _Mark(("~",), r"(?<=[^\W_])~[\w+-]{1,9}~(?!~)", "chỉ số dưới viết H<sub>2</sub>O"),
    _Mark(("^",), r"(?<=[^\W_])\^[\w+-]{1,9}\^(?!\^)", "số mũ viết m<sup>2</sup>"),
    _Mark(("$$",), r"(?s)\$\$.+?\$\$", "viết công thức bằng chữ, hoặc đặt ảnh"),
    _Mark(
        ("$", "\\"),
        r"(?<![\w$\\])\$(?=[^$\n]*[\\^_={])[^\s$](?:[^$\n]*[^\s$])?\$(?![\w$])|\\\\[(\[].+?\\\\[)\]]",
        "viết công thức bằng chữ, hoặc đặt ảnh",
    ),
    _Mark(("8<",), r"(?m)^[ \t]*(?:-+8<-+|;-+8<-+).*$", "chép thẳng nội dung vào đây"),
    _Mark(("///",), r"(?m)^[ \t]*///+[ \t]*\w.*$", "khung ghi chú viết !!! note"),
    _Mark(("[[",), r"!?\[\[[^\[\]\n]+\]\]", "liên kết viết [chữ](tệp.md)"),
    _Mark(("[TOC]",), r"(?m)^\[TOC\][ \t]*$", "bỏ: trang có sẵn mục lục"),
    _Mark(("*[",), r"(?m)^\*\[[^\]\n]+\]:.*$", "ghi chữ viết tắt vào tu-viet-tat.yml"),
    _Mark(("{{", "{%"), r"\{\{.+?\}\}|\{%.+?%\}", "chép thẳng nội dung vào đây"),
    _Mark(
        ("#only", "#gh"),
        r"#(?:only|gh)-(?:light|dark)(?:-mode-only)?(?=[\s\")])",
        "dùng một ảnh cho cả nền sáng và nền tối",
    ),
)
_DRAWN = ("mermaid", "math", "vegalite", "plantuml")  # what other tools make pictures of
_INLINE_CODE = re.compile(r"`(#!\w+|:::\w+) ")
_SNIPPET = 40


def check(document: Document) -> Iterator[Finding]:
    body = markup(document)
    if not document.signed:
        body = marks.unread(body)
    for mark in _MARKS:
        read = mark.in_prose or document.signed
        if read and any(sign in body for sign in mark.signs):
            for found in re.finditer(mark.pattern, body):
                start = found.start() + len(found[0]) - len(found[0].lstrip())
                yield _raw(document, start, found[0], mark.remedy)
    if not document.signed:
        yield from _code(document)


def _code(document: Document) -> Iterator[Finding]:
    """The options of code blocks of prose that have no effect."""
    for found in _INLINE_CODE.finditer(document.body):
        yield _raw(document, found.start(1), found[1], "bỏ: chỉ khối mã được tô màu")
    for block in blocks(document):
        if block.shape is Shape.CODE:
            said = fence(block.mark)
            place = Place(block.start.number, block.start.column)
            if said.language in _DRAWN:
                message = f"khối {said.language} hiện ra thành mã, không thành hình"
                yield warning(document, place, message, "đặt ảnh của sơ đồ, kèm lời mô tả")
            for option in said.unread:
                yield warning(document, place, f"`{option}` của khối mã không có tác dụng", "bỏ")


def _raw(document: Document, start: int, found: str, remedy: str) -> Finding:
    written = " ".join(found.split())[:_SNIPPET]
    return warning(document, start, f"`{written}` hiện ra nguyên dạng trước người đọc", remedy)
