"""A store that misbehaves: a proxy before the real one that answers, hangs up or tells as it is asked."""

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from releasing.store import Store


@dataclass(frozen=True)
class Request:
    """One request of a publisher: its number from 1, its method, the key with `bucket/` before it."""

    number: int
    method: str
    key: str
    is_copy: bool
    noted: dict[str, str]  # x-amz-meta-*, without that beginning
    region: str  # that the request is signed for (AWS Signature Version 4, credential scope)


@dataclass(frozen=True)
class Refusal:
    """An answer in place of the store's: a status and an S3 error code.

    Status 0 hangs up; status 200 does so in the middle of its answer.
    """

    status: int
    code: str = ""


_NOTED = "x-amz-meta-"

Reaction = Callable[[Request], Refusal | None]


@dataclass
class Faulty:
    """The store behind the proxy; `react` sees each request before the store does."""

    store: Store
    port: int
    react: Reaction = lambda request: None
    requests: list[Request] = field(default_factory=list)
    ahead: timedelta = timedelta()  # of the store's clock, as it is told

    @property
    def environment(self) -> dict[str, str]:
        return self.store.environment | {"AWS_ENDPOINT_URL_S3": f"http://127.0.0.1:{self.port}"}

    def forget(self) -> None:
        self.requests.clear()
        self.ahead = timedelta()
        self.react = lambda request: None


@contextmanager
def faulty(store: Store) -> Iterator[Faulty]:
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass_on(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            key = self.path.split("?")[0].lstrip("/")
            with lock:
                request = Request(
                    len(proxy.requests) + 1,
                    self.command,
                    key,
                    "x-amz-copy-source" in self.headers,
                    {
                        name.lower().removeprefix(_NOTED): value
                        for name, value in self.headers.items()
                        if name.lower().startswith(_NOTED)
                    },
                    self.headers["Authorization"].split("/")[2],
                )
                proxy.requests.append(request)
            refusal = proxy.react(request)
            body = self.rfile.read(length)
            if refusal:
                self._refuse(refusal)
                return
            headers = dict(self.headers) | {"Host": f"127.0.0.1:{store.port}"}
            with closing(
                http.client.HTTPConnection("127.0.0.1", store.port, timeout=60)
            ) as connection:
                connection.request(self.command, self.path, body, headers)
                answer = connection.getresponse()
                content = answer.read()
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name.lower() == "date":
                    self.send_header(
                        name, format_datetime(parsedate_to_datetime(value) + proxy.ahead)
                    )
                elif name.lower() not in ("connection", "transfer-encoding"):
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def _refuse(self, refusal: Refusal) -> None:
            self.close_connection = True
            if not refusal.status:
                return
            if refusal.status == 200:
                self.send_response(200)
                self.send_header("Content-Length", "1000")
                self.send_header("ETag", '"0"')
                self.end_headers()
                self.wfile.write(b"0000")
                return
            content = f"<Error><Code>{refusal.code}</Code><Message>no</Message></Error>".encode()
            self.send_response(refusal.status)
            self.send_header("Content-Length", str(len(content)))
            if refusal.status == 301:
                self.send_header("x-amz-bucket-region", "eu-west-1")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = _pass_on

        def log_message(self, *arguments: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, request: object, client_address: object) -> None:
            pass  # a publisher that was killed hangs up in the middle

    server = Server(("127.0.0.1", 0), Handler)
    proxy = Faulty(store, server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()
