"""People come with a question: on a phone each is answered within two taps, and within two screens."""

import pytest

from website import stress

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 780}


@pytest.fixture
def phone(page, busy_server):
    """The home page on a phone, the day before fifteen events."""
    page.set_viewport_size(PHONE)
    page.emulate_media(reduced_motion="reduce")
    page.clock.set_fixed_time("2024-05-14T09:00:00+07:00")
    page.goto(busy_server)
    return page


def screens(locator) -> float:
    """How many screens from the top of its page `locator` ends."""
    bottom = locator.evaluate("e => e.getBoundingClientRect().bottom + scrollY")
    return bottom / PHONE["height"]


def tap(phone, link, address: str) -> None:
    """One tap on a link that stands within two screens."""
    assert screens(link) <= 2
    link.click()
    phone.wait_for_url(address)


def begins(locator) -> float:
    """How many screens from the top of its page the first line of `locator` ends."""
    return locator.evaluate("e => e.getClientRects()[0].bottom + scrollY") / PHONE["height"]


def test_the_next_event_is_on_the_first_screen_of_home(phone, busy_server):
    phone.wait_for_selector("[data-parted]")
    assert begins(phone.locator("[aria-labelledby=sap-toi] .event:visible h3 > a").first) <= 1
    phone.clock.set_fixed_time("2027-05-14T09:00:00+07:00")  # nothing is to come
    phone.goto(busy_server)
    phone.wait_for_selector("[data-parted]")
    assert phone.locator("[aria-labelledby=sap-toi] .empty").is_visible()
    assert begins(phone.locator("[aria-labelledby=gan-day] .event:visible h3 > a").first) <= 1


def test_what_is_on_this_week_near_me(phone):
    tap(phone, phone.get_by_role("link", name="Tuần này"), "**/su-kien/?khi=tuan-nay")
    first = phone.locator(".event:visible").first
    assert screens(first) <= 2
    assert "Thanh Hóa" in first.inner_text()
    shown = phone.locator(".event:visible").evaluate_all(
        "all => all.map(({ dataset }) => [dataset.start, dataset.end])"
    )
    assert len(shown) >= stress.BUSY - 3
    assert all(start <= "2024-05-19" and end >= "2024-05-13" for start, end in shown)
    assert shown[0][1] <= "2024-05-19"  # what goes on for weeks comes after what is on now


def test_may_my_class_come_and_whom_do_i_call(phone, busy_server):
    phone.clock.set_fixed_time("2024-05-15T09:00:00+07:00")  # the day of fifteen events
    phone.goto(busy_server)
    tap(phone, phone.get_by_role("link", name="Hôm nay"), "**/su-kien/?khi=hom-nay")
    event = phone.locator(".event:visible").filter(has_text="Học sinh").get_by_role("link")
    tap(phone, event.first, "**/su-kien/2024/viec-thu-2/")
    panel = phone.locator("[aria-labelledby=tham-du]")
    assert "Học sinh trung học cơ sở" in panel.inner_text()
    assert screens(panel.get_by_role("link", name="0237.3852.123").last) <= 2


def test_what_did_that_event_bring(phone, busy_server):
    phone.clock.set_fixed_time("2024-05-16T09:00:00+07:00")
    phone.goto(busy_server)
    tap(phone, phone.get_by_role("link", name="Đã qua"), "**/su-kien/?khi=da-qua")
    days = phone.locator(".event:visible").evaluate_all(
        "all => all.map((e) => e.dataset.end.slice(0, 10))"
    )
    assert days == sorted(days, reverse=True)  # the latest first
    tap(phone, phone.get_by_role("link", name="Việc thứ 1 của"), "**/su-kien/2024/viec-thu-1/")
    assert screens(phone.locator("#ket-qua")) <= 1
    assert screens(phone.locator(".figures")) <= 2


def test_what_does_my_unit_owe_the_overdue_first(phone):
    tap(phone, phone.get_by_role("link", name="Theo đơn vị"), "**/don-vi/")
    unit = phone.locator("[aria-labelledby=co-han]").get_by_role(
        "link", name="Văn phòng Sở Thanh Hóa"
    )
    tap(phone, unit, "**/don-vi/van-phong-so-thanh-hoa/")
    owed = phone.locator("[data-desk] .event")
    assert "Báo cáo lần đầu" in owed.first.inner_text()
    assert "Đã hết hạn" in owed.first.inner_text()
    assert "Còn 10 ngày" in owed.nth(1).inner_text()
    assert screens(owed.nth(1)) <= 2
