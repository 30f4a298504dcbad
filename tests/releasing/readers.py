"""Readers who never pause: wrk on many pages, and a visitor who opens a page and then its style."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from releasing import sample, web

_READERS = """
local threads = {}
local last = 0
requests, failed, mixed, backwards = 0, 0, 0, 0
function setup(thread) table.insert(threads, thread) end
function request()
  local path = "/ke-hoach/2022/p" .. math.random(0, LAST) .. "/"
  return wrk.format("GET", path, {Host = "kehoach.example.vn"})
end
function response(status, headers, body)
  requests = requests + 1
  local first, rest = body:match("release=(%d+);.*release=(%d+);")
  if status ~= 200 or not first then failed = failed + 1 return end
  if first ~= rest then mixed = mixed + 1 end
  if tonumber(first) < last then backwards = backwards + 1 end
  last = tonumber(first)
end
function done(summary, latency)
  local names = {"requests", "failed", "mixed", "backwards"}
  for _, name in ipairs(names) do
    local total = 0
    for _, thread in ipairs(threads) do total = total + thread:get(name) end
    io.write(name .. "=" .. total .. "\\n")
  end
  local e = summary.errors
  io.write("errors=" .. (e.connect + e.read + e.write + e.status + e.timeout) .. "\\n")
end
"""


@contextmanager
def reading(
    server: web.Server, folder: Path, pages: int = sample.PAGES
) -> Iterator[dict[str, str]]:
    """Read the `pages` of a sample site all the while; then the dict holds what was counted."""
    script = folder / "readers.lua"
    script.write_text(_READERS.replace("LAST", str(pages - 1)))
    figures: dict[str, str] = {}
    # One connection a thread: what one reader sees one after the other.
    command = ["wrk", "-t2", "-c2", "-d600s", "--timeout", "5s", "-s", str(script), server.address]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as readers:
        try:
            yield figures
        finally:
            readers.send_signal(2)
            heard = readers.communicate()[0]
    figures |= dict(line.split("=") for line in heard.splitlines() if line.count("=") == 1)


class Visitor(threading.Thread):
    """Opens a page, and asks for its style sheet only when the site may have moved on."""

    def __init__(self, server: web.Server) -> None:
        super().__init__()
        self._server = server
        self._done = threading.Event()
        self.seen = 0
        self.wrong: list[str] = []

    def run(self) -> None:
        while not self._done.is_set():
            answer = self._server.get("/ke-hoach/2022/p7/")
            name = answer.body.decode().split('href="../../../')[1].split('"')[0]
            release = answer.body.decode().split("release=")[1].split(";")[0]
            self._done.wait(0.3)
            style = self._server.get("/" + name)
            if style.status != 200 or f"--release: {release} " not in style.body.decode():
                self.wrong.append(f"{style.status} {name}")
            self.seen += 1

    def stop(self) -> None:
        self._done.set()
        self.join()
