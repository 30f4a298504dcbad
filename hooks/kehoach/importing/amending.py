"""The relations of a document to others: which it amends or replaces, which amended it, what it moves."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kehoach.importing.mentions import time_in
from kehoach.records.relations import CITATION, key

_PREFIX = r"(?:(?:Kế hoạch|Quyết định|Nghị quyết|Thông báo|Về việc|V/v:?)\s+)*"
_VERB = r"(?:sửa đổi|bổ sung|điều chỉnh|thay đổi|đính chính|gia hạn)"
_AMENDING = re.compile(rf"{_PREFIX}{_VERB}\b", re.I)
_REPLACING = re.compile(r"(?<!được )(?<!bị )\bthay thế\b", re.I)
_AMENDED = re.compile(
    rf"(?:\bnày\s+(?:đã\s+)?được|^\W*\(?(?:đã\s+)?được)\s+{_VERB}.{{0,60}}?\b(?:bởi|theo|tại|bằng)\b",
    re.I,
)
_NEAR = 90  # letters between a verb and the number of the document that it speaks of
_CHANGES = re.compile(r"(?:Điều chỉnh|Sửa đổi|Thay đổi|Bổ sung|Dời|Chuyển|Lùi|Hoãn)\b", re.I)
_MOVED = re.compile(
    r"\b(?:sang|thành|đến|tới|lại|vào)\s+(?:lúc\s+|ngày\s+)?(?=\S*\d|thứ|chủ nhật)", re.I
)
_NAME_ENDS = re.compile(
    r"\s+(?:(?:được|sẽ)\s+)*(?:dời|chuyển|lùi|hoãn|đổi|điều chỉnh|thay đổi|tổ chức|diễn ra|vào|sang|thành|từ|lúc)\b",
    re.I,
)
_NAME_BEGINS = re.compile(
    r"^(?:(?:Điều chỉnh|Sửa đổi|Thay đổi|Bổ sung|Dời|Chuyển|Lùi|thời gian|thời điểm|hoạt động|tổ chức|của|việc)\s+)+",
    re.I,
)
_TIME = re.compile(
    r"(?:từ\s+)?(?:\d{1,2}\s*(?:giờ|h|g)\b|thứ\s+\w+|chủ nhật|ngày\s+\d|trong tháng|tháng\s+\d|dự kiến)",
    re.I,
)
_LEADING = re.compile(r"\bdo\s+(?P<lead>.+?)\s+(?:chủ trì|thực hiện|tổ chức)", re.I)
_PLACE = re.compile(r"\btại\s+(?P<place>[^,;.“]+?)(?=[,;.]|\s+do\s|$)", re.I)


class Change(NamedTuple):
    """An occasion that a line of an amendment moves, or adds to what is amended (`is_new`)."""

    name: str
    when: str
    place: str
    lead: str
    is_new: bool


def amends(title: str, lines: Iterable[str], own: str) -> list[str]:
    """The documents that one called `title` amends, each as it is cited: number and day.

    `own` is its number, which it cites as well.
    """
    if not _AMENDING.match(title):
        return []
    found = _cited(title, own)
    for line in lines:
        if not found and re.search(_VERB, line, re.I):
            found = _cited(line, own)
    return found


def supersedes(title: str, lines: Iterable[str], own: str) -> str:
    """The document that this one says it replaces; "" for none."""
    for line in (title, *lines):
        for verb in _REPLACING.finditer(line):
            if found := _cited(line[verb.end() : verb.end() + _NEAR], own):
                return found[0]
    return ""


def amended_by(lines: Iterable[str], own: str) -> list[str]:
    """The documents by which this one says that it was amended, as a consolidated text does."""
    return [
        cited
        for line in lines
        if (verb := _AMENDED.search(line))
        for cited in _cited(line[verb.end() :], own)
    ]


def _cited(text: str, own: str) -> list[str]:
    found = {key(match["number"]): " ".join(match[0].split()) for match in CITATION.finditer(text)}
    found.pop(key(own), "")
    return list(found.values())


def changes(line: str, year: int) -> Iterator[Change]:
    """The changes of one occasion's time in `line` of an amendment: "…: Lễ mít tinh dời sang ngày 17/5/2025"."""
    begun = _CHANGES.match(line)
    if begun is None:
        return
    before, colon, told = line.partition(": ")
    told = told if colon else before
    moved = _MOVED.search(re.sub(r"“[^”]*”", lambda quoted: "_" * len(quoted[0]), told))
    start, when = next(_times(told, moved.end() if moved else 0, year), (0, ""))
    if not when:
        return
    until = moved.start() if moved else start
    name = _NAME_BEGINS.sub("", told[:until].strip(" ,;:"))
    bare = re.sub(r"“[^”]*”", lambda quoted: "“" + "_" * (len(quoted[0]) - 2) + "”", name)
    name = name[: len(_NAME_ENDS.split(bare, maxsplit=1)[0])].strip(" ,;:")
    rest = told[start:]
    place, lead = _PLACE.search(rest), _LEADING.search(told)
    yield Change(
        name,
        when,
        place["place"].strip() if place else "",
        lead["lead"] if lead else "",
        begun[0].casefold() == "bổ sung",
    )


def _times(text: str, start: int, year: int) -> Iterator[tuple[int, str]]:
    for found in _TIME.finditer(text, max(0, start - 6)):
        when = time_in(re.split(r"\s(?:tại|do)\s", text[found.start() :])[0], year)
        if found.end() > start and re.search(r"\d", when):
            yield found.start(), when
