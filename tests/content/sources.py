"""The five plans as they were handed over: `sources/*.txt`, one paragraph a line.

The texts came from scanned pages, so a sentence may be cut in two by a page's end, and the
footnotes of a page stand in the middle of its text.
"""

import re
from pathlib import Path

FOLDER = Path(__file__).parent / "sources"
CONTENT = Path(__file__).parents[2] / "content"

# source text -> the plan made from it, under content/
PLANS = {
    "bac-giang-2022-hoi-thao-sang-kien.txt": "ke-hoach/2022/hoi-thao-sang-kien-bac-giang.md",
    "quang-ngai-2021-hoi-nghi-ntmn.txt": "ke-hoach/2021/hoi-nghi-nong-thon-mien-nui-quang-ngai.md",
    "quang-ngai-2022-ngay-khcn.txt": "ke-hoach/2022/ngay-khcn-quang-ngai.md",
    "quang-tri-2024-cam-ket.txt": "ke-hoach/2024/cam-ket-trach-nhiem-quang-tri.md",
    "thanh-hoa-2024-ngay-khcn.txt": "ke-hoach/2024/ngay-khcn-thanh-hoa.md",
}

NOTE_MARKS = {"1": "¹", "2": "²"}
_NOTE = re.compile(rf"[{''.join(NOTE_MARKS.values())}] ")
_MARKS = re.compile(r"^(?:#+ |[-+*] )+")


def without_marks(line: str) -> str:
    """A line with its white space folded and its Markdown marks dropped."""
    return _MARKS.sub("", " ".join(line.split())).replace("*", "")


def source_paragraphs(text: str) -> list[str]:
    """The paragraphs of a source text in their order, footnotes left out.

    White space is folded and Markdown marks are dropped; ¹ and ² stay where a footnote is called.
    The halves of a broken sentence are two paragraphs, as they stand in the source.
    """
    return [
        without_marks(line) for line in text.splitlines() if line.strip() and not _NOTE.match(line)
    ]


def footnotes(text: str) -> list[str]:
    """The footnotes of a source text in their order, without their ¹ or ²."""
    return [without_marks(line[2:]) for line in text.splitlines() if _NOTE.match(line)]
