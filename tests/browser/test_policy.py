"""Nobody else's servers: a strict Content-Security-Policy that no page of ours offends."""

import re

import pytest

from kehoach import redirects
from kehoach.redirects import Moved
from website.reading import KINDS, tree

pytestmark = pytest.mark.browser

POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "manifest-src": ["'self'"],
    "worker-src": ["'self'"],
}
WATCH = """
  window.violations = [];
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
    violations.push(`${violatedDirective} ${blockedURI}`);
  });
"""


def directives(policy: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (part.split() for part in policy.split(";"))}


def test_every_page_states_the_policy_before_anything_that_loads(site):
    for kind in [*KINDS.values(), "404.html"]:
        path = site / kind
        head = tree(path if path.is_file() else path / "index.html").find("head")
        names = [(element.get("http-equiv"), element.tag) for element in head]
        at = names.index(("Content-Security-Policy", "meta"))
        assert directives(head[at].get("content")) == POLICY
        assert [tag for _, tag in names[:at]] == ["meta"]  # the charset


def test_the_servers_headers_say_the_same(root):
    """A header can also keep others from framing the page; a meta element cannot (CSP3, 3.3)."""
    guide = (root / "content" / "huong-dan" / "may-chu.md").read_text()
    headers = re.findall(r'Content-Security-Policy "([^"]+)"', guide)
    assert headers
    stated = [directives(re.sub(r"\$\w+", "", header)) for header in headers]
    assert {**POLICY, "frame-ancestors": ["'none'"]} in stated


@pytest.mark.parametrize("kind", [*KINDS, "404"])
def test_no_page_offends_it_or_asks_another_host(page, server, kind):
    """`page` fails on any request to another host; buttons and boxes are used, not just seen."""
    page.add_init_script(WATCH)
    page.goto(server + KINDS.get(kind, "404.html"))
    for button in page.locator("[data-text-step], [data-scheme-toggle], [data-copy]").all()[:6]:
        if button.is_visible():
            button.click()
    page.locator("form.search input").first.press_sequentially("hội ng")
    page.mouse.wheel(0, 20_000)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("violations") == []


def test_an_old_address_leads_on_under_its_own_policy(page, server):
    move = Moved("ke-hoach/2021/cu/", "ke-hoach/")
    content = redirects.moved_page(move, "Kế hoạch", server)
    page.route(
        "**/ke-hoach/2021/cu/", lambda route: route.fulfill(body=content, content_type="text/html")
    )
    page.goto(server + "ke-hoach/2021/cu/")
    page.wait_for_url(server + "ke-hoach/")
    assert page.locator("h1").inner_text() == "Kế hoạch"


def test_a_script_that_somebody_slips_in_does_not_run(browser, server):
    page = browser.new_page()
    page.add_init_script(WATCH)
    page.goto(server)
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.slipped = true";
          document.body.append(script);
          const pixel = Object.assign(new Image(), { src: "https://example.org/pixel.png" });
          document.body.append(pixel);
          document.body.setAttribute("style", "display: none");
        }"""
    )
    page.wait_for_function("violations.length >= 3")
    assert page.evaluate("window.slipped") is None
    assert page.evaluate("getComputedStyle(document.body).display") == "flex"
    page.close()
