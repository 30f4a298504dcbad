"""Raw HTML made safe for a page, and the places of a text that lose something by it."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import nh3

from kehoach.records.body.blocks import Shape, scan
from kehoach.records.body.inline import TAG, attributes, target_of, tokens
from kehoach.records.body.tags import (
    ALLOWED_TAGS,
    ATTRIBUTES,
    GLOBAL_ATTRIBUTES,
    HTML_TAGS,
    URL_SCHEMES,
)

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# Browsers read "java\tscript:" as "javascript:" (WHATWG URL 4.4).
_IGNORED = re.compile(r"[\x00-\x20]")
_URLS = ("href", "src")
_SNIPPET = 80
# Parsing takes the square of how deep tags stand in each other; nobody means a hundred.
_DEEPEST = 100
_OPENING = re.compile(r"<(/?)([a-zA-Z][^\s/<>\0]*)")
_WHOLE = re.compile(rf"<!--(?!-?>).*?--!?>|{TAG}|(?P<stray><)", re.DOTALL)
_VOID = frozenset(["br", "col", "hr", "img", "wbr"])  # HTML Standard, 13.1.2
_CLEANER = nh3.Cleaner(
    tags=set(ALLOWED_TAGS),
    attributes={"*": set(GLOBAL_ATTRIBUTES)} | {tag: set(ATTRIBUTES[tag]) for tag in ATTRIBUTES},
    url_schemes=set(URL_SCHEMES),
    link_rel=None,
)


class Removed(NamedTuple):
    """A piece of the source, as one that the page will not have, or not whole; line and column from 1."""

    line: int
    column: int
    snippet: str


class _Nesting:
    """Counts the tags that are open, as a browser would at most."""

    def __init__(self) -> None:
        self.opened = 0
        self.names: Counter[str] = Counter()

    def takes(self, closing: str, name: str) -> bool:
        """Whether a tag may stand: not where it would open one more than `_DEEPEST`."""
        name = name.lower()
        if closing:
            if self.names[name]:
                self.names[name] -= 1
                self.opened -= 1
        elif name not in _VOID:
            if self.opened == _DEEPEST:
                return False
            self.names[name] += 1
            self.opened += 1
        return True


def clean(markup: str) -> str:
    """`markup` with every tag closed and nothing in it but what `tags` allows.

    Tags that would stand in each other too deep stay as text.
    """
    if markup.count("<") > _DEEPEST:
        nesting = _Nesting()
        markup = _OPENING.sub(
            lambda tag: tag[0] if nesting.takes(tag[1], tag[2]) else f"&lt;{tag[0][1:]}", markup
        )
    return _CLEANER.clean(markup)


def whole_html(markup: str) -> str:
    """The text of an HTML block with every < that begins no whole tag or comment as a letter: a
    browser would take what follows for a part of it, be it the rest of the page."""
    return _WHOLE.sub(lambda found: "&lt;" if found["stray"] else found[0], markup)


def html_comments(markup: str) -> Iterator[tuple[int, int]]:
    """Where the comments in the text of an HTML block begin and end."""
    return (found.span() for found in _WHOLE.finditer(markup) if found[0].startswith("<!--"))


def html_ids(source: str, *, first_line: int = 1, signed: bool = True) -> Iterator[Removed]:
    """The ids that the tags in `source` give, with their places; `snippet` is the id."""
    for block in scan(source, first_line=first_line, signed=signed):
        if block.shape is Shape.CODE or "<" not in block.text:
            continue
        locate = block.places()
        for token in tokens(block.text):
            if (token["tag"] or "").lower() in ALLOWED_TAGS:
                for name, value in attributes(token[0]):
                    if name == "id" and value:
                        yield Removed(*locate(token.start()), value)


def removed_html(source: str, *, first_line: int = 1, signed: bool = True) -> list[Removed]:
    """Tags and link targets of `source` that sanitising removes or changes; not its comments."""
    removed = []
    nesting = _Nesting()
    for block in scan(source, first_line=first_line, signed=signed):
        if block.shape is Shape.CODE:
            continue
        locate = block.places()
        for token in tokens(block.text):
            if _is_unsafe(token) or not _is_nested(token, nesting):
                snippet = " ".join(token[0].split())[:_SNIPPET]
                removed.append(Removed(*locate(token.start()), snippet))
    return removed


def _is_nested(token: re.Match[str], nesting: _Nesting) -> bool:
    """Whether a tag stands in no more others than may be."""
    tag = (token["tag"] or "").lower()
    return tag not in HTML_TAGS or nesting.takes("/" * token[0].startswith("</"), tag)


def _is_unsafe(token: re.Match[str]) -> bool:
    if token["target"] is not None:
        return not _is_allowed_url(target_of(token))
    if token["address"] and "://" in token["address"]:
        return not _is_allowed_url(token["address"])
    tag = (token["tag"] or "").lower()
    if tag not in HTML_TAGS or token[0].startswith("</"):
        return False
    allowed = GLOBAL_ATTRIBUTES | ATTRIBUTES.get(tag, frozenset())
    return tag not in ALLOWED_TAGS or any(
        name not in allowed or (name in _URLS and not _is_allowed_url(value))
        for name, value in attributes(token[0])
    )


def _is_allowed_url(url: str) -> bool:
    scheme = _SCHEME.match(_IGNORED.sub("", url))
    return scheme is None or scheme[1].lower() in URL_SCHEMES
