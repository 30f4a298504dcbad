"""Parts of a letterhead and of an end that were pasted with the text: gone where the front matter has
them, else to be written there first."""

from pathlib import Path

from building import small
from kehoach.building.shelf import read_library
from kehoach.rules.pasting import hint, mended, parts

HEAD = """---
title: Chào mừng Ngày 18/5
number: 12/KH-SKHCN
issuer: so-khcn
date: 04/5/2022
signer: {authority: KT. GIÁM ĐỐC, title: PHÓ GIÁM ĐỐC, name: Trần Văn B}
recipients: [Như trên]
---

"""
# Each pasted line, and the key that lacks it; "" where the front matter has it.
PASTED = {
    "Số: 13/KH-SKHCN": "number",
    "Số: 12/KH-SKHCN": "",
    "Nơi nhận:": "",
    "- Như trên;": "",
    "- UBND tỉnh (b/c);": "recipients",
    "KT. GIÁM ĐỐC": "",
    "CHỦ TỊCH": "signer",
    "PHÓ GIÁM ĐỐC": "",
    "Trần Văn B": "",
    "Nguyễn Thị C": "signer",
}


def test_what_the_front_matter_lacks_of_them_is_never_taken_away(tmp_path: Path) -> None:
    text, end = [*PASTED][:2], [*PASTED][2:]
    body = [*text, "## I. NỘI DUNG", "Tọa đàm ngày 18/5/2022.", *end]
    root = small.lay(tmp_path)
    small.write(root, "ke-hoach/2022/x.md", HEAD + "\n\n".join(body) + "\n")
    library = read_library(root / "content")
    (plan,) = library.plans
    lines = plan.origin.text.split("\n")
    assert {lines[mend.line - 1]: hint(mend) for mend in parts(plan, library)} == {
        line: f"ghi vào phần khai báo `{key}: …` rồi xoá dòng này"
        if key
        else "xoá dòng này (check --fix làm việc này)"
        for line, key in PASTED.items()
    }
    left = set(mended(plan, library).split("\n")) & PASTED.keys()
    assert left == {line for line, key in PASTED.items() if key}
