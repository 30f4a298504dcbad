"""What a newsroom takes from a page."""

import pytest

from website.reading import KINDS

pytestmark = pytest.mark.browser


def test_the_text_of_a_material_is_copied_with_its_title(page, busy_server):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(busy_server + KINDS["material"])
    page.get_by_role("button", name="Sao chép văn bản").click()
    page.get_by_role("button", name="Đã sao chép").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    title, *body = copied.split("\n\n")
    assert title == page.locator("h1").inner_text()
    assert len(body) > 3
    assert body[-1].strip() == page.locator("#noi-dung-bai > :last-child").inner_text()
