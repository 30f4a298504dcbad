"""The live preview: an edit is on the screen within a second.

Watches content, theme and `mkdocs.yml`, builds beside the site that is being served and swaps; a
build that fails leaves the last good site up, with the findings shown on every page.
"""

import functools
import html
import os
import queue
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from kehoach import building, reporting

SETTLE = 0.02  # seconds without another change before a build starts
WATCHED = ("content", "theme", "hooks", "mkdocs.yml")
RELOAD = b"""const events = new EventSource("/__kehoach/events");
events.onmessage = () => location.reload();
"""


class Preview:
    """The site as it was last built, the findings of the last try, and who waits for the next."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.out = root / ".cache" / "serve" / "site"
        self.report = ""
        self.waiting: set[queue.SimpleQueue[str]] = set()

    def build(self) -> None:
        """Build again; whatever goes wrong is shown, and the preview goes on."""
        try:
            project = building.open_project(building.configure(self.root, self.out), drafts=True)
            self.report = reporting.describe(project.errors, project.library)
            if not project.errors:
                building.build(self.root, self.out, strict=False, project=project)
        except Exception as error:
            self.report = f"{type(error).__name__}: {error}"
        sys.stderr.write(self.report)
        for listener in list(self.waiting):
            listener.put("built")


class Handler(SimpleHTTPRequestHandler):
    """Serves the preview, adding to each page what reloads it and what is wrong with the content."""

    def __init__(self, *arguments: object, preview: Preview) -> None:
        self.preview = preview
        super().__init__(*arguments, directory=str(preview.out))

    def do_GET(self) -> None:
        if self.path == "/__kehoach/events":
            return self.events()
        if self.path == "/__kehoach/reload.js":
            return self.answer(RELOAD, "text/javascript")
        path = Path(self.translate_path(self.path))
        page = (
            path / "index.html"
            if path.is_dir() and self.path.partition("?")[0].endswith("/")
            else path
        )
        if page.suffix != ".html" or not page.is_file():
            return super().do_GET()
        return self.answer(
            self.live(page.read_text(encoding="utf-8")).encode(), "text/html; charset=utf-8"
        )

    def live(self, text: str) -> str:
        report = self.preview.report
        shown = (
            f'<pre class="notice tone-red" role="alert">{html.escape(report)}</pre>'
            if report
            else ""
        )
        script = '<script type="module" src="/__kehoach/reload.js"></script>'
        return text.replace("<main", shown + "<main", 1).replace("</body>", script + "</body>", 1)

    def answer(self, content: bytes, media_type: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def events(self) -> None:
        """Server-sent events (HTML Standard, 9.2): one message a build."""
        listener: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.preview.waiting.add(listener)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            while True:
                try:
                    self.wfile.write(f"data: {listener.get(timeout=15)}\n\n".encode())
                except queue.Empty:
                    self.wfile.write(b": still here\n\n")
                self.wfile.flush()
        except OSError:
            self.preview.waiting.discard(listener)

    def log_message(self, *arguments: object) -> None:
        pass


class Changes(FileSystemEventHandler):
    """Puts every changed path where the build loop finds it."""

    def __init__(self) -> None:
        self.paths: queue.SimpleQueue[str] = queue.SimpleQueue()

    def on_any_event(self, event: FileSystemEvent) -> None:
        path = os.fsdecode(event.src_path)
        if (
            event.event_type in ("opened", "closed_no_write")
            or "__pycache__" in path
            or "/." in path
        ):
            return
        self.paths.put(path)

    def wait(self) -> set[str]:
        """The paths of the next burst of changes."""
        changed = {self.paths.get()}
        while True:
            try:
                changed.add(self.paths.get(timeout=SETTLE))
            except queue.Empty:
                return changed


def serve(root: Path, port: int) -> None:
    """Serve the preview on 127.0.0.1 until interrupted; code that changes starts it anew."""
    preview = Preview(root)
    preview.build()
    preview.out.mkdir(parents=True, exist_ok=True)
    server = ThreadingHTTPServer(("127.0.0.1", port), functools.partial(Handler, preview=preview))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(
        f"Xem trước tại http://127.0.0.1:{server.server_port}/ (Ctrl+C để dừng)",
        file=sys.stderr,
        flush=True,
    )
    changes = Changes()
    observer = Observer()
    observer.start()
    try:
        while True:
            watch(observer, root, changes)
            changed = {Path(path).relative_to(root) for path in changes.wait()}
            touched = {path.parts[0] for path in changed if path.parts and path.parts[0] in WATCHED}
            if "hooks" in touched:
                os.execv(sys.executable, [sys.executable, *sys.argv])
            if touched:
                preview.build()
    finally:
        observer.stop()


def watch(observer: BaseObserver, root: Path, changes: Changes) -> None:
    """Watch what there is now: a folder may have been deleted and made again."""
    observer.unschedule_all()
    observer.schedule(changes, str(root))
    for name in WATCHED:
        if (root / name).is_dir():
            observer.schedule(changes, str(root / name), recursive=True)
