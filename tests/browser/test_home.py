"""The head of the home page: the themes, the slogan in its window, turns that can be paused."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from browser.test_loading import SHIFTS

pytestmark = pytest.mark.browser

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
SLOGAN_2024 = "Nhiệt liệt chào mừng Ngày khoa học và công nghệ Việt Nam"
THEME_2022 = "Khoa học, công nghệ và đổi mới sáng tạo - Đẩy nhanh quá trình phục hồi, phát triển kinh tế - xã hội"


def words(page, server, *moment):
    page.clock.set_fixed_time(datetime(*moment, tzinfo=VIETNAM))
    page.goto(server)
    return page.locator(".hero__slogan").all_text_contents()


def test_the_themes_lead_and_the_slogan_stands_below_them_on_the_day(page, server):
    assert len(words(page, server, 2024, 5, 18)) == 3
    assert page.locator(".hero__theme").all_text_contents()[0] == SLOGAN_2024


def test_outside_the_window_the_theme_of_the_year_leads(page, server):
    assert words(page, server, 2022, 12, 1) == [THEME_2022]
    assert (
        page.locator(".hero__eyebrow").inner_text()
        == "Ngày Khoa học và Công nghệ Việt Nam năm 2022"
    )
    assert page.locator(".hero .actions a").first.get_attribute("href") == "./chu-de/2022/"


def test_several_words_take_turns_until_the_reader_pauses_them(page, server):
    page.clock.install(time=datetime(2023, 12, 1, tzinfo=VIETNAM))
    page.goto(server)
    first = page.locator("[data-turn]").text_content()
    page.clock.run_for(7500)
    second = page.locator("[data-turn]").text_content()
    assert first != second
    page.get_by_role("button", name="Dừng").click()
    page.clock.run_for(30_000)
    assert page.locator("[data-turn]").text_content() == second


def test_nothing_turns_for_a_reader_who_wants_less_motion(browser, server):
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.clock.install(time=datetime(2023, 12, 1, tzinfo=VIETNAM))
    page.goto(server)
    first = page.locator("[data-turn]").text_content()
    page.clock.run_for(30_000)
    assert page.locator("[data-turn]").text_content() == first
    context.close()


def test_without_javascript_the_build_s_own_day_decides(browser, server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server)
    assert page.locator(".hero__slogan").count() >= 1
    context.close()


LATEST = 6
WORKSHOP = "Hội thảo Khoa học 2 về đội ngũ trí thức"


def lists(page, server, *moment):
    """The titles that the two lists show: what is to come, and what was lately over."""
    page.clock.set_fixed_time(datetime(*moment, tzinfo=VIETNAM))
    page.goto(server)
    page.wait_for_selector("[data-parted]")
    found = [
        page.locator(f"section[aria-labelledby={name}] .event:visible h3").all_inner_texts()
        for name in ("sap-toi", "gan-day")
    ]
    states = page.locator("section[aria-labelledby=sap-toi] .event").evaluate_all(
        "items => items.map(({ dataset }) => dataset.state)"
    )
    assert "past" not in states
    return found


def test_what_is_to_come_is_decided_by_the_reader_s_day(page, server):
    """One build, four days: the same list is parted anew."""
    coming, lately = lists(page, server, 2024, 5, 17)
    assert [title.startswith(WORKSHOP) for title in coming] == [False, False, True]
    assert len(lately) == LATEST
    assert page.locator(".event:visible", has_text=WORKSHOP).get_attribute("data-state") == "now"

    coming, lately = lists(page, server, 2024, 5, 18)
    assert len(coming) == 2
    assert all(title.startswith("Treo băng rôn") for title in coming)
    assert lately[0].startswith(WORKSHOP)

    coming, lately = lists(page, server, 2024, 5, 20, 23, 59)
    assert coming == []
    assert page.get_by_text("Chưa có sự kiện sắp tới được công bố.").is_visible()
    assert "- list" not in page.locator("section[aria-labelledby=sap-toi]").aria_snapshot()
    assert len(lately) == LATEST

    coming, lately = lists(page, server, 2020, 1, 1)
    assert len(coming) == LATEST
    assert lately == []
    assert page.locator("#gan-day").is_hidden()


def test_a_day_that_ends_while_the_page_is_open_moves_its_events(page, server):
    page.clock.install(time=datetime(2024, 5, 17, 23, 58, 30, tzinfo=VIETNAM))
    page.goto(server)
    due = page.locator("section[aria-labelledby=sap-toi] .event", has_text=WORKSHOP)
    assert due.count() == 1
    page.clock.run_for(120_000)
    assert due.count() == 0
    first = page.locator("section[aria-labelledby=gan-day] .event").first
    assert first.locator("h3").inner_text().startswith(WORKSHOP)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("moment", [(2024, 5, 17), (2020, 1, 1), (2026, 1, 1)])
def test_parting_the_list_moves_nothing(page, server, width, moment):
    """Nor does the head of the page, which has another height in another year."""
    page.set_viewport_size({"width": width, "height": 800})
    page.clock.set_fixed_time(datetime(*moment, tzinfo=VIETNAM))
    page.add_init_script(SHIFTS)
    page.goto(server, wait_until="networkidle")
    assert page.locator("[data-parted]").count() == 1
    assert page.evaluate("shifts") == []


def test_a_list_that_no_script_parted_is_seen_all_the_same(browser, server):
    context = browser.new_context()
    page = context.new_page()
    page.route("**/js/coming.js", lambda route: route.abort())
    page.goto(server)
    page.locator(".coming .event").first.wait_for(state="visible", timeout=15_000)
    context.close()


def test_without_javascript_the_list_stands_by_date(browser, server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server)
    days = page.locator(".coming .event:visible").evaluate_all(
        "items => items.map(({ dataset }) => dataset.start)"
    )
    assert len(days) > 2 * LATEST
    assert days == sorted(days, reverse=True)
    assert page.locator("#sap-toi").inner_text() == "Sự kiện"
    assert page.locator("#gan-day").is_hidden()
    context.close()
