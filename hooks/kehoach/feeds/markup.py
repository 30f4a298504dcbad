"""XML files, as lists of lines: what stands inside another element is further in by two spaces."""

from collections.abc import Iterable

from kehoach.feeds.text import printable

DECLARATION = "<?xml version='1.0' encoding='UTF-8'?>"
INDENT = "  "

# XML 1.0 §2.4; in a value, §3.3.3 would make a space of a line end or a tab that stands for itself.
_IN_TEXT = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
_IN_VALUE = (*_IN_TEXT, ('"', "&quot;"), ("\n", "&#10;"), ("\t", "&#09;"))


def element(tag: str, text: str | None = None, **attributes: str) -> list[str]:
    """An element with nothing but text; text and attributes are made fit for XML."""
    start = _start(tag, attributes)
    inside = _escaped(printable(text or ""), _IN_TEXT)
    return [f"<{start}>{inside}</{tag}>" if inside else f"<{start} />"]


def nest(tag: str, *children: Iterable[str], **attributes: str) -> list[str]:
    """An element around the lines of others."""
    start = _start(tag, attributes)
    inside = [INDENT + line for child in children for line in child]
    return [f"<{start}>", *inside, f"</{tag}>"] if inside else [f"<{start} />"]


def document(root: Iterable[str]) -> bytes:
    """UTF-8, with its declaration, and a line end after the last tag."""
    return "\n".join([DECLARATION, *root, ""]).encode()


def _start(tag: str, attributes: dict[str, str]) -> str:
    values = (
        f' {name}="{_escaped(printable(value), _IN_VALUE)}"' for name, value in attributes.items()
    )
    return tag + "".join(values)


def _escaped(text: str, table: tuple[tuple[str, str], ...]) -> str:
    for letter, name in table:
        text = text.replace(letter, name)
    return text
