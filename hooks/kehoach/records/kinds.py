"""The kinds of administrative documents, each with its abbreviation, its form and its parts.

Decree 30/2020/NĐ-CP, Article 7 (kinds), Appendix III, part I (abbreviations) and part II (forms).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from kehoach.records.text import canonical


class Form(StrEnum):
    """How a document begins."""

    TITLED = "titled"  # its kind in capitals, its abstract below
    LETTER = "letter"  # no kind: "V/v …" under the number, then "Kính gửi: …"


@dataclass(frozen=True, slots=True)
class Part:
    """A part that a kind cannot be without: what it is called, and how its line begins."""

    name: str
    line: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """`abbreviation` stands in the number, "" where none does; `beginning` is the body of a draft."""

    name: str
    abbreviation: str
    form: Form = Form.TITLED
    parts: tuple[Part, ...] = ()
    beginning: str = ""


def _part(name: str, pattern: str) -> Part:
    return Part(name, re.compile(rf"^[#>*_\s]*(?:{pattern})", re.MULTILINE | re.IGNORECASE))


_TO = _part("Kính gửi", "kính gửi")
_INVITES = _part("Kính mời", ".*kính mời")
_BASIS = _part("Căn cứ", "căn cứ")
_DECIDES = _part("QUYẾT ĐỊNH:", r"quyết định[*_\s]*:")
_RESOLVES = _part("QUYẾT NGHỊ:", r"(?:quyết nghị|nghị quyết)[*_\s]*:")
_ARTICLE = _part("Điều 1.", r"điều 1\b")
_LETTER = """
Kính gửi: …

…

1. …

Trân trọng./.
"""
_DECISION = """
CHỨC VỤ NGƯỜI BAN HÀNH

Căn cứ …;

Theo đề nghị của …

{word}:

Điều 1. …

Điều 2. …

Điều 3. … chịu trách nhiệm thi hành …./.
"""
_ADDRESSED = "\nKính gửi: …\n\n…\n\n## I. …\n\n1. …\n"

KINDS = (
    DocumentKind(
        "Nghị quyết",
        "NQ",
        parts=(_RESOLVES, _ARTICLE),
        beginning=_DECISION.format(word="QUYẾT NGHỊ"),
    ),
    DocumentKind(
        "Quyết định",
        "QĐ",
        parts=(_BASIS, _DECIDES, _ARTICLE),
        beginning=_DECISION.format(word="QUYẾT ĐỊNH"),
    ),
    DocumentKind("Chỉ thị", "CT"),
    DocumentKind("Quy chế", "QC"),
    DocumentKind("Quy định", "QyĐ"),
    DocumentKind("Thông cáo", "TC"),
    DocumentKind("Thông báo", "TB"),
    DocumentKind("Hướng dẫn", "HD"),
    DocumentKind("Chương trình", "CTr"),
    DocumentKind("Kế hoạch", "KH"),
    DocumentKind("Phương án", "PA"),
    DocumentKind("Đề án", "ĐA"),
    DocumentKind("Dự án", "DA"),
    DocumentKind("Báo cáo", "BC"),
    DocumentKind("Biên bản", "BB"),
    DocumentKind("Tờ trình", "TTr", parts=(_TO,), beginning=_ADDRESSED),
    DocumentKind("Hợp đồng", "HĐ"),
    DocumentKind("Công văn", "", Form.LETTER, (_TO,), _LETTER),
    DocumentKind("Công điện", "CĐ"),
    DocumentKind("Bản ghi nhớ", "BGN"),
    DocumentKind("Bản thỏa thuận", "BTT"),
    DocumentKind("Giấy ủy quyền", "GUQ"),
    DocumentKind(
        "Giấy mời",
        "GM",
        parts=(_INVITES,),
        beginning="\nKính mời: …\n\n1. Thời gian: …\n\n2. Địa điểm: …\n",
    ),
    DocumentKind("Giấy giới thiệu", "GGT"),
    DocumentKind("Giấy nghỉ phép", "GNP"),
)
PLAN = "Kế hoạch"
_BY_NAME = {canonical(kind.name): kind for kind in KINDS}
_ABOUT = re.compile(r"(?:V/v|Về việc)\s+", re.IGNORECASE)


def kind_of(name: str) -> DocumentKind | None:
    """The kind called `name`, however it is spelled; None for one that the Decree does not know."""
    return _BY_NAME.get(canonical(name))


def is_letter(name: str) -> bool:
    """Whether a document of the kind `name` has the form of a letter."""
    kind = kind_of(name)
    return kind is not None and kind.form is Form.LETTER


def about(title: str) -> str:
    """The abstract of a letter as it stands under its number: "V/v tổ chức …"."""
    bare = _ABOUT.sub("", title, count=1) if _ABOUT.match(title) else title
    return f"V/v {bare}"
