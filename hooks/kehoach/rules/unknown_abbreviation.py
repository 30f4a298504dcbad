"""unknown-abbreviation: chữ viết tắt chưa có trong tu-viet-tat.yml.

Trang giải thích chữ viết tắt khi người đọc chỉ vào, và tìm kiếm hiểu cả hai cách viết. Thêm chữ mới
vào tu-viet-tat.yml, hoặc viết đầy đủ ở lần đầu kèm chữ viết tắt trong ngoặc: khoa học và công nghệ
(KH&CN). Số, ký hiệu văn bản và dòng viết hoa toàn bộ không tính.

Căn cứ: Nghị định 30/2020/NĐ-CP, Phụ lục II (viết hoa, viết tắt trong văn bản hành chính).
"""

import re
from collections.abc import Iterator

from kehoach.records.document import Document, Guide
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.prose import prose
from kehoach.rules.verdict import warning

_REST = r"[A-ZĐƯƠ]{1,11}(?:[&-][A-ZĐƯƠ]{1,12}){0,5}"
_CAPITALS = rf"[A-ZĐƯƠ]{_REST}"
# Not in a document number (254/KH-SKHCN), not in a name like COVID-19. What must not stand before is
# looked at behind the first letter: a pattern that begins with letters is sought fast.
_ABBREVIATION = re.compile(rf"[A-ZĐƯƠ](?<![\w&/.-].){_REST}(?![\w&/]|-\w)", re.S)
_NEIGHBOUR = re.compile(r"[^\W\d_]{2,}")
# Heads of the first column of a table, and titles before names ("TS. Nguyễn Văn A"), which everybody knows.
_COMMON = {"STT", "TT", "TS", "GS", "PGS", "BS", "KS", "NSND", "NSƯT"}
_ROMAN = re.compile(r"[IVXLC]+\Z")


def check(document: Document, library: Library) -> Iterator[Finding]:
    # What the list explains is not known while the list is wrong.
    if isinstance(document, Guide) or library.abbreviations_source.findings:
        return
    known = {*library.abbreviations, *_COMMON}
    known.update(part for key in library.abbreviations for part in re.findall(_CAPITALS, key))
    text = prose(document)
    for found in _ABBREVIATION.finditer(text):
        name = found[0]
        if name in known or _ROMAN.match(name) or _is_shouted(text, found):
            continue
        known.add(name)
        if f"({name})" not in text:
            hint = f"thêm `{name}: …` vào tu-viet-tat.yml, hoặc viết đầy đủ ở lần đầu"
            yield warning(document, found.start(), f"chưa rõ chữ viết tắt `{name}`", hint)


def _is_shouted(text: str, found: re.Match[str]) -> bool:
    """Whether a word beside this one is in capitals too: a title, not an abbreviation."""
    before = text[max(found.start() - 16, 0) : found.start()].split()[-1:]
    after = text[found.end() : found.end() + 16].split()[:1]
    words = (word for side in (before, after) for word in _NEIGHBOUR.findall("".join(side)))
    return any(word.isupper() for word in words)
