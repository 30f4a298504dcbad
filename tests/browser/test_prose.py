"""Material's Markdown as a reader sees it: on the page in light and dark, on paper, and with an assistive eye."""

import re
from pathlib import Path

import pypdfium2
import pytest

pytestmark = pytest.mark.browser
PAGE = "huong-dan/cach-viet-markdown/"


def visible(page, text: str) -> bool:
    return page.get_by_text(text, exact=True).first.is_visible()


def test_tabs_show_one_of_a_row_and_turn_without_a_script(browser, server):
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 1280, "height": 900}
    )
    page = context.new_page()
    page.goto(server + PAGE)
    windows, macos = page.locator(".tabs").first.locator("summary").all()
    assert windows.bounding_box()["y"] == macos.bounding_box()["y"]  # one row
    first, second = (page.locator(".tab").nth(at).locator(".keys") for at in (0, 1))
    assert (first.is_visible(), second.is_visible()) == (True, False)
    macos.click()
    assert (first.is_visible(), second.is_visible()) == (False, True)
    tip = page.locator("details.callout--tip")
    assert not visible(page, "Chụp ngang, đủ sáng.")
    tip.locator("summary").click()
    assert visible(page, "Chụp ngang, đủ sáng.")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_keys_icons_code_and_notes_have_a_look(browser, server, scheme):
    page = browser.new_page(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    page.goto(server + PAGE)

    def look(selector: str, name: str) -> str:
        return page.locator(selector).first.evaluate(f"e => getComputedStyle(e)['{name}']")

    text, nothing = look(".prose", "color"), "rgba(0, 0, 0, 0)"
    assert look("mark", "backgroundColor") != nothing
    assert look("kbd", "borderBottomWidth") == "2px"
    assert look(".glyph svg", "fill") == text
    box = page.locator(".glyph svg").first.bounding_box()
    assert 12 < box["width"] == box["height"] < 30
    colours = {look(f"code .{kind}", "color") for kind in ("k", "c1", "nf", "mi", "nb")}
    assert len(colours - {text}) >= 4
    assert look("code .hll", "backgroundColor") != nothing
    edges = {look(f".callout--{kind}", "borderLeftColor") for kind in ("warning", "tip", "note")}
    assert len(edges) == 3
    note, paragraph = (
        page.locator(selector).bounding_box()
        for selector in (".callout--inline.callout--end", ".callout--inline.callout--end + p")
    )
    assert note["y"] < paragraph["y"] + paragraph["height"]  # beside each other
    page.close()


def test_a_phone_shows_notes_whole_and_nothing_wider_than_itself(browser, server):
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.goto(server + PAGE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert (
        page.locator(".callout--inline.callout--end").evaluate("e => getComputedStyle(e).float")
        == "none"
    )
    page.close()


def test_paper_has_everything_that_opens_open(page, server, tmp_path: Path):
    page.goto(server + PAGE)
    file = tmp_path / "trang.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    with pypdfium2.PdfDocument(file) as document:
        words = " ".join(one.get_textpage().get_text_range() for one in document)
    words = re.sub(r"\s+([+.,)])\s*|\s+", lambda gap: gap[1] or " ", words)
    for part in (
        "Hạn nộp Trước ngày 15 hằng tháng.",
        "Cách chụp ảnh Chụp ngang, đủ sáng.",
        "Windows Bấm Ctrl+P.",
        "macOS Bấm Cmd+P.",
        "☑ đã gửi",
        "dem.py def dem(van_ban):",
        "H2O, m2",
    ):
        assert part in words, part
    # As it is written, in the table's first column.
    assert words.count(":material-phone:") == 1
    assert [tab.get_attribute("open") for tab in page.locator(".tab").all()] == ["", None]
