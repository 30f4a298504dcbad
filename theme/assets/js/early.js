// Before the first paint: what the browser can do, the reader's colour scheme and text size, and that the
// page is whole.
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
  // Of a page that is half read, the header and whatever stands in the middle of its box would move as
  // the rest comes (HTML 4.6.8.5, "expect").
  const whole = document.createElement("link");
  whole.rel = "expect";
  whole.href = "#cuoi-trang";
  whole.setAttribute("blocking", "render");
  document.head.append(whole);
})(document.documentElement);
