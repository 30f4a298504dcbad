"""The live preview: an edit is on the screen within a second.

Watches content, theme, `mkdocs.yml` and what that names (`docs_dir`, `custom_dir`, `hooks`, `INHERIT`,
`watch`), builds beside the site that is being served and swaps; a build that fails leaves the last good
site up, with the findings shown on every page.
"""

import contextlib
import functools
import html
import os
import queue
import re
import subprocess
import sys
import threading
import time
from collections.abc import Collection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket
from socketserver import BaseServer
from typing import Any

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from kehoach import building, reporting
from kehoach.building import translating
from kehoach.building.problem import SetupError
from kehoach.building.shelf import Shelf

SETTLE = 0.02  # seconds without another change before a build starts
WATCHED = ("content", "theme", "hooks", "mkdocs.yml")
LOCAL = frozenset(["127.0.0.1", "localhost", "[::1]"])  # the names of this machine
PRINT = Path("theme") / "print"  # read once by a process, as code is
_INHERIT = re.compile(r"^INHERIT:\s*[\"']?([^\s\"'#]+)", re.MULTILINE)
RELOAD = b"""const events = new EventSource("/__kehoach/events" + new URL(import.meta.url).search);
events.onmessage = () => location.reload();
"""


class Preview:
    """The site as it was last built, the findings of the last try, and who waits for the next."""

    def __init__(
        self, root: Path, without: Collection[str] = (), hosts: Collection[str] = ()
    ) -> None:
        self.root = root
        self.hosts = LOCAL.union(hosts)
        self.out = root / ".cache" / "serve" / "site"
        self.without = without  # "prints", "search"
        self.shelf: Shelf | None = None
        self.watched: list[Path] = []  # what the settings name, from `root`
        self.code: list[Path] = []  # what of it runs: the department's own hooks
        self.report = ""
        self.stamp = ""  # another after each build: a page that is older has missed one
        self.waiting: set[queue.SimpleQueue[str]] = set()

    def build(self) -> None:
        """Build again; whatever goes wrong is shown, and the preview goes on."""
        try:
            self.report = self._build()
        except Exception as error:
            kind = "" if isinstance(error, SetupError) else f"{type(error).__name__}: "
            self.report = f"{kind}{error}\n"
            self.shelf = None
        self._tell()

    def refuse(self, trouble: str) -> None:
        """Show the `trouble` that is in the way of a build, instead of building."""
        self.report = f"{trouble}\n"
        self._tell()

    def _tell(self) -> None:
        sys.stderr.write(self.report)
        self.stamp = str(time.time_ns())
        for listener in list(self.waiting):
            listener.put("built")

    def make_ready(self) -> None:
        """The first build leaves one folder; make the second that builds take turns with, while nobody waits."""
        with contextlib.suppress(Exception):  # whatever is wrong was said, or will be by the next
            self._build()

    def _build(self) -> str:
        """Build what changed since the last time; what is wrong, in words."""
        with building.using_cache(self.root):
            settings = building.configure(self.root, self.out)
            self.watched, self.code = self._named(settings.extra)
            if self.shelf and self.shelf.content != settings.content:
                self.shelf = None
            with building.locked(settings, drafts=True):
                return self._build_with(settings)

    def _named(self, extra: dict[str, Any]) -> tuple[list[Path], list[Path]]:
        """The files that the settings name and that change a site, and those of them that run, from `root`."""
        said = translating.of(extra)
        watched, code = (
            [Path(os.path.relpath(self.root / path, self.root)) for path in said.get(name, [])]
            for name in ("watch", "hooks")
        )
        named = [*watched, *code, *_inherited(self.root)]
        return [path for path in named if path.as_posix() not in WATCHED], code

    def _build_with(self, settings: building.Settings) -> str:
        project = building.open_project(settings, drafts=True, shelf=self.shelf)
        self.shelf = project.shelf
        if project.errors:
            project.save()
            return reporting.describe(project.errors, project.library)
        building.build(
            self.root,
            self.out,
            strict=False,
            project=project,
            with_prints="prints" not in self.without,
            with_search="search" not in self.without,
        )
        return ""


class Handler(SimpleHTTPRequestHandler):
    """Serves the preview, adding to each page what reloads it and what is wrong with the content."""

    def __init__(
        self,
        request: socket,
        client: tuple[str, int],
        server: BaseServer,
        *,
        preview: Preview,
    ) -> None:
        self.preview = preview
        super().__init__(request, client, server, directory=str(preview.out))

    def parse_request(self) -> bool:
        """Read a request; one for another host is refused: a page elsewhere may give a name of its own
        the address of this machine, to read what is not published yet."""
        if not super().parse_request():
            return False
        host = self.headers.get("Host", "").rpartition("@")[2]
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        if name.lower() in self.preview.hosts:
            return True
        self.send_error(421)
        return False

    def do_GET(self) -> None:
        address, _, stamp = self.path.partition("?")
        if address == "/__kehoach/events":
            return self.events(stamp)
        if address == "/__kehoach/reload.js":
            return self.answer(RELOAD, "text/javascript")
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if address.endswith("/") else path
        if (path.is_dir() and page == path) or (page.is_file() and page.suffix != ".html"):
            return super().do_GET()
        status = 200
        if not page.is_file():  # it may come again: the page that says so waits for it
            page, status = self.preview.out / "404.html", 404
        return self.answer(self.live(page), "text/html; charset=utf-8", status)

    def live(self, page: Path) -> bytes:
        stamp = self.preview.stamp
        try:
            text = page.read_text(encoding="utf-8")
        except FileNotFoundError:  # no site has been built yet
            text = "<!doctype html><body><main></main></body>"
        report = self.preview.report
        shown = (
            f'<pre class="notice tone-red" role="alert">{html.escape(report)}</pre>'
            if report
            else ""
        )
        script = f'<script type="module" src="/__kehoach/reload.js?{stamp}"></script>'
        text = text.replace("<main", shown + "<main", 1)
        return text.replace("</body>", script + "</body>", 1).encode()

    def answer(self, content: bytes, media_type: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def events(self, stamp: str) -> None:
        """Server-sent events (HTML Standard, 9.2): one message a build, those since `stamp` included."""
        listener: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.preview.waiting.add(listener)
        if stamp != self.preview.stamp:
            listener.put("built")
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
    """Puts every path under `root` that changed where the build loop finds it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.paths: queue.SimpleQueue[Path] = queue.SimpleQueue()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in ("opened", "closed_no_write"):
            return
        for name in (event.src_path, event.dest_path):  # one that moved has both
            path = os.path.relpath(os.fsdecode(name), self.root) if name else ".."
            if not path.startswith("../") and not _is_hidden(Path(path)):
                self.paths.put(Path(path))

    def wait(self) -> set[Path]:
        """The paths of the next burst of changes."""
        changed = {self.paths.get()}
        while True:
            try:
                changed.add(self.paths.get(timeout=SETTLE))
            except queue.Empty:
                return changed


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") or part == "__pycache__" for part in path.parts)


def serve(
    root: Path, port: int, without: Collection[str] = (), hosts: Collection[str] = ()
) -> None:
    """Serve the preview on 127.0.0.1 until interrupted; code and prints' templates that change start it anew.

    It answers under the names of this machine and of `hosts`. Raises SetupError where another program has the port.
    """
    preview = Preview(root, without, hosts)
    handler = functools.partial(Handler, preview=preview)
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        hint = "chọn cổng khác bằng --port"
        raise SetupError(f"Không mở được cổng {port} ({error.strerror}): {hint}.") from None
    preview.build()
    preview.out.mkdir(parents=True, exist_ok=True)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(
        f"Xem trước tại http://127.0.0.1:{server.server_port}/ (Ctrl+C để dừng)",
        file=sys.stderr,
        flush=True,
    )
    changes = Changes(root)
    observer = Observer()
    observer.schedule(changes, str(root))
    for name in WATCHED:
        watch(observer, root / name, changes)
    named: set[Path] = set()
    observer.start()
    preview.make_ready()
    try:
        while True:
            for path in set(preview.watched) - named:
                watch_named(observer, root, path, changes)
            named = set(preview.watched)
            changed = changes.wait()
            for folder in changed & set(map(Path, WATCHED)):  # gone, or made again
                watch(observer, root / folder, changes)
            touched = {path.parts[0] for path in changed if path.parts and path.parts[0] in WATCHED}
            is_code = "hooks" in touched or not changed.isdisjoint(preview.code)
            is_code = is_code or any(path.is_relative_to(PRINT) for path in changed)
            if is_code and (trouble := _trouble_in_code(root)):
                preview.refuse(trouble)
            elif is_code:
                os.execv(sys.executable, [sys.executable, *sys.argv])
            elif touched or any(path.is_relative_to(own) for path in changed for own in named):
                preview.build()
    finally:
        observer.stop()


def _inherited(root: Path) -> list[Path]:
    """The file that `mkdocs.yml` inherits from."""
    text = (root / "mkdocs.yml").read_text(encoding="utf-8", errors="replace")
    return [Path(os.path.normpath(name)) for name in _INHERIT.findall(text)]


def _trouble_in_code(root: Path) -> str:
    """The error that keeps the code, as it now is, from starting; "" where it starts."""
    trial = [sys.executable, "-c", "import kehoach.serving, kehoach.commands, kehoach.prints.lines"]
    folders = os.pathsep.join([str(root / "hooks"), os.environ.get("PYTHONPATH", "")])
    environment = os.environ | {"PYTHONPATH": folders}
    done = subprocess.run(trial, env=environment, capture_output=True, text=True, check=False)
    return done.stderr.strip().rpartition("\n")[2] if done.returncode else ""


def watch_named(observer: BaseObserver, root: Path, path: Path, changes: Changes) -> None:
    """Watch what the settings name: a folder, or the folder of a file; the files at `root` are watched anyhow."""
    folder = path if (root / path).is_dir() else path.parent
    if folder != Path():
        watch(observer, root / folder, changes)


def watch(observer: BaseObserver, folder: Path, changes: Changes) -> None:
    """Watch `folder` as it now is; the folder of that name before it is watched no longer."""
    old = ObservedWatch(str(folder), recursive=True)
    with contextlib.suppress(KeyError):
        observer.unschedule(old)
    if folder.is_dir():
        observer.schedule(changes, str(folder), recursive=True)
