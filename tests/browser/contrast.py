"""Contrast as readers get it: from the pixels of screenshots, not from what style sheets say."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from PIL import Image
from playwright.sync_api import Page

from kehoach.pages.brand import contrast

Colour = tuple[int, int, int]

# Glyphs in a colour that nothing has, or in none: what a glyph covers, and what lies under it.
MARK = (255, 0, 255)
MARKED = "* { -webkit-text-fill-color: #f0f !important }"
BARE = "* { -webkit-text-fill-color: transparent !important }"
# As one that the page's policy does not ask about.
STYLED = """(text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets = [sheet];
}"""
# What says something by being drawn, not by its words alone.
DRAWN = (
    ".icon, .button, .chip, .tool, .menu-button, input, select, .stretch, .busy, .mini__days .science, "
    ".legend__key, .bar:not(.bar--more), [data-today] .day__number, .day--science .day__number"
)
WITHOUT_DRAWN = f":is({DRAWN}) {{ visibility: hidden !important }}"
# What is looked at, by the style sheets of the shots that tell its contrast.
SHOWN = {"text": ("", MARKED, BARE), "drawn": (BARE, BARE + WITHOUT_DRAWN)}

# What stands still while the page scrolls would cover what is looked at.
UNSTUCK = """() => {
  for (const element of document.querySelectorAll("body *"))
    if (getComputedStyle(element).position === "sticky") element.style.position = "relative";
}"""
# Of what is in the window, the first of each kind: what stands in the same elements, of the same classes
# and states, looks the same.
TARGETS = """([drawn, known]) => {
  const seen = new Set(known), found = [];
  const name = (e) => [e.localName, ...e.classList, ...["data-state", "aria-current", "data-today"]
    .filter((a) => e.hasAttribute(a)).map((a) => `[${a}=${e.getAttribute(a)}]`)].join(".");
  const chain = (e) => e === document.body ? "" : `${chain(e.parentElement)} ${name(e)}`;
  const clip = (e) => {  // sideways, by the window and all that scroll or cut
    let left = 0, right = innerWidth;
    for (; e !== document.body; e = e.parentElement) {
      if (getComputedStyle(e).overflowX === "visible") continue;
      const box = e.getBoundingClientRect();
      left = Math.max(left, box.left), right = Math.min(right, box.right);
    }
    return { left, right };
  };
  const add = (what, element, boxes) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return;
    if (element.closest(".visually-hidden, .skip, dialog:not([open])")) return;
    const within = clip(element);
    const box = boxes.find(({ left, right, top, bottom, width, height }) => width >= 3 && height >= 3
      && left >= within.left && right <= within.right && top >= 0 && bottom <= innerHeight);
    const key = `${what}${chain(element)}`;
    if (!box || seen.has(key)) return;
    seen.add(key);
    found.push([what, key, [box.left, box.top, box.right, box.bottom]]);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = texts.nextNode());) {
    if (!/[\\p{L}\\p{N}]/u.test(node.data)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    add("text", node.parentElement, [...range.getClientRects()]);
  }
  for (const part of document.querySelectorAll(drawn)) add("drawn", part, [part.getBoundingClientRect()]);
  return found;
}"""


@dataclass(frozen=True)
class Weak:
    """Something whose contrast is less than `least`."""

    key: str
    ratio: float

    def __str__(self) -> str:
        return f"{self.ratio:.2f} {self.key}"


def weak(page: Page, known: set[str]) -> Iterator[Weak]:
    """What of the page has too little contrast; `known` are kinds of things that need no look, and grows.

    Text needs 4.5 to 1, whatever its size; what is drawn 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11).
    """
    page.evaluate(UNSTUCK)
    scale = page.evaluate("devicePixelRatio")
    window, whole = page.viewport_size["height"], page.evaluate("document.body.scrollHeight")
    for top in range(0, whole, window * 3 // 4):
        page.evaluate("(top) => scrollTo({ top, behavior: 'instant' })", top)
        targets = page.evaluate(TARGETS, [DRAWN, sorted(known)])
        known |= {key for _, key, _ in targets}
        if targets:
            yield from _judged(page, scale, targets)


def _judged(page: Page, scale: float, targets: list[list]) -> Iterator[Weak]:
    """What of the `targets` in the window is weak."""
    kinds = {what for what, _, _ in targets}
    styles = [style for what, shown in SHOWN.items() if what in kinds for style in shown]
    shots = {style: _shot(page, style) for style in dict.fromkeys(styles)}
    for what, key, box in targets:
        within = [round(side * scale) for side in box]
        parts = [shots[style].crop(within) for style in SHOWN[what]]
        ratio, least = (_of_text(*parts), 4.5) if what == "text" else (_of_drawing(*parts), 3.0)
        if ratio < least:
            yield Weak(key, ratio)
    page.evaluate(STYLED, "")


def _shot(page: Page, style: str) -> Image.Image:
    page.evaluate(STYLED, style)
    return Image.open(BytesIO(page.screenshot())).convert("RGB")


def _of_text(whole: Image.Image, marked: Image.Image, bare: Image.Image) -> float:
    """The least contrast of the glyphs' ink with what is under it, where they cover most of a pixel."""
    pixels = Counter(
        zip(
            whole.get_flattened_data(),
            marked.get_flattened_data(),
            bare.get_flattened_data(),
            strict=True,
        )
    )
    covered = [(coverage(mark, ground), shown, ground) for shown, mark, ground in pixels]
    enough = max(0.5, 0.9 * max(share for share, _, _ in covered))
    return min(
        (
            ratio(ink(shown, ground, share), ground)
            for share, shown, ground in covered
            if share >= enough
        ),
        default=1.0,
    )


def coverage(mark: Colour, ground: Colour) -> float:
    """How much of a pixel the marked glyph covers, from 0 to 1."""
    whole = [full - under for full, under in zip(MARK, ground, strict=True)]
    part = [shown - under for shown, under in zip(mark, ground, strict=True)]
    return sum(a * b for a, b in zip(whole, part, strict=True)) / sum(a * a for a in whole)


def ink(shown: Colour, ground: Colour, share: float) -> Colour:
    """The colour that covers `share` of a pixel, so that over `ground` it looks as `shown`."""
    pure = ((a - (1 - share) * b) / share for a, b in zip(shown, ground, strict=True))
    red, green, blue = (min(255, max(0, round(part))) for part in pure)
    return red, green, blue


def _of_drawing(drawn: Image.Image, empty: Image.Image) -> float:
    """The contrast with what is around and under it that a part's edge, or as much of it, has at least."""
    pairs = Counter(zip(drawn.get_flattened_data(), empty.get_flattened_data(), strict=True))
    needed = max(12, drawn.width + drawn.height)  # a line of a pixel along two sides
    for value, count in sorted(((ratio(*pair), n) for pair, n in pairs.items()), reverse=True):
        needed -= count
        if needed <= 0:
            return value
    return 1.0


@cache
def ratio(first: Colour, second: Colour) -> float:
    """From 1 to 21 (WCAG 2.2, contrast ratio)."""
    return contrast(*("#{:02x}{:02x}{:02x}".format(*colour) for colour in (first, second)))
