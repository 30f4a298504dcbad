"""What raw HTML may stay in a page, and what of a text would not."""

import re
from typing import NamedTuple

import nh3

from kehoach.records.body.blocks import Shape, scan
from kehoach.records.body.inline import attributes, target_of, tokens
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
_CLEANER = nh3.Cleaner(
    tags=set(ALLOWED_TAGS),
    attributes={"*": set(GLOBAL_ATTRIBUTES)} | {tag: set(ATTRIBUTES[tag]) for tag in ATTRIBUTES},
    url_schemes=set(URL_SCHEMES),
    link_rel=None,
)


class Removed(NamedTuple):
    """A piece of the source that the page will not have, or not whole; line and column from 1."""

    line: int
    column: int
    snippet: str


def clean(markup: str) -> str:
    """`markup` with every tag closed and nothing in it but what `tags` allows."""
    return _CLEANER.clean(markup)


def removed_html(source: str, *, first_line: int = 1) -> list[Removed]:
    """Tags and link targets of `source` that sanitising removes or changes; not its comments."""
    removed = []
    for block in scan(source, first_line=first_line):
        if block.shape is Shape.CODE:
            continue
        locate = block.places()
        for token in tokens(block.text):
            if _is_unsafe(token):
                snippet = " ".join(token[0].split())[:_SNIPPET]
                removed.append(Removed(*locate(token.start()), snippet))
    return removed


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
