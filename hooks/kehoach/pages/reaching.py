"""Addresses, e-mail addresses and telephone numbers in texts as links: what is written stays as it is.

The texts hold together, too, what no line end may part.
"""

import re
from functools import lru_cache
from html import escape

from markupsafe import Markup

from kehoach.pages.keeping import kept_html

_WEB = r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]’”]"
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
# A trunk 0 or +84, then groups of digits: 0237.3852.123, (0255) 3822 456, 0912 345 678.
_PHONE = r"(?:\(0\d{1,3}\)|\+84|0\d{1,3})(?:[ .]?\d){6,9}"
_REACH = re.compile(
    rf"(?P<web>{_WEB})|(?P<mail>{_MAIL})|(?<![\w./+-])(?P<phone>{_PHONE})(?![\w/]|[.,-]\d)"
)
# The same for texts without an e-mail address, which would be sought at every letter.
_MAILLESS = re.compile(
    rf"(?P<web>{_WEB})|(?P<mail>(?!))|(?<![\w./+-])(?P<phone>{_PHONE})(?![\w/]|[.,-]\d)"
)
_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"<(/?)(a|code|pre|button|script|style|svg)\b")
_HINTS = ("://", "@", "0", "+84", " - ", "–")


@lru_cache(maxsize=20_000)
def linked(text: str) -> Markup:
    """`text`, which is plain, as HTML with links."""
    return Markup(_links(escape(text)))


def linked_html(markup: str) -> str:
    """`markup` with links in its texts; in what is a link already none, and code stays as it is."""
    if not any(hint in markup for hint in _HINTS):
        return markup
    pieces: list[str] = []
    within: list[str] = []  # the names of what is open
    quiet = False  # whether something is open besides a link
    for piece in filter(None, _TAG.split(markup)):
        if piece[0] == "<":
            if name := _NAME.match(piece):
                within = within[:-1] if name[1] else [*within, name[2]]
                quiet = any(opened != "a" for opened in within)
            pieces.append(piece)
        elif quiet or piece.isspace():
            pieces.append(piece)
        else:
            pieces.append(kept_html(piece) if within else _links(piece))
    return "".join(pieces)


def _links(markup: str) -> str:
    if "0" in markup or "@" in markup or "://" in markup or "+84" in markup:  # one of the signs
        reach = _REACH if "@" in markup else _MAILLESS
        markup = reach.sub(_link, markup)
    return kept_html(markup)


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
