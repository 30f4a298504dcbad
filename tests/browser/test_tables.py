"""Tables and scales that are wider than the page they stand on."""

import pytest

from website import stress
from website.reading import KINDS

pytestmark = pytest.mark.browser

# Of each cell: its words, the lines they take, its height.
CELLS = """() => [...document.querySelectorAll(".doc-body td")].map((cell) => {
  const words = cell.innerText.trim().split(/\\s+/);
  const { lineHeight, paddingTop } = getComputedStyle(cell);
  const high = Math.max(0, ...[...cell.childNodes].map((node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return range.getBoundingClientRect().height;
  }));
  return [words.length, Math.round(high / parseFloat(lineHeight)), cell.offsetHeight];
})"""


@pytest.mark.parametrize("width", [360, 1280])
def test_a_table_of_seven_columns_has_no_column_of_single_words(page, busy_server, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{busy_server}{stress.PLAN}/")
    cells = page.evaluate(CELLS)
    assert len(cells) == 14
    assert [(words, lines) for words, lines, _ in cells if words >= 4 and lines * 1.5 > words] == []
    assert max(height for *_, height in cells) < 200


def test_a_wide_table_takes_the_sheet_and_shows_on_a_phone_where_it_goes_on(page, busy_server):
    page.goto(f"{busy_server}{stress.PLAN}/")
    table = page.locator(".doc-body .table-wrap")
    assert table.evaluate("(e) => e.scrollWidth - e.clientWidth") <= 0
    page.set_viewport_size({"width": 360, "height": 800})
    assert table.evaluate("(e) => e.scrollWidth - e.clientWidth") > 300
    page.evaluate("document.fonts.ready")
    right = table.evaluate("(e) => getComputedStyle(e).backgroundAttachment")
    assert right == "local, local, scroll, scroll"


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_a_year_of_many_months_fits_and_is_cards_on_phones(page, busy_server, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{busy_server}lich/{stress.YEAR}/")
    assert page.locator(".shares thead th").count() >= 6
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    unit = page.locator(".shares tbody th").first.bounding_box()
    assert (unit["width"] > 240) == (width < 768)


@pytest.mark.parametrize("address", [f"{stress.PLAN}/", KINDS["campaign"], KINDS["plan"]])
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_a_scale_of_months_fits_and_its_names_do_not_touch(page, busy_server, address, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(busy_server + address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    names = page.evaluate(
        """() => [...document.querySelectorAll(".timeline__axis > span")]
          .filter((month) => month.innerText).map((month) => {
            const range = document.createRange();
            range.selectNodeContents(month);
            const { left, right } = range.getBoundingClientRect();
            return [left, right];
          })"""
    )
    edge = page.locator(".timeline__axis").evaluate("(e) => e.getBoundingClientRect().right")
    assert len(names) >= 2
    ends = [left for left, _ in names[1:]] + [edge]
    assert all(right <= end for (_, right), end in zip(names, ends, strict=True))


def test_the_scale_stays_above_the_sixtieth_row(page, busy_server):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{busy_server}{stress.PLAN}/")
    page.locator(".timeline li").nth(45).evaluate("(e) => e.scrollIntoView({behavior: 'instant'})")
    scale = page.locator(".timeline__axis").bounding_box()
    assert 0 <= scale["y"] < 10
    bar = page.locator(".timeline .stretch").first.bounding_box()
    assert bar["width"] >= 2


def test_many_notes_beside_a_short_text_do_not_outgrow_it(page, busy_server):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{busy_server}{stress.PLAN}/")
    notes = page.locator(".margin .note")
    assert notes.count() == 4
    assert notes.last.inner_text() == "và 57 sự kiện khác"
