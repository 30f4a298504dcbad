// On a page that a result opened: what was searched for is marked (?tim=…), and the address is
// clean again.
import { cut, marks } from "./marks.js";
import { parse } from "./query.js";
import { element } from "./searching.js";

const BLOCK = "p, li, h1, h2, h3, h4, h5, h6, td, th, dt, dd, figcaption, blockquote, div";
const MOST = 300;

export function markPage(root, asked) {
  const { tokens } = parse(asked, []);
  const address = new URL(location.href);
  address.searchParams.delete("tim");
  history.replaceState(history.state, "", address);
  if (!tokens.length) return;
  const found = blocks(root).map((nodes) => {
    const text = nodes.map((node) => node.data).join("");
    return { nodes, ...marks(text, { tokens, open: true }) };
  });
  const whole = found.filter((block) => block.whole);
  const most = Math.max(...found.map((block) => block.distinct ?? 0));
  const chosen = whole.length ? whole : found.filter((block) => most > 1 && block.distinct === most);
  let left = MOST;
  for (const { nodes, places } of chosen) {
    mark(nodes, places.slice(0, left));
    left -= Math.min(left, places.length);
  }
}

// The text nodes of each block of text.
function blocks(root) {
  const groups = new Map();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest("script, style, button, select, svg, .breadcrumbs, .toc")) continue;
    const block = node.parentElement.closest(BLOCK) ?? root;
    groups.set(block, [...(groups.get(block) ?? []), node]);
  }
  return [...groups.values()];
}

function mark(nodes, places) {
  let from = 0;
  for (const node of nodes) {
    const to = from + node.data.length;
    const inside = places
      .filter(([start, end]) => start < to && end > from)
      .map(([start, end]) => [Math.max(start, from) - from, Math.min(end, to) - from]);
    from = to;
    if (!inside.length) continue;
    const pieces = cut(node.data, inside).map((piece) =>
      piece.marked ? element("mark", {}, piece.text) : piece.text,
    );
    node.replaceWith(...pieces);
  }
}
