"""The year of all units on A3 sheets."""

import re

from kehoach.prints import years
from prints import pdf


def test_every_thing_is_on_the_sheet_with_its_time_and_unit(library, department):
    made = years.data(2022, library, department)
    drawn = years.draw(made)
    words = " ".join(pdf.text(drawn).split())
    assert re.search(r"Page size: +1190\.55 x 841\.89", pdf.tool(drawn, "pdfinfo", "FILE"))
    things = [thing for row in made["rows"] for cell in row["cells"] for thing in cell]
    assert len(made["rows"]) == 7
    assert len(things) == 12
    for row in made["rows"]:
        assert all(word in words for word in row["unit"].split())
    assert words.count("Hạn:") == 2
    assert "Dự kiến cuối tháng 10 năm 2022" in words
    assert years.draw(made) == drawn


def test_what_has_become_of_an_event_is_told(library, department):
    made = years.data(2024, library, department)
    cell = made["rows"][0]["cells"][5]
    cell[0] |= {"state": "Huỷ", "kind": "cancelled"}
    assert "Huỷ" in pdf.text(years.draw(made))


def test_months_stand_on_every_sheet(library, department):
    made = years.data(2024, library, department)
    made["rows"] *= 8
    drawn = years.draw(made)
    pages = int(re.search(r"Pages: +(\d+)", pdf.tool(drawn, "pdfinfo", "FILE"))[1])
    assert pages > 1
    for page in range(1, pages + 1):
        words = " ".join(pdf.text(drawn, "-f", str(page), "-l", str(page)).split())
        assert "Đơn vị" in words
        assert "Tháng 5" in words
