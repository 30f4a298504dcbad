// A reader's choice: on <html data-…> for this page, in storage for the next where it is allowed.
export function store(name, value) {
  document.documentElement.dataset[name] = value;
  try {
    localStorage.setItem(name, value);
  } catch {
    // Blocked storage: the choice holds for this page.
  }
}

export const stored = (name) => document.documentElement.dataset[name];
