"""The mentions in a sentence: units that `don-vi.yml` knows, times, other documents."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kehoach.records.period import Period, PeriodError, parse_period
from kehoach.records.text import canonical, capital
from kehoach.records.unit import Unit, Units

_DATE = (
    r"\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{4})?|\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?"
)
_HOUR = r"(?:\d{1,2}\s*(?:giờ|h|g)\s*(?:\d{2})?(?:\s*phút)?\s*,?\s*)?"
_WEEKDAY = r"(?:thứ\s+\w+\s*,?\s*|chủ nhật\s*,?\s*)?"
_BOUND = re.compile(
    rf"(?:trước(?:\s+hoặc\s+trong)?|chậm nhất(?:\s+là)?(?:\s+(?:đến|vào|trước))?|muộn nhất(?:\s+là)?|"
    rf"(?:đến\s+)?hết|hạn cuối(?:\s+là)?)\s+{_HOUR}{_WEEKDAY}(?:ngày\s*)?"
    rf"(?:{_DATE}|tháng\s+\d{{1,2}}(?:\s*/\s*|\s+năm\s+)\d{{4}}|quý\s+[IV]+(?:/|\s+năm\s+)\d{{4}})",
    re.I,
)
_RHYTHM = re.compile(
    r"định kỳ\s+(?:(?:hằng|hàng)\s+)?(?:\d+\s+)?(?:tuần|tháng|quý|năm)(?:\s*(?:,|và)\s*(?:\d+\s+)?(?:tháng|quý|năm))*"
    r"|(?:hằng|hàng)\s+(?:tuần|tháng|quý|năm)",
    re.I,
)
# What counts days from a date: no date itself.
_COUNTED = re.compile(r"\s*(?:\d+|[a-zđ]+)\s+ngày|\s*,\s*trong\s+và\s+sau", re.I)
_REFERENCE = re.compile(
    r"(?P<kind>Luật|Nghị quyết|Nghị định|Quyết định|Chỉ thị|Thông tư|Công văn|Kế hoạch|Chương trình(?: hành động)?|"
    r"Kết luận|Hướng dẫn|Thông báo|Công điện|Báo cáo|Tờ trình|Văn bản|Quy định|Đề án)"
    r"\s+(?:số\s*:?\s*)?(?P<number>\d{1,6}(?:/\d{1,4}){0,3}\s*[-/]\s*(?:\d{4}/)?[\w&ĐƯ.]+(?:\s*[-/]\s*[\w&Đ.]+)*)"
    r"\s*,?\s*ngày\s*(?P<day>\d{1,2}\s*/\s*\d{1,2}\s*/\s*\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})",
    re.I,
)
# What a document does, behind who issued it; in small letters, since units are called alike.
_DOES = (
    r"(?-i:về|quy định|ban hành|hướng dẫn|phê duyệt|tổ chức|triển khai|thực hiện|tăng cường|đẩy mạnh|sửa đổi|"
    r"điều chỉnh|bổ sung|phát động|thành lập|giao|công bố|kiện toàn)"
)
_ISSUER = re.compile(rf"\s*(?:của|do)\s+(?P<issuer>.+?)(?=\s+{_DOES}\b|[,;.()]|$)", re.I)
_BEGINS_ABOUT = rf"(?:^|\s)(?P<about>{_DOES}\s.+?)"
_NEXT = (
    r"\s+(?:theo|tại|và)\s+(?:Công văn|Quyết định|Kế hoạch|Nghị quyết|Nghị định|Chỉ thị|Thông tư)"
)
_ABOUT = re.compile(rf"{_BEGINS_ABOUT}(?=[,;.()]|{_NEXT}|$)", re.I)
# A line of its own names one document up to its end, commas and all.
_ABOUT_OF_BASIS = re.compile(rf"{_BEGINS_ABOUT}(?=[;()]|[./]*$|{_NEXT}|$)", re.I)
_BASIS = re.compile(r"\W*Căn cứ\s", re.I)


class Mention(NamedTuple):
    """A unit called in a text: as it is written there, and from where to where."""

    name: str
    unit: Unit
    start: int
    end: int


class Naming:
    """The names by which a document of `issuer` calls units."""

    def __init__(self, units: Units, issuer: Unit | None) -> None:
        self._names: dict[str, Unit] = {}
        for unit in units:
            for name in unit.names():
                if name == unit.id:
                    continue
                meant = units.resolve(name, issuer)
                if meant is not None and _is_near(units, meant, issuer):
                    self._names[canonical(name)] = meant
        longest = sorted(self._names, key=len, reverse=True)
        alternatives = "|".join(re.escape(name) for name in longest)
        self._pattern = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)") if longest else None

    def __call__(self, text: str) -> list[Mention]:
        """The units that `text` mentions, in order, each once."""
        text = " ".join(text.split())
        found = canonical(text)
        if self._pattern is None:
            return []
        mentions: dict[str, Mention] = {}
        for match in self._pattern.finditer(found):
            unit = self._names[match[0]]
            written = text[match.start() : match.end()] if len(found) == len(text) else ""
            name = capital(written) if canonical(written) == match[0] else unit.label
            mentions.setdefault(unit.id, Mention(name, unit, *match.span()))
        return list(mentions.values())

    def resolve(self, name: str) -> Unit | None:
        return self._names.get(canonical(name.strip(" .;,:")))


def _is_near(units: Units, unit: Unit, issuer: Unit | None) -> bool:
    """Whether a document of `issuer` may mean `unit` without telling the province."""
    if issuer is None:
        return True
    province = units.province(issuer)
    return not units.province(unit) or not province or units.province(unit) == province


def time_in(text: str, year: int) -> str:
    """The longest beginning of `text` that is a time, as written; "" where none is."""
    text = re.sub(r"\s*\((?!từ|ngày|\d)[^)]*\)", "", " ".join(text.split()))
    text = re.split(r"\s+tại\b", text, maxsplit=1)[0].strip(" .;:")
    text = text.removeprefix("(").removesuffix(")")
    ends = [
        len(text),
        *(m.start() for m in re.finditer(r"[,;.(]|\s(?=tại|gồm|với|để|cho|đối|theo|do)", text)),
    ]
    for end in sorted(set(ends), reverse=True):
        words = text[:end].strip(" .,;:(")
        if words and _period(words, year):
            return words
    return ""


def bounds_in(text: str, year: int) -> Iterator[tuple[str, int]]:
    """Every last day ("trước ngày 14/5/2022") and rhythm ("định kỳ 6 tháng") in `text`, and where it begins."""
    for pattern in (_BOUND, _RHYTHM):
        for match in pattern.finditer(text):
            if pattern is _BOUND and _COUNTED.match(text[match.end() :]):
                continue
            if _period(match[0], year):
                yield match[0], match.start()


def _period(words: str, year: int) -> Period | None:
    try:
        period = parse_period(words, year=year)
    except PeriodError:
        return None
    return None if period.undated else period


def references_in(text: str) -> Iterator[dict[str, str]]:
    """The dated documents that `text` names, each as an entry of `basis`."""
    text = " ".join(text.split())
    matches = list(_REFERENCE.finditer(text))
    pattern = _ABOUT_OF_BASIS if _BASIS.match(text) else _ABOUT
    for at, match in enumerate(matches):
        until = matches[at + 1].start() if at + 1 < len(matches) else len(text)
        rest = text[match.end() : until].split(";")[0]
        issuer = _ISSUER.match(rest)
        about = pattern.search(rest[issuer.end() :] if issuer else rest)
        title = match["kind"][:1].upper() + match["kind"][1:]
        if about:
            title += f" {about['about'].strip(' ,.')}"
        yield {
            "number": " ".join(match["number"].split()).rstrip(".-/ "),
            "date": _short(match["day"]),
            "issuer": issuer["issuer"].strip() if issuer else "",
            "title": title,
        }


def _short(day: str) -> str:
    return "/".join(re.findall(r"\d+", day))
