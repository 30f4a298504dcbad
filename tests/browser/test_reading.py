"""A plan to read: notes beside their sections, the signed text alone on its sheet and on paper."""

import re
import subprocess
from itertools import pairwise

import pytest

pytestmark = pytest.mark.browser

PLAN = "ke-hoach/2022/ngay-khcn-quang-ngai/"
FOOTNOTES = "ke-hoach/2024/ngay-khcn-thanh-hoa/"
PLACES = """() => [...document.querySelectorAll(".margin [data-beside]")].map((note) => {
  const box = note.getBoundingClientRect();
  const place = document.getElementById(note.dataset.beside).getBoundingClientRect();
  const { top, bottom, left } = box;
  return { beside: note.dataset.beside, top, bottom, left, place: place.top };
})"""


def wide(page, address: str) -> list[dict]:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address)
    page.evaluate("document.fonts.ready")
    page.locator(".margin[data-arranged]").wait_for()
    return page.evaluate(PLACES)


@pytest.mark.parametrize("plan", [PLAN, FOOTNOTES])
@pytest.mark.parametrize("text", [0, 3])
def test_each_note_stands_at_its_section_or_under_the_note_before_it(page, server, plan, text):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(server + plan)
    page.evaluate("size => (document.documentElement.dataset.text = size)", text)
    page.wait_for_timeout(300)
    notes = page.evaluate(PLACES)
    assert len(notes) >= 8
    sheet = page.locator("article.sheet").bounding_box()
    free = 0
    for note in notes:
        assert note["left"] >= sheet["x"] + sheet["width"]
        assert note["top"] == pytest.approx(max(note["place"], free), abs=1.5), note["beside"]
        free = note["bottom"] + 12


def test_notes_are_those_of_the_front_matter_in_the_order_of_the_text(page, server):
    notes = wide(page, server + PLAN)
    assert [note["beside"] for note in notes] == [
        "ii-1",
        "ii-2",
        "ii-3",
        "ii-3-dd",
        "ii-4",
        "ii-5",
        "ii-6",
        "ii-7",
    ]
    footnotes = wide(page, server + FOOTNOTES)
    assert [note["beside"] for note in footnotes if note["beside"].startswith("fnref")] == [
        "fnref-1",
        "fnref-2",
    ]


def test_the_sheet_holds_no_note(page, server):
    page.goto(server + PLAN)
    assert page.locator("article.sheet .note").count() == 0
    assert page.locator(".margin .note").count() == 8


def test_on_a_phone_the_lists_below_say_what_the_margin_says(page, server):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(server + PLAN)
    assert not page.locator(".margin").is_visible()
    below = set(page.locator("tbody th").all_inner_texts())
    said = page.locator(".margin .note a").all_text_contents()
    assert set(said) <= below


def test_without_a_script_notes_follow_each_other(browser, server):
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 1280, "height": 900}
    )
    page = context.new_page()
    page.goto(server + PLAN)
    boxes = [note.bounding_box() for note in page.locator(".margin .note").all()]
    assert len(boxes) == 8
    assert [b["y"] for b in boxes] == sorted(b["y"] for b in boxes)
    assert all(above["y"] + above["height"] <= below["y"] for above, below in pairwise(boxes))
    context.close()


def test_the_contents_mark_the_section_in_view(page, server):
    page.goto(server + PLAN)
    page.evaluate(
        "document.getElementById('ii-3').scrollIntoView({ block: 'start', behavior: 'instant' })"
    )
    page.wait_for_function("document.querySelector('.toc [aria-current]')?.hash === '#ii-3'")


def test_paper_holds_the_sheet_alone_in_black(page, server):
    page.goto(server + PLAN)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("article.sheet").is_visible()
    for gone in (
        ".site-header",
        ".page-header",
        ".toc",
        ".margin",
        ".permalink >> nth=0",
        ".block >> nth=0",
        ".site-footer",
    ):
        assert not page.locator(gone).is_visible(), gone
    colour = page.locator(".doc-body p").first.evaluate("p => getComputedStyle(p).color")
    assert colour == "rgb(0, 0, 0)"


@pytest.mark.parametrize("plan", [PLAN, FOOTNOTES])
def test_a_printed_page_has_as_many_sheets_as_the_pdf(page, server, site, tmp_path, plan):
    page.goto(server + plan)
    printed = tmp_path / "printed.pdf"
    page.pdf(path=printed, prefer_css_page_size=True)
    (pdf,) = (site / plan).glob("*.pdf")
    assert sheets(printed) == sheets(pdf)


def sheets(pdf) -> int:
    said = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    return int(re.search(r"^Pages:\s+(\d+)$", said, re.MULTILINE)[1])
