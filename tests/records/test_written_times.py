"""Times as real documents write them: what each means, however it is spelled, and what is not understood.

`written-times.tsv`: the words, the year of the plan, and what they mean: the first and the last day
(`-` for none), `relative` to an event without a date, or the kind of a finding. Those in
`WARNED` leave the words as they stand; the others are errors, for the words state what cannot be.
"""

import csv
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach.records.period import PeriodError, grammar, parse_period
from kehoach.records.period.grammar import GRAMMAR
from kehoach.rules import written_times
from records import official

with (Path(__file__).parent / "written-times.tsv").open(encoding="utf-8", newline="") as file:
    ROWS = [
        (row["words"], int(row["year"]), row["means"])
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    ]
WARNED = {"unknown-date", "ambiguous-date"}
REFUSED = {"invalid-date", "reversed-date", "contradictory-date"}


def meaning(words: str, year: int) -> str:
    try:
        period = parse_period(words, year=year)
    except PeriodError as error:
        return error.kind
    if period.doubt:
        assert (period.start, period.end, period.recurrence) == (None, None, ())
        return period.doubt.kind
    if period.first or period.last or period.recurrence:
        return f"{period.first or '-'}..{period.last or '-'}"
    return "relative"


def test_the_table_has_every_outcome():
    kinds = {means for _, _, means in ROWS if ".." not in means}
    assert kinds == WARNED | REFUSED | {"relative"}
    assert len(ROWS) > 400


@pytest.mark.parametrize(("words", "year", "means"), ROWS)
def test_a_written_time_means_what_people_read(words, year, means):
    assert meaning(words, year) == means


def other_tones(words: str) -> str:
    """“hoà” for “hòa”: the tone on the other vowel, where a syllable ends with two."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    apart = unicodedata.normalize("NFD", words)
    return unicodedata.normalize(
        "NFC", re.sub(f"(?<=[ou])([{tones}])([aey])(?!\\w)", r"\2\1", apart)
    )


MUTATIONS: list[Callable[[str], str]] = [
    str.upper,
    str.lower,
    str.title,
    lambda words: words.replace(" ", "  "),
    lambda words: words.replace(" ", "\u00a0"),
    lambda words: f"  {words}\t",
    lambda words: unicodedata.normalize("NFD", words),
    other_tones,
    *(lambda words, dash=dash: words.replace("-", dash) for dash in "–—‑−"),
    lambda words: words.replace("–", "-"),
    lambda words: f"{words.rstrip('.')}.",
    lambda words: words.replace("quý", "quí").replace("Quý", "Quí").replace("hằng", "hàng"),
]


@pytest.mark.parametrize("mutate", MUTATIONS)
def test_spelling_changes_nothing(mutate):
    """A row of ISO 8601 keeps its dashes: another dash is not of that standard."""
    for words, year, means in ROWS:
        assert meaning(mutate(words), year) == means, mutate(words)


@given(st.sampled_from(ROWS), st.sampled_from(MUTATIONS), st.sampled_from(MUTATIONS))
def test_two_spellings_at_once_change_nothing(row, one, other):
    words, year, means = row
    assert meaning(one(other(words)), year) == means


@pytest.mark.parametrize(("words", "year", "means"), ROWS)
def test_the_official_form_means_the_same(words, year, means):
    if means in REFUSED | WARNED:
        return
    formal = official.formal(parse_period(words, year=year))
    assert meaning(formal, year) == means, formal


EXAMPLES = [way.example for ways in GRAMMAR.values() for way in ways]


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_way_of_the_guide_is_understood_but_those_that_show_what_is_not(example):
    period = parse_period(example, year=grammar.YEAR)
    assert period.understood is (example not in EXAMPLES[-2:])


def test_the_guide_tells_what_the_program_reads():
    page = written_times.page()
    assert "| 9 tháng đầu năm 2025 | 01/01/2025 - 30/09/2025 |" in page
    assert "| trước ngày 14/5/2025 | đến 13/05/2025 |" in page
    assert "| nhân dịp 18/5/2025 | không hiểu |" in page
    assert "13:30 - 17:00 |" in page
