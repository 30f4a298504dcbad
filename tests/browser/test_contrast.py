"""Every text has 4.5 to 1 and all that is drawn 3 to 1, by the pixels, on every kind of page in both schemes."""

import pytest

from browser import contrast
from website import stress
from website.reading import KINDS

pytestmark = [pytest.mark.browser, pytest.mark.heavy]

PAGES = [
    *KINDS.values(),
    "404.html",
    f"{stress.PLAN}/",
    stress.MONTH,
    f"su-kien/{stress.YEAR}/viec-thu-1/",  # with a result
    f"su-kien/{stress.YEAR}/viec-thu-2/",  # with a programme
    f"ke-hoach/{stress.YEAR}/da-thu-hoi/",
    "ke-hoach/2024/ngay-khcn-thanh-hoa/",  # footnotes
    "huong-dan/cach-viet-markdown/",
    "huong-dan/quy-tac/",
]
STRIPED = """<p style="color: {ink}; font-size: 20px;
  background: repeating-linear-gradient(135deg, #06c 0 8px, {stripe} 8px 12px)">Hội nghị tổng kết</p>"""


@pytest.fixture
def sharp(browser):
    """A function that opens a page of a width in a scheme, with two device pixels to each of CSS."""
    opened = []

    def page(width, scheme):
        context = browser.new_context(
            viewport={"width": width, "height": 1600},
            color_scheme=scheme,
            device_scale_factor=2,
            reduced_motion="reduce",
        )
        opened.append(context)
        return context.new_page()

    yield page
    for context in opened:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_4_5_to_1_and_what_is_drawn_3_to_1(sharp, busy_server, scheme):
    """Wide, and then what a phone shows that a wide screen does not."""
    known, weak = set(), []
    for width in (1280, 360):
        page = sharp(width, scheme)
        page.clock.set_fixed_time("2024-05-14T10:00:00+07:00")
        for address in PAGES:
            page.goto(busy_server + address)
            page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true })")
            page.evaluate("document.fonts.ready")
            weak += [f"{address}: {found}" for found in contrast.weak(page, known)]
    assert len(known) > 500
    assert weak == []


@pytest.mark.parametrize(
    ("ink", "stripe", "least"),
    [("#fff", "#fff", 1.0), ("#fff", "#9bf", 2.2), ("#fff", "#048", 5.4), ("#06c", "#06c", 1.0)],
)
def test_the_lightest_stripe_under_a_word_counts(sharp, ink, stripe, least):
    page = sharp(360, "light")
    page.set_content(STRIPED.format(ink=ink, stripe=stripe))
    found = [weak.ratio for weak in contrast.weak(page, set())]
    assert found == ([] if least >= 4.5 else [pytest.approx(least, abs=0.3)])


@pytest.mark.parametrize(("edge", "least"), [("#ddd", 1.4), ("#767676", 4.5)])
def test_a_control_is_told_by_its_edge(sharp, edge, least):
    page = sharp(360, "light")
    page.set_content(f'<input style="background: #fff; border: 1px solid {edge}; width: 120px">')
    found = [weak.ratio for weak in contrast.weak(page, set())]
    assert found == ([] if least >= 3 else [pytest.approx(least, abs=0.1)])
