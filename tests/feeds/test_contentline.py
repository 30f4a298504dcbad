"""Content lines, as RFC 5545 has them and as icalendar writes them."""

from datetime import date, datetime, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.department import SITE
from kehoach.feeds import ics
from kehoach.feeds.contentline import escaped, folded
from kehoach.feeds.text import line, printable
from kehoach.site import TIMEZONE

VIETNAMESE = "Hội nghị tổng kết; “đổi mới”, sáng tạo: ngày 18/5 \\ 2024 ^ ẾỆ 𝕊🎉"
LETTERS = st.one_of(
    st.sampled_from([*VIETNAMESE, "\r", "\n", "\r\n", "\t", "\x07", "\x85", "\\n", "\u2028"]),
    st.characters(exclude_categories=["Cs"]),
)
# icalendar takes a written "\N" for a line end: RFC 5545 §3.3.11 has that only in what is escaped.
TEXTS = st.lists(LETTERS, max_size=120).map("".join).filter(lambda text: "\\N" not in text)
# Again for what is left of a text: a control character may have parted the two.
LINES = TEXTS.map(line).filter(lambda text: "\\N" not in text)
PARAGRAPHS = TEXTS.map(printable).filter(lambda text: "\\N" not in text)
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)).map(
    lambda moment: moment.replace(tzinfo=TIMEZONE)
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Hội thảo, “đổi mới; sáng tạo”", "Hội thảo\\, “đổi mới\\; sáng tạo”"),
        ("một\nhai\r\nba\rbốn", "một\\nhai\\nba\\nbốn"),
        ("C:\\New\\n", "C:\\\\New\\\\n"),
        ('8:30 "sáng" ^n', '8:30 "sáng" ^n'),
    ],
)
def test_text_is_escaped(text, value):
    assert escaped(text) == value


@pytest.mark.parametrize(
    ("text", "octets"),
    [
        ("", b"\r\n"),
        ("x" * 74, b"x" * 74 + b"\r\n"),
        ("x" * 75, b"x" * 74 + b"\r\n x\r\n"),
        ("x" * 149, b"x" * 74 + b"\r\n " + b"x" * 74 + b"\r\n x\r\n"),
        ("x" * 73 + "Đ", b"x" * 73 + b"\r\n \xc4\x90\r\n"),
        ("x" * 72 + "Đ!", b"x" * 72 + b"\xc4\x90\r\n !\r\n"),
        ("x" * 71 + "𝕊", b"x" * 71 + b"\r\n \xf0\x9d\x95\x8a\r\n"),
        ("x" * 73 + "\\,y", b"x" * 73 + b"\r\n \\,y\r\n"),
        ("x" * 73 + "^ny", b"x" * 73 + b"\r\n ^ny\r\n"),
    ],
)
def test_a_long_line_is_folded_between_letters(text, octets):
    assert folded([text]) == octets


def test_lines_follow_each_other():
    assert folded(["BEGIN:VEVENT", "END:VEVENT"]) == b"BEGIN:VEVENT\r\nEND:VEVENT\r\n"


@given(TEXTS)
def test_a_text_property_is_what_icalendar_writes(text):
    event = icalendar.Event()
    event.add("description", text)
    theirs = event.to_ical().split(b"\r\n", 1)[1].removesuffix(b"END:VEVENT\r\n")
    assert folded([f"DESCRIPTION:{escaped(text)}"]) == theirs


@given(TEXTS)
def test_a_text_comes_back_as_it_was(text):
    octets = folded([f"DESCRIPTION:{escaped(text)}"])
    assert all(len(piece) <= 75 for piece in octets.split(b"\r\n"))
    unfolded = octets.replace(b"\r\n ", b"").removesuffix(b"\r\n").decode()
    _, _, value = icalendar.parser.Contentline(unfolded).parts()
    assert value == text.replace("\r\n", "\n").replace("\r", "\n")


@st.composite
def entries(draw: st.DrawFn) -> ics.Entry:
    """Any entry that a plan could give."""
    day = draw(st.dates(date(1900, 1, 1), date(2199, 12, 30)))
    start, end = day, day + timedelta(days=1)
    if draw(st.booleans()):
        start = draw(MOMENTS).replace(microsecond=0)
        end = draw(st.none() | st.just(start + timedelta(hours=2)))
    modified = draw(st.none() | MOMENTS)
    name = ("su-kien", "2024", draw(st.from_regex("[a-z0-9-]+", fullmatch=True)))
    number = draw(st.sampled_from([(), ("2",)]))
    return ics.Entry(
        uid=ics.uid((*name, *number), SITE),
        whole=ics.uid(name, SITE),
        daily=draw(st.integers(1, 40)),
        sequence=draw(st.none() | st.integers(0, 50)),
        modified=modified and modified.isoformat(),
        stamp=draw(MOMENTS).isoformat(),
        start=start.isoformat(),
        end=end and end.isoformat(),
        first=day.isoformat(),
        last=day.isoformat(),
        summary=draw(LINES),
        description=draw(PARAGRAPHS),
        location=draw(LINES),
        url=SITE.absolute(f"su-kien/2024/{draw(st.from_regex('[a-z0-9-]*', fullmatch=True))}/"),
        status=draw(st.sampled_from(["CONFIRMED", "TENTATIVE", "CANCELLED"])),
        transparent=draw(st.booleans()),
        categories=draw(st.lists(LINES, min_size=1, max_size=2)),
        alarms=draw(st.sampled_from([[], list(ics.REMINDERS)])),
    )


@given(entries())
def test_an_entry_is_what_icalendar_writes(entry):
    assert entry.component == _by_icalendar(entry)


def _by_icalendar(entry: ics.Entry) -> bytes:
    event = icalendar.Event()
    event.add("uid", entry["uid"])
    event.add("dtstamp", datetime.fromisoformat(entry["stamp"]))
    event.add("dtstart", _time(entry["start"]))
    if entry["end"]:
        event.add("dtend", _time(entry["end"]))
    if entry["daily"] > 1:
        event.add("rrule", {"FREQ": "DAILY", "COUNT": entry["daily"]})
    if entry["uid"] != entry["whole"]:
        event.add("related-to", entry["whole"], parameters={"RELTYPE": "SIBLING"})
    if entry["sequence"] is not None:
        event.add("sequence", entry["sequence"])
    if entry["modified"]:
        event.add("last-modified", datetime.fromisoformat(entry["modified"]))
    event.add("status", entry["status"])
    event.add("transp", "TRANSPARENT" if entry["transparent"] else "OPAQUE")
    event.add("summary", entry["summary"])
    event.add("categories", entry["categories"])
    for name in ("description", "location", "url"):
        if entry[name]:
            event.add(name, entry[name])
    for trigger in entry["alarms"]:
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry["summary"])
        alarm.add("trigger", icalendar.vDuration.from_ical(trigger))
        event.add_component(alarm)
    return event.to_ical(sorted=False)


def _time(text: str) -> date | datetime:
    if "T" not in text:
        return date.fromisoformat(text)
    return datetime.fromisoformat(text).replace(tzinfo=TIMEZONE)
