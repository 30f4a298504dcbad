"""No fuzzy time ever gives a precise start, to whomever it is told."""

import json
import re
from datetime import date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from feeds.department import SITE, few
from kehoach.feeds import api, ics, jsonld, times
from kehoach.history import History
from kehoach.pages import parts
from kehoach.records.event import Deadline, Event, EventStatus, Slogan
from kehoach.records.period import Period, PeriodError, Precision, Relation, parse_period
from kehoach.records.plan import Plan
from kehoach.records.source import Parsed
from kehoach.records.unit import Units

DAYS = st.dates(date(1901, 1, 1), date(2198, 12, 31))


def plan(when: Period | None, status: EventStatus = EventStatus.SCHEDULED) -> Plan:
    """A plan with one event, one deadline and one slogan at the same time."""
    event = Event(id="e", title="Tọa đàm", when=when, place="Sở", status=status)
    made = Plan(
        title="Kế hoạch",
        issuer="Sở",
        date=parse_period("ngày 01/5/2024"),
        events=(event,),
        deadlines=(Deadline(id="d", what="Gửi", when=when),) if when else (),
        slogans=(Slogan(id="s", text="Chào mừng", when=when),),
    )
    made.attach(Parsed("content/ke-hoach/2024/x.md"), "ke-hoach/2024/x/")
    return made


def numeric(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def month(day: date) -> str:
    return f"tháng {day.month}/{day.year}"


@st.composite
def written(draw: st.DrawFn) -> str:
    """A time in words, as plans write it."""
    day = draw(DAYS)
    later = day + timedelta(days=draw(st.integers(1, 40)))
    core = draw(
        st.sampled_from(
            [
                f"ngày {numeric(day)}",
                f"từ ngày {numeric(day)} đến ngày {numeric(later)}",
                month(day),
                f"đầu {month(day)}",
                f"cuối {month(day)}",
                f"tháng {day.month} năm {day.year}",
                f"quý II/{day.year}",
                f"năm {day.year}",
                f"trước ngày {numeric(day)}",
                f"trước {month(day)}",
                f"chậm nhất ngày {numeric(day)}",
                f"sau ngày {numeric(day)}",
                f"kể từ {month(day)}",
                f"trong {month(day)}",
                f"trong khoảng thời gian từ ngày {numeric(day)} đến ngày {numeric(later)}",
                f"8 giờ 30, ngày {numeric(day)}",
                f"từ 8 giờ đến 11 giờ, ngày {numeric(day)}",
                f"định kỳ hằng tháng, từ ngày {numeric(day)} đến ngày {numeric(later)}",
                "định kỳ 6 tháng và năm",
            ]
        )
    )
    return draw(st.sampled_from(["", "dự kiến ", "khoảng ", "01 buổi, ", "01 ngày, "])) + core


@st.composite
def periods(draw: st.DrawFn) -> Period:
    try:
        return parse_period(draw(written()))
    except PeriodError:
        assume(False)


FUZZY = periods().filter(lambda when: not times.certain(when))
SURE = periods().filter(times.certain)


def vevents(made: Plan) -> list[icalendar.Event]:
    entries = ics.plan_entries(made, Units([]), SITE, History())
    calendar = b"".join(ics.calendar(entries, name="x", url=""))
    return icalendar.Calendar.from_ical(calendar).walk("VEVENT")


@given(FUZZY, st.sampled_from(EventStatus))
def test_a_fuzzy_time_is_tentative_all_day_and_leads_with_its_words(when, status):
    for event in vevents(plan(when, status)):
        assert event["STATUS"] in ("TENTATIVE", "CANCELLED")
        assert event["TRANSP"] == "TRANSPARENT"
        assert event["SUMMARY"].startswith(f"{when.words}: ")
        start, end = event["DTSTART"].dt, event["DTEND"].dt - timedelta(days=1)
        assert not isinstance(start, datetime)
        assert (start, end) == when.span
        if when.relation is Relation.BEFORE:
            assert end == when.last
        if when.precision is not Precision.DAY:
            assert start < end


@given(FUZZY)
def test_only_what_names_no_day_is_in_no_calendar(when):
    assert len(vevents(plan(when))) == (3 if when.start or when.end else 0)


@given(FUZZY, st.sampled_from(EventStatus))
def test_a_fuzzy_time_is_no_event_to_search_engines(when, status):
    made = plan(when, status)
    assert jsonld.event(made.events[0], few(), SITE) is None


@given(periods())
def test_a_page_gives_machines_a_date_of_a_certain_time_only(when):
    told = parts.period(when)
    assert told["words"] == when.words
    hour = f"T{when.start_time:%H:%M}+07:00" if when.start_time else ""
    assert told["datetime"] == (f"{when.start}{hour}" if times.certain(when) else "")
    assert told["leaf"]["fuzzy"] is not told["exact"]


@given(periods())
def test_no_calendar_repeats_an_event(when):
    assert all("RRULE" not in event and "RDATE" not in event for event in vevents(plan(when)))


@given(FUZZY)
def test_no_json_holds_a_date_of_a_fuzzy_time_alone(when):
    made = plan(when)
    library = few(made)
    for data in (
        api.event(made.events[0], library, SITE, History()),
        api.deadline(made.deadlines[0], library, SITE, History()),
        api.slogan(made.slogans[0], SITE),
    ):
        assert data["when"]["words"] == when.words
        assert data["when"]["exact"] is False
        assert set(data["when"]) >= {"words", "start", "end", "precision", "relation", "exact"}
        rest = json.dumps({name: value for name, value in data.items() if name != "when"})
        assert not re.search(r"\d{4}-\d\d", rest)


@given(SURE)
def test_a_certain_time_is_told_the_same_everywhere(when):
    made = plan(when)
    event = vevents(made)[0]
    node = jsonld.event(made.events[0], few(), SITE)
    data: dict[str, Any] = times.data(when)
    assert (event["STATUS"], data["exact"]) == ("CONFIRMED", True)
    assert node["startDate"][:10] == data["start"] == when.start.isoformat()
    assert event["DTSTART"].dt.isoformat() == node["startDate"]
    if when.start_time is None:
        assert event["DTEND"].dt == when.end + timedelta(days=1)
        assert node.get("endDate", node["startDate"]) == when.end.isoformat()


def test_what_recurs_names_no_day_for_sure():
    assert not times.certain(parse_period("định kỳ hằng tháng, từ 01/01/2024 đến 31/12/2024"))


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("8 giờ 30, ngày 18/5/2024", "2024-05-18T08:30:00+07:00", None),
        ("8 giờ, ngày 16 - 18/5/2024", "2024-05-16T08:00:00+07:00", "2024-05-19T00:00:00+07:00"),
    ],
)
def test_an_end_that_nobody_named_is_not_made_up(words, start, end):
    made = plan(parse_period(words))
    entry = next(ics.plan_entries(made, Units([]), SITE, History()))
    assert (entry["start"], entry["end"]) == (start, end)
    assert jsonld.event(made.events[0], few(), SITE).get("endDate") == (
        "2024-05-18" if end else None
    )
