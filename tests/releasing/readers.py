"""Readers while releases change: wrk on many pages, and a visitor whose pages stay open."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kehoach.releasing.publishing import KEEP
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


class Visitor:
    """Opens a page with each release, and comes late for the style sheets of pages still open."""

    def __init__(self, server: web.Server) -> None:
        self._server = server
        self._open: dict[int, str] = {}  # the style sheet's address by the page's release
        self.seen = 0
        self.wrong: list[str] = []

    def visit(self, live: int) -> None:
        """Ask for the style of each open page that is no older than what `live` was lent."""
        page = self._server.get("/ke-hoach/2022/p7/").body.decode()
        release = int(page.split("release=")[1].split(";")[0])
        self._open[release] = page.split('href="../../../')[1].split('"')[0]
        for release, name in self._open.items():
            if live - release >= KEEP:
                continue
            style = self._server.get("/" + name)
            if style.status != 200 or f"--release: {release} " not in style.body.decode():
                self.wrong.append(f"{style.status} {name} of {release} with {live}")
            self.seen += 1
