"""What the written dates of plans mean, how they are written officially, and what is refused."""

import sys
import unicodedata
from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kehoach.records.period import (
    Duration,
    Period,
    PeriodError,
    Precision,
    Relation,
    document_date,
    format_day,
    parse_period,
)
from kehoach.records.period.words import VOCABULARY
from records import official

DAY, PART_OF_MONTH, MONTH, QUARTER, YEAR = Precision
ON, WITHIN, BEFORE, AFTER = Relation


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("words", "start", "end", "precision", "relation"),
    [
        # from the five plans
        ("Tháng 5 - 6 năm 2022", "2022-05-01", "2022-06-30", MONTH, WITHIN),
        ("Từ ngày 04 - 20/5/2022", "2022-05-04", "2022-05-20", DAY, ON),
        ("từ 15/5-19/5/2024", "2024-05-15", "2024-05-19", DAY, ON),
        ("(từ 15/5-19/5/2024)", "2024-05-15", "2024-05-19", DAY, ON),
        ("từ ngày 21/4/2024 đến ngày 19/5/2024", "2024-04-21", "2024-05-19", DAY, ON),
        ("Tháng 5/2022", "2022-05-01", "2022-05-31", MONTH, WITHIN),
        ("01 ngày, trong tháng 4/2024", "2024-04-01", "2024-04-30", MONTH, WITHIN),
        ("01 ngày, dự kiến đầu tháng 4/2021", "2021-04-01", "2021-04-10", PART_OF_MONTH, WITHIN),
        ("Dự kiến cuối tháng 10 năm 2022.", "2022-10-21", "2022-10-31", PART_OF_MONTH, WITHIN),
        (
            "Dự kiến 01 buổi, trong khoảng thời gian từ ngày 16 đến 18/5/2022",
            *("2022-05-16", "2022-05-18", DAY, WITHIN),
        ),
        ("dự kiến 01 buổi, từ ngày 16 đến 18/5/2022", "2022-05-16", "2022-05-18", DAY, WITHIN),
        ("trước ngày 14/5/2022", "", "2022-05-14", DAY, BEFORE),
        ("Hoàn thành trước 18/5/2024", "", "2024-05-18", DAY, BEFORE),
        ("định kỳ 6 tháng và năm", "", "", YEAR, WITHIN),
        ("ngày 16 tháng 3 năm 2021", "2021-03-16", "2021-03-16", DAY, ON),
        ("ngày 06 tháng 5 năm 2022", "2022-05-06", "2022-05-06", DAY, ON),
        ("ngày tháng 10 năm 2022", "2022-10-01", "2022-10-31", MONTH, WITHIN),
        ("Thời gian thực hiện: Tháng 5/2022.", "2022-05-01", "2022-05-31", MONTH, WITHIN),
        # days
        ("16/3/2021", "2021-03-16", "2021-03-16", DAY, ON),
        ("5/6/2022", "2022-06-05", "2022-06-05", DAY, ON),
        ("06 tháng 5 năm 2022", "2022-05-06", "2022-05-06", DAY, ON),
        ("ngày 18/5 năm 2022", "2022-05-18", "2022-05-18", DAY, ON),
        ("ngày 18 tháng 5, năm 2022", "2022-05-18", "2022-05-18", DAY, ON),
        ("18 / 5 / 2022", "2022-05-18", "2022-05-18", DAY, ON),
        ("18-5-2022", "2022-05-18", "2022-05-18", DAY, ON),
        ("18/5/22", "2022-05-18", "2022-05-18", DAY, ON),
        ("18.5.2022", "2022-05-18", "2022-05-18", DAY, ON),
        ("thứ Tư, ngày 18/5/2022", "2022-05-18", "2022-05-18", DAY, ON),
        ("trong ngày 18/5/2022", "2022-05-18", "2022-05-18", DAY, ON),
        ("29/02/2024", "2024-02-29", "2024-02-29", DAY, ON),
        # runs of days
        ("16 đến 18/5/2022", "2022-05-16", "2022-05-18", DAY, ON),
        ("16, 17/5/2022", "2022-05-16", "2022-05-17", DAY, ON),
        ("16, 17 và 18/5/2022", "2022-05-16", "2022-05-18", DAY, ON),
        ("ngày 16 và 17 tháng 5 năm 2022", "2022-05-16", "2022-05-17", DAY, ON),
        ("28/4 - 02/5/2022", "2022-04-28", "2022-05-02", DAY, ON),
        ("30/12/2024 - 03/1/2025", "2024-12-30", "2025-01-03", DAY, ON),
        ("14–19/5/2018", "2018-05-14", "2018-05-19", DAY, ON),
        ("TỪ  NGÀY\u00a004 — 20/5/2022", "2022-05-04", "2022-05-20", DAY, ON),
        ("trong khoảng 16 - 18/5/2022", "2022-05-16", "2022-05-18", DAY, WITHIN),
        # months and their parts
        ("5/2022", "2022-05-01", "2022-05-31", MONTH, WITHIN),
        ("tháng 02/2024", "2024-02-01", "2024-02-29", MONTH, WITHIN),
        ("ngày … tháng 10 năm 2022", "2022-10-01", "2022-10-31", MONTH, WITHIN),
        ("ngày ..... tháng 10 năm 2022", "2022-10-01", "2022-10-31", MONTH, WITHIN),
        ("ngày     /10/2022", "2022-10-01", "2022-10-31", MONTH, WITHIN),
        ("tháng 5 và tháng 6/2022", "2022-05-01", "2022-06-30", MONTH, WITHIN),
        ("từ ngày 15/5 đến hết tháng 5/2022", "2022-05-15", "2022-05-31", MONTH, WITHIN),
        ("giữa tháng 5/2022", "2022-05-11", "2022-05-20", PART_OF_MONTH, WITHIN),
        ("hạ tuần tháng 02/2023", "2023-02-21", "2023-02-28", PART_OF_MONTH, WITHIN),
        ("cuối tháng 4 - đầu tháng 5/2024", "2024-04-21", "2024-05-10", PART_OF_MONTH, WITHIN),
        ("tuần thứ ba của tháng 5/2024", "2024-05-15", "2024-05-21", PART_OF_MONTH, WITHIN),
        # quarters and years
        ("quý II/2024", "2024-04-01", "2024-06-30", QUARTER, WITHIN),
        ("quý 2 năm 2024", "2024-04-01", "2024-06-30", QUARTER, WITHIN),
        ("quý I - II năm 2024", "2024-01-01", "2024-06-30", QUARTER, WITHIN),
        ("quý 1 - 2/2024", "2024-01-01", "2024-06-30", QUARTER, WITHIN),
        ("cuối quý II/2024", "2024-06-01", "2024-06-30", QUARTER, WITHIN),
        ("6 tháng đầu năm 2024", "2024-01-01", "2024-06-30", YEAR, WITHIN),
        ("đầu năm 2022", "2022-01-01", "2022-04-30", YEAR, WITHIN),
        ("cuối năm 2022", "2022-09-01", "2022-12-31", YEAR, WITHIN),
        ("ngày … tháng … năm 2024", "2024-01-01", "2024-12-31", YEAR, WITHIN),
        ("năm 2024", "2024-01-01", "2024-12-31", YEAR, WITHIN),
        ("2024", "2024-01-01", "2024-12-31", YEAR, WITHIN),
        ("giai đoạn 2021 - 2025", "2021-01-01", "2025-12-31", YEAR, WITHIN),
        # one bound
        ("chậm nhất là ngày 25/5/2022", "", "2022-05-25", DAY, BEFORE),
        ("không quá ngày 25/5/2022", "", "2022-05-25", DAY, BEFORE),
        ("đến ngày 20/5/2022", "", "2022-05-20", DAY, BEFORE),
        ("đến hết tháng 5/2022", "", "2022-05-31", MONTH, BEFORE),
        ("trước tháng 5/2022", "", "2022-05-01", MONTH, BEFORE),
        ("từ ngày 14/5/2022", "2022-05-14", "", DAY, AFTER),
        ("sau ngày 14/5/2022", "2022-05-14", "", DAY, AFTER),
        ("sau tháng 5/2022", "2022-05-31", "", MONTH, AFTER),
        # ISO 8601 and EDTF
        ("2022-05-18", "2022-05-18", "2022-05-18", DAY, ON),
        ("2022-05-18T08:30", "2022-05-18", "2022-05-18", DAY, ON),
        ("2022-05", "2022-05-01", "2022-05-31", MONTH, WITHIN),
        ("2022-05-04/2022-05-20", "2022-05-04", "2022-05-20", DAY, ON),
        ("2022-05~", "2022-05-01", "2022-05-31", MONTH, WITHIN),
        ("2022?", "2022-01-01", "2022-12-31", YEAR, WITHIN),
        ("../2022-05-14", "", "2022-05-14", DAY, BEFORE),
        ("2022-05-14/..", "2022-05-14", "", DAY, AFTER),
    ],
)
def test_written_dates(words, start, end, precision, relation):
    period = parse_period(words)
    assert (period.start, period.end) == (day(start), day(end))
    assert (period.precision, period.relation) == (precision, relation)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("18/5", "2022-05-18", "2022-05-18"),
        ("sáng ngày 18/5", "2022-05-18", "2022-05-18"),
        ("giữa tháng 5", "2022-05-11", "2022-05-20"),
        ("28/4 - 02/5", "2022-04-28", "2022-05-02"),
        ("cuối năm", "2022-09-01", "2022-12-31"),
        ("18/5/2024", "2024-05-18", "2024-05-18"),
    ],
)
def test_the_year_given_stands_in_for_one_left_out(words, start, end):
    period = parse_period(words, year=2022)
    assert (period.start, period.end) == (day(start), day(end))


@pytest.mark.parametrize(
    ("words", "start_time", "end_time"),
    [
        ("8 giờ 30 ngày 18/5/2022", time(8, 30), None),
        ("8h30, ngày 18/5/2022", time(8, 30), None),
        ("14:00 ngày 18/5/2022", time(14), None),
        ("8 giờ 00 phút ngày 18/5/2022", time(8), None),
        ("8 giờ 18/5/2022", time(8), None),
        ("2022-05-18T08:30", time(8, 30), None),
        ("từ 8h00 đến 11h30 ngày 18/5/2022", time(8), time(11, 30)),
        ("ngày 18/5/2022, từ 8 giờ 00 đến 11 giờ 30", time(8), time(11, 30)),
        ("từ 8h00 ngày 16/5 đến 17h00 ngày 18/5/2022", time(8), time(17)),
        ("trước 17 giờ 00 ngày 14/5/2022", None, time(17)),
        ("2 giờ chiều ngày 18/5/2022", time(14), None),
        ("từ 8h sáng đến 2h chiều ngày 18/5/2022", time(8), time(14)),
        ("8:30 pm, 18/5/2022", time(20, 30), None),
        ("8 giờ rưỡi ngày 18/5/2022", time(8, 30), None),
        ("sáng ngày 18/5/2022", None, None),
    ],
)
def test_times_of_day(words, start_time, end_time):
    period = parse_period(words)
    assert (period.start_time, period.end_time) == (start_time, end_time)


@pytest.mark.parametrize(
    ("words", "amount", "unit"),
    [
        ("01 ngày, trong tháng 4/2024", 1, "ngày"),
        ("dự kiến 01 buổi, 16 - 18/5/2022", 1, "buổi"),
        ("02 ngày, 16 - 17/5/2022", 2, "ngày"),
        ("trong hai ngày 16 và 17/5/2022", 2, "ngày"),
        ("nửa ngày, tháng 5/2022", 0.5, "ngày"),
        ("90 phút, ngày 18/5/2022", 90, "phút"),
        ("kéo dài 02 giờ, 8 giờ 00 ngày 18/5/2022", 2, "giờ"),
    ],
)
def test_durations(words, amount, unit):
    assert parse_period(words).duration == Duration(amount, unit)


@pytest.mark.parametrize(
    ("words", "names", "formal"),
    [
        ("định kỳ 6 tháng và năm", ("6 tháng", "năm"), "định kỳ 6 tháng và năm"),
        ("định kỳ hằng quý, 6 tháng và năm", ("quý", "6 tháng", "năm"), None),
        ("hằng quý", ("quý",), "hằng quý"),
        ("hàng tháng", ("tháng",), "hằng tháng"),
        ("Hằng năm", ("năm",), "hằng năm"),
        ("định kỳ 6 tháng/lần", ("6 tháng",), "định kỳ 6 tháng"),
        ("trước ngày 25 hằng tháng", ("tháng",), "hằng tháng"),
        ("01 ngày, hằng quý", ("quý",), "01 ngày, hằng quý"),
    ],
)
def test_recurrences_have_no_date(words, names, formal):
    period = parse_period(words, year=2024)
    assert period.recurrence == names
    assert (period.start, period.end, period.exact) == (None, None, False)
    assert formal in (None, official.formal(period))


def test_a_recurrence_may_stand_beside_a_date():
    period = parse_period("trước ngày 15/12/2024, định kỳ 6 tháng và năm")
    assert (period.end, period.recurrence) == (date(2024, 12, 15), ("6 tháng", "năm"))


@pytest.mark.parametrize(
    ("words", "exact"),
    [
        ("Từ ngày 04 - 20/5/2022", True),
        ("18/5/2022", True),
        ("8 giờ 30 ngày 18/5/2022", True),
        ("01 buổi, ngày 18/5/2022", True),
        ("03 ngày, từ ngày 16 đến 18/5/2022", True),
        ("01 tuần, từ ngày 16 đến 20/5/2022", True),
        ("02 ngày, từ ngày 16 đến 18/5/2022", False),
        ("02 buổi, 16 - 17/5/2022", False),
        ("trong khoảng thời gian từ ngày 16 đến 18/5/2022", False),
        ("dự kiến ngày 18/5/2022", False),
        ("khoảng 18/5/2022", False),
        ("2022-05-18?", False),
        ("trước ngày 14/5/2022", False),
        ("từ ngày 14/5/2022", False),
        ("ngày … tháng 10 năm 2022", False),
    ],
)
def test_only_certain_days_are_exact(words, exact):
    assert parse_period(words).exact is exact


def test_a_duration_shorter_than_the_span_is_not_exact_however_the_period_was_made():
    span = parse_period("16 - 18/5/2022")
    assert span.exact
    assert not replace(span, duration=Duration(1, "buổi")).exact


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("Hoàn thành trước 18/5/2024", "2024-05-17", "2024-05-17"),
        ("trước ngày 01/3/2024", "2024-02-29", "2024-02-29"),
        ("trước hoặc trong ngày 18/5/2024", "2024-05-18", "2024-05-18"),
        ("trong hoặc trước ngày 18/5/2024", "2024-05-18", "2024-05-18"),
        ("chậm nhất ngày 18/5/2024", "2024-05-18", "2024-05-18"),
        ("đến hết ngày 18/5/2024", "2024-05-18", "2024-05-18"),
        ("trước 17 giờ ngày 14/5/2024", "2024-05-14", "2024-05-14"),
        ("trước 0 giờ ngày 14/5/2024", "2024-05-13", "2024-05-13"),
        ("trước tháng 6/2022", "2022-05-01", "2022-05-31"),
        ("chậm nhất tháng 2/2024", "2024-02-01", "2024-02-29"),
        ("trước cuối tháng 10/2024", "2024-10-11", "2024-10-20"),
        ("trước quý III/2022", "2022-04-01", "2022-06-30"),
        ("trước năm 2030", "2029-01-01", "2029-12-31"),
        ("sau ngày 14/5/2022", "2022-05-15", "2022-05-15"),
        ("kể từ ngày 14/5/2022", "2022-05-14", "2022-05-14"),
        ("sau tháng 5/2022", "2022-06-01", "2022-06-30"),
        ("cuối tháng 10/2022", "2022-10-21", "2022-10-31"),
        ("Tháng 5 - 6 năm 2022", "2022-05-01", "2022-06-30"),
        ("16 - 18/5/2022", "2022-05-16", "2022-05-18"),
    ],
)
def test_the_days_a_calendar_marks_end_with_the_last_day_in_time(words, start, end):
    period = parse_period(words)
    assert tuple(map(str, period.span)) == (start, end)
    if period.relation is BEFORE:
        assert str(period.last) == end


def test_a_rhythm_marks_no_day():
    assert parse_period("định kỳ 6 tháng và năm").span is None


@pytest.mark.parametrize(
    ("words", "exclusive"),
    [
        ("trước ngày 14/5/2022", True),
        ("chậm nhất trước ngày 14/5/2022", True),
        ("chậm nhất ngày 14/5/2022", False),
        ("đến ngày 14/5/2022", False),
        ("sau ngày 14/5/2022", True),
        ("kể từ ngày 14/5/2022", False),
    ],
)
def test_whether_the_named_day_is_itself_outside(words, exclusive):
    assert parse_period(words).exclusive is exclusive


def test_the_words_stay_as_written_but_for_spaces_and_normal_form():
    written = unicodedata.normalize("NFD", "  Từ  ngày\u00a004 – 20/5/2022 ")
    assert parse_period(written).words == "Từ ngày 04 – 20/5/2022"


@pytest.mark.parametrize(
    ("words", "formal"),
    [
        ("18/5", "ngày 18 tháng 5 năm 2022"),
        ("3/1/2025", "ngày 03 tháng 01 năm 2025"),
        ("04 - 20/5/2022", "từ ngày 04 đến ngày 20 tháng 5 năm 2022"),
        ("28/4 - 02/5/2022", "từ ngày 28 tháng 4 đến ngày 02 tháng 5 năm 2022"),
        (
            "30/12/2024 - 03/1/2025",
            "từ ngày 30 tháng 12 năm 2024 đến ngày 03 tháng 01 năm 2025",
        ),
        ("tháng 5 - 6/2022", "từ tháng 5 đến tháng 6 năm 2022"),
        ("15/5 đến hết tháng 5", "từ ngày 15 tháng 5 đến hết tháng 5 năm 2022"),
        ("từ quý 2 đến hết năm 2024", "từ quý II đến hết năm 2024"),
        ("từ giữa tháng 5 đến cuối tháng 6", "từ giữa tháng 5 đến cuối tháng 6 năm 2022"),
        ("01 ngày, dự kiến đầu tháng 4/2021", "dự kiến 01 ngày, đầu tháng 4 năm 2021"),
        ("01 ngày, tháng 4/2024", "01 ngày, trong tháng 4 năm 2024"),
        (
            "dự kiến 01 buổi, 16 - 18/5/2022",
            "dự kiến 01 buổi, trong khoảng thời gian từ ngày 16 đến ngày 18 tháng 5 năm 2022",
        ),
        ("trước 14/5", "trước ngày 14 tháng 5 năm 2022"),
        ("không quá 25/5", "chậm nhất ngày 25 tháng 5 năm 2022"),
        ("quý 2/2024", "quý II năm 2024"),
        ("8h05 18/5", "8 giờ 05 ngày 18 tháng 5 năm 2022"),
        ("8h - 11h30, 18/5", "từ 8 giờ 00 đến 11 giờ 30 ngày 18 tháng 5 năm 2022"),
    ],
)
def test_the_official_form(words, formal):
    assert official.formal(parse_period(words, year=2022)) == formal


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("18/5/2022", "2022-05-18"),
        ("8h30 ngày 18/5/2022", "2022-05-18T08:30:00"),
        ("04 - 20/5/2022", "2022-05-04/2022-05-20"),
        ("tháng 5/2022", "2022-05"),
        ("dự kiến tháng 5 - 6/2022", "2022-05~/2022-06~"),
        ("quý II/2024", "2024-04/2024-06"),
        ("năm 2024", "2024"),
        ("trước ngày 14/5/2022", "../2022-05-13"),
        ("chậm nhất ngày 14/5/2022", "../2022-05-14"),
        ("trước 17 giờ ngày 14/5/2022", "../2022-05-14"),
        ("trước 0 giờ ngày 14/5/2022", "../2022-05-13"),
        ("trước tháng 5/2022", "../2022-04"),
        ("kể từ ngày 14/5/2022", "2022-05-14/.."),
        ("sau năm 2022", "2023/.."),
        ("cuối tháng 10/2022", ""),
        ("đầu năm 2022", ""),
        ("01 buổi, 16 - 18/5/2022", ""),
        ("định kỳ 6 tháng và năm", ""),
    ],
)
def test_edtf_where_it_says_the_same(words, edtf):
    assert parse_period(words).edtf() == edtf


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("16/3/2021", "ngày 16 tháng 3 năm 2021"),
        ("ngày tháng 10 năm 2022", "ngày      tháng 10 năm 2022"),
        ("tháng 02/2024", "ngày      tháng 02 năm 2024"),
        ("năm 2024", "năm 2024"),
    ],
)
def test_the_date_line_of_a_document(words, line):
    assert document_date(parse_period(words)) == line


@pytest.mark.parametrize(
    "words",
    [
        *("16 - 18/5/2022", "cuối tháng 5/2022", "đầu năm 2024", "quý II/2022", "hằng năm"),
        *("trước 14/5/2022", "dự kiến 16/3/2021", "8h00 ngày 16/3/2021", "01 buổi, 16/3/2021"),
    ],
)
def test_a_document_has_one_plain_date(words):
    with pytest.raises(PeriodError, match="16/3/2021") as refused:
        document_date(parse_period(words))
    assert refused.value.kind == "ambiguous-date"


@pytest.mark.parametrize(
    ("written", "official"),
    [
        (date(2022, 5, 6), "ngày 06 tháng 5 năm 2022"),
        (date(2024, 1, 31), "ngày 31 tháng 01 năm 2024"),
        (date(2024, 2, 9), "ngày 09 tháng 02 năm 2024"),
        (date(2024, 3, 10), "ngày 10 tháng 3 năm 2024"),
        (date(2024, 12, 1), "ngày 01 tháng 12 năm 2024"),
    ],
)
def test_zeros_of_decree_30(written, official):
    assert format_day(written) == official


@pytest.mark.parametrize(
    ("words", "kind", "column", "says"),
    [
        ("31/2/2022", "invalid-date", 0, "tháng 2 năm 2022 có 28 ngày"),
        ("từ 28/4 đến 31/4/2022", "invalid-date", 12, "tháng 4 năm 2022 có 30 ngày"),
        ("2022-02-30", "invalid-date", 0, "có 28 ngày"),
        ("ngày 0/5/2022", "invalid-date", 0, "không có ngày 0"),
        ("tháng 13/2022", "invalid-date", 0, "hãy ghi tháng từ 1 đến 12"),
        ("2022-21", "invalid-date", 0, "không có tháng 21"),
        ("quý 5/2022", "invalid-date", 0, "hãy ghi quý từ 1 đến 4"),
        ("18/5/1899", "invalid-date", 0, "không có năm 1899"),
        ("18/5/2200", "invalid-date", 0, "không có năm 2200"),
        ("ngày 45 hằng tháng", "invalid-date", 0, "không có ngày 45"),
        ("31/4 hằng năm", "invalid-date", 0, "tháng 4 có nhiều nhất 30 ngày"),
        ("25 giờ ngày 18/5/2022", "invalid-date", 0, "từ 0 giờ 00 đến 24 giờ 00"),
        ("24 giờ 01 ngày 18/5/2022", "invalid-date", 0, "không có giờ “24 giờ 01”"),
        ("00 ngày, tháng 5/2022", "invalid-date", 0, "01 ngày"),
        ("20/5 - 04/5/2022", "reversed-date", 0, "hãy đổi chỗ"),
        ("từ ngày 30/12/2025 đến ngày 03/1/2025", "reversed-date", 3, "30/12/2024 - 03/1/2025"),
        ("từ 11h30 đến 8h00 ngày 18/5/2022", "reversed-date", 3, "giờ kết thúc"),
        ("14 giờ sáng ngày 18/5/2022", "contradictory-date", 0, "không thuộc buổi sáng"),
        ("04 ngày, 16 - 18/5/2022", "contradictory-date", 0, "dài hơn"),
        ("thứ Ba, ngày 18/5/2022", "contradictory-date", 0, "năm 2022 là thứ tư"),
        (
            "từ thứ Hai, ngày 16/5 đến thứ Bảy, ngày 20/5/2022",
            *("contradictory-date", 26, "năm 2022 là thứ sáu, không phải thứ bảy"),
        ),
        ("thứ Bảy, Chủ nhật ngày 16 - 17/5/2022", "contradictory-date", 0, "là thứ hai"),
    ],
)
def test_what_cannot_be_names_the_place_and_the_remedy(words, kind, column, says):
    with pytest.raises(PeriodError) as refused:
        parse_period(words)
    assert (refused.value.kind, refused.value.column) == (kind, column)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("words", "kind", "column", "says"),
    [
        ("18/5", "ambiguous-date", 0, "“18/5” chưa có năm"),
        ("trước ngày 14/5", "ambiguous-date", 6, "“ngày 14/5” chưa có năm"),
        ("cuối năm", "ambiguous-date", 0, "chưa có năm"),
        ("tháng 5 - 2022", "ambiguous-date", 0, "“tháng 5” chưa có năm"),
        ("ngày 18/2022", "ambiguous-date", 5, "hãy ghi đủ ngày và tháng"),
        ("18-5", "ambiguous-date", 0, "chưa có năm"),
        ("16, 18/5/2022", "ambiguous-date", 4, "hãy ghi `when` thành danh sách"),
        ("Đợt 1: 5/2022; Đợt 2: 10/2022", "ambiguous-date", 0, "hãy ghi `when` thành danh sách"),
        ("8 giờ 15, 16/5/2022", "ambiguous-date", 0, "hãy thêm “phút” hoặc “ngày”"),
        ("8h - 11h, từ 16/5 đến 18/5/2022", "ambiguous-date", 0, "hãy thêm “hằng ngày”"),
        ("8h00, tháng 5/2022", "ambiguous-date", 0, "giờ chỉ đi với ngày cụ thể"),
        ("trước, trong và sau ngày 20/5/2022", "ambiguous-date", 7, "chỉ đi với một mốc"),
        ("từ tháng 5 đến tháng 6 năm sau", "ambiguous-date", 15, "chưa có năm"),
        ("mùng 10 tháng 3 âm lịch", "unknown-date", 16, "hãy ghi thêm ngày dương lịch"),
        ("trong dịp", "unknown-date", 6, "không hiểu “dịp”"),
        ("không tổ chức ngày 14/5/2022", "unknown-date", 0, "không hiểu “không”"),
        ("15 ngày trước ngày 18/5/2022", "unknown-date", 8, "không hiểu “trước”"),
        ("trước ngày 18/5/2022 10 ngày", "unknown-date", 21, "không hiểu “10”"),
        ("12 - 18/5/2022 (trừ thứ Bảy)", "unknown-date", 16, "không hiểu “trừ”"),
        ("cuối tháng … năm 2022", "unknown-date", 0, "không hiểu “cuối tháng … năm 2022”"),
        ("từ 16/5 đến", "unknown-date", 11, "thiếu ngày kết thúc"),
        ("8h30", "unknown-date", 0, "hãy ghi như"),
        ("", "unknown-date", 0, "hãy ghi như"),
        ("5/2022" + " " * 295, "unknown-date", 300, "dài quá 300 ký tự"),
    ],
)
def test_what_is_not_understood_has_its_words_a_doubt_and_no_date(words, kind, column, says):
    period = parse_period(words)
    assert (period.start, period.end, period.span, period.understood) == (None, None, None, False)
    assert period.words == official.formal(period) == " ".join(words.split())
    assert period.doubt is not None
    assert (period.doubt.kind, period.doubt.column) == (kind, column)
    assert says in f"{period.doubt.message}; hãy {period.doubt.hint}"


def test_the_column_counts_in_the_text_as_given():
    period = parse_period(unicodedata.normalize("NFD", "dự kiến trong dịp"))
    assert period.doubt
    assert period.doubt.column == len(unicodedata.normalize("NFD", "dự kiến trong "))


@pytest.mark.parametrize("words", ["kể từ ngày ký", "ngay sau khi ban hành", "từ nay"])
def test_what_is_relative_to_an_event_is_understood_and_has_no_date(words):
    period = parse_period(words, year=2022)
    assert (period.understood, period.start, period.end, period.recurrence) == (
        True,
        None,
        None,
        (),
    )


@pytest.mark.parametrize(
    ("words", "sessions", "start_time", "end_time"),
    [
        (
            "từ 8h đến 11h30 và 13h30 đến 17h ngày 16/5/2025",
            ((time(8), time(11, 30)), (time(13, 30), time(17))),
            *(time(8), time(17)),
        ),
        (
            "Sáng: 8h00-11h30; chiều: 1h30-5h00, ngày 16/5/2025",
            ((time(8), time(11, 30)), (time(13, 30), time(17))),
            *(time(8), time(17)),
        ),
        ("8 giờ và 14 giờ ngày 16/5/2025", ((time(8), None), (time(14), None)), time(8), None),
        ("8h - 17h hằng ngày, 15 - 18/5/2025", ((time(8), time(17)),), time(8), time(17)),
        ("8h - 17h, 15/5/2025", (), time(8), time(17)),
        ("20 giờ 00 ngày 15/5 đến 24 giờ ngày 18/5/2025", (), time(20), None),
    ],
)
def test_hours_of_each_day(words, sessions, start_time, end_time):
    period = parse_period(words)
    assert period.sessions == sessions
    assert (period.start_time, period.end_time) == (start_time, end_time)
    assert period.exact


@pytest.mark.parametrize(
    ("words", "assumed"),
    [("18/5", True), ("18/5/2022", False), ("năm sau", False), ("hằng năm", False)],
)
def test_whether_the_words_name_the_year(words, assumed):
    assert parse_period(words, year=2022).year_assumed is assumed


DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
DAY_FORMS = ["{0.day}/{0.month}/{0.year}", "{0:%Y-%m-%d}", "ngày {0:%d} tháng {0:%m} năm {0.year}"]
COARSE_FORMS = [
    *("tháng {0.month}/{0.year}", "{0:%Y-%m}", "năm {0.year}", "ngày … tháng {0.month}/{0.year}"),
    *("đầu tháng {0.month}/{0.year}", "hạ tuần tháng {0:%m/%Y}", "quý {quarter}/{0.year}"),
    *("đầu quý {quarter} năm {0.year}", "giữa năm {0.year}", "cuối năm {0.year}"),
]
LONE_FORMS = ["tuần 3 tháng {0:%m/%Y}", "6 tháng đầu năm {0.year}"]
LEADS = ["{}", "trong {}", "trước {}", "chậm nhất {}", "kể từ {}", "sau {}", "đến {}"]
SPANS = ["từ {} đến {}", "{} - {}", "trong khoảng thời gian từ {} đến {}", "{} đến hết {}"]
TIMED = ["8 giờ 05 {}", "trước 0h00 {}", "từ 7h30 đến 11 giờ, {}", "từ 8h00 {} đến 17:00 {}"]


def _dates(forms: list[str]) -> st.SearchStrategy[str]:
    quarters = ("I", "II", "III", "IV")
    return st.builds(
        lambda form, at: form.format(at, quarter=quarters[(at.month - 1) // 3]),
        st.sampled_from(forms),
        DAYS,
    )


def _sentences(days: bool, coarse: bool) -> st.SearchStrategy[str]:
    """Times in words, of every shape the grammar has, naming days, coarser units, or both."""
    forms = DAY_FORMS * days + COARSE_FORMS * coarse
    shapes = [(LEADS, forms + LONE_FORMS * coarse), (SPANS, forms), (TIMED, DAY_FORMS)]
    return st.builds(
        "{}{}{}{}".format,
        st.sampled_from(["", "dự kiến "]),
        st.sampled_from(["", "01 ngày, ", "nửa ngày, ", "02 buổi, ", "kéo dài 03 giờ, "]),
        st.one_of(
            st.builds(str.format, st.sampled_from(shape), _dates(forms), _dates(forms))
            for shape, forms in shapes[: 2 + days]
        ),
        st.sampled_from(["", ", hằng quý", ", định kỳ 6 tháng và năm"]),
    )


def _read(words: str, year: int | None = None) -> Period | PeriodError:
    try:
        return parse_period(words, year=year)
    except PeriodError as refused:
        return refused


def _ordered(words: str) -> Period:
    """The period, where the two dates drawn for it happen to stand in order."""
    period = _read(words)
    if isinstance(period, PeriodError):
        assert period.kind == "reversed-date"
    assume(isinstance(period, Period))
    return period


@given(_sentences(days=True, coarse=True))
def test_the_official_form_is_read_back_as_the_same_period(words):
    period = _ordered(words)
    again = parse_period(official.formal(period))
    assert replace(again, words=period.words) == period


@given(_sentences(days=True, coarse=True))
def test_edtf_is_read_back_as_the_same_dates(words):
    period = _ordered(words)
    assume(period.edtf() and not period.exclusive)
    again = parse_period(period.edtf())
    assert (again.start, again.end) == (period.start, period.end)
    assert again.approximate == period.approximate


@given(_sentences(days=True, coarse=True))
def test_no_period_ends_before_it_starts(words):
    period = _ordered(words)
    assert period.start or period.end
    assert (period.start or date.min) <= (period.end or date.max)


@given(_sentences(days=False, coarse=True))
def test_what_names_no_day_is_never_exact(words):
    period = _ordered(words)
    assert not period.exact
    assert period.precision is not DAY


@given(_sentences(days=True, coarse=False))
def test_what_is_planned_or_bounded_is_never_exact(words):
    period = _ordered(words)
    once = not period.recurrence
    assert period.exact == (period.relation is ON and not period.approximate and once)


@given(DAYS)
def test_every_iso_date_is_that_day(at):
    period = parse_period(at.isoformat())
    assert (period.start, period.end, period.exact) == (at, at, True)
    assert period.edtf() == at.isoformat()
    assert parse_period(format_day(at)) == replace(period, words=format_day(at))
    assert parse_period(document_date(period)).start == at


WORDS = """
từ đến hết và , - – / .. … ( ) ~ ? trước sau trong khoảng của các thứ hằng quý II ngày tháng năm
tuần buổi sáng đầu cuối 5 16 31 2022 18/5 18/5/2022 5/2022 8h30 8 giờ phút T08:30 2022-05 2022-05-18
định_kỳ_6_tháng_và_năm 01_ngày nửa_ngày dự_kiến chậm_nhất tuần_thứ_ba ſau İ ١٨ 999999999999 chạp
"""
PHRASES = [phrase for phrases in VOCABULARY.values() for phrase in phrases]
FRAGMENTS = st.lists(
    st.sampled_from(WORDS.split()).map(lambda w: w.replace("_", " ")) | st.sampled_from(PHRASES),
    max_size=8,
)


@given(
    st.text(max_size=320) | FRAGMENTS.map(" ".join) | FRAGMENTS.map("".join),
    st.none() | st.integers(1900, 2199),
)
def test_any_text_is_read_back_doubted_or_refused_with_a_place_in_it(text, year):
    period = _read(text, year)
    if isinstance(period, PeriodError):
        assert period.kind in {"invalid-date", "reversed-date", "contradictory-date"}
        assert 0 <= period.column <= len(text)
    elif period.doubt:
        assert period.doubt.kind in {"ambiguous-date", "unknown-date"}
        assert 0 <= period.doubt.column <= len(text)
        assert (period.start, period.end, period.recurrence, period.exact) == (
            None,
            None,
            (),
            False,
        )
    else:
        assert (
            replace(parse_period(official.formal(period), year=year), words=period.words) == period
        )


@pytest.mark.parametrize(
    "piece",
    [
        "từ ",
        "(",
        "1",
        "1 ",
        "1/",
        "1-",
        "1.",
        "…",
        ". ",
        "và ",
        "thứ ",
        "ngày ",
        "8 giờ ",
        "hằng ",
        "x ",
        "; ",
    ],
)
def test_long_texts_are_read_in_a_number_of_steps_that_grows_with_their_length(piece):
    """Counted in lines of Python that run, which no other load on the machine changes."""

    def steps(text: str) -> int:
        count = 0

        def trace(*_: object) -> object:
            nonlocal count
            count += 1
            return trace

        sys.settrace(trace)
        try:
            _read(text)
        finally:
            sys.settrace(None)
        return count

    short, long = piece * (72 // len(piece)), piece * (288 // len(piece))
    assert steps(long) < 10 * steps(short) + 1000
