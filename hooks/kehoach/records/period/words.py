"""The words of written times: a text as a row of items, each a word, a phrase, a number or a sign.

Capitals, spaces, the kind of a dash and where a syllable carries its tone (“hoà”, “hòa”) make no
difference. A phrase is found as the longest that stands in `VOCABULARY`.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from kehoach.records.period.meaning import AFTER, BEFORE, Relation
from kehoach.records.period.naming import DAY, MONTH, QUARTER, YEAR, Precision


class Item(NamedTuple):
    """One item: its kind, what it says, its words as `VOCABULARY` has them, and where it stands."""

    kind: str
    value: object
    text: str
    column: int
    end: int

    @property
    def number(self) -> int:
        """The number that it is or stands for, 0 for none."""
        return int(self.value) if isinstance(self.value, int | float) else 0

    @property
    def amount(self) -> float:
        """The number as a length: “½”, “1,5”."""
        return float(self.value) if isinstance(self.value, int | float) else 0.0

    @property
    def unit(self) -> Precision | None:
        """The unit of the calendar that it names."""
        return self.value if isinstance(self.value, Precision) else None


WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
DAYPARTS = ("sáng", "trưa", "chiều", "tối", "đêm")
Bound = tuple[Relation, bool]  # and whether the bound is itself outside

Phrases = Mapping[str, object]


def _all(phrases: str, value: object = None) -> dict[str, object]:
    return dict.fromkeys(phrases.split(", "), value)


# On which side of a date, and whether the date is itself outside.
BOUNDS: dict[str, Bound] = {
    "trước": (BEFORE, True),
    **dict.fromkeys(("trước hoặc trong", "trước và trong"), (BEFORE, False)),
    **dict.fromkeys(("trong hoặc trước", "trong và trước"), (BEFORE, False)),
    **dict.fromkeys(("chậm nhất", "muộn nhất", "trễ nhất", "không sau"), (BEFORE, False)),
    **dict.fromkeys(("không muộn hơn", "không chậm hơn", "không trễ hơn"), (BEFORE, False)),
    **dict.fromkeys(("hạn cuối", "hạn chót", "hạn cuối cùng"), (BEFORE, False)),
    **dict.fromkeys(("sau", "ngay sau"), (AFTER, True)),
    **dict.fromkeys(("kể từ", "tính từ", "bắt đầu từ", "bắt đầu"), (AFTER, False)),
    **dict.fromkeys(("trong và sau", "không trước", "không sớm hơn"), (AFTER, False)),
}

# What phrases say, by kind. Where the value is None, the kind is all that they say.
VOCABULARY: dict[str, Phrases] = {
    "unit": {"ngày": DAY, "tháng": MONTH, "quý": QUARTER, "năm": YEAR, "tuần": "tuần"},
    "length": {"buổi": "buổi", "phút": "phút", "giờ": "giờ"},
    "part": _all("đầu, đầu tiên, thượng tuần", "đầu")
    | _all("giữa, trung tuần", "giữa")
    | _all("cuối, cuối cùng, hạ tuần", "cuối")
    | {"nửa đầu": "nửa đầu", "nửa cuối": "nửa cuối"},
    "number": {"nửa": 0.5, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "sáu": 6, "bảy": 7}
    | {"tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12},
    "roman": {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9},
    "approximate": _all(
        "dự kiến, khoảng, vào khoảng, ước khoảng, dự kiến khoảng, dự kiến vào khoảng"
    ),
    "within": _all(
        "trong, trong khoảng, khoảng thời gian, trong khoảng thời gian, trong thời gian, "
        "trong vòng, trong thời hạn, trong đợt"
    ),
    "lasting": _all("kéo dài, thời lượng"),
    "bound": BOUNDS,
    "at most": _all("không quá, tối đa"),
    "from": _all("từ"),
    "opens": _all("khai mạc, phát động, khai trương"),
    "to": _all("đến, tới, cho đến, cho tới, sang, qua", "đến")
    | _all("đến hết, tới hết, cho đến hết, cho tới hết, hết", "đến hết")
    | _all("bế mạc, kết thúc", "kết thúc"),
    "and": _all("và, cùng"),
    "of": _all("của"),
    "every": _all("hằng, mỗi, hằng mỗi") | _all("định kỳ, định kỳ hằng, định kỳ mỗi", "định kỳ"),
    "always": _all("thường xuyên, thường niên, quanh năm"),
    "time": _all("lần, đợt, kỳ, vòng, lớp, khóa, phiên, giai đoạn"),
    "daypart": {word: word for word in DAYPARTS}
    | {f"buổi {word}": word for word in DAYPARTS}
    | {f"{edge} giờ {word}": word for edge in ("đầu", "cuối") for word in DAYPARTS}
    | {"am": "sáng", "pm": "pm"},
    "weekday": {word: day for day, word in enumerate(WEEKDAYS)}
    | {"thứ bẩy": 5, "cn": 6, "chúa nhật": 6},
    "ordinal": {"thứ": None, "thứ nhất": 1},
    "year": _all("năm nay", 0) | _all("năm sau, năm tới, năm kế tiếp, năm tiếp theo", 1),
    "day of month": _all("mùng") | {"rằm": 15},
    "lunar": _all("âm lịch, âl, lịch âm"),
    "that is": _all("tức, tức là, nhằm, nhằm vào"),
    "when": _all("khi, thời điểm, ngay khi") | _all("trước khi, sau khi, ngay sau khi", "bound"),
    "now": _all("nay, bây giờ, hiện nay"),
    "working": _all("làm việc"),
    "half more": _all("rưỡi"),
    "due": _all("hạn, thời hạn"),
    "remark": _all("tại, theo, tính theo, ở, có"),
    "turn": _all("không, chưa, trừ, ngoài, ngoại, hoãn, hủy, bỏ, nghỉ, thay, dời, lùi, hoặc")
    | _all("những năm tiếp theo, các năm tiếp theo, những năm sau, các năm sau"),
    "verb": _all("hoàn thành, thực hiện, tổ chức, diễn ra"),
    "plural": _all("các, những"),
    "filler": _all(
        "vào, lúc, hồi, là, cả, xong, đúng, thời gian, cao điểm, đợt cao điểm, tuần lễ, "
        "tuần lễ cao điểm, tháng cao điểm, liên tục, dương lịch, chính thức, những ngày, trở đi, "
        "giờ hành chính, trong giờ hành chính, giờ làm việc, trong giờ làm việc, lễ, trọn, suốt, "
        "mở cửa, đón khách"
    ),
}

# Other ways to spell a word, and months that have a name.
_SPELLINGS = {"quí": "quý", "kì": "kỳ", "hàng": "hằng", "mồng": "mùng", "khoá": "khóa"}
# The first and the last month of the lunar year, which alone bear a name.
LUNAR_MONTHS = {"giêng": 1, "chạp": 12}
# The stems and branches of lunar years: “năm Ất Tỵ”.
_STEMS = _all("giáp, ất, bính, đinh, mậu, kỷ, canh, tân, nhâm, quý")
_BRANCHES = _all("tý, tí, sửu, dần, mão, mẹo, thìn, tỵ, tị, ngọ, mùi, thân, dậu, tuất, hợi")

_DATE_FOLLOWS = r"\s*(?:/|tháng)|[.-]\d+[./-]\d"
_WORD_ENDS = r"(?!(?!am\b|pm\b)\w)"
_MINUTES = rf"\d{{1,2}}(?:\s*(?:phút|ph?\b|['’′])|(?!\d|{_DATE_FOLLOWS}))"
_TOKEN = re.compile(
    "|".join(
        f"(?P<{kind}>{pattern})"
        for kind, pattern in {
            # “8 giờ 15, 16/5”: a quarter past eight, or two days?
            "clash": r"\d{1,2}\s*(?:giờ|h)\s*(?<=[\sờ])\d{1,2}\s*(?:,|-|và\b|đến\b)\s*\d{1,2}\s*(?:/|tháng)",
            "clock": rf"t?\d{{1,2}}:\d\d(?::00)?(?!\d)|\d{{1,2}}\s*giờ(?:\s*{_MINUTES}|\s*rưỡi)?{_WORD_ENDS}"
            rf"|\d{{1,2}}\s?[hg](?:\s?{_MINUTES}|\s*rưỡi)?{_WORD_ENDS}"
            # “8.30 ngày 16/5”: there is no month 30
            r"|(?<![\d./-])\d{1,2}\.(?:00|1[3-9]|[2-5]\d)(?!\d|\s?[./%-])",
            "no_clock": r"(?:[….]+|_+)\s*(?:giờ\b|[hg](?=\d\d|[….\s]))(?:\s*(?:\d\d|[….]+|_+)\s*(?:phút)?)?",
            # “6/2025-05/2026” is a range of months
            "iso": r"(?<!(?<![\d:-])\d/)(?<!(?<![\d:-])\d\d/)(?:\d{4}-\d\d(?:-\d\d)?(?!\d|/\d\d?(?!\d))"
            r"|\d{4}/\d\d/\d\d(?![\d/]))",
            "short": r"(?<!\w)(?:t\.?(?=\d{1,2}(?!\d))|q\.?(?=[1-4](?!\d)|(?:i{1,3}|iv)\b))",
            "half": r"½|\d{1,3}[.,]5(?=\s*(?:ngày|buổi|tuần|tháng)\b)",
            "digits": r"\d+",
            "word": r"[^\W\d_]+",
            "open": r"\.\./(?=\d{4})",
            "blank": r"…+|(?:\.\s?){2,}\.?|_+",
            "sign": r"=>|->|\S",
        }.items()
    )
)
_TO_SIGNS = {"-", "÷", "=>", "->", "→"}
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


def items_of(text: str) -> list[Item]:
    """The items of `text` (NFC) and its end, so often that one may look ahead of the last item."""
    lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text.translate(_DASHES))
    tokens = [(f.lastgroup or "", f[0], f.start(), f.end()) for f in _TOKEN.finditer(lower)]
    return [*_phrases(tokens), *[Item("end", None, "", len(text), len(text))] * _AHEAD]


_AHEAD = 5
Token = tuple[str, str, int, int]


def _phrases(tokens: list[Token]) -> Iterator[Item]:
    at = 0
    while at < len(tokens):
        kind, text, start, end = tokens[at]
        if kind != "word":
            yield _sign(kind, text, start, end)
            at += 1
            continue
        node, found, length = _TRIE, None, 0
        for ahead in range(at, len(tokens)):
            word = tokens[ahead]
            following = node.words.get(spelled(word[1])) if word[0] == "word" else None
            if following is None:
                break
            node = following
            if node.leaf:
                found, length = node.leaf, ahead - at + 1
        if found is None:
            yield Item("word", None, text, start, end)
            at += 1
            continue
        yield Item(*found, start, tokens[at + length - 1][3])
        at += length


def _sign(kind: str, text: str, start: int, end: int) -> Item:
    if kind == "digits":
        return Item("number", int(text), text, start, end)
    if kind == "half":
        value = 0.5 if text == "½" else float(text.replace(",", "."))
        return Item("number", value, text, start, end)
    if kind == "sign" and text in _TO_SIGNS:
        return Item("to", "-", text, start, end)
    if text == "&":
        return Item("and", None, text, start, end)
    return Item(text if kind == "sign" else kind, None, " ".join(text.split()), start, end)


@lru_cache(maxsize=4096)
def spelled(word: str) -> str:
    """A word in one spelling: its tone after its letters, “quí” as “quý”."""
    word = unicodedata.normalize("NFC", word)
    letters = unicodedata.normalize("NFD", _SPELLINGS.get(word, word))
    return _TONES.sub("", letters) + "".join(_TONES.findall(letters))


def is_lunar_year(stem: Item, branch: Item) -> bool:
    """Whether two words name a lunar year: “Ất Tỵ”."""
    return stem.text in _STEMS and branch.text in _BRANCHES


@dataclass(slots=True)
class _Node:
    """Where some words of phrases lead: to the words after them, and to the phrase that they are."""

    words: dict[str, "_Node"] = field(default_factory=dict)
    leaf: tuple[str, object, str] | None = None  # kind, value, phrase


def _trie() -> _Node:
    root = _Node()
    for kind, phrases in VOCABULARY.items():
        for phrase, value in phrases.items():
            node = root
            for word in phrase.split():
                node = node.words.setdefault(spelled(word), _Node())
            node.leaf = kind, value, phrase
    return root


_TRIE = _trie()
