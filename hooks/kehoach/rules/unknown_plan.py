"""unknown-plan: nhắc tới một kế hoạch không có trên trang.

Văn bản bị thay thế (`supersedes`), được sửa đổi (`amends`, `amended_by`) và kế hoạch mà tài liệu
truyền thông nói tới (`plan`) viết bằng địa chỉ, ví dụ ke-hoach/2022/ten-tep. Văn bản không có trên
trang thì viết số và ngày: `35/KH-SKHCN ngày 22/4/2025`.
"""

from collections.abc import Iterator

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.records.material import Material
from kehoach.records.plan import Plan
from kehoach.records.relations import address_in, cited
from kehoach.rules.verdict import error, nearest_plan

_KEYS: dict[type[Document], tuple[str, ...]] = {
    Plan: ("supersedes", "amends", "amended_by"),
    Material: ("plan",),
}


def check(document: Document, library: Library) -> Iterator[Finding]:
    for key in _KEYS.get(type(document), ()):
        written = getattr(document, key) or ()
        for index, name in enumerate([written] if isinstance(written, str) else written):
            keys = (key,) if isinstance(written, str) else (key, index)
            if isinstance(document, Plan) and cited(name) and not address_in(name):
                continue  # by its number: it may stand elsewhere
            if not library.has_plan(name):
                hint = nearest_plan(document, library, name)
                yield error(document, keys, f"không có kế hoạch `{name}`", hint)
