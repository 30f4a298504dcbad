// The phone's own share sheet (Zalo, Messenger, SMS, …); the buttons show where early.js found one.

export function share(button) {
  button.addEventListener("click", () => {
    navigator.share({ title: document.title, url: location.href }).catch(() => {}); // closed by the reader
  });
}
