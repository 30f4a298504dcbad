"""The first view: how much arrives before anybody touches the page, and that nothing jumps."""

import re

import pytest

from bench import pages
from website.reading import KINDS, tree

pytestmark = pytest.mark.browser

KB = 1000
BUDGET = dict.fromkeys(KINDS, 90 * KB) | {"slogan": 180 * KB}  # with pictures of nine banners
SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const moved = entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? "");
      shifts.push([entry.value, moved]);
    }
  }).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_page_keeps_its_budget(browser, server, kind):
    weights = pages.weigh(browser, server + KINDS[kind])
    assert weights["script"] <= 15 * KB
    assert weights["total"] <= BUDGET[kind]
    assert weights["document"] > 2 * KB  # it was measured


def test_a_plan_is_read_within_120_kb(browser, server):
    assert pages.weigh(browser, server + KINDS["plan"])["total"] <= 120 * KB


def test_every_module_of_the_first_view_is_asked_for_at_once(site):
    """What main.js imports, and what that imports, is what the page preloads."""
    (folder,) = site.glob("assets-*/js")
    wanted, found = ["main.js"], set()
    while wanted:
        name = wanted.pop()
        found.add(name)
        imports = re.findall(r'^import .*?"\./(.+?)";$', (folder / name).read_text(), re.MULTILINE)
        wanted += set(imports) - found
    head = tree(site / "index.html").find("head")
    preloaded = {href.rsplit("/", 1)[1] for href in head.xpath("link[@rel='modulepreload']/@href")}
    assert preloaded == found - {"main.js"}


@pytest.mark.parametrize("kind", [*KINDS, "404"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_while_a_page_loads(page, server, kind, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.add_init_script(SHIFTS)
    page.goto(server + KINDS.get(kind, "404.html"), wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("shifts") == []
