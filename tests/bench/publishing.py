"""What a publish takes, and what one small machine then serves."""

import re
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from kehoach import building, releasing
from releasing import web

_PAGE = "/ke-hoach/"
_READERS = 64
_SECONDS = 10


def run(root: Path) -> dict[str, Any]:
    """Seconds of three publishes of the real site, and what nginx, one worker, sends by HTTPS.

    `first` compresses and copies all, `changed` has one other page, `same` none. nginx runs as the
    guide configures it; the readers are on the same machine and share its cores.
    """
    with tempfile.TemporaryDirectory() as folder:
        site, target = Path(folder) / "site", Path(folder) / "srv"
        building.build(root, site, strict=False)
        figures = {"first": _publish(site, target)}
        page = site / "ke-hoach/index.html"
        page.write_text(f"{page.read_text()}<!-- -->")
        figures |= {"changed": _publish(site, target), "same": _publish(site, target)}
        figures["pages"] = releasing.releases(str(target))[-1][0].pages
        return figures | {"nginx": _serve(target, Path(folder))}


def table(figures: dict[str, Any]) -> str:
    """The figures, a line each."""
    seconds = "  ".join(f"{name} {figures[name]:.2f} s" for name in ("first", "changed", "same"))
    sent = "  ".join(f"{name} {value}" for name, value in figures["nginx"].items())
    return f"publish, {figures['pages']} pages  {seconds}\nnginx, {_READERS} readers  {sent}"


def _publish(site: Path, target: Path) -> float:
    started = time.perf_counter()
    releasing.publish(site, str(target), say=lambda line: None)
    return time.perf_counter() - started


def _serve(target: Path, folder: Path) -> dict[str, Any]:
    with web.nginx(target, folder) as server:
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
