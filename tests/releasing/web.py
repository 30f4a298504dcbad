"""The web servers of the guide, run as the guide has them; only paths and ports are our own."""

import http.client
import json
import os
import re
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GUIDE = Path(__file__).parents[2] / "content/huong-dan/may-chu.md"
DEPLOYING = Path(__file__).parents[2] / "docs/deploying.md"
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
NAME = "kehoach.example.vn"
_MAIN = """\
{modules}
daemon off;
worker_processes 1;
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log off;
    sendfile on;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {site}
}}
"""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Server:
    """A running web server; `secure` and `plain` are its ports, `secure` 0 where it has one."""

    plain: int
    secure: int
    log: Path

    @property
    def address(self) -> str:
        port = self.secure or self.plain
        return f"{'https' if self.secure else 'http'}://127.0.0.1:{port}"

    def get(
        self, path: str, *, host: str = "127.0.0.1", plain: bool = False, **headers: str
    ) -> Answer:
        if self.secure and not plain:
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            connection = http.client.HTTPSConnection(host, self.secure, timeout=10, context=context)
        else:
            connection = http.client.HTTPConnection(host, self.plain, timeout=10)
        named = {"Host": NAME} | {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=named)
        response = connection.getresponse()
        answer = Answer(
            response.status,
            {name.lower(): value for name, value in response.getheaders()},
            response.read(),
        )
        connection.close()
        return answer


def blocks(language: str, guide: Path) -> list[str]:
    """The guide's code blocks in `language`."""
    return re.findall(rf"^```{language}\n(.*?)^```", guide.read_text(), re.DOTALL | re.MULTILINE)


def block(language: str, first_line: str, guide: Path = GUIDE) -> str:
    """The guide's code block in `language` that begins with the comment `first_line`."""
    (found,) = (text for text in blocks(language, guide) if text.startswith(f"# {first_line}\n"))
    return found


def store_policy() -> dict[str, Any]:
    """What docs/deploying.md lets the server in front of a store do, from any address."""
    (text,) = blocks("json", DEPLOYING)
    policy = json.loads(text)
    for statement in policy["Statement"]:
        del statement["Condition"]
    return policy


@contextmanager
def nginx(target: Path, folder: Path) -> Iterator[Server]:
    """nginx with the guide's configuration, serving the target from `folder`'s configuration."""
    site = _replaced(
        block("nginx", "/etc/nginx/conf.d/kehoach.conf"), {"/srv/kehoach": str(target)}
    )
    modules = ""
    if BROTLI.exists():
        modules = f"load_module {BROTLI};"
        site += block("nginx", "/etc/nginx/conf.d/brotli.conf")
    with _nginx(site, modules, folder) as server:
        yield server


@contextmanager
def store_front(store: str, prefix: str, folder: Path) -> Iterator[Server]:
    """nginx as docs/deploying.md has it in front of the store at `store` ("127.0.0.1:9000").

    `prefix` is bucket and prefix ("kehoach/so").
    """
    site = _replaced(
        block("nginx", "/etc/nginx/conf.d/kehoach-store.conf", DEPLOYING),
        {
            "s3.example.vn:443": store,
            "Host s3.example.vn;": f"Host {store};",
            "https://kehoach_store/kehoach/so/": f"http://kehoach_store/{prefix}/",
            "/var/cache/nginx/kehoach": str(folder / "cache"),
        },
    )
    with _nginx(site, "", folder) as server:
        yield server


@contextmanager
def _nginx(site: str, modules: str, folder: Path) -> Iterator[Server]:
    certificate, key = _certificate(folder)
    plain, secure = _free(), _free()
    site = _replaced(
        site,
        {
            "listen 80;": f"listen 127.0.0.1:{plain};",
            "listen [::]:80;": f"listen [::1]:{plain};",
            "listen 443 ": f"listen 127.0.0.1:{secure} ",
            "listen [::]:443 ": f"listen [::1]:{secure} ",
            f"/etc/letsencrypt/live/{NAME}/fullchain.pem": str(certificate),
            f"/etc/letsencrypt/live/{NAME}/privkey.pem": str(key),
        },
    )
    user = "user root;" if os.geteuid() == 0 else ""
    configuration = folder / "nginx.conf"
    configuration.write_text(_MAIN.format(modules=modules, user=user, folder=folder, site=site))
    log = folder / "error.log"
    command = ["nginx", "-p", str(folder), "-e", str(log), "-c", str(configuration)]
    with _running(command, secure, log):
        yield Server(plain, secure, log)


@contextmanager
def caddy(program: str, target: Path, folder: Path) -> Iterator[Server]:
    """Caddy with the guide's configuration, without its own certificates."""
    port = _free()
    site = _replaced(
        block("caddy", "/etc/caddy/Caddyfile"),
        {f"{NAME} {{": f"http://:{port} {{", "/srv/kehoach": str(target)},
    )
    configuration = folder / "Caddyfile"
    configuration.write_text(f"{{\n\tadmin off\n\tauto_https off\n}}\n{site}")
    command = [program, "run", "--config", str(configuration), "--adapter", "caddyfile"]
    with _running(command, port, folder / "caddy.log"):
        yield Server(port, 0, folder / "caddy.log")


@contextmanager
def _running(command: list[str], port: int, log: Path) -> Iterator[None]:
    with (
        log.open("a") as output,
        subprocess.Popen(command, stdout=output, stderr=output) as process,
    ):
        try:
            _await(port, process, log)
            yield
        finally:
            process.terminate()
            process.wait(10)


def _await(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise AssertionError(f"no web server: {log.read_text()}")


def _replaced(text: str, changes: dict[str, str]) -> str:
    for old, new in changes.items():
        assert old in text, f"the guide no longer says {old!r}"
        text = text.replace(old, new)
    return text


def _certificate(folder: Path) -> tuple[Path, Path]:
    certificate, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "2",
            "-subj",
            f"/CN={NAME}",
            "-keyout",
            str(key),
            "-out",
            str(certificate),
        ],
        check=True,
        capture_output=True,
    )
    return certificate, key


def _free() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]
