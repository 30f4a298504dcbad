"""Markdown's extensions by Python-Markdown's and PyMdown's names: what our reader understands without being
told, and what stands in place of the others. One table for the code, the guide and the tests."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from kehoach.records.text import nearest


class Extension(NamedTuple):
    """One that is understood, with the `options` that ask for what is so anyway; or, with a `remedy`, not."""

    remedy: str = ""
    options: tuple[str, ...] = ()


_PARTS = "ghi từng phần mở rộng mà bài viết dùng"
_BLOCKS = "khung ghi chú mở đầu bằng !!! note"

TABLE: dict[str, Extension] = {
    "abbr": Extension("ghi chữ viết tắt vào tu-viet-tat.yml"),
    "admonition": Extension(),
    "attr_list": Extension(),
    "codehilite": Extension(options=("css_class", "guess_lang", "use_pygments")),
    "def_list": Extension(),
    "extra": Extension(_PARTS),
    "fenced_code": Extension(options=("lang_prefix",)),
    "footnotes": Extension(),
    "legacy_attrs": Extension("ghi attr_list, viết thuộc tính trong ngoặc nhọn"),
    "md_in_html": Extension("bỏ thẻ HTML, viết khung !!! hoặc thẻ ==="),
    "meta": Extension(),
    "nl2br": Extension("xuống dòng bằng hai dấu cách ở cuối dòng"),
    "sane_lists": Extension(),
    "smarty": Extension("viết thẳng dấu “ ” và –"),
    "tables": Extension(options=("use_align_attribute",)),
    "toc": Extension(options=("permalink", "permalink_title", "marker")),
    "wikilinks": Extension("liên kết viết theo tệp, như mọi liên kết Markdown"),
    "pymdownx.arithmatex": Extension("viết công thức bằng chữ, hoặc đặt ảnh"),
    "pymdownx.b64": Extension("đặt ảnh thành tệp cạnh bài viết"),
    "pymdownx.betterem": Extension(options=("smart_enable",)),
    "pymdownx.blocks.admonition": Extension(_BLOCKS),
    "pymdownx.blocks.caption": Extension("viết lời ảnh ở dòng dưới ảnh"),
    "pymdownx.blocks.definition": Extension("định nghĩa viết : ở đầu dòng dưới"),
    "pymdownx.blocks.details": Extension("phần mở ra được mở đầu bằng ??? note"),
    "pymdownx.blocks.html": Extension(_BLOCKS),
    "pymdownx.blocks.tab": Extension("thẻ mở đầu bằng ==="),
    "pymdownx.caret": Extension(options=("smart_insert", "insert", "superscript")),
    "pymdownx.critic": Extension("bỏ dấu sửa bài, giữ câu cuối"),
    "pymdownx.details": Extension(),
    "pymdownx.emoji": Extension(options=("emoji_index", "emoji_generator")),
    "pymdownx.escapeall": Extension("đặt dấu \\ trước dấu câu cần giữ nguyên"),
    "pymdownx.extra": Extension(_PARTS),
    "pymdownx.highlight": Extension(
        options=("anchor_linenums", "line_spans", "pygments_lang_class", "use_pygments")
    ),
    "pymdownx.inlinehilite": Extension("chỉ khối mã được tô màu"),
    "pymdownx.keys": Extension(),
    "pymdownx.magiclink": Extension(),
    "pymdownx.mark": Extension(options=("smart_mark",)),
    "pymdownx.pathconverter": Extension("liên kết viết theo tệp"),
    "pymdownx.progressbar": Extension("viết tỷ lệ bằng chữ"),
    "pymdownx.saneheaders": Extension(),
    "pymdownx.smartsymbols": Extension("viết thẳng ký tự, ví dụ →, ±"),
    "pymdownx.snippets": Extension("chép thẳng nội dung vào văn bản"),
    "pymdownx.striphtml": Extension("bỏ thẻ HTML trong văn bản"),
    "pymdownx.superfences": Extension(options=("preserve_tabs",)),
    "pymdownx.tabbed": Extension(options=("alternate_style",)),
    "pymdownx.tasklist": Extension(options=("custom_checkbox",)),
    "pymdownx.tilde": Extension(options=("smart_delete", "delete", "subscript")),
}
_GUIDE = "bỏ dòng này; xem cách viết ở huong-dan/cach-viet-markdown/"
_OPTIONS = {  # those that are asked for most, and what to do instead
    "custom_fences": "đặt ảnh của sơ đồ, kèm lời mô tả",
    "linenums": "bỏ: khối mã không đánh số dòng; đánh dấu dòng bằng hl_lines",
    "toc_depth": "bỏ: mục lục có mọi tiêu đề",
    "title": "bỏ: mục lục có tên sẵn",
}


def known(name: str) -> str:
    """`name` as the table has it: Python-Markdown's own have a short name and a long one."""
    return name.removeprefix("markdown.extensions.")


def fault(name: str) -> tuple[str, str] | None:
    """Why the extension `name` does nothing, and the remedy."""
    found = TABLE.get(known(name))
    if found is not None and not found.remedy:
        return None
    close = nearest(name, [n for n, one in TABLE.items() if not one.remedy]) if not found else ""
    hint = f"bỏ dòng này: {found.remedy}" if found else f"có phải {close}?" if close else _GUIDE
    return f"phần mở rộng {name} không dùng ở đây", hint


def option_faults(name: str, options: Any) -> Iterator[tuple[str, str, str]]:
    """The options of an extension that is understood which do nothing, each with why and the remedy."""
    idle = TABLE[known(name)].options
    for option, value in (options if isinstance(options, dict) else {}).items():
        if option not in idle and value not in (None, "", "false", "False"):
            hint = _OPTIONS.get(option, "bỏ dòng này")
            yield option, f"tuỳ chọn {option} của {name} không dùng ở đây", hint
