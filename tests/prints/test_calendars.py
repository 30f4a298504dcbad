"""The wall calendar: lunar dates, holidays, the Day; and no day that no plan has named."""

import re
from dataclasses import asdict
from datetime import date

import pytest

from kehoach.prints import calendars
from prints import pdf


@pytest.fixture(scope="module")
def may_2022(library, department):
    return calendars.data(2022, library, department)


def month(data, number):
    entries = [calendars.Entry(**entry) for entry in data["entries"]]
    holidays = calendars.public_holidays(data["year"])
    return calendars.month_grid(data["year"], number, entries, holidays)


def entry(data, title):
    return next(entry for entry in data["entries"] if title in entry["title"])


@pytest.mark.parametrize("year", [2021, 2022, 2024])
def test_every_number_of_the_list_has_its_mark_in_the_grid(library, department, year):
    data = calendars.data(year, library, department)
    marks = {}
    for number in range(1, 13):
        made = month(data, number)
        drawn = {
            int(bar["text"].split(".")[0])
            for week in made["weeks"]
            for lane in week["lanes"]
            for bar in lane
        }
        beside = {
            other for week in made["weeks"] for day in week["days"] for other in day["others"]
        }
        marks[number] = [item["number"] for item in made["listed"] if item["number"]]
        assert drawn | beside == set(marks[number])
    assert any(marks.values())


def crowded(number, themes=()):
    """A calendar of 2024 with so many things in May, five of them on each of the first days."""
    entries = [
        calendars.Entry(
            title=f"Hội thảo thứ {at + 1} về đổi mới sáng tạo trên địa bàn tỉnh",
            kind=("event", "banner", "deadline", "window")[at % 4],
            words=f"ngày {1 + at // 5}/5/2024",
            since=5,
            until=5,
            first=f"2024-05-{1 + at // 5:02}",
            last=f"2024-05-{1 + at // 5:02}",
            hour="",
            certain=True,
            stages="",
        )
        for at in range(number)
    ]
    return {
        "year": 2024,
        "themes": list(themes),
        "slogans": [],
        "publisher": "Sở Khoa học và Công nghệ",
        "address": "",
        "entries": [asdict(entry) for entry in entries],
    }


def test_what_finds_no_row_stands_by_the_number_of_its_day():
    """Of five things on a day the week has room for four."""
    made = crowded(10)
    weeks = month(made, 5)["weeks"]
    beside = {day["day"]: day["others"] for week in weeks for day in week["days"] if day["day"]}
    assert {day: others for day, others in beside.items() if others} == {1: [5], 2: [10]}
    page = pdf.text(calendars.draw(made), "-f", "6", "-l", "6")
    assert re.search(r"\+5\b", page)


def places(made, page):
    """The words of a page, each with how far down its sheet it stands, 0 to 1."""
    box = pdf.tool(made, "pdftotext", "-bbox", "-f", str(page), "-l", str(page), "FILE", "-")
    height = float(re.search(r'<page width="[\d.]+" height="([\d.]+)"', box)[1])
    found = re.findall(r'yMin="([\d.]+)"[^>]*>([^<]*)<', box)
    return [(word, float(top) / height) for top, word in found]


@pytest.mark.parametrize(
    ("things", "themes", "pages"),
    [
        (0, (), 13),
        (7, ("Khoa học, công nghệ và đổi mới sáng tạo - động lực phát triển bền vững",) * 3, 13),
        (60, ("Khoa học, công nghệ và đổi mới sáng tạo kiến tạo tương lai",), 14),
    ],
)
def test_months_of_few_and_of_many_things_use_their_sheets(things, themes, pages):
    data = crowded(things, themes)
    made = calendars.draw(data)
    assert f"Pages:           {pages}\n" in pdf.tool(made, "pdfinfo", "FILE")
    year = pdf.text(made, "-f", "1", "-l", "1")
    assert all(f"Tháng {number}" in year for number in range(1, 13))
    assert max(top for word, top in places(made, 1) if word == "31") > 0.8
    assert max(top for word, top in places(made, 2) if word == "31") > 0.75
    listed = " ".join(pdf.text(made, "-f", "6", "-l", str(pages - 7)).split())
    assert [e["title"] for e in data["entries"] if e["title"] not in listed] == []


def test_the_sheet_of_the_year_says_how_much_it_leaves_to_a_month():
    text = " ".join(pdf.text(calendars.draw(crowded(60)), "-f", "1", "-l", "1").split())
    assert "và 48 mục khác, ở tờ tháng 5" in text
    assert "mục khác" not in pdf.text(calendars.draw(crowded(7)), "-f", "1", "-l", "1")


def test_an_exact_span_is_a_full_bar(may_2022):
    banner = entry(may_2022, "Treo băng rôn")
    assert (banner["first"], banner["last"]) == ("2022-05-04", "2022-05-20")
    assert banner["certain"]
    assert banner["kind"] == "banner"


def test_a_fuzzy_span_is_a_band_with_its_own_words(may_2022):
    talk = entry(may_2022, "Tọa đàm")
    assert not talk["certain"]
    bars = [bar for week in month(may_2022, 5)["weeks"] for lane in week["lanes"] for bar in lane]
    band = next(bar for bar in bars if "Tọa đàm" in bar["text"])
    assert (band["first"], band["span"]) == (0, 3)
    assert "Dự kiến 01 buổi, trong khoảng thời gian từ ngày 16 đến 18/5/2022" in band["text"]


def test_a_month_names_no_day(may_2022):
    contest = entry(may_2022, "Cuộc thi Khởi nghiệp")
    assert (contest["first"], contest["last"]) == ("", "")
    assert (contest["since"], contest["until"]) == (5, 5)
    listed = [item for item in month(may_2022, 5)["listed"] if "Cuộc thi" in item["title"]]
    assert listed[0]["number"] == 0
    assert listed[0]["words"] == "Tháng 5/2022"


@pytest.mark.parametrize(
    ("day", "lunar"),
    [
        (date(2022, 2, 1), "1/1"),
        (date(2024, 2, 10), "1/1"),
        (date(2022, 5, 18), "18"),
        (date(2023, 3, 22), "1/2 nhuận"),
        (date(2023, 4, 1), "11/2 nhuận"),
    ],
)
def test_lunar_dates(day, lunar):
    shown = calendars.day_cell(day, day.month, {})
    assert (shown["day"], shown["lunar"]) == (day.day, lunar)


def test_holidays_and_the_day_are_marked(may_2022):
    days = {
        day["day"]: day
        for week in month(may_2022, 5)["weeks"]
        for day in week["days"]
        if day["day"]
    }
    assert len(days) == 31
    assert days[1]["name"] == "Ngày Quốc tế Lao động"
    assert days[18]["science"]
    assert days[18]["name"] == "Ngày Khoa học và Công nghệ Việt Nam"
    assert [number for number, day in days.items() if day["science"]] == [18]


def test_one_a2_sheet_and_twelve_a3_pages_with_every_entry(may_2022):
    made = calendars.draw(may_2022)
    sizes = re.findall(
        r"size:\s+([\d.]+) x ([\d.]+)", pdf.tool(made, "pdfinfo", "-l", "99", "FILE")
    )
    millimetres = [tuple(round(float(n) * 25.4 / 72) for n in size) for size in sizes]
    assert millimetres == [(420, 594)] + [(420, 297)] * 12
    text = " ".join(pdf.text(made, "-f", "6", "-l", "6").split())
    for one in may_2022["entries"]:
        if one["since"] <= 5 <= one["until"]:
            assert one["title"] in text
            assert one["words"] in text
    assert "No syntax or stream encoding errors" in pdf.tool(made, "qpdf", "--check", "FILE")
    assert calendars.draw(may_2022) == made


def test_what_is_off_or_not_standing_is_left_out(library, department):
    for year in calendars.years(library):
        titles = {e["title"] for e in calendars.data(year, library, department)["entries"]}
        for event in library.events:
            if event.status in {"cancelled", "postponed"} and event.year == year:
                assert event.title not in titles
