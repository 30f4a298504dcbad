"""WCAG 2.2 AA by axe-core on every kind of page, and what axe cannot see: focus, reflow, motion."""

import re

import pytest

from kehoach.pages.brand import contrast
from node import npm
from website.reading import KINDS

pytestmark = [pytest.mark.browser, pytest.mark.node]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = KINDS | {
    "404": "404.html",
    "notes": "ke-hoach/2024/ngay-khcn-thanh-hoa/",  # footnotes
    "rules": "huong-dan/quy-tac/",  # a table and code
    "markdown": "huong-dan/cach-viet-markdown/",  # notes, tabs, keys, icons, coloured code
    "servers": "huong-dan/may-chu/",  # code wider than the page
    "statement": "huong-dan/kha-nang-tiep-can/",
}
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
SCHEMES = ["light", "dark"]


@pytest.fixture(scope="module")
def axe():
    """axe-core's findings on a page: "rule: element" for each violation."""
    source = (npm.modules() / "axe-core" / "axe.min.js").read_text()

    def find(page):
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        options = {"runOnly": TAGS, "resultTypes": ["violations"]}
        found = page.evaluate("options => axe.run(document, options)", options)
        return [f"{v['id']}: {node['target']}" for v in found["violations"] for node in v["nodes"]]

    return find


@pytest.mark.parametrize("kind", PAGES)
def test_no_violation_in_either_scheme_wide_or_narrow(page, server, axe, kind):
    page.set_viewport_size(WIDE)
    page.goto(server + PAGES[kind])
    for viewport in (WIDE, NARROW):
        page.set_viewport_size(viewport)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert axe(page) == [], (viewport["width"], scheme)


@pytest.mark.parametrize("kind", PAGES)
def test_no_violation_and_no_sideways_scroll_at_400_percent(browser, server, axe, kind):
    """A window of 1280 px at 400 %: 320 px wide, four device pixels each (WCAG 1.4.10)."""
    context = browser.new_context(viewport=NARROW, device_scale_factor=4)
    page = context.new_page()
    page.goto(server + PAGES[kind])
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert axe(page) == [], scheme
    page.evaluate("document.documentElement.dataset.text = 3")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    context.close()


def test_the_open_menu_has_no_violation(page, server, axe):
    page.set_viewport_size(NARROW)
    page.goto(server)
    page.get_by_role("button", name="Danh mục").click()
    assert page.locator("#menu").is_visible()
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert axe(page) == [], scheme


def test_results_and_suggestions_of_search_have_no_violation(page, server, axe):
    page.goto(server + "tim-kiem/?q=hội nghị")
    page.locator("[data-search-results] a").first.wait_for()
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert axe(page) == [], scheme
    page.goto(server)
    page.locator("#q").press_sequentially("hội nghị")
    page.locator(".suggestion").first.wait_for()
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert axe(page) == [], scheme


# --- colours, which axe leaves open where they stand on a picture


def tokens(page) -> dict[str, str]:
    """The colours of site.css as they are now."""
    return page.evaluate(
        """() => {
          const style = getComputedStyle(document.documentElement);
          const names = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
            .filter((rule) => rule.selectorText === ":root").flatMap((rule) => [...rule.style]);
          const long = (colour) => colour.replace(/^#(.)(.)(.)$/, "#$1$1$2$2$3$3");
          const value = (name) => long(style.getPropertyValue(name).trim());
          return Object.fromEntries(names.map((name) => [name, value(name)]));
        }"""
    )


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def mixed(over: str, under: str, opacity: float) -> str:
    pairs = zip(rgb(over), rgb(under), strict=True)
    return "#" + "".join(f"{round(a * opacity + b * (1 - opacity)):02x}" for a, b in pairs)


TEXT = [
    (ink, ground)
    for ink in ("--text", "--muted", "--link", "--link-hover", "--accent")
    for ground in ("--ground", "--surface", "--quiet")
] + [(f"--{tone}-ink", f"--{tone}-soft") for tone in ("neutral", "blue", "green", "yellow", "red")]
EDGES = [("--line-strong", "--surface"), ("--line-strong", "--ground"), ("--focus", "--ground")]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_has_4_5_to_1_and_edges_of_controls_3_to_1(page, server, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(server)
    colours = tokens(page)
    weak = [
        (ink, ground, round(ratio, 2))
        for pairs, least in ((TEXT, 4.5), (EDGES, 3))
        for ink, ground in pairs
        if (ratio := contrast(colours[ink], colours[ground])) < least
    ]
    assert weak == []


def test_words_on_the_drum_are_legible_where_it_is_brightest(page, server, site):
    page.goto(server)
    colours = tokens(page)
    (drum,) = (path.read_text() for path in site.glob("assets-*/img/drum.svg"))
    opacity = max(map(float, re.findall(r'(?:stroke|fill)-opacity="(\.\d+)"', drum)))
    brightest = mixed(colours["--brand-yellow"], colours["--brand-red"], opacity)
    assert contrast("#ffffff", brightest) >= 4.5
    assert contrast(colours["--brand-yellow"], brightest) >= 4.5


def test_the_reader_s_dark_is_the_system_s_dark(page, server):
    page.emulate_media(color_scheme="dark")
    page.goto(server)
    system = tokens(page)
    page.emulate_media(color_scheme="light")
    page.evaluate("document.documentElement.dataset.scheme = 'dark'")
    assert tokens(page) == system
    page.evaluate("document.documentElement.dataset.scheme = 'light'")
    assert tokens(page)["--ground"] != system["--ground"]


# --- what is heard, from top to end


def heard(page) -> list[tuple[str, str]]:
    """What of the page's main part has a role and a name, as screen readers get it, in order."""
    snapshot = page.locator("main").aria_snapshot()
    return re.findall(r'^ *- \'?(\w+) "((?:[^"\\]|\\.)*)"', snapshot, re.MULTILINE)


HEARD = ["home", "plan", "event", "month", "year", "campaign", "events"]


@pytest.mark.parametrize("kind", HEARD)
def test_every_control_has_a_name_and_no_landmark_is_called_like_another(page, server, kind):
    page.goto(server + KINDS[kind])
    snapshot = page.locator("body").aria_snapshot()
    controls = "link|button|combobox|searchbox|textbox|checkbox|region|navigation|form|search"
    assert re.findall(rf"^ *- '?(?:{controls})(?::| \[|$)", snapshot, re.MULTILINE) == []
    found = re.findall(r'- \'?(?:region|navigation|form|search) "([^"]*)"', snapshot)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("kind", ["plan", "month", "event"])
def test_headings_are_called_by_their_own_words(page, server, kind):
    page.goto(server + KINDS[kind])
    names = [name for role, name in heard(page) if role == "heading"]
    assert len(names) == len(set(names)) > 3
    assert not [name for name in names if "Liên kết" in name]
    if kind == "plan":
        assert "I. MỤC ĐÍCH, YÊU CẦU" in names


def test_an_event_of_a_plan_is_told_once_after_the_text(page, server):
    """The margin and the drawn time line are for eyes and pointers; the table tells it all."""
    page.goto(server + KINDS["plan"])
    events = page.locator("table a[href*='/su-kien/']").all_inner_texts()
    links = [name for role, name in heard(page) if role == "link"]
    assert len(events) == 7
    assert [links.count(" ".join(event.split())) for event in events] == [1] * 7
    assert (
        page.locator(".margin a:not([tabindex='-1']), .timeline a:not([tabindex='-1'])").count()
        == 0
    )


def test_a_day_of_a_month_is_heard_with_its_weekday_and_what_lasts_is_heard_once(page, server):
    page.goto(server + KINDS["month"])
    sheet = page.locator(".month").aria_snapshot()
    assert 'link "Thứ tư 4, 1 mục"' in " ".join(sheet.replace(" ,", ",").split())
    assert "Thứ bảy 4 tháng 6" in " ".join(sheet.split())
    assert sheet.count('link "Treo băng rôn tuyên truyền') == 1  # of three weeks
    assert page.locator(".bar", has_text="Treo băng rôn tuyên truyền").count() == 3


def test_what_is_drawn_of_an_event_is_not_read_out(page, server):
    page.goto(server + KINDS["event"])
    words = page.locator(".page-header time, .page-header p").all_inner_texts()
    assert any("16" in text for text in words)
    panel = page.locator("aside .panel").first
    assert "01 buổi" in panel.inner_text()
    assert "01 buổi" not in panel.aria_snapshot()


# --- targets, focus, motion


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_targets_are_24_px_or_stand_in_a_line_of_text(page, server, kind, width):
    """WCAG 2.5.8 with its exception for links in a sentence; what is hidden does not count."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(server + PAGES[kind])
    small = page.evaluate(
        """() => [...document.querySelectorAll("a, button, input, select, summary")]
        .filter((target) => target.checkVisibility({ visibilityProperty: true }))
        .filter((target) => {
          const box = target.getBoundingClientRect();
          const { display } = getComputedStyle(target);
          if (display === "inline" || target.closest(".skip")) return false;
          return box.width < 24 || box.height < 24;
        }).map((target) => target.outerHTML.slice(0, 120))"""
    )
    assert small == []


@pytest.mark.parametrize("kind", PAGES)
def test_focus_is_seen_wherever_it_goes(page, server, kind):
    """Every stop of the Tab key shows an outline and lies in the window (WCAG 2.4.7, 2.4.11)."""
    page.set_viewport_size(WIDE)
    page.emulate_media(reduced_motion="reduce")  # or it is asked while it scrolls
    page.goto(server + PAGES[kind])
    stops = []
    for _ in range(40):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
              const at = document.activeElement;
              if (at === document.body) return null;
              const box = at.getBoundingClientRect();
              const drawn = (e, part) => getComputedStyle(e, part).outlineStyle !== "none";
              const outlined = [at, ...at.children].some((e) => drawn(e)) || drawn(at, "::after");
              const seen = box.bottom > 0 && box.top < innerHeight;
              return [at.outerHTML.slice(0, 100), outlined && seen];
            }"""
        )
        if stop is None:
            break
        stops.append(stop)
    assert len(stops) > 10
    assert [name for name, seen in stops if not seen] == []


def test_the_skip_link_is_first_and_leads_into_the_page(page, server):
    page.goto(server + KINDS["plan"])
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Đến nội dung chính"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#noi-dung') !== null")


def test_nothing_moves_for_a_reader_who_wants_less_motion(browser, server):
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    for kind in KINDS.values():
        page.goto(server + kind)
        moving = page.evaluate(
            """() => [...document.querySelectorAll("*")].filter((element) => {
              const style = getComputedStyle(element);
              return style.transitionDuration !== "0s" || style.animationName !== "none"
                || style.scrollBehavior === "smooth";
            }).length"""
        )
        assert moving == 0, kind
    context.close()


@pytest.mark.parametrize("kind", ["home", "plan", "month", "slogan"])
def test_forced_colours_keep_edges(browser, server, kind):
    context = browser.new_context(forced_colors="active", viewport=WIDE)
    page = context.new_page()
    page.goto(server + KINDS[kind])
    edges = page.locator(".button, .badge, .leaf").evaluate_all(
        """all => all.filter((e) => e.checkVisibility())
           .map((e) => getComputedStyle(e).borderTopStyle)"""
    )
    assert edges
    assert set(edges) <= {"solid", "dashed"}
    context.close()
