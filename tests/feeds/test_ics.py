"""Calendars, as icalendar and ical.js read them."""

import json
import re
from datetime import UTC, date, datetime

import icalendar
import pytest

from feeds.department import BODY, EVENT, HEAD, NOWHERE, PLAN, SITE, lay
from kehoach import feeds
from kehoach.history import Commit, History, Revision
from kehoach.records.library import Library
from kehoach.site import TIMEZONE
from node import npm
from whole import all_feeds

STAMP = datetime(2024, 5, 2, 9, tzinfo=TIMEZONE)


def calendars(library, site=SITE, history=None) -> dict[str, bytes]:
    made = all_feeds(library, site, history or History())
    return {feed.address: feed.content for feed in made if feed.address.endswith(".ics")}


def events(calendar: bytes) -> dict[str, icalendar.Event]:
    found = icalendar.Calendar.from_ical(calendar).walk("VEVENT")
    return {str(event["UID"]).partition("@")[0]: event for event in found}


def entry(library: Library, name: str, **more) -> icalendar.Event:
    return events(calendars(library, **more)["lich.ics"])[name]


def test_every_calendar_has_its_address(library):
    assert list(calendars(library)) == [
        "lich.ics",
        "lich/2024/lich.ics",
        "chu-de/2024/lich.ics",
        "don-vi/so-khcn/lich.ics",
        "don-vi/van-phong/lich.ics",
        "don-vi/phong-qlkh/lich.ics",
        "don-vi/cac-phong/lich.ics",
        "ke-hoach/2024/ngay-khcn/index.ics",
        "su-kien/2024/toa-dam/index.ics",
        "su-kien/2024/hoi-thao/index.ics",
        "su-kien/2024/hoi-nghi/index.ics",
        "su-kien/2024/treo-bang-ron/index.ics",
        "su-kien/2024/phong-su/index.ics",
    ]


def test_an_entry_is_written_once_for_all_shared_calendars(library):
    made = {f.address: f for f in feeds.shared("calendars", library, SITE, History())}
    everything = {id(chunk) for chunk in made["lich.ics"].chunks}
    entries = [c for c in made["don-vi/so-khcn/lich.ics"].chunks if c.startswith(b"BEGIN:VEVENT")]
    assert len(entries) == 6
    assert all(id(entry) in everything for entry in entries)


def test_a_certain_day_is_confirmed_with_an_exclusive_end(library):
    event = entry(library, "su-kien.2024.toa-dam")
    assert event["UID"] == "su-kien.2024.toa-dam@kehoach.example.vn"
    assert (event.start, event.end) == (date(2024, 5, 16), date(2024, 5, 17))
    assert (event["STATUS"], event["TRANSP"]) == ("CONFIRMED", "OPAQUE")
    assert event["SUMMARY"] == "Tọa đàm về cải cách hành chính"
    assert event["LOCATION"] == "Hội trường Sở"
    assert event["CATEGORIES"].to_ical().decode() == "tọa đàm"
    assert event["URL"] == "https://kehoach.example.vn/su-kien/2024/toa-dam/"
    assert "Phối hợp: Các phòng thuộc Sở" in event["DESCRIPTION"]
    assert "Theo: Kế hoạch số 254/KH-SKHCN: Tổ chức Ngày" in event["DESCRIPTION"]


def test_a_fuzzy_time_fills_its_span_and_its_words_lead(library):
    event = entry(library, "su-kien.2024.hoi-thao")
    assert (event.start, event.end) == (date(2024, 10, 21), date(2024, 11, 1))
    assert (event["STATUS"], event["TRANSP"]) == ("TENTATIVE", "TRANSPARENT")
    assert event["SUMMARY"] == "Dự kiến cuối tháng 10 năm 2024: Hội thảo, “đổi mới; sáng tạo”"


def test_hours_stand_in_vietnamese_time(library):
    calendar = calendars(library)["su-kien/2024/hoi-nghi/index.ics"]
    assert b"DTSTART;TZID=Asia/Ho_Chi_Minh:20240518T083000\r\n" in calendar
    assert b"DTEND;TZID=Asia/Ho_Chi_Minh:20240518T110000\r\n" in calendar
    assert b"TZOFFSETTO:+0700\r\n" in calendar
    assert events(calendar)["su-kien.2024.hoi-nghi"].start.astimezone(UTC).hour == 1


def test_a_calendar_of_days_names_no_time_zone_rules(library):
    assert b"VTIMEZONE" not in calendars(library)["su-kien/2024/toa-dam/index.ics"]


def test_a_deadline_is_a_mark_with_reminders(library):
    event = entry(library, "ke-hoach.2024.ngay-khcn.han-tham-luan")
    assert (event.start, event.end) == (date(2024, 5, 13), date(2024, 5, 14))
    assert event["SUMMARY"] == "trước ngày 14/5/2024: Gửi báo cáo tham luận"
    assert event["STATUS"] == "TENTATIVE"
    assert event["URL"].endswith("/ke-hoach/2024/ngay-khcn/#han-tham-luan")
    triggers = [alarm["TRIGGER"].to_ical() for alarm in event.walk("VALARM")]
    assert triggers == [b"-P2DT15H", b"-PT15H"]


def test_what_has_no_date_is_in_no_calendar(library):
    text = b"".join(calendars(library).values()).decode()
    assert "han-bao-cao" not in text
    assert "su-kien.2024.phong-su" not in text


def test_a_slogan_hangs_with_its_banner_or_by_itself(library):
    found = events(calendars(library)["ke-hoach/2024/ngay-khcn/index.ics"])
    banner = found["su-kien.2024.treo-bang-ron"]
    assert banner["TRANSP"] == "TRANSPARENT"
    assert "Khẩu hiệu: Nhiệt liệt chào mừng Ngày 18/5" in banner["DESCRIPTION"]
    slogan = found["ke-hoach.2024.ngay-khcn.khau-hieu-rieng"]
    assert slogan["SUMMARY"] == "Treo khẩu hiệu: Khoa học & công nghệ"
    assert (slogan.start, slogan.end) == (date(2024, 5, 10), date(2024, 5, 13))
    assert len(found) == 6


def test_a_campaign_has_its_day_and_its_periods(library):
    found = events(calendars(library)["chu-de/2024/lich.ics"])
    assert found["chu-de.2024.ngay"].start == date(2024, 5, 18)
    window = found["chu-de.2024.tuyen-truyen-1"]
    assert (window.start, window.end) == (date(2024, 4, 21), date(2024, 5, 20))
    assert found["chu-de.2024.bao-cao-1"]["STATUS"] == "TENTATIVE"
    assert "su-kien.2024.toa-dam" in found


def test_a_unit_has_what_it_leads_joins_owes_and_what_its_group_does(library):
    found = events(calendars(library)["don-vi/phong-qlkh/lich.ics"])
    assert sorted(found) == [
        "ke-hoach.2024.ngay-khcn.han-tham-luan",
        "su-kien.2024.hoi-thao",
        "su-kien.2024.toa-dam",
    ]


def test_a_year_holds_what_touches_it(tmp_path):
    turn = (
        "  - {id: cuoi-nam, title: Cuối năm, when: 30/12/2024 - 02/01/2025, lead: Văn phòng Sở}\n"
    )
    made = calendars(lay(tmp_path, {PLAN: HEAD + EVENT + turn + BODY}))
    assert sorted(events(made["lich/2024/lich.ics"])) == [
        *("chu-de.2024.bao-cao-1", "chu-de.2024.ngay", "chu-de.2024.tuyen-truyen-1"),
        *("su-kien.2024.cuoi-nam", "su-kien.2024.toa-dam"),
    ]
    assert list(events(made["lich/2025/lich.ics"])) == ["su-kien.2024.cuoi-nam"]


@pytest.mark.parametrize(
    ("status", "shown", "summary"),
    [
        ("cancelled", "CANCELLED", "[Huỷ] Tọa đàm về cải cách hành chính"),
        ("postponed", "TENTATIVE", "[Hoãn] Tọa đàm về cải cách hành chính"),
        ("done", "CONFIRMED", "Tọa đàm về cải cách hành chính"),
    ],
)
def test_a_status_changes_the_entry_and_keeps_its_days(tmp_path, status, shown, summary):
    more = f"    status: {status}\n    reason: Bão số 1\n"
    event = entry(lay(tmp_path, {PLAN: HEAD + EVENT + more + BODY}), "su-kien.2024.toa-dam")
    assert (event["STATUS"], event["SUMMARY"]) == (shown, summary)
    assert event["TRANSP"] == ("OPAQUE" if status == "done" else "TRANSPARENT")
    assert event.start == date(2024, 5, 16)
    assert "Lý do: Bão số 1" in event["DESCRIPTION"]


def test_a_withdrawn_plan_cancels_all_it_announced(tmp_path):
    withdrawn = "status: withdrawn\nreason: Ban hành nhầm\n"
    deadline = "deadlines:\n  - {id: han, what: Gửi, when: 14/5/2024, who: Văn phòng Sở}\n"
    library = lay(tmp_path, {PLAN: HEAD + withdrawn + EVENT + deadline + BODY})
    found = events(calendars(library)["ke-hoach/2024/ngay-khcn/index.ics"])
    assert [event["STATUS"] for event in found.values()] == ["CANCELLED", "CANCELLED"]
    assert "thu hồi. Ban hành nhầm" in found["su-kien.2024.toa-dam"]["DESCRIPTION"]
    assert found["ke-hoach.2024.ngay-khcn.han-han"]["SUMMARY"] == "[Huỷ] Hạn: Gửi"


def test_a_renamed_event_keeps_the_uid_of_its_first_name(tmp_path):
    renamed = EVENT.replace("id: toa-dam", "id: toa-dam-moi\n    aliases: [toa-dam]")
    library = lay(tmp_path, {PLAN: HEAD + renamed + BODY})
    assert entry(library, "su-kien.2024.toa-dam")["URL"].endswith("/su-kien/2024/toa-dam-moi/")


def test_revisions_come_from_history(library):
    history = History(
        versions={"content/chu-de/2024.md": (Commit("a" * 40, STAMP),)},
        revisions={f"content/{PLAN}": {("su-kien", "2024", "toa-dam"): Revision(3, STAMP)}},
    )
    event = entry(library, "su-kien.2024.toa-dam", history=history)
    assert event["SEQUENCE"] == 3
    assert event["LAST-MODIFIED"].to_ical() == event["DTSTAMP"].to_ical() == b"20240502T020000Z"
    assert entry(library, "chu-de.2024.ngay", history=history)["DTSTAMP"].dt.day == 2


def test_without_history_nothing_is_claimed(library):
    event = entry(library, "su-kien.2024.toa-dam")
    assert "SEQUENCE" not in event
    assert "LAST-MODIFIED" not in event
    assert event["DTSTAMP"].to_ical() == b"20240601T010000Z"


def test_readers_are_told_to_come_back_twice_a_day(library):
    calendar = calendars(library)["lich.ics"]
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT12H\r\nX-PUBLISHED-TTL:PT12H\r\n" in calendar
    assert "\r\nNAME:Kế hoạch KH&CN Quảng Ngãi\r\n".encode() in calendar
    assert calendar.startswith(b"BEGIN:VCALENDAR\r\nPRODID:-//kehoach//Lich//VI\r\nVERSION:2.0\r\n")


def test_the_name_of_a_calendar_is_escaped_as_any_text(library):
    calendar = calendars(library)["su-kien/2024/hoi-thao/index.ics"].replace(b"\r\n ", b"")
    name = "Hội thảo\\, “đổi mới\\; sáng tạo”".encode()
    assert b"\r\nNAME:%b\r\nX-WR-CALNAME:%b\r\n" % (name, name) in calendar


def test_a_site_without_an_address_gives_no_address(library):
    event = entry(library, "su-kien.2024.toa-dam", site=NOWHERE)
    assert event["UID"] == "su-kien.2024.toa-dam"  # and no host that somebody may own
    assert "URL" not in event


def test_lines_are_at_most_75_octets_and_no_letter_is_split(library, published):
    for calendar in (*calendars(library).values(), *calendars(published).values()):
        lines = calendar.split(b"\r\n")
        assert lines.pop() == b""
        for line in lines:
            assert len(line) <= 75
            assert b"\n" not in line
            line.decode()


def test_two_runs_give_the_same_bytes(published):
    assert calendars(published) == calendars(published)


def test_odd_letters_stay_and_control_characters_go(tmp_path):
    title = r'"A\x07B\uFFFE\r, C; D\\n “Đ” 𝕊 \u2028"'
    odd = EVENT.replace("Tọa đàm về cải cách hành chính", title)
    event = entry(lay(tmp_path, {PLAN: HEAD + odd + BODY}, faulty=True), "su-kien.2024.toa-dam")
    assert event["SUMMARY"] == "AB, C; D\\n “Đ” 𝕊"


ZONED = re.compile(r"DT(START|END);TZID=")


@pytest.mark.node
def test_ical_js_and_icalendar_read_the_same_events(library, published, node):
    revisions = {f"content/{PLAN}": {("su-kien", "2024", "toa-dam"): Revision(2, STAMP)}}
    texts = [
        text.decode()
        for text in (
            *calendars(library, history=History(revisions=revisions)).values(),
            *calendars(published).values(),
        )
    ]
    assert any(ZONED.search(text) for text in texts)
    theirs = json.loads(npm.run("calendars.js", json.dumps(texts)))
    ours = [_as_icalendar_reads(text) for text in texts]
    assert sum(len(calendar["events"]) for calendar in ours) > 100
    assert theirs == ours


def _as_icalendar_reads(text: str) -> dict:
    calendar = icalendar.Calendar.from_ical(text)
    return {
        "name": str(calendar["NAME"]),
        "refresh": calendar["REFRESH-INTERVAL"].to_ical().decode(),
        "events": [_event(event) for event in calendar.walk("VEVENT")],
    }


def _event(event: icalendar.Event) -> dict:
    start = event["DTSTART"].dt
    return {
        "uid": str(event["UID"]),
        "summary": str(event["SUMMARY"]),
        "description": str(event.get("DESCRIPTION", "")),
        "location": str(event.get("LOCATION", "")),
        "start": _time(event, "DTSTART"),
        "end": _time(event, "DTEND"),
        "zone": "Asia/Ho_Chi_Minh" if isinstance(start, datetime) else "floating",
        "sequence": event.get("SEQUENCE"),
        "status": str(event["STATUS"]),
        "transp": str(event["TRANSP"]),
        "stamp": _time(event, "DTSTAMP"),
        "modified": _time(event, "LAST-MODIFIED"),
        "url": str(event.get("URL", "")),
        "categories": [str(category) for category in event["CATEGORIES"].cats],
        "alarms": [
            [str(alarm["ACTION"]), alarm["TRIGGER"].to_ical().decode()]
            for alarm in event.walk("VALARM")
        ],
    }


def _time(event: icalendar.Event, name: str) -> str | None:
    if name not in event:
        return None
    when = event[name].dt
    if not isinstance(when, datetime):
        return when.isoformat()
    text = when.replace(tzinfo=None).isoformat()
    return f"{text}Z" if when.utcoffset().total_seconds() == 0 else text
