"""Where lines of a page may end: never before a dash, nor within a day, a year or a stretch of them."""

import re
from functools import lru_cache
from html import escape

from markupsafe import Markup

# What follows a word on its line; " -" of "sáng tạo - khơi dậy", " - 2020", " 18" of "ngày 18", "–20".
_FOLLOWING = re.compile(
    r"""
    [ ](?:
      (?<=\d[ ])[-–—][ ]\d[^\s<]*
      |(?<!\s[ ])[-–—](?=[ ])
      |(?<=(?:gày|áng|năm|Năm|quý|Quý|GÀY|ÁNG|NĂM|QUÝ)[ ])\d[^\s<]*(?:[ ][-–—](?:[ ]\d[^\s<]*|(?=[ ])))?
    )
    |–(?<=\d–)\d[^\s<]*
    """,
    re.VERBOSE,
)

_HINT = re.compile(r"[-–—\d]")  # what each of these has


@lru_cache(maxsize=20_000)
def kept(text: str) -> Markup:
    """`text`, which is plain, as HTML; its words stay as they are."""
    return Markup(kept_html(escape(text)))


def kept_html(words: str) -> str:
    """`words`, the text between two tags of HTML, with its lines kept in the same way."""
    if not _HINT.search(words):
        return words
    pieces, done = [], 0
    for found in _FOLLOWING.finditer(words):
        start = max(
            done, words.rfind(" ", 0, found.start()) + 1, words.rfind(">", 0, found.start()) + 1
        )
        pieces += [words[done:start], '<span class="kept">', words[start : found.end()], "</span>"]
        done = found.end()
    return "".join((*pieces, words[done:]))
