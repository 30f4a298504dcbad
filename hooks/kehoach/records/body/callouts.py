"""Blocks that prose takes over from Material's Markdown: notes beside the text, details, tabs, lists of tasks,
definitions. Signed texts know none of it.

    !!! note "Title"      a note; `???` one that opens, `???+` one that is open; `=== "Title"` a tab
        its text          beside the next, which a browser opens and closes without a script
"""

import re

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
_OPENING = re.compile(rf"^{OPENING}", re.MULTILINE)
_TASK_LINE = re.compile(r"^[ \t]*(?:[-*+][ \t]+)?\[[ xX]\][ \t]+", re.MULTILINE)


def plain(text: str) -> str:
    """The words of the block of prose `text`, of an opening line its title alone."""
    text = _OPENING.sub(lambda opening: f"{opening[3] or TITLES.get(opening[2] or '', '')}\n", text)
    return _TASK_LINE.sub("", text)
