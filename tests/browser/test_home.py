"""The head of the home page: the slogan inside its window, the theme outside, turns that can be paused."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

pytestmark = pytest.mark.browser

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
SLOGAN_2024 = "Nhiệt liệt chào mừng Ngày khoa học và công nghệ Việt Nam"
THEME_2022 = "Khoa học, công nghệ và đổi mới sáng tạo - Đẩy nhanh quá trình phục hồi, phát triển kinh tế - xã hội"


def words(page, server, *moment):
    page.clock.set_fixed_time(datetime(*moment, tzinfo=VIETNAM))
    page.goto(server)
    return page.locator(".hero__slogan").all_text_contents()


def test_the_slogan_leads_on_the_day(page, server):
    assert words(page, server, 2024, 5, 18)[0] == SLOGAN_2024
    assert page.locator(".hero__theme").count() == 3


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
