"""Blocks that prose takes over from Material's Markdown: notes beside the text, details, tabs, lists of tasks,
definitions. Signed texts know none of it.

    !!! note "Title"      a note; `???` one that opens, `???+` one that is open; `=== "Title"` a tab
        its text          beside the next, which a browser opens and closes without a script
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.extensions.def_list import DefListExtension

# Material's kinds and what they are called here; others keep the title that they are given.
TITLES = {
    "note": "Ghi chú", "abstract": "Tóm tắt", "summary": "Tóm tắt", "info": "Thông tin",
    "tip": "Gợi ý", "hint": "Gợi ý", "success": "Hoàn thành", "question": "Câu hỏi",
    "warning": "Lưu ý", "caution": "Lưu ý", "attention": "Lưu ý", "failure": "Không đạt",
    "danger": "Nguy hiểm", "error": "Lỗi", "bug": "Lỗi", "example": "Ví dụ", "quote": "Trích dẫn",
}  # fmt: skip
_MARK = r'(!!!(?=[ \t]*\w)|\?\?\?\+?(?=[ \t]*\w)|===(?=[ \t]+"))'
_KINDS = r"(?:[ \t]*([\w-]+(?:[ \t]+[\w-]+)*))?"
OPENING = rf'{_MARK}{_KINDS}(?:[ \t]*"(.*?)")?[ \t]*(?:\n|$)'
_SIDES = ("inline", "end")  # beside the text, and on its right
_HOW = {"???": "closed", "???+": "open", "===": "closed"}
_OPENING = re.compile(rf"^{OPENING}", re.MULTILINE)
_TASK = re.compile(r"\[([ xX])\][ \t]+")
_TASK_LINE = re.compile(r"^[ \t]*(?:[-*+][ \t]+)?\[[ xX]\][ \t]+", re.MULTILINE)


class _Callouts(AdmonitionProcessor):
    """Python-Markdown's own notes, with details and tabs; `finish` gives them their elements."""

    RE = re.compile(rf"(?:^|\n){OPENING}")

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
        title = title if title is not None else TITLES.get(kind, kind.capitalize())
        side = (word for word in kinds[1:] if word in _SIDES)
        return " ".join(filter(None, [kind, _HOW.get(mark, ""), *side])), title or None


def plain(text: str) -> str:
    """The words of the block of prose `text`, of an opening line its title alone."""
    text = _OPENING.sub(lambda opening: f"{opening[3] or TITLES.get(opening[2] or '', '')}\n", text)
    return _TASK_LINE.sub("", text)


def extend(md: Markdown) -> None:
    """Have the blocks of prose read these too."""
    md.parser.blockprocessors.register(_Callouts(md.parser), "callout", 105)
    DefListExtension().extendMarkdown(md)


def finish(root: Element) -> None:
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
