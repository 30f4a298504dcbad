"""The first view: how much arrives before anybody touches the page, and that nothing jumps."""

import functools
import re
import threading
import time
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

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


class SlowLine(SimpleHTTPRequestHandler):
    """Pages come in pieces cut between two elements, fonts and scripts late."""

    def log_message(self, *arguments: object) -> None:
        pass

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        if file.suffix in (".woff2", ".js"):
            time.sleep(0.2)
        page = file / "index.html" if file.is_dir() else file
        if page.suffix != ".html":
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        for piece in self.pieces(page.read_bytes()):
            self.wfile.write(piece)
            self.wfile.flush()
            time.sleep(0.04)

    @staticmethod
    def pieces(html: bytes) -> Iterator[bytes]:
        tags = [
            tag.start() for tag in re.finditer(rb"<", html) if tag.start() > html.index(b"<body")
        ]
        header = [at for at in tags if at < html.index(b"</header>")]
        cuts = [0, *header[::9], *tags[len(header) :: len(tags) // 9], len(html)]
        yield from (html[start:end] for start, end in pairwise(cuts))


@pytest.fixture(scope="module")
def slow_line(site: Path) -> Iterator[str]:
    handler = functools.partial(SlowLine, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()


@pytest.mark.parametrize("kind", [*KINDS, "404"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_on_a_slow_line(context, slow_line, kind, width):
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    page.add_init_script(SHIFTS)
    page.goto(slow_line + KINDS.get(kind, "404.html"), wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("shifts") == []
