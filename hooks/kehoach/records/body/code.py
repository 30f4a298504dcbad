"""Fenced code as HTML; in prose its words are coloured by Pygments, under a title where the fence gives one.

```python title="tep.py" hl_lines="2 4-5"
"""

import html
import re
from typing import NamedTuple

_HEAD = re.compile(r"\s*\{?\s*\.?(?P<language>[\w+#-]*)(?P<options>[^}]*)\}?\s*$")
_OPTION = re.compile(r"(?P<name>[.#]?[\w-]+)(?:=(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"']+))?")
_LINES = re.compile(r"\d{1,5}(?:-\d{1,5})?(?:[\s,]+\d{1,5}(?:-\d{1,5})?)*")
_LONGEST = 20_000  # characters; colouring what is longer takes longer than anybody reads


class Fence(NamedTuple):
    """The options behind the opening of a fence; `unread` are those that mean nothing here."""

    language: str = ""
    title: str = ""
    marked: tuple[int, ...] = ()  # lines, from 1
    unread: tuple[str, ...] = ()


def fence(info: str) -> Fence:
    """The options in `info`, the text behind the opening of a fence."""
    head = _HEAD.match(info)
    if head is None:
        return Fence(unread=(info.strip(),))
    title, marked, unread = "", "", []
    for option in _OPTION.finditer(head["options"]):
        value = (option["value"] or "").strip("\"'")
        if option["name"] == "title" and value:
            title = value
        elif option["name"] == "hl_lines" and _LINES.fullmatch(value):
            marked = value
        else:
            unread.append(option[0])
    return Fence(head["language"], title, tuple(_numbers(marked)), tuple(unread))


def fenced(code: str, info: str) -> str:
    """Fenced code of a signed text."""
    return _block(html.escape(code, quote=False) + "\n", fence(info).language)


def coloured(code: str, info: str) -> str:
    """Fenced code of prose."""
    said = fence(info)
    block = _block(_coloured(code, said), said.language)
    if not said.title:
        return block
    title = html.escape(said.title)
    return f'<figure class="code"><figcaption>{title}</figcaption>{block}</figure>'


def _block(markup: str, language: str) -> str:
    attribute = f' class="language-{language}"' if language else ""
    return f"<pre><code{attribute}>{markup}</code></pre>"


def _numbers(written: str) -> list[int]:
    found: list[int] = []
    for part in re.split(r"[\s,]+", written):
        first, _, last = part.partition("-")
        if first:
            found += range(int(first), min(int(last or first), _LONGEST) + 1)
    return found


def _coloured(code: str, said: Fence) -> str:
    plain = html.escape(code, quote=False) + "\n"
    if len(code) > _LONGEST or not (said.language or said.marked):
        return plain
    from pygments import highlight  # late: few builds draw code
    from pygments.formatters.html import HtmlFormatter
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(said.language or "text", stripnl=False)
    except ClassNotFound:
        lexer = get_lexer_by_name("text", stripnl=False)
    formatter = HtmlFormatter(nowrap=True, hl_lines=said.marked)
    coloured: str = highlight(code, lexer, formatter)
    return coloured
