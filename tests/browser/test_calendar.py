"""The calendar as a reader uses it: today in Vietnam wherever they are, filters, keyboard, no script."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from website import stress

pytestmark = pytest.mark.browser

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
BANNERS = "su-kien/2024/treo-bang-ron-tren-dia-ban-tinh/"  # 15-19/5/2024
WORKSHOP = "su-kien/2024/hoi-thao-khoa-hoc-1/"


def at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=VIETNAM)


@pytest.fixture(params=["Asia/Ho_Chi_Minh", "America/New_York", "Pacific/Kiritimati"])
def anywhere(request, browser):
    """A page in a browser that thinks it is somewhere else."""
    context = browser.new_context(
        timezone_id=request.param, viewport={"width": 1280, "height": 900}
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("now", "state", "words"),
    [
        (at(2024, 5, 14, 23, 59), "upcoming", "Ngày mai"),
        (at(2024, 5, 15, 0, 0), "now", "Đang diễn ra"),
        (at(2024, 5, 17, 12, 0), "now", "Đang diễn ra"),
        (at(2024, 5, 19, 23, 59), "now", "Đang diễn ra"),
        (at(2024, 5, 20, 0, 0), "past", "Đã qua"),
        (at(2024, 5, 20, 23, 59), "past", "Đã qua"),
    ],
)
def test_an_event_is_on_to_the_last_minute_of_its_last_day(anywhere, server, now, state, words):
    anywhere.clock.set_fixed_time(now)
    anywhere.goto(server + BANNERS)
    assert anywhere.locator("article[data-state]").first.get_attribute("data-state") == state
    assert anywhere.locator(".page-header [data-state-label]").inner_text() == words


def test_a_fuzzy_event_is_never_said_to_be_on(anywhere, server):
    anywhere.clock.set_fixed_time(at(2022, 5, 17, 12, 0))
    anywhere.goto(server + "su-kien/2022/toa-dam-cai-cach-hanh-chinh/")
    assert (
        anywhere.locator(".page-header [data-state-label]").inner_text()
        == "Trong thời gian dự kiến"
    )


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (at(2022, 5, 12, 9), "Ngày mai"),
        (at(2022, 5, 1, 9), "Còn 12 ngày"),
        (at(2021, 5, 1, 9), "Còn hạn"),
        (at(2022, 5, 13, 23, 59), "Đến hạn"),
        (at(2022, 5, 14, 0, 0), "Đã hết hạn"),
    ],
)
def test_before_the_14th_ends_with_the_13th(anywhere, server, now, state):
    anywhere.clock.set_fixed_time(now)
    anywhere.goto(server + "ke-hoach/2022/ngay-khcn-quang-ngai/")
    assert anywhere.locator("tr[id^='han-'] [data-state-label]").first.inner_text() == state


@pytest.mark.parametrize(
    ("now", "address", "day"),
    [
        (at(2024, 5, 17, 12), "lich/2024/05/", "2024-05-17"),
        (at(2024, 5, 20, 23, 59), "lich/2024/05/", "2024-05-20"),
    ],
)
def test_today_leads_to_today_in_vietnam(anywhere, server, now, address, day):
    anywhere.clock.set_fixed_time(now)
    anywhere.goto(server + "lich/2022/01/")
    anywhere.get_by_role("link", name="Hôm nay").click()
    anywhere.wait_for_url(f"{server}{address}#hom-nay")
    assert anywhere.locator("[data-today]").get_attribute("data-day") == day
    assert anywhere.evaluate("document.activeElement.dataset.day") == day


def test_filters_narrow_grid_and_agenda_alike_and_live_in_the_address(page, server):
    page.goto(server + "lich/2022/05/?loai=tọa đàm")
    assert page.locator(".event:visible :is(h3, h4)").all_inner_texts() == [
        "Tọa đàm nội bộ về cải cách hành chính năm 2022"
    ]
    assert page.locator(".bar:visible").count() == 1
    assert page.locator("[data-filter-count]").inner_text() == "1 mục"
    page.get_by_label("Loại").select_option("")
    assert "loai" not in page.url
    assert page.locator(".event:visible").count() == 8


SHARED = [
    ("lich/2022/05/", "don-vi", "units", "phong-hanh-chinh-tong-hop-quang-ngai"),
    ("lich/2022/05/", "loai", "kind", "thời hạn"),
    ("lich/2024/05/", "loai", "kind", "chiến dịch"),
    ("lich/2024/", "chu-de", "campaign", "2024"),
    ("lich/2024/", "ke-hoach", "plan", "ke-hoach/2024/cam-ket-trach-nhiem-quang-tri/"),
    ("lich/2024/", "don-vi", "units", "cac-phong-don-vi-thuoc-so-quang-tri"),
]


@pytest.mark.parametrize(("address", "name", "key", "value"), SHARED)
def test_a_choice_in_the_address_shows_the_same_to_whom_it_is_sent(
    page, server, address, name, key, value
):
    page.goto(server + address)
    everything = shown(page, key)
    page.locator(f"#loc-{name}").select_option(value)
    chosen, link = shown(page, key), page.url
    assert f"?{name}=" in link
    assert chosen == [(item, of) for item, of in everything if value in of.split("|")]
    assert 0 < len(chosen) < len(everything)
    items = len({item for item, _ in chosen})
    assert page.locator("[data-filter-count]").inner_text() == f"{items} mục"
    page.goto("about:blank")
    page.goto(link)
    assert page.locator(f"#loc-{name}").input_value() == value
    assert shown(page, key) == chosen


def shown(page, key):
    """Everything that is not filtered out, in grid, band and list: which it is, and its `key`."""
    found = page.locator("#lich [data-filter-item]:not([hidden])").evaluate_all(
        "(items, key) => items.map(({ dataset }) => [dataset.filterItem, dataset[key]])", key
    )
    return [tuple(item) for item in found]


def test_two_choices_narrow_together(page, server):
    plan = "ke-hoach/2024/ngay-khcn-thanh-hoa/"
    page.goto(f"{server}lich/2024/?ke-hoach={plan}&loai=băng rôn")
    titles = page.locator(".event:visible :is(h3, h4)").all_inner_texts()
    assert len(titles) == 2
    assert all(title.startswith("Treo băng rôn") for title in titles)
    page.goto(f"{server}lich/2024/?don-vi=khong-co")
    assert page.locator("#loc-don-vi").input_value() == ""
    assert page.locator(".event:visible").count() == 5


def tab_to(page, selector):
    """Press Tab, from wherever the keyboard is, until it reaches `selector`."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"the keyboard never reaches {selector}")


def test_from_the_top_of_the_page_with_nothing_but_keys(page, server):
    page.clock.set_fixed_time(at(2024, 5, 17, 12))
    page.goto(server + "lich/2022/01/")
    tab_to(page, "[data-today-years]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lich/2024/05/#hom-nay")
    assert page.evaluate("document.activeElement.dataset.day") == "2024-05-17"
    page.goto(server + "lich/2024/05/")
    tab_to(page, "#loc-loai")
    page.keyboard.type("Hội th")
    assert page.locator("#loc-loai").input_value() == "hội thảo"
    tab_to(page, ".bar")
    page.keyboard.press("Enter")
    page.wait_for_url("**/su-kien/2024/hoi-thao-doi-ngu-tri-thuc/")


def test_the_calendar_is_worked_by_keyboard_alone(page, server):
    page.goto(server + "lich/2022/05/")
    page.locator("#loc-don-vi").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "loc-loai"
    page.keyboard.type("Th")  # "Thời hạn"
    assert page.locator(".event:visible").count() == 1
    page.locator(".bar:visible").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/ke-hoach/2022/ngay-khcn-quang-ngai/#han-*")


def test_a_bar_spans_its_days_and_goes_on_in_the_next_week(page, server):
    page.goto(server + "lich/2022/05/")
    bars = page.locator(".week__bars a[href*='treo-bang-ron']")
    assert bars.count() == 3  # 4-8, 9-15, 16-20 May 2022
    classes = [bars.nth(i).locator("..").get_attribute("class") for i in range(3)]
    assert classes == ["col-3 span-5", "col-1 span-7", "col-1 span-5"]
    first = bars.nth(0).bounding_box()
    wednesday = page.locator("[data-day='2022-05-04']").bounding_box()
    assert abs(first["x"] - wednesday["x"]) < 8


def test_fuzzy_periods_stand_in_a_band_of_their_own(page, server):
    page.goto(server + "lich/2022/05/")
    undated = page.locator(".days__day:has(#chua-ro-ngay) .event")
    assert undated.count() == 5
    assert page.locator(".bar", has_text="Hội nghị").count() == 0
    page.goto(server + "lich/2022/10/")
    assert "cuối tháng 10 năm 2022" in undated.first.inner_text()


def test_lunar_days_and_holidays_are_those_of_vietnam(page, server):
    page.goto(server + "lich/2024/02/")
    tet = page.locator("[data-day='2024-02-10']")
    assert "1/1" in tet.inner_text()
    assert "Tết Nguyên Đán" in tet.text_content()
    page.goto(server + "lich/2024/05/")
    assert page.locator("[data-day='2024-05-18'].day--science").count() == 1


def test_on_a_narrow_phone_nothing_is_cut_and_filters_work(page, server):
    page.set_viewport_size({"width": 360, "height": 780})
    for address in ("lich/2022/05/", "lich/2024/05/", "lich/2024/"):
        page.goto(server + address)
        page.locator(".narrowing summary").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        for control in page.locator(".filters select").all():
            box = control.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 360
            assert box["height"] >= 24
    page.goto(server + "lich/2024/05/")
    before = page.locator(".event:visible").count()
    page.locator(".narrowing summary").click()
    page.locator("#loc-loai").select_option("băng rôn")
    assert 0 < page.locator(".event:visible").count() < before


@pytest.mark.parametrize(
    ("address", "first", "last", "events"),
    [
        ("lich/2022/05/", "2022-05-01", "2022-05-31", 7),
        ("lich/2024/05/", "2024-05-01", "2024-05-31", 3),
        ("lich/2024/", "2024-01-01", "2024-12-31", 4),
    ],
)
def test_without_script_every_event_of_the_data_is_in_the_list(
    browser, server, site, address, first, last, events
):
    expected = {
        event["title"]
        for event in json.loads((site / "api/v1/events.json").read_text())["events"]
        if (when := event["when"])
        and (when["start"] or when["end"] or "") <= last
        and (when["end"] or when["start"] or "") >= first
    }
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server + address)
    titles = {
        " ".join(title.split()) for title in page.locator(".event :is(h3, h4)").all_inner_texts()
    }
    visible = page.locator(".event:visible").count()
    assert visible == page.locator(".event").count()
    assert len(expected) == events
    assert {" ".join(title.split()) for title in expected} <= titles
    context.close()


def test_on_a_phone_and_without_script_every_event_is_there(browser, server):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 780})
    page = context.new_page()
    page.goto(server + "lich/2024/05/")
    assert page.locator(".event:visible").count() == 4
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_a_day_on_a_phone_leads_to_what_is_on(page, busy_server):
    """Fifteen things on the 15th: three dots in the grid, all of them in the list it leads to."""
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(busy_server + stress.MONTH)
    assert not page.locator(".bar").first.is_visible()
    day = page.locator("[data-day='2024-05-15'] a")
    assert day.locator(".day__dots").inner_text() == "•••"
    day.click()
    page.wait_for_url("**/#ngay-15")
    listed = page.locator(".days__day:has(#ngay-15) .event")
    assert listed.count() >= stress.BUSY - 3  # three of them have no day any more
    for _ in range(50):  # the page glides there
        if listed.first.bounding_box()["y"] < 780:
            break
        page.wait_for_timeout(100)
    assert listed.first.bounding_box()["y"] < 780


def test_each_day_says_what_its_grid_has_no_room_for(page, busy_server):
    page.goto(busy_server + stress.MONTH)
    more = page.locator(".bar--more")
    assert more.count() >= 1
    assert {link.get_attribute("href") for link in more.all()} >= {"#ngay-15"}
