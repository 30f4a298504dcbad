"""Blocks and marks that prose takes over from Material's Markdown (`callouts`, `marks`), as Python-Markdown
makes elements of them."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.extensions.def_list import DefListExtension
from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor
from markdown.util import AtomicString

from kehoach.records.body import callouts, icons, marks

_SIDES = ("inline", "end")  # beside the text, and on its right
_HOW = {"???": "closed", "???+": "open", "===": "closed"}
_TASK = re.compile(r"\[([ xX])\][ \t]+")


def extend(md: Markdown) -> None:
    """Have prose read these too; links and pictures by `marks.LINK` and `marks.IMAGE`."""
    md.parser.blockprocessors.register(_Callouts(md.parser), "callout", 105)
    DefListExtension().extendMarkdown(md)
    md.inlinePatterns.register(_Keys(marks.KEYS, md), "keys", 170)
    md.inlinePatterns.register(_Icon(marks.ICON, md), "icon", 70)
    for place, (tag, pattern) in enumerate(marks.PAIRS.items()):
        md.inlinePatterns.register(SimpleTagInlineProcessor(pattern, tag), tag, 65 - place / 10)


class _Callouts(AdmonitionProcessor):
    """Python-Markdown's own notes, with details and tabs; `finish_blocks` gives them their elements."""

    RE = re.compile(rf"(?:^|\n){callouts.OPENING}")

    def parse_content(self, parent: Element, block: str) -> tuple[Element | None, str, str]:
        """The element in a note that `block` goes on in, its part of that and the rest. An item's text becomes a
        paragraph before the lists in it; Python-Markdown 3.11 sets it behind them."""
        holder, inside, rest = super().parse_content(parent, block)
        if holder is not None and holder.tag in ("li", "dd") and holder.text:
            paragraph = Element("p")
            paragraph.text, holder.text = holder.text, ""
            holder.insert(0, paragraph)
        return holder, inside, rest

    def get_class_and_title(self, match: re.Match[str]) -> tuple[str, str | None]:
        mark, kinds, title = match[1], (match[2] or "").lower().split(), match[3]
        kind = kinds[0] if kinds else "tab" if mark == "===" else "note"
        title = title if title is not None else callouts.TITLES.get(kind, kind.capitalize())
        side = (word for word in kinds[1:] if word in _SIDES)
        return " ".join(filter(None, [kind, _HOW.get(mark, ""), *side])), title or None


def finish_blocks(root: Element) -> None:
    """Give what opens its elements, tabs their row, and tasks their boxes."""
    for element in list(root.iter()):
        classes = (element.get("class") or "").split()
        if element.tag == "div" and "admonition" in classes:
            _finish_callout(element, classes)
        elif element.tag == "li":
            _finish_task(element)
    # From the last on, so that a row that is joined moves none of the others.
    for number, row in reversed(list(enumerate(_rows(root), 1))):
        _join(*row, f"the-{number}")


def _rows(root: Element) -> Iterator[tuple[Element, int, int]]:
    """The rows of tabs: what holds each, the index of its first tab and the one behind its last."""
    for holder in root.iter():
        tabs = [one.get("class") == "callout callout--tab" for one in holder]
        for start in range(len(tabs)):
            if tabs[start] and not (start and tabs[start - 1]):
                end = next((at for at in range(start, len(tabs)) if not tabs[at]), len(tabs))
                yield holder, start, end


def _join(holder: Element, start: int, end: int, name: str) -> None:
    """One row of tabs, of which the first is open: a browser shows one at a time."""
    row = Element("div", {"class": "tabs"})
    row.extend(holder[start:end])
    for tab in row:
        tab.attrib |= {"name": name, "class": "tab"}
    row[0].set("open", "open")
    holder[start:end] = [row]


def _finish_callout(element: Element, classes: list[str]) -> None:
    opens = {"open", "closed"} & set(classes)
    looks = (f"callout--{name}" for name in classes[1:] if name not in opens)
    element.set("class", " ".join(["callout", *looks]))
    title = element[0] if len(element) and element[0].get("class") == "admonition-title" else None
    if title is not None:
        title.set("class", "callout__title")
    if not opens:
        return
    element.tag = "details"
    if "open" in opens:
        element.set("open", "open")
    if title is not None:
        title.tag = "summary"


def _finish_task(item: Element) -> None:
    holder = item[0] if not (item.text or "").strip() and len(item) and item[0].tag == "p" else item
    found = _TASK.match((holder.text or "").lstrip())
    if found:
        box = "☐" if found[1] == " " else "☑"
        holder.text = f"{box} {(holder.text or '').lstrip()[found.end() :]}"
        item.set("class", "task")


class _Keys(InlineProcessor):
    def handleMatch(  # type: ignore[override]
        self, match: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        keys = Element("span", {"class": "keys"})
        for index, name in enumerate(match["keys"].split("+")):
            if index:
                keys[-1].tail = "+"
            SubElement(keys, "kbd").text = AtomicString(marks.label(name))
        return keys, *match.span()


class _Icon(InlineProcessor):
    """Keeps the place; the drawing comes when the page is clean (see `icons.drawn`)."""

    def handleMatch(  # type: ignore[override]
        self, match: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        if not icons.svg(match["icon"]):
            return None, None, None
        return Element("span", {"class": "glyph", "title": match["icon"]}), *match.span()


def name_links(root: Element) -> None:
    """Give links that hold an icon and no words the icon's name, for who does not see it."""
    for link in root.iter("a"):
        icon = next((one for one in link.iter("span") if one.get("class") == "glyph"), None)
        if icon is not None and not "".join(link.itertext()).strip():
            link.set("aria-label", icons.words(icon.get("title", "")))
