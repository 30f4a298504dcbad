"""unread-link: liên kết không thành liên kết.

Liên kết viết `[chữ](địa chỉ)`. Địa chỉ có dấu cách phải nằm trong `< >`; định nghĩa `[tên]: địa chỉ`
để riêng một dòng thì không được hiểu, vì sẽ lấy mất một dòng của văn bản đã ký. Thiếu chữ thì người
đọc không thấy liên kết, thiếu địa chỉ thì bấm vào không đi đâu.
"""

import re
from collections.abc import Iterator

from kehoach.records.body import inline
from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.rules.prose import markup
from kehoach.rules.verdict import warning

_LINK = re.compile(inline.LINK)
_SPACED = re.compile(
    r"(?<!\\)!?\[(?P<text>[^\[\]\n]++)\]\((?P<target>(?>(?:[^()<>\n]|\([^()\n]*+\))+))\)"
)
_DEFINITION = re.compile(
    r"^[ ]{0,3}\[(?P<label>[^\[\]^\n][^\[\]\n]*+)\]:[ \t]*+(?P<address><[^<>\n]+>|(?=[^\s<>./#]*+[./#])[^\s<>]++)"
    r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$",
    re.M,
)
_REFERENCE = re.compile(
    r"(?<![\\\]])!?\[(?P<text>[^\[\]\n]++)\](?:[ ]?\[(?P<label>[^\[\]\n]*+)\])?(?![\[(:])"
)

_SNIPPET = 80


def check(document: Document) -> Iterator[Finding]:
    body = markup(document)
    if "[" not in body:
        return
    yield from _hollow(document, body)
    yield from _spaced(document, body)
    yield from _referring(document, body)


def _hollow(document: Document, body: str) -> Iterator[Finding]:
    """Links without words or without an address."""
    for link in _LINK.finditer(body):
        target, words = inline.target_of(link), inline.plain(link["text"])
        if not target:
            message = f"`{_shown(link)}` không dẫn đến đâu"
            yield warning(document, link.start(), message, "viết địa chỉ giữa hai dấu ngoặc tròn")
        elif not (link["bang"] or words or "![" in link["text"]):
            message = f"`{_shown(link)}` không có chữ: người đọc không thấy liên kết"
            yield warning(document, link.start(), message, f"viết [chữ]({link['target']})")


def _spaced(document: Document, body: str) -> Iterator[Finding]:
    """Links to addresses that a space breaks off."""
    for link in _SPACED.finditer(body):
        target = link["target"].strip()
        if len(target.split()) > 1 and not _LINK.match(body, link.start()):
            message = f"`{_shown(link)}` hiện ra nguyên dạng: địa chỉ có dấu cách"
            bang = "!" * link[0].startswith("!")
            yield warning(
                document, link.start(), message, f"viết {bang}[{link['text']}](<{target}>)"
            )


def _referring(document: Document, body: str) -> Iterator[Finding]:
    """Definitions of links, and the links that rest on them."""
    addresses: dict[str, str] = {}
    for found in _DEFINITION.finditer(body):
        addresses.setdefault(_name(found["label"]), found["address"])
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        message = f"`{_shown(found)}` hiện ra nguyên dạng trước người đọc"
        hint = f"xoá dòng này, viết [chữ]({found['address']}) ở chỗ cần liên kết"
        yield warning(document, start, message, hint)
    if not addresses:
        return
    for found in _REFERENCE.finditer(body):
        address = addresses.get(_name(found["label"] or found["text"]))
        if address is not None:
            message = f"`{_shown(found)}` hiện ra nguyên dạng trước người đọc"
            bang = "!" * found[0].startswith("!")
            yield warning(
                document, found.start(), message, f"viết {bang}[{found['text']}]({address})"
            )


def _shown(found: re.Match[str]) -> str:
    return " ".join(found[0].split())[:_SNIPPET]


def _name(label: str) -> str:
    """A label as CommonMark compares it (4.7)."""
    return " ".join(label.split()).casefold()
