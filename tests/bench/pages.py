"""What the first view of each kind of page weighs, and how Lighthouse judges it.

Beside it the same plan in stock Material and as HTML alone. A page is loaded once in Chromium with
an empty cache; every file that arrives before anybody touches the page is counted as a server with
gzip sends it (level 6; fonts and pictures as they are).
"""

import functools
import gzip
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench import lighthouse, peers
from kehoach.building.shelf import read_library
from kehoach.records.body.rendering import render
from website.reading import KINDS

PLAN = KINDS["plan"]
JUDGED = ("home", "plan", "event", "month")
PARTS = ("document", "stylesheet", "font", "script", "image")
PACKED = {".woff2", ".png", ".jpg", ".webp"}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def run(root: Path) -> dict[str, Any]:
    """Bytes on the wire by part of the page, for each kind, for Material and for HTML alone."""
    with tempfile.TemporaryDirectory() as folder:
        ours, stock, bare = (Path(folder) / name for name in ("site", "material", "bare"))
        command = [sys.executable, str(root / "build.py"), "build", "--out", str(ours)]
        subprocess.run(command, cwd=root, check=True, capture_output=True)
        library = read_library(root / "content")
        peers.material(library, stock)
        plan = next(plan for plan in library.plans if plan.address == PLAN)
        _write_bare(bare, plan.title, render(plan.body, abbreviations={}).html)
        with sync_playwright() as playwright, serving(Path(folder)) as server:
            chromium = shutil.which("chromium")
            browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
            kinds = {
                kind: weigh(browser, f"{server}site/{address}") for kind, address in KINDS.items()
            }
            compared = {
                "kehoach": kinds["plan"],
                "material": weigh(browser, f"{server}material/site/{PLAN}"),
                "html": weigh(browser, f"{server}bare/"),
            }
            browser.close()
        work = Path(folder) / "nginx"
        work.mkdir()
        with lighthouse.nginx(Path(folder), work) as server:
            judged = {kind: lighthouse.scores(f"{server}site/{KINDS[kind]}") for kind in JUDGED}
            judged["Material, plan"] = lighthouse.scores(f"{server}material/site/{PLAN}")
    return {"kinds": kinds, "plan": compared, "lighthouse": judged}


def weigh(browser: Browser, address: str) -> dict[str, int]:
    """Bytes of each part of the page at `address`, nothing cached; their `total`; `requests`."""
    context = browser.new_context(viewport={"width": 360, "height": 780}, device_scale_factor=2)
    page = context.new_page()
    responses = []
    page.on("response", lambda response: responses.append(response))
    page.goto(address, wait_until="networkidle")
    weights = dict.fromkeys(PARTS, 0) | {"requests": len(responses)}
    for response in responses:
        kind = response.request.resource_type
        part = (
            kind
            if kind in PARTS
            else "script"
            if response.url.endswith((".js", ".json"))
            else "image"
        )
        weights[part] += size(response.url, response.body())
    context.close()
    return weights | {"total": sum(weights[part] for part in PARTS)}


def size(address: str, body: bytes) -> int:
    """What a server sends for `body`."""
    return len(body) if Path(address).suffix in PACKED else len(gzip.compress(body, 6, mtime=0))


def _write_bare(folder: Path, title: str, body: str) -> None:
    """The floor: the words of the plan, a title and nothing else."""
    folder.mkdir()
    head = (
        '<!doctype html><html lang="vi"><meta charset="utf-8">'
        f'<link rel="icon" href="data:,"><title>{title}</title>'
    )
    (folder / "index.html").write_text(f"{head}<h1>{title}</h1>{body}", encoding="utf-8")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        pass


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """`folder` on loopback; the address ends with a slash."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def table(figures: dict[str, Any]) -> str:
    """KB (1,000 bytes) by kind of page, then the plan beside its peers."""
    names = {"kehoach": "kehoach", "material": "Material (không phông chữ)", "html": "riêng HTML"}
    rows = list(figures["kinds"].items())
    plan = [(names[name], weights) for name, weights in figures["plan"].items()]
    head = f"{'KB, gzip':<28}" + "".join(
        f"{part:>11}" for part in ("HTML", "CSS", "phông", "script", "ảnh", "tổng", "tệp")
    )
    lines = [head, *map(_row, rows), "", "cùng một kế hoạch", *map(_row, plan), ""]
    lines.append(
        f"{'Lighthouse, mobile':<28}"
        + "".join(f"{name[:10]:>11}" for name in (*lighthouse.CATEGORIES, *lighthouse.TIMES))
    )
    for name, found in figures["lighthouse"].items():
        numbers = (found[key] for key in (*lighthouse.CATEGORIES, *lighthouse.TIMES))
        lines.append(f"{name:<28}" + "".join(f"{number:>11g}" for number in numbers))
    return "\n".join(lines)


def _row(row: tuple[str, dict[str, int]]) -> str:
    name, weights = row
    numbers = "".join(f"{weights[part] / 1000:>11.1f}" for part in (*PARTS, "total"))
    return f"{name:<28}{numbers}{weights['requests']:>11}"
