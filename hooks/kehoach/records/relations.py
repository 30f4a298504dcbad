"""How documents speak of each other: by address ("ke-hoach/2025/x"), or by number and date as people
cite them ("Kế hoạch số 35/KH-SKHCN ngày 22/4/2025").
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from kehoach.records.plan import Plan

# A number with its abbreviations (Decree 30/2020/NĐ-CP, Appendix I, II.3), and the day behind it.
# It begins with a digit and then looks behind it, so that it is tried at digits alone.
_NUMBER = (
    r"\d(?<![\w/]\d)\d{0,4}"
    r"(?:(?:/\d{4})?\s?/\s?[A-ZĐ][\w&]*(?:-[A-ZĐ][\w&]*)+|-[A-ZĐ][\w&]*/[A-ZĐ]{2,})"
)
_DAY = r"(?:(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4}))"
CITATION = re.compile(rf"(?P<number>{_NUMBER})(?:,?\s+ngày\s+{_DAY})?")


class Citation(NamedTuple):
    """A document as a text cites it; `day` is None where no whole day is told."""

    number: str
    day: date | None


def key(number: str) -> str:
    """The form of `number` by which two are compared, however they are spaced: "254 /KH-SKHCN" is "254/kh-skhcn"."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", number)).casefold()


def citation(match: re.Match[str]) -> Citation:
    """The document that a match of CITATION cites: its number, and its day where that is given."""
    day = [int(part) for part in match.groups()[1:] if part]
    try:
        return Citation(match["number"], date(day[2], day[1], day[0]) if day else None)
    except ValueError:
        return Citation(match["number"], None)


def cited(written: str) -> Citation | None:
    """The document that `written` cites by its number; None where it has none."""
    match = CITATION.search(written)
    return citation(match) if match else None


def agrees(plan: Plan, cited: Citation) -> bool:
    """Whether `plan`, which has that number, was issued on the day that is told, if one is."""
    return cited.day is None or plan.date.start is None or plan.date.start == cited.day


def names_it(written: str | None, plan: Plan) -> bool:
    """Whether `written` may name `plan`."""
    if not written:
        return False
    if address := address_in(written):
        return address == plan.address
    found = cited(written)
    return found is not None and key(found.number) in names(plan) and agrees(plan, found)


def address_in(written: str) -> str:
    """`written` as the address of a plan: "ke-hoach/2025/x.md" is "ke-hoach/2025/x/"; "" for none."""
    address = written.strip().removesuffix(".md").strip("/")
    return f"{address}/" if address.startswith(f"{Plan.folder}/") else ""


def names(plan: Plan) -> Iterator[str]:
    """The names that others may call `plan` by: its address and its numbers."""
    yield plan.address
    yield from map(key, plan.given_numbers)


def citations(plan: Plan) -> Iterator[str]:
    """The numbers that `plan` cites, in its text and among its bases; reads its text."""
    for match in CITATION.finditer(plan.body):
        yield key(match["number"])
    yield from (key(reference.number) for reference in plan.basis)
    yield from (name for name in pointers(plan) if not name.endswith("/"))


def pointers(plan: Plan) -> Iterator[str]:
    """The plans that should know what `plan` says of them, by the names that it calls them."""
    for written in (*plan.amends, *plan.amended_by, plan.supersedes, plan.superseded_by):
        if not written:
            continue
        found = cited(written)
        if address := address_in(written):
            yield address
        elif found:
            yield key(found.number)
