"""With the keyboard alone: from the home page to a calendar file, to a search result."""

import pytest

pytestmark = pytest.mark.browser


def tab_to(page, selector: str, most: int = 80) -> None:
    """Press Tab until an element that matches has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{most} presses of Tab do not reach {selector} on {page.url}")


def follow(page, address: str) -> None:
    page.keyboard.press("Enter")
    page.wait_for_url(address)


@pytest.mark.parametrize("width", [1280, 360])
def test_from_home_to_the_calendar_file_of_an_event(page, server, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(server)
    if width < 992:
        tab_to(page, ".menu-button")
        page.keyboard.press("Enter")
    tab_to(page, ".sections a[href$='su-kien/']")
    follow(page, server + "su-kien/")
    tab_to(page, ".event h3 a[href$='toa-dam-cai-cach-hanh-chinh/']")
    follow(page, server + "su-kien/2022/toa-dam-cai-cach-hanh-chinh/")
    tab_to(page, "a[href$='.ics']")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert "BEGIN:VCALENDAR" in download.value.path().read_text(encoding="utf-8")


def test_from_home_to_a_search_result(page, server):
    page.goto(server)
    tab_to(page, "main form.search input")
    page.keyboard.type("truy xuất nguồn gốc")
    page.keyboard.press("Enter")
    page.wait_for_url(server + "tim-kiem/?q=**")
    page.locator("[data-search-results] a").first.wait_for()
    tab_to(page, "[data-search-results] a")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/tim-kiem/" not in address)
    assert "truy xuất nguồn gốc" in page.locator("main").inner_text().lower()


def test_the_menu_of_a_phone_opens_closes_and_gives_the_focus_back(page, server):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(server)
    tab_to(page, ".menu-button")
    page.keyboard.press("Enter")
    assert page.locator("#menu").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#menu").is_visible()
    assert page.evaluate("document.activeElement.className") == "menu-button"


def test_the_contents_of_a_plan_lead_to_its_sections(page, server):
    page.goto(server + "ke-hoach/2022/ngay-khcn-quang-ngai/")
    tab_to(page, ".toc a[href='#ii-3']")
    follow(page, "**/#ii-3")
    where = "document.getElementById('ii-3').compareDocumentPosition(document.activeElement)"
    page.keyboard.press("Tab")
    assert page.evaluate(f"({where} & Node.DOCUMENT_POSITION_FOLLOWING) !== 0")
