// Before the first paint: what the browser can do, and the reader's colour scheme and text size.
(function (root) {
  const first = document.querySelector('meta[name="first-scheme"]')?.content || "system";
  root.className = navigator.share ? "js can-share" : "js";
  try {
    root.dataset.scheme = localStorage.getItem("scheme") || first;
    root.dataset.text = localStorage.getItem("text") || "0";
  } catch (blocked) {
    root.dataset.scheme = first;
    root.dataset.text = "0";
  }
})(document.documentElement);
