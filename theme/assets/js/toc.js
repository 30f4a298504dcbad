// The table of contents: open beside the text on wide screens, the section in view marked.

export function contents(toc) {
  if (matchMedia("(min-width: 62em)").matches) toc.querySelector("details").open = true;
  const links = new Map();
  for (const link of toc.querySelectorAll('a[href^="#"]')) {
    const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (section) links.set(section, link);
  }
  const mark = () => {
    const passed = [...links.keys()].filter((section) => section.getBoundingClientRect().top < 120);
    const current = links.get(passed.at(-1));
    for (const link of links.values()) {
      if (link === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  let due = false;
  const soon = () => {
    if (!due) requestAnimationFrame(() => ((due = false), mark()));
    due = true;
  };
  addEventListener("scroll", soon, { passive: true });
  mark();
}
