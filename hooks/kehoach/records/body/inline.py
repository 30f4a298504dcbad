"""Inline Markdown: the patterns that the outline and the page share, and text without its marks.

Every pattern scans forward in linear time. Links are inline ones, [text](target "title"): there
are no reference definitions, which would take lines out of a signed text.
"""

import html
import re
from collections.abc import Iterator

from kehoach.records.body.tags import HTML_TAGS

# What need not be tried otherwise is atomic, so that reading stays linear. Possessive quantifiers stand
# behind single letters alone: behind groups Python before 3.11.5 matches them wrongly (gh-106052).
CODE = r"(?<!`)(?P<ticks>`++)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
ESCAPE = r"\\(?P<escaped>[!-/:-@\[-`{-~])"  # CommonMark 2.4: any ASCII punctuation
NOTE = r"\[\^(?P<label>[^\[\]\s]+)\]"
LINK = (
    r"(?P<bang>!?)\[(?P<text>(?>(?:[^\[\]]|\[[^\[\]]*\])*))\]"
    r"\(\s*+(?P<target><[^<>\n]*>|[^\s()<>]*+(?>(?:\([^\s()<>]*\)[^\s()<>]*)*))"
    r"(?:\s++(?P<title>\"[^\"]*\"|'[^']*'))?\s*+\)"
)
IMAGE = LINK.replace("!?", "!", 1)
AUTOLINK = r"<(?P<address>[A-Za-z][A-Za-z0-9+.-]*://[^<>\s]*|[^<>\s@!]+@[^<>\s@]+)>"
# HTML Standard 13.2.5.43: "<!-->" is one that ends at once, "--!>" ends one too.
COMMENT = r"<!--(?!-?>)(?>(?:(?!<!--|--!?>).)*)--!?>"
TAG = (  # CommonMark 6.6
    r"</?(?P<tag>[A-Za-z][A-Za-z0-9]*+)"
    r"(?>(?:\s+[A-Za-z_:][\w.:-]*+(?>(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`]++))?))*)\s*+/?>"
)
# "Sở XD&GT;" ends in a semicolon, not in a "greater than": names in capitals are text.
ENTITY = r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|(?=[A-Z]*[a-z])[A-Za-z]{2,31}\d{0,2});"

_INLINE = re.compile(
    rf"{CODE}|{ESCAPE}|{NOTE}|{LINK}|{AUTOLINK}|{COMMENT}|{TAG}|(?P<entity>{ENTITY})", re.DOTALL
)
_ATTRIBUTE = re.compile(r"\s([^\s\"'=<>/]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'=<>]+))?")
_LITERAL = re.compile(rf"{ESCAPE}|{ENTITY}")
_REFERENCE = re.compile(r"&[#A-Za-z]\w*;")
_RUN = re.compile(r"\*+|_+|`+")
_MAX_RUNS = 200
_HIDE = str.maketrans("*_", "\ue000\ue001")
_SHOW = str.maketrans("\ue000\ue001", "*_")


def has_marks(text: str) -> bool:
    """Whether anything in `text` can be one of the patterns here, emphasis apart."""
    # To look for five letters one by one is faster than one pattern; "&" alone is in every KH&CN.
    return (
        "[" in text
        or "<" in text
        or "`" in text
        or "\\" in text
        or ("&" in text and bool(_REFERENCE.search(text)))
    )


def is_tangled(text: str) -> bool:
    """Whether `text` has more emphasis than anybody means; it is then shown as it stands.

    Python-Markdown goes one call deeper for every emphasis inside another.
    """
    marks = text.count("*") + text.count("_") + text.count("`")  # as many runs, or fewer
    return marks > _MAX_RUNS and len(_RUN.findall(text)) > _MAX_RUNS


def tokens(text: str) -> Iterator[re.Match[str]]:
    """Links, images, notes, tags … of `text` in order, those in the text of a link included."""
    if not has_marks(text) or is_tangled(text):
        return
    for token in _INLINE.finditer(text):
        yield token
        if token["target"] is not None:
            yield from _INLINE.finditer(text, *token.span("text"))


def plain(text: str) -> str:
    """`text` as a reader sees it, on one line: no marks, no tags, no references to notes."""
    if not is_tangled(text):
        text = _without_marks(text)
    return " ".join(text.split())


def target_of(token: re.Match[str]) -> str:
    """Where a link or an image points, its escapes and entities resolved."""
    target = token["target"].removeprefix("<").removesuffix(">").strip()
    return _LITERAL.sub(lambda part: part["escaped"] or html.unescape(part[0]), target)


def attributes(tag: str) -> Iterator[tuple[str, str]]:
    """The names, in lower case, and the values of what is written in an HTML tag."""
    for name, value in _ATTRIBUTE.findall(tag):
        yield name.lower(), html.unescape(value.strip("\"'"))


def _without_marks(text: str) -> str:
    if has_marks(text):
        return _without_emphasis(_INLINE.sub(_seen, text)).translate(_SHOW)
    return _without_emphasis(text) if "*" in text or "_" in text else text


def _seen(token: re.Match[str]) -> str:
    for literal in ("code", "escaped", "address"):
        if token[literal] is not None:
            return token[literal].translate(_HIDE)
    if token["target"] is not None:
        return _INLINE.sub(_seen, token["text"])
    if token["entity"]:
        return html.unescape(token[0]).translate(_HIDE)
    if token["tag"] and token["tag"].lower() not in HTML_TAGS:
        return token[0]
    return " " if (token["tag"] or "").lower() == "br" else ""


def _without_emphasis(text: str) -> str:
    """`text` without the runs of * and _ that pair with a run of the same length."""
    opened: dict[str, list[tuple[int, int]]] = {}
    paired: list[tuple[int, int]] = []
    for run in _RUN.finditer(text):
        before, after = text[max(run.start() - 1, 0) : run.start()], text[run.end() : run.end() + 1]
        if run[0][0] == "`" or (run[0][0] == "_" and before.isalnum() and after.isalnum()):
            continue
        if before.strip() and opened.get(run[0]):
            paired += [opened[run[0]].pop(), run.span()]
        elif after.strip():
            opened.setdefault(run[0], []).append(run.span())
    for start, end in sorted(paired, reverse=True):
        text = text[:start] + text[end:]
    return text
