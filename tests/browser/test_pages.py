"""Every kind of page in a real browser: it fits, it is quiet, it asks nobody else."""

import pytest

from website.reading import KINDS

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_page_scrolls_sideways(page, server, kind, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(server + KINDS[kind])
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_short_page_is_not_drawn_out_over_a_tall_window(page, server):
    page.set_viewport_size({"width": 1280, "height": 1600})
    page.goto(server + KINDS["search"])
    assert page.locator("main .search__input").bounding_box()["height"] < 60


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_has_its_landmarks(page, server, kind):
    page.goto(server + KINDS[kind])
    assert page.locator("main").count() == 1
    assert page.locator("h1").count() == 1
    assert page.locator("header.site-header, footer.site-footer").count() == 2


def test_the_list_of_events_is_filtered_and_the_choice_is_in_the_address(page, server):
    page.goto(server + "su-kien/")
    assert page.locator(".event:visible").count() == 18
    page.select_option("#loc-loai", "tọa đàm")
    assert page.locator(".event:visible").count() == 1
    page.reload()
    assert page.locator(".event:visible").count() == 1
    assert page.locator("[data-filter-count]").inner_text() == "1 sự kiện"


def test_the_reader_s_scheme_and_letter_size_are_kept(page, server):
    page.goto(server)
    before = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    page.click("[data-text-step='1']")
    page.goto(server + "ke-hoach/")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") > before


def test_without_javascript_everything_is_there(browser, server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server + "lich/2022/05/")
    assert page.locator(".event").count() == 8
    assert page.locator("form.filters").count() == 1
    assert not page.locator("form.filters").is_visible()
    page.goto(server + "ke-hoach/2022/ngay-khcn-quang-ngai/")
    assert page.locator("#ii-3").is_visible()
    context.close()
