"""What a publish takes, to a folder and to an object store, and what one small machine then serves."""

import os
import re
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from kehoach import building, releasing
from releasing import store, web

_PAGE = "/ke-hoach/"
_READERS = 64
_SECONDS = 10
_FRONTS = ("nginx on the folder", "nginx in front of the store")


def run(root: Path) -> dict[str, Any]:
    """Seconds of three publishes of the real site, and what nginx, one worker, sends by HTTPS.

    `first` brings all, `changed` one other page, `same` none; to a folder, and to a store (moto, in a
    process of its own on this machine). nginx runs as the guide configures it, on the folder and in
    front of the store with its cache filled; the readers share the cores.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = folder / "site"
        building.build(root, site, strict=False)
        target = folder / "srv"
        figures: dict[str, Any] = {"folder": _publishes(site, str(target))}
        figures["pages"] = releasing.releases(str(target))[-1][0].pages
        with store.running() as running:
            before = dict(os.environ)
            os.environ.update(running.environment)
            try:
                figures["store"] = _publishes(site, f"s3://{store.BUCKET}/so")
            finally:
                os.environ.clear()
                os.environ.update(before)
            with web.nginx(target, _made(folder / "nginx")) as server:
                figures[_FRONTS[0]] = _serve(server)
            address, prefix = f"127.0.0.1:{running.port}", f"{store.BUCKET}/so"
            with web.store_front(address, prefix, _made(folder / "front")) as server:
                figures[_FRONTS[1]] = _serve(server)
        return figures


def table(figures: dict[str, Any]) -> str:
    """The figures as the two tables of README.md."""
    lines = [
        f"| {_READERS} readers of one page, by HTTPS | requests a second | p99 | failed |",
        "|---|---|---|---|",
    ]
    for name in _FRONTS:
        sent = figures[name]
        lines.append(
            f"| {name} | {sent['requests_per_second']:,} | {sent['p99']} | {sent['failed']} |"
        )
    lines += [
        "",
        f"| {figures['pages']} pages published | all | one changed | none changed |",
        "|---|---|---|---|",
    ]
    for name in ("folder", "store"):
        seconds = " | ".join(f"{value:.1f} s" for value in figures[name].values())
        lines.append(f"| to a {name} | {seconds} |")
    return "\n".join(lines)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _publishes(site: Path, target: str) -> dict[str, float]:
    page = site / "ke-hoach/index.html"
    text = page.read_text()
    first = _publish(site, target)
    page.write_text(f"{text}<!-- -->")
    figures = {"first": first, "changed": _publish(site, target), "same": _publish(site, target)}
    page.write_text(text)
    return figures


def _publish(site: Path, target: str) -> float:
    started = time.perf_counter()
    releasing.publish(site, target, say=lambda line: None)
    return time.perf_counter() - started


def _serve(server: web.Server) -> dict[str, Any]:
    sent = len(server.get(_PAGE, Accept_Encoding="gzip").body)
    headers = ["-H", f"Host: {web.NAME}", "-H", "Accept-Encoding: gzip"]
    load = ["wrk", "-t1", f"-c{_READERS}", f"-d{_SECONDS}s", "--latency", *headers]
    heard = subprocess.run(
        [*load, server.address + _PAGE], capture_output=True, text=True, check=True
    ).stdout
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)", heard)
    return {
        "requests_per_second": round(float(re.search(r"Requests/sec:\s+([\d.]+)", heard)[1])),
        "p99": re.search(r"99%\s+(\S+)", heard)[1],
        "bytes_per_page": sent,
        "failed": failed[0] if failed else 0,
    }
