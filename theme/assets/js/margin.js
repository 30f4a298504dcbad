// Notes in the margin: each beside the place in the text that it belongs to, none over another.

const GAP = 12; // pixels between two notes

export function margin(aside) {
  const wide = matchMedia("(min-width: 78em)");
  const notes = [...aside.querySelectorAll("[data-beside]")];
  const places = notes.map((note) => document.getElementById(note.dataset.beside));
  const arrange = () => {
    if (!wide.matches) return;
    const { top } = aside.getBoundingClientRect();
    const wanted = places.map((place) => place.getBoundingClientRect().top - top);
    const heights = notes.map((note) => note.offsetHeight);
    let free = 0;
    notes.forEach((note, index) => {
      const y = Math.max(wanted[index], free);
      note.style.top = `${y}px`;
      free = y + heights[index] + GAP;
    });
    aside.style.minHeight = `${free}px`;
  };
  aside.dataset.arranged = "";
  arrange();
  new ResizeObserver(arrange).observe(aside.previousElementSibling);
}
