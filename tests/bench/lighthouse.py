"""Lighthouse's scores of pages: its mobile preset, over nginx on loopback with gzip."""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from node import npm

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TIMES = {
    "fcp_ms": "first-contentful-paint",
    "lcp_ms": "largest-contentful-paint",
    "tbt_ms": "total-blocking-time",
    "cls": "cumulative-layout-shift",
}
_CHROME = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
_NGINX = """\
daemon off;
worker_processes 1;
{user}
pid {work}/pid;
error_log {work}/error.log;
events {{}}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log off;
    client_body_temp_path {work}/body;
    proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi;
    scgi_temp_path {work}/scgi;
    gzip on;
    gzip_types text/css text/javascript application/javascript application/json image/svg+xml;
    server {{
        listen 127.0.0.1:{port};
        root {folder};
        error_page 404 /404.html;
        location /assets/ {{ add_header Cache-Control "public, max-age=31536000"; }}
    }}
}}
"""


@contextmanager
def nginx(folder: Path, work: Path) -> Iterator[str]:
    """`folder` served by nginx with its files in `work`; the address ends with a slash."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    user = "user root;" if os.geteuid() == 0 else ""
    configuration = work / "nginx.conf"
    configuration.write_text(_NGINX.format(user=user, work=work, folder=folder, port=port))
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    running = subprocess.Popen([program, "-c", str(configuration), "-e", str(work / "error.log")])
    try:
        _await(port)
        yield f"http://127.0.0.1:{port}/"
    finally:
        running.terminate()
        running.wait(timeout=10)


def _await(port: int) -> None:
    for _ in range(1200):  # a minute: the machine may be busy
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("nginx does not answer")


def scores(address: str) -> dict[str, Any]:
    """Each category from 0 to 100, what was measured, and the audits that are not passed."""
    program = npm.modules() / "lighthouse" / "cli" / "index.js"
    chromium = shutil.which("chromium") or ""
    done = subprocess.run(
        [
            "node", str(program), address, "--quiet", "--output=json", f"--chrome-flags={_CHROME}",
            "--no-enable-error-reporting", f"--only-categories={','.join(CATEGORIES)}",
        ],
        env=os.environ | {"CHROME_PATH": chromium},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    report = json.loads(done.stdout)
    failed = [
        name
        for category in CATEGORIES[1:]
        for reference in report["categories"][category]["auditRefs"]
        if (name := reference["id"])
        and report["audits"][name]["score"] == 0
        and reference["weight"]
    ]
    return {
        **{name: round(report["categories"][name]["score"] * 100) for name in CATEGORIES},
        **{
            name: round(report["audits"][audit]["numericValue"], 3) for name, audit in TIMES.items()
        },
        "failed": failed,
    }
