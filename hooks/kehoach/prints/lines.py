"""Where the lines of a slogan may end, and which ends read well aloud."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from kehoach.prints.typesetting import THEME
from kehoach.records.text import canonical

# Words that lean on the next one: a line never ends with them.
_LEANING = frozenset(
    map(
        canonical,
        """
        và của với trên trong cho để vì từ đến ở tại bằng về theo là những các mỗi mọi một do bởi
        nhằm cùng hoặc hay không được bị đã đang sẽ hãy cấp ngày tỉnh năm lần thứ hướng vào như
        tháng quý khóa ông bà xã huyện
        """.split(),  # noqa: SIM905
    )
)
# Words before which a pause is natural, though no mark shows it.
_PAUSES = frozenset(
    ["và", "của", "trên", "với", "trong", "vì", "để", "nhằm", "hướng", "gắn", "tại", "từ"]
)

# What is one term to a reader, a line each; of those that match, the longest counts.
_TERMS = frozenset(
    canonical(line) for line in (THEME / "terms.txt").read_text("utf-8").splitlines() if line
)
_FIRST_WORDS = frozenset(term.split()[0] for term in _TERMS)
_LONGEST_TERM = max(len(term.split()) for term in _TERMS)
_DASH = re.compile(r"[-–—]$")
_TRIM = re.compile(r"^\W+|\W+$")

# A group as long as this may be broken where a column is narrow.
_LONG = 32

# What a line end costs, 0 best: after a dash, after a mark, before a pausing word, anywhere else.
_AFTER_DASH, _AFTER_STOP, _AFTER_COMMA, _PAUSE, _PLAIN = 0.0, 0.02, 0.5, 0.25, 0.8


def groups(text: str, *, fine: bool = False) -> list[list[str]]:
    """The words of `text` in the groups that no line end may part, for each line the author fixed.

    A line break in `text` is the author's own; a no-break space joins two words for good. `fine`
    groups part a term before another that it ends with, for a narrow column ("đổi mới | sáng tạo").
    """
    return [list(line) for line in _groups(text, fine)]


@lru_cache(maxsize=4096)
def _groups(text: str, fine: bool) -> list[list[str]]:
    return [_grouped(line.split(" "), fine) for line in _lines(text)]


def unbroken(text: str) -> str:
    """`text` on one line, no-break spaces inside the groups: any typesetter then breaks it well."""
    parts = (group for line in groups(text) for group in line)
    return " ".join(_joined(part) if len(part) < _LONG else _dashed(part) for part in parts)


def _joined(group: str) -> str:
    """A word joiner after a dash: a no-break space alone does not hold there (UAX #14, LB12a)."""
    return re.sub(r"(?<=[-–—]) ", "\u2060 ", group).replace(" ", "\u00a0")


def _dashed(group: str) -> str:
    """`group`, which may be broken, tied so that no line of it begins with a dash."""
    return re.sub(r" (?=[-–—](?: |$))", "\u00a0", group)


def _lines(text: str) -> list[str]:
    spaced = (re.sub(r"[^\S\n\xa0]+", " ", line).strip(" ") for line in text.strip().split("\n"))
    return [line for line in spaced if line]


def _grouped(words: list[str], fine: bool) -> list[str]:
    joined = list(map(_leans, ["", *words], words, words[1:]))
    for start, length in _terms(words):
        joined[start : start + length - 1] = [True] * (length - 1)
        if fine and (tail := _tail(words[start : start + length])):
            joined[start + length - tail - 1] = False
    found = [words[0]]
    for word, to_last in zip(words[1:], joined, strict=True):
        if to_last:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


def _leans(before: str, word: str, after: str) -> bool:
    """Whether `after` stays with `word`, before which `before` stands ("" where a line begins)."""
    bare, next_bare = _bare(word), _bare(after)
    if not next_bare:  # a dash and a mark close
        return True
    if _DASH.match(word):  # ends its line, but between numbers ("2016 - 2020"), and begins none
        return not before or (before[-1].isdigit() and next_bare[:1].isdigit())
    if not bare or next_bare[:1].isdigit():  # an ampersand leads on; a number closes
        return True
    return bare in _LEANING and word[-1].isalnum()


def _terms(words: list[str]) -> Iterator[tuple[int, int]]:
    """Where terms stand: index of the first word and number of words; a mark inside ends a term."""
    at, bare = 0, [_bare(word) for word in words]
    while at < len(words):
        longest = min(_LONGEST_TERM, len(words) - at) if bare[at] in _FIRST_WORDS else 0
        for length in range(longest, 1, -1):
            run = words[at : at + length]
            inner = all(word[-1].isalnum() or _DASH.match(word) for word in run[:-1])
            if (
                inner
                and bare[at + length - 1]
                and _TRIM.sub("", canonical(" ".join(run))) in _TERMS
            ):
                yield at, length
                at += length - 1
                break
        at += 1


def _tail(term: list[str]) -> int:
    """How many words at the end of `term` are a term too, after two words at least; 0 for none."""
    bare = list(map(_bare, term))
    lengths = (length for length in range(len(bare) - 2, 1, -1) if bare[-length])
    return next((length for length in lengths if " ".join(bare[-length:]) in _TERMS), 0)


def _bare(word: str) -> str:
    return _TRIM.sub("", canonical(word))


def cost(before: str, after: str) -> float:
    """The cost to the ear of a line end between two groups, from 0 (a natural stop) to 1."""
    if _DASH.match(before.split(" ")[-1]):
        return _AFTER_DASH
    if before[-1] in ".!?:;…":
        return _AFTER_STOP
    if before[-1] == ",":
        return _AFTER_COMMA
    return _PAUSE if _bare(after.split(" ")[0]) in _PAUSES else _PLAIN


class Split(NamedTuple):
    """One way to set a slogan: its lines, what their ends cost, and whether it runs over a stop."""

    lines: list[str]
    cost: float
    crossed: bool


def splits(parts: list[str], most: int) -> Iterator[Split]:
    """Every way to set the groups in at most `most` lines.

    A split is crossed where a line ends in the middle of a clause, though a stop (a dash, a colon)
    stands in the middle of a line.
    """
    costs = {end: cost(parts[end - 1], parts[end]) for end in range(1, len(parts))}
    stops = {end for end, price in costs.items() if price <= _AFTER_STOP}
    for count in range(min(most, len(parts))):
        for cut in combinations(costs, count):
            edges = (0, *cut, len(parts))
            lines = [" ".join(parts[a:b]) for a, b in pairwise(edges)]
            yield Split(lines, sum(costs[end] for end in cut), bool(cut) and not stops <= {*cut})
