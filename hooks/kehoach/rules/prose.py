"""A body with what is not its author's prose blanked out, every other character in its place."""

import re
from functools import lru_cache

_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_CODE = re.compile(r"(?<!`)`++[^`\n]++`++")
_TAG = re.compile(r"</?[A-Za-z][^<>]*+>")
_TARGET = re.compile(r"\]\([^()\n]*+(?:\([^()\n]*+\)[^()\n]*+)?\)")
_URL = re.compile(r"https?://[^\s<>\"]++")
_INK = re.compile(r"[^\n]")


@lru_cache(maxsize=4)
def markup(body: str) -> str:
    """`body` without code and comments."""
    fence, lines = "", []
    for line in body.split("\n"):
        opening = _FENCE.match(line)
        if fence:
            closes = line.strip().startswith(fence) and not line.strip().strip(fence[0])
            lines.append(" " * len(line))
            fence = "" if closes else fence
        elif opening:
            fence = opening[1]
            lines.append(" " * len(line))
        else:
            lines.append(line)
    return _CODE.sub(_blank, _without_comments("\n".join(lines)))


@lru_cache(maxsize=4)
def prose(body: str) -> str:
    """`body` without code, comments, tags and the addresses of links."""
    text = markup(body)
    for pattern in (_TAG, _TARGET, _URL):
        text = pattern.sub(_blank, text)
    return text


def _without_comments(text: str) -> str:
    parts, position = [], 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts += [text[position:start], _INK.sub(" ", text[start : end + 3])]
        position = end + 3
    return "".join((*parts, text[position:]))


def _blank(found: re.Match[str]) -> str:
    return _INK.sub(" ", found[0])
