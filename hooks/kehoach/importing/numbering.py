"""Numbers that Word sets by itself (ECMA-376 part 1, 17.9): "8." is in no paragraph, only here.

A paragraph names a list (numId) and a level (ilvl), itself or by its style; a list is an abstract
numbering with overrides, and lists of one abstract numbering count on together.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LEVELS = 9
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_FORMS = {
    "decimal",
    "decimalZero",
    "none",
    "upperRoman",
    "lowerRoman",
    "upperLetter",
    "lowerLetter",
}
_FORMS |= {"vietnameseCounting"}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list (17.9.6)."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None  # 0: never; n: only after level n - 1
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)
    begun: set[int] = field(default_factory=set)


class Numbering:
    """The counters of one document; `label` is asked once for each paragraph, in order."""

    def __init__(self, root: etree._Element | None) -> None:
        abstracts: dict[str, dict[int, Level]] = {}
        links: dict[str, str] = {}  # numbering style -> abstract that defines it
        linked: dict[str, str] = {}  # abstract -> numbering style that it takes its levels from
        for abstract in root.iter(f"{W}abstractNum") if root is not None else ():
            name = abstract.get(f"{W}abstractNumId", "")
            abstracts[name] = dict(_levels(abstract))
            if style := value(abstract, "styleLink"):
                links[style] = name
            if style := value(abstract, "numStyleLink"):
                linked[name] = style
        meant = {name: links.get(style, name) for name, style in linked.items()}
        self.unknown_forms: set[str] = set()  # that were written in figures instead
        self._lists: dict[str, _List] = {}
        for num in root.iter(f"{W}num") if root is not None else ():
            abstract_id = value(num, "abstractNumId")
            abstract_id = meant.get(abstract_id, abstract_id)
            found = _List(abstract_id, dict(abstracts.get(abstract_id, {})))
            for override in num.iter(f"{W}lvlOverride"):
                at = _int(override.get(f"{W}ilvl"), 0)
                found.levels.update({i: own for i, own in _levels(override) if i == at})
                if (start := value(override, "startOverride")) != "":
                    found.starts[at] = _int(start, 1)
            self._lists[num.get(f"{W}numId", "")] = found
        self._counts: dict[str, list[int | None]] = {}

    def level_of_style(self, number: str, style: str) -> int | None:
        """The level of the list `number` that belongs to the paragraph style `style`."""
        found = self._lists.get(number)
        levels = found.levels.items() if found else ()
        return next((at for at, level in levels if level.style == style), None)

    def label(self, number: str, at: int) -> str:
        """The next label of level `at` of the list `number`, which counts on; "-" or another mark for a bullet."""
        found = self._lists.get(number)
        if found is None or not 0 <= at < _LEVELS:
            return ""
        counts = self._counts.setdefault(found.abstract, [None] * _LEVELS)
        level = found.levels.get(at, Level())
        if at in found.starts and at not in found.begun:
            counts[at] = found.starts[at]
        else:
            before = counts[at]
            counts[at] = level.start if before is None else before + 1
        found.begun.add(at)
        for below in range(at + 1, _LEVELS):
            restart = found.levels.get(below, Level()).restart
            if restart is None or (restart > 0 and at < restart):
                counts[below] = None
        for above in range(at):
            if counts[above] is None:
                counts[above] = found.levels.get(above, Level()).start
        if level.form == "bullet":
            return bullet(level.text)
        if level.form == "none" and "%" not in level.text:
            return level.text.strip()
        text = level.text
        for above in range(at + 1):
            form = found.levels.get(above, Level()).form
            count = counts[above] or 0
            form = "decimal" if level.legal and form != "none" else form
            if form not in _FORMS and f"%{above + 1}" in text:
                self.unknown_forms.add(form)
            written = spelled(count, form)
            text = text.replace(f"%{above + 1}", written)
        return text.strip()


def bullet(glyph: str) -> str:
    """The mark of a Markdown item for a bullet: plans use -, + and *, all else is a dash."""
    return glyph if glyph in ("+", "*") else "-"


def spelled(count: int, form: str) -> str:
    """`count` in one of Word's forms (17.18.59)."""
    if form == "none":
        return ""
    if form in ("upperRoman", "lowerRoman") and 0 < count < 4000:
        roman, rest = "", count
        for worth, letters in _ROMAN:
            roman += letters * (rest // worth)
            rest %= worth
        return roman.upper() if form == "upperRoman" else roman
    if form in ("upperLetter", "lowerLetter") and 0 < count <= 780:
        # 17.18.59: z is followed by aa, bb
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form == "vietnameseCounting" and 0 < count < 100:
        return _in_words(count)
    return f"{count:02}" if form == "decimalZero" else str(count)


def _in_words(count: int) -> str:
    tens, ones = divmod(count, 10)
    if tens == 0:
        return _DIGITS[ones]
    words = ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones:
        special = {5: "lăm"} | ({1: "mốt"} if tens > 1 else {})
        words.append(special.get(ones, _DIGITS[ones]))
    return " ".join(words)


def value(parent: etree._Element, name: str) -> str:
    """The w:val of the child `name`; "" where there is none."""
    child = parent.find(f"{W}{name}")
    return "" if child is None else child.get(f"{W}val", "")


def _levels(parent: etree._Element) -> Iterator[tuple[int, Level]]:
    for level in parent.findall(f"{W}lvl"):
        at = _int(level.get(f"{W}ilvl"), 0)
        restart = value(level, "lvlRestart")
        yield (
            at,
            Level(
                form=value(level, "numFmt") or "decimal",
                text=value(level, "lvlText"),
                start=_int(value(level, "start"), 1),
                restart=_int(restart, 0) if restart else None,
                legal=level.find(f"{W}isLgl") is not None,
                style=value(level, "pStyle"),
            ),
        )


def _int(text: str | None, default: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return default
