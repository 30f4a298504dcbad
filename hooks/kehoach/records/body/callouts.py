"""What prose takes over from Material's Markdown: notes beside the text, details, tabs, lists of tasks,
definitions. Signed texts know none of it.

    !!! note "Title"      a note; `???` one that opens, `???+` one that is open; `=== "Title"` a tab,
        its text          which opens too, so that none needs a script
"""

import re
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
_HOW = {"???": "closed", "???+": "open", "===": "closed"}
_TASK = re.compile(r"\[([ xX])\][ \t]+")


class _Callouts(AdmonitionProcessor):
    """Python-Markdown's own notes, with details and tabs; `finish` gives them their elements."""

    RE = re.compile(rf"(?:^|\n){OPENING}")

    def get_class_and_title(self, match: re.Match[str]) -> tuple[str, str | None]:
        mark, kinds, title = match[1], (match[2] or "").lower(), match[3]
        kind = kinds.split()[0] if kinds else "tab" if mark == "===" else "note"
        title = title if title is not None else TITLES.get(kind, kind.capitalize())
        return " ".join(filter(None, [kind, _HOW.get(mark, "")])), title or None


def extend(md: Markdown) -> None:
    """Have the blocks of prose read these too."""
    md.parser.blockprocessors.register(_Callouts(md.parser), "callout", 105)
    DefListExtension().extendMarkdown(md)


def finish(root: Element) -> None:
    """Give what opens its elements, and tasks their boxes."""
    for element in root.iter():
        classes = (element.get("class") or "").split()
        if element.tag == "div" and "admonition" in classes:
            _finish_callout(element, classes)
        elif element.tag == "li":
            _finish_task(element)


def _finish_callout(element: Element, classes: list[str]) -> None:
    opens = {"open", "closed"} & set(classes)
    element.set("class", " ".join(["callout", *(c for c in classes[1:] if c not in opens)]))
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
