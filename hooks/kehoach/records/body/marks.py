"""Marks within a line that prose takes over from Material's Markdown; signed texts know none of them.

++ctrl+p++  keys        ==x==  marked      ~~x~~  struck    ^^x^^  underlined
H~2~O       below       m^2^   above       :material-home:  an icon of Material's, as inline SVG
[x](y){ .md-button }    a button           ![x](y){ align=left width=300 }  where a picture stands
"""

import re
from collections.abc import Callable
from functools import cache, partial

from kehoach.records.body import callouts, icons, inline

KEYS = r"(?<![+{])\+\+(?P<keys>[\w-]++(?>(?:\+[\w-]++)*))\+\+(?!\+)"
ICON = rf"(?<![\w:]):(?P<icon>{icons.NAME}):"
_ATTRIBUTES = r"(?P<brace>\{:?[ \t]*(?P<attributes>[^{}\n]*)\})"
LINK, IMAGE = (f"{link}(?>{_ATTRIBUTES}?)" for link in (inline.LINK, inline.IMAGE))
# The text of a mark goes on to the first two of its kind, within a paragraph: reading stays linear.
_TEXT = r"((?>(?:[^{0}\n]|\n(?![ \t]*\n)|{0}(?!{0}))+))"
PAIRS = {
    "mark": r"(?<![={\w])(==)(?![\s=])" + _TEXT.format("=") + r"(?<!\s)==(?![=\w])",
    "del": r"(?<![~{])(~~)(?![\s~])" + _TEXT.format("~") + r"(?<!\s)~~(?!~)",
    "ins": r"(?<![\^{])(\^\^)(?![\s^])" + _TEXT.format(r"\^") + r"(?<!\s)\^\^(?!\^)",
    "sub": r"(?<=[^\W_])(~)([\w+\-−]{1,9})~(?!~)",
    "sup": r"(?<=[^\W_])(\^)([\w+\-−]{1,9})\^(?!\^)",
}
_STARTS = ("++", "==", "~", "^", ":material-", ":fontawesome-", ":octicons-", ":simple-")

# What is written on keys; of others the word itself.
_LABELS = {
    "control": "Ctrl", "option": "Option", "command": "Cmd", "cmd": "Cmd", "windows": "Win",
    "delete": "Del", "escape": "Esc", "insert": "Ins", "page-up": "PgUp", "page-down": "PgDn",
    "arrow-up": "↑", "arrow-down": "↓", "arrow-left": "←", "arrow-right": "→", "up": "↑",
    "down": "↓", "left": "←", "right": "→", "plus": "+", "minus": "-", "print-screen": "PrtSc",
    "pipe": "|", "slash": "/", "backslash": "\\", "period": ".", "comma": ",", "equal": "=",
}  # fmt: skip
_ATTRIBUTE = re.compile(r"([.#]?[\w-]+)(?:=(\"[^\"]*\"|'[^']*'|[^\s\"'=]+))?(?:\s+|$)")
_BUTTON = {
    frozenset({".md-button"}): "button button--secondary",
    frozenset({".md-button", ".md-button--primary"}): "button",
}
_PICTURE = {"width": r"\d{1,4}", "height": r"\d{1,4}", "align": "left|right|center"}


def may_have(text: str) -> bool:
    """Whether any of these may stand in `text`, links apart."""
    return any(start in text for start in _STARTS)


def attributes(link: re.Match[str]) -> dict[str, str] | None:
    """The braces in a match of `LINK` or `IMAGE` as attributes of HTML; None where these, or a part
    of them, mean nothing here."""
    written = link.groupdict().get("attributes")
    if written is None:
        return {}
    found = _ATTRIBUTE.findall(written)
    if not written.strip() or _ATTRIBUTE.sub("", written):
        return None
    if not link["bang"]:
        look = _BUTTON.get(frozenset(name for name, value in found if not value))
        return {"class": look} if look and not any(value for _, value in found) else None
    said = {name: value.strip("\"'") for name, value in found}
    if any(not re.fullmatch(_PICTURE.get(name, "(?!)"), value) for name, value in said.items()):
        return None
    side = said.pop("align", None)
    return {**said, "class": f"align-{side}"} if side else said


def plain(text: str) -> str:
    """`text` of prose as a reader sees it, on one line, as `inline.plain` gives that of a signed text."""
    for pattern, seen in _seen():
        text = pattern.sub(seen, text)
    return inline.plain(callouts.plain(text))


def unread(body: str) -> str:
    """`body` with blanks in place of these marks, which readers see as what they mean."""
    for pattern, seen in _seen():
        body = pattern.sub(partial(_blanked, seen), body)
    return body


def _blanked(seen: Callable[[re.Match[str]], str], mark: re.Match[str]) -> str:
    return mark[0] if seen(mark) == mark[0] else re.sub(r"[^\n]", " ", mark[0])


def label(key: str) -> str:
    """What is written on `key`, by its name."""
    known = _LABELS.get(key.lower())
    return known or (key.upper() if len(key) == 1 else key[0].upper() + key[1:].replace("-", " "))


def _seen_keys(mark: re.Match[str]) -> str:
    return "+".join(map(label, mark["keys"].split("+")))


def _seen_icon(mark: re.Match[str]) -> str:
    return "" if icons.svg(mark["icon"]) else mark[0]


def _seen_link(mark: re.Match[str]) -> str:
    if not mark["brace"] or attributes(mark) is None:
        return mark[0]
    return mark[0].removesuffix(mark["brace"])


@cache
def _seen() -> list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]]:
    """The marks, and what a reader sees of each; compiled when prose is read."""
    return [
        (re.compile(KEYS), _seen_keys),
        (re.compile(ICON), _seen_icon),
        (re.compile(LINK), _seen_link),
        *((re.compile(pattern), lambda mark: mark[2]) for pattern in PAIRS.values()),
    ]
