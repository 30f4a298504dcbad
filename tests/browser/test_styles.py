"""No rule of the style sheet is for nothing: each of its selectors finds something on some kind of page,
in some state that a reader can bring about."""

from pathlib import Path

import pytest

from website import stress
from website.reading import KINDS

pytestmark = pytest.mark.browser

# What no sample shows yet: pictures at a side, buttons of prose, chapters, paragraphs in cells.
WITHOUT_SAMPLE = (
    ".prose img.align-",
    ".prose .button",
    ".doc-body .centred",
    ".doc-body .table-wrap p",
)

SELECTORS = """() => {
  const parts = (list) => {  // at commas outside brackets
    const found = [""];
    let depth = 0;
    for (const letter of list) {
      depth += "([".includes(letter) - ")]".includes(letter);
      if (letter === "," && depth === 0) found.push("");
      else found[found.length - 1] += letter;
    }
    return found.map((part) => part.trim());
  };
  const rules = (list) => [...list].flatMap((rule) =>
    [...(rule instanceof CSSStyleRule ? parts(rule.selectorText) : []), ...rules(rule.cssRules ?? [])]);
  return [...new Set([...document.styleSheets].flatMap((sheet) => rules(sheet.cssRules)))];
}"""
# What only a pointer, the keyboard or the address brings about is taken off a selector, and what is
# drawn before or after an element stands for the element.
UNMATCHED = r"""(selectors, root) => {
  const passing = "(?:::[\\w-]+|:(?:hover|focus-visible|focus|active|target|popover-open)\\b)";
  const still = (selector) => selector
    .replace(/:not\(:(?:focus|active)\)/g, "")
    .replace(new RegExp(`(^|[\\s(])${passing}`, "g"), "$1*")
    .replace(new RegExp(passing, "g"), "");
  return selectors.filter((selector) => !root.querySelector(still(selector)));
}"""


def unmatched(page, selectors: list[str]) -> list[str]:
    return page.evaluate(f"selectors => ({UNMATCHED})(selectors, document)", selectors)


def anywhere(page, server: str, addresses: list[str], selectors: list[str]) -> list[str]:
    """The selectors that find nothing on any of the pages as they come from the server."""
    return page.evaluate(
        f"""async ([selectors, addresses]) => {{
          const unmatched = {UNMATCHED};
          for (const address of addresses) {{
            const text = await (await fetch(address)).text();
            const document = new DOMParser().parseFromString(text, "text/html");
            for (const name of ["js can-share", "no-js"]) {{
              document.documentElement.className = name;
              selectors = unmatched(selectors, document);
            }}
          }}
          return selectors;
        }}""",
        [selectors, [server + address for address in addresses]],
    )


def states(page, server: str):
    """Pages in the states that scripts and readers bring about."""
    page.goto(server + stress.PLAN + "/")
    page.locator(".sheet h2").last.scroll_into_view_if_needed()
    page.locator(".toc [aria-current]").wait_for()
    yield
    badge = page.locator(".badge--issued").first  # of a draft, which only the preview shows
    badge.evaluate("badge => badge.classList.add('badge--draft')")
    yield
    page.clock.set_fixed_time("2024-01-02T09:00:00+07:00")
    page.goto(server)  # as before its script has come
    page.locator("[data-turn]").evaluate_all(
        "all => all.forEach((e) => e.removeAttribute('data-turn'))"
    )
    yield
    for day in ("2022-05-01", "2022-05-17", "2022-05-18", "2024-01-02"):
        page.clock.set_fixed_time(f"{day}T09:00:00+07:00")
        for kind in ("home", "event", "month", "year", "plan", "unit"):
            page.goto(server + KINDS[kind])
            yield
    for name, value in (
        ("scheme", "light"),
        ("scheme", "dark"),
        *(("text", n) for n in ["-1", "1", "2", "3"]),
    ):
        page.evaluate(
            "([name, value]) => { document.documentElement.dataset[name] = value }", [name, value]
        )
        yield
    page.goto(server + "tim-kiem/?q=hội nghị")
    page.locator("[data-search-results] a").first.wait_for()
    yield
    page.locator("[data-search-status]").evaluate(
        "(e) => e.append(document.createElement('button'))"
    )
    page.locator("[data-search-status] button").evaluate("(e) => (e.className = 'button')")
    yield
    page.goto(server)
    page.locator("#q").press_sequentially("hội nghị")
    page.locator(".suggestion").first.wait_for()
    page.keyboard.press("ArrowDown")
    yield


def test_every_selector_finds_something(page, busy_server: str, server: str, stressed: Path):
    printed, server, site = server, busy_server, stressed
    page.goto(server)
    left = page.evaluate(SELECTORS)
    assert len(left) > 400
    left = [selector for selector in left if not selector.startswith(WITHOUT_SAMPLE)]
    addresses = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html"))]
    left = anywhere(page, server, addresses, left)
    page.goto(printed)
    left = anywhere(page, printed, [KINDS["slogan"]], left)  # with its banners
    for _ in states(page, server):
        left = unmatched(page, left)
    assert left == [], "\n".join(left)
