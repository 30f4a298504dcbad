"""Where lines end on a phone: none begins with a dash, none parts a day, a year or a stretch of them."""

import pytest

from website import stress
from website.reading import KINDS

pytestmark = pytest.mark.browser

# Words whose first and last letter stand on different lines, by the boxes that the browser draws.
PARTED = r"""() => {
  const blocks = new Map();
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    let block = node.parentElement;
    if (!block.checkVisibility({ visibilityProperty: true })) continue;
    if (block.closest("pre, code, .visually-hidden, .leaf")) continue;  // a leaf is drawn, a word a line
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    if (!blocks.has(block)) blocks.set(block, []);
    blocks.get(block).push(...[...node.data].map((letter, at) => ({ letter, node, at })));
  }
  const top = ({ node, at }) => {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range.getClientRects()[0]?.bottom;
  };
  const found = [];
  for (const [block, letters] of blocks) {
    const text = letters.map(({ letter }) => letter).join("");
    for (const match of text.matchAll(/\d\S*\s+[-–—]\s+\d+|\S\s+[-–—](?=\s)|\d[–—]\d|(?:ngày|tháng|năm|quý)\s+\d+/gi)) {
      const [first, last] = [top(letters[match.index]), top(letters[match.index + match[0].length - 1])];
      const around = text.slice(Math.max(0, match.index - 20), match.index + 30);
      if (Math.abs(first - last) > 8) found.push(`${block.tagName}: ${around}`);
    }
  }
  return [found, blocks.size];
}"""


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_line_parts_what_is_read_as_one(page, busy_server, width):
    page.set_viewport_size({"width": width, "height": 780})
    page.emulate_media(reduced_motion="reduce")
    page.clock.set_fixed_time("2022-05-12T09:00:00+07:00")
    empty = '<svg xmlns="http://www.w3.org/2000/svg"/>'  # no prints are made for this site
    page.route(
        "**/khau-hieu/**.svg", lambda route: route.fulfill(body=empty, content_type="image/svg+xml")
    )
    parted, looked_at = {}, 0
    for address in {*KINDS.values(), "chu-de/2022/", "lich/2022/05/", stress.PLAN + "/"}:
        page.goto(busy_server + address)
        parted[address], blocks = page.evaluate(PARTED)
        looked_at += blocks
    assert {address: found for address, found in parted.items() if found} == {}
    assert looked_at > 1000
