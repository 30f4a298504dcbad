"""Addresses, e-mail addresses and telephone numbers in texts as links: what is written stays as it is."""

import re
from html import escape

_WEB = r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]’”]"
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
# A trunk 0 or +84, then groups of digits: 0237.3852.123, (0255) 3822 456, 0912 345 678.
_PHONE = r"(?:\(0\d{1,3}\)|\+84|0\d{1,3})(?:[ .]?\d){6,9}"
_REACH = re.compile(
    rf"(?P<web>{_WEB})|(?P<mail>{_MAIL})|(?<![\w./+-])(?P<phone>{_PHONE})(?![\w/]|[.,-]\d)"
)
_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"<(/?)(a|code|pre|button|script|style|svg)\b")
_HINTS = ("://", "@", "0", "+84")


def linked(text: str) -> str:
    """`text`, which is plain, as HTML with links."""
    return _links(escape(text))


def linked_html(markup: str) -> str:
    """`markup` with links in its texts, but in what is a link or code already."""
    if not any(hint in markup for hint in _HINTS):
        return markup
    pieces, within = [], 0
    for piece in _TAG.split(markup):
        if name := _NAME.match(piece):
            within += -1 if name[1] else 1
        pieces.append(piece if within or piece.startswith("<") else _links(piece))
    return "".join(pieces)


def _links(markup: str) -> str:
    return _REACH.sub(_link, markup)


def _link(match: re.Match[str]) -> str:
    words = match[0]
    if match["web"]:
        return f'<a href="{words}" rel="noopener">{words}</a>'
    if match["mail"]:
        return f'<a href="mailto:{words}">{words}</a>'
    digits = re.sub(r"\D", "", words)
    if not 10 <= len(digits) <= 12:
        return words
    return f'<a href="tel:{"+" if words.startswith("+") else ""}{digits}">{words}</a>'
