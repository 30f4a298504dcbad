// The reader's last searches, on this device and nowhere else.

const NAME = "searches";
const MOST = 8;

export function recent() {
  try {
    const found = JSON.parse(localStorage.getItem(NAME) ?? "[]");
    return Array.isArray(found) ? found.filter((text) => typeof text === "string") : [];
  } catch {
    return []; // blocked or spoilt storage
  }
}

export function note(text) {
  const asked = text.trim().slice(0, 100);
  if (asked.length > 1) write([asked, ...recent().filter((other) => other !== asked)].slice(0, MOST));
}

export function forget() {
  write([]);
}

function write(searches) {
  try {
    localStorage.setItem(NAME, JSON.stringify(searches));
  } catch {
    // Nothing is remembered then.
  }
}
