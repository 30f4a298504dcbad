"""How well and how fast search finds, with its peers on the same plans in the same run.

Labelled queries say which plans may come first and which phrase the opened section must hold.
Beside them stand fresh ones, drawn by a seed: phrases (3 to 5 words in a row) and bags (three words
of a section in any order), which nobody can have tuned to.
"""

import gzip
import json
import math
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import quantiles
from typing import Any

import yaml
from playwright.sync_api import BrowserContext, Page, sync_playwright

from bench import corpus, peers
from content.sources import PLANS
from kehoach.building.shelf import read_library
from kehoach.records.addresses import address_of
from kehoach.records.library import Library
from kehoach.search.documents import PLAN, entries
from kehoach.search.words import words

QUERIES = Path(__file__).parents[1] / "search" / "queries.yml"
SIZES = (5, 500)  # where no other is asked for
PHRASES, BAGS = 200, 150
FEW = 10  # fresh queries of a kind for peers on corpora where each takes seconds
MANY = 1_000  # plans from which on that is so
PATIENCE = 300  # seconds for the queries to a peer; what was not asked by then is left out
SHOWN = 10
CHROMIUM = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, and how a result is told to be right. No `phrases`: nothing may be found."""

    kind: str
    typed: str
    phrases: tuple[tuple[str, ...], ...] = ()  # words in a row; one of them is enough
    bag: frozenset[str] = frozenset()
    plans: frozenset[str] = frozenset()  # addresses; empty where any plan with the phrase will do

    def fits(self, found: list[str]) -> bool:
        if self.bag:
            return self.bag <= set(found)
        text = f" {' '.join(found)} "
        return any(f" {' '.join(phrase)} " in text for phrase in self.phrases)


@dataclass(frozen=True, slots=True)
class Engine:
    """One search: its site, the page it is asked on, what is asked, the texts behind addresses."""

    site: Path
    page: str
    ask: str  # JavaScript: typed text → {ms, found: addresses, the best first}
    texts: dict[str, dict[str, list[str]]]  # address of a plan → anchor → words
    counts: str = ""  # a part of the paths whose bytes belong to search from the page's start on


def run(
    root: Path, *, plans: int | None = None, queries: Path | None = None, seed: int = 1
) -> dict[str, Any]:
    """Figures for the site's own plans with those for 500 as `corpora`, or for `plans` plans alone."""
    labelled = yaml.safe_load((queries or QUERIES).read_text(encoding="utf-8"))["queries"]
    with tempfile.TemporaryDirectory(prefix="kehoach-search-") as folder:
        shell = Path(folder) / "site"
        command = [sys.executable, str(root / "build.py"), "build", "--out", str(shell)]
        subprocess.run(command, check=True, stdout=sys.stderr, cwd=root)
        sizes = [plans] if plans else SIZES
        corpora = [_corpus(root, Path(folder), shell, size, labelled, seed) for size in sizes]
    return {**corpora[0], "corpora": corpora[1:]}


def _corpus(
    root: Path, folder: Path, shell: Path, size: int, labelled: list, seed: int
) -> dict[str, Any]:
    peers.say(f"{size} kế hoạch …")
    home = folder / str(size)
    content = home / "content"
    if size <= len(PLANS):
        shutil.copytree(root / "content", content)
    else:
        corpus.write(content, root / "content", size, seed)
    library = read_library(content)
    asked = [*_labelled(labelled, size), *_fresh(library, seed)]
    few = asked if size < MANY else _sample(asked, seed)

    site = home / "site"
    shutil.copytree(shell, site, ignore=shutil.ignore_patterns("chi-muc"))
    indexing = [sys.executable, "-m", "bench.indexing", str(content), str(site)]
    paths = {"PYTHONPATH": f"{root / 'hooks'}:{root / 'tests'}"}
    index = json.loads(subprocess.run(indexing, env=paths, check=True, capture_output=True).stdout)
    peers.say("  kehoach …")
    own = _measure(Engine(site, "tim-kiem/", _OWN, _own_texts(library)), asked)
    # Like Pagefind's, an answer without the drawing of it, and with it.
    own["drawn_ms"] = own["warm_ms"]
    answers = _measure(Engine(site, "404.html", _ANSWERS, _own_texts(library)), asked)
    own["warm_ms"] = answers["warm_ms"]
    fresh = {kind: scores["success@1"] for kind, scores in own["fresh"].items()}
    peers.say(
        f"  {own['success@1']} {own['sec@1']} {fresh} {own['first_query']} {own['warm_ms']} {index}"
    )

    peers.say("  Material …")
    built = peers.material(library, home / "material")
    stock = home / "material" / "site"
    texts = _material_texts(stock)
    lunr = _measure(Engine(stock, "", _LUNR, texts, "search"), few, PATIENCE)
    others = {
        "material": {**lunr, "index": {"seconds": round(built.seconds, 2), "MiB": built.mebibytes}}
    }
    peers.say("  Pagefind …")
    indexed = peers.pagefind(root, stock)
    if indexed:
        found = _measure(Engine(stock, "404.html", _PAGEFIND, texts), few, PATIENCE)
        others["pagefind"] = {
            **found,
            "index": {"seconds": round(indexed.seconds, 2), "MiB": indexed.mebibytes},
        }
    return {"plans": size, "seed": seed, **own, "index": index, "peers": others}


def _labelled(labelled: list[dict], size: int) -> Iterator[Query]:
    addresses = {Path(name).stem: address_of(file) for name, file in PLANS.items()}
    for query in labelled:
        typed = unicodedata.normalize("NFD" if query.get("nfd") else "NFC", query["q"])
        phrases = tuple(tuple(words(anchor)) for anchor in query["anchor"])
        # A recombined plan that holds the phrase is as right as the plan it was labelled on.
        expected = (
            frozenset(addresses[name] for name in query["expect"])
            if size <= len(PLANS)
            else frozenset()
        )
        yield Query(query["kind"], typed, phrases if query["expect"] else (), plans=expected)


def _fresh(library: Library, seed: int) -> Iterator[Query]:
    """Phrases and bags of words from sections of plans, as they are written."""
    chance = random.Random(seed)
    sections = [s.text for plan in library.plans for s in plan.outline.sections]
    split = [re.findall(r"[^\W_]+", text) for text in sections]
    long = [found for found in split if len(found) >= 5]
    for _ in range(PHRASES):
        found, length = chance.choice(long), chance.randint(3, 5)
        at = chance.randrange(len(found) - length + 1)
        typed = " ".join(found[at : at + length])
        yield Query("phrase", typed, (tuple(words(typed)),))
    rich = [sorted({w for w in found if w.isalpha() and len(w) > 1}) for found in long]
    rich = [found for found in rich if len({word.casefold() for word in found}) >= 8]
    for _ in range(BAGS):
        typed = " ".join(chance.sample(chance.choice(rich), 3))
        yield Query("bag", typed, (("",),), bag=frozenset(words(typed)))


def _sample(asked: list[Query], seed: int) -> list[Query]:
    """The labelled queries and a few fresh ones, mixed."""
    left = defaultdict(lambda: FEW)
    chosen = []
    for query in asked:
        if query.kind in ("phrase", "bag"):
            left[query.kind] -= 1
        if left[query.kind] >= 0:
            chosen.append(query)
    random.Random(seed).shuffle(chosen)
    return chosen


def _own_texts(library: Library) -> dict[str, dict[str, list[str]]]:
    return {
        entry.address: {passage.anchor: words(passage.text) for passage in entry.passages}
        for entry in entries(library)
        if entry.kind == PLAN
    }


def _material_texts(site: Path) -> dict[str, dict[str, list[str]]]:
    """What Material indexes: the text behind each heading."""
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    texts: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for entry in index["docs"]:
        address, _, anchor = entry["location"].partition("#")
        text = re.sub(r"<[^>]+>", " ", f"{entry['title']} {entry['text']}")
        texts[address][anchor] = words(text)
    return texts


def _measure(engine: Engine, asked: list[Query], patience: float = math.inf) -> dict[str, Any]:
    """Ask everything on one page, as a reader would; the first query is the cold one."""
    with _server(engine.site) as (address, sent), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=CHROMIUM)
        first = _first(browser.new_context(), engine, address, sent)
        page = browser.new_context().new_page()
        page.set_default_timeout(300_000)
        page.goto(address + engine.page)
        page.evaluate(engine.ask, "khoa học và công nghệ")
        page.wait_for_timeout(5_000)  # what is fetched ahead for a reader who reads
        answers = []
        until = time.monotonic() + patience
        for query in asked:
            if time.monotonic() > until and len(answers) > 1:
                peers.say(f"  … {len(answers)} trên {len(asked)} câu trong {patience} s, thôi hỏi")
                break
            answers.append((query, page.evaluate(engine.ask, query.typed)))
        browser.close()
    judged = [(query.kind, *_judge(query, engine, address, a["found"])) for query, a in answers]
    fresh = ("phrase", "bag")
    labelled = [row for row in judged if row[0] not in fresh]
    times = quantiles([answer["ms"] for _, answer in answers], n=20)
    kinds = sorted({kind for kind, *_ in labelled})
    return {
        **_scores(labelled),
        "kinds": {kind: _scores(row for row in labelled if row[0] == kind) for kind in kinds},
        "fresh": {kind: _scores(row for row in judged if row[0] == kind) for kind in fresh},
        "first_query": first,
        "warm_ms": {"p50": round(times[9], 1), "p95": round(times[18], 1)},
        "queries": len(answers),
    }


def _first(
    context: BrowserContext, engine: Engine, address: str, sent: dict[str, int]
) -> dict[str, Any]:
    """Bytes over the wire and milliseconds of the first query of a reader with an empty cache."""
    page: Page = context.new_page()
    page.set_default_timeout(300_000)
    page.goto(address + engine.page, wait_until="networkidle")
    before = sum(
        size for path, size in sent.items() if not engine.counts or engine.counts not in path
    )
    answer = page.evaluate(engine.ask, "khoa học và công nghệ")
    size = sum(sent.values()) - before
    context.close()
    return {"bytes": size, "ms": round(answer["ms"])}


def _judge(
    query: Query, engine: Engine, address: str, found: list[str]
) -> tuple[bool, float, bool]:
    """Whether the first result is right, its reciprocal rank, and whether the first section is."""
    if not query.phrases:
        return not found, float(not found), not found
    rank, section = 0, False
    for place, url in enumerate(found[:SHOWN], 1):
        page, _, anchor = re.sub(r"\?[^#]*", "", url.removeprefix(address).lstrip("/")).partition(
            "#"
        )
        texts = engine.texts.get(page)
        if texts is None or (query.plans and page not in query.plans):
            continue
        if any(map(query.fits, texts.values())):
            rank = place
            section = place == 1 and query.fits(texts.get(anchor, []))
            break
    return rank == 1, 1 / rank if rank else 0.0, section


def _scores(rows: Iterable[tuple[str, bool, float, bool]]) -> dict[str, float | None]:
    """The means of `rows`; None where nothing was asked."""
    rows = list(rows)
    names = ("success@1", "mrr@10", "sec@1")
    return {
        name: round(sum(row[at] for row in rows) / len(rows), 4) if rows else None
        for at, name in enumerate(names, 1)
    }


class _Handler(SimpleHTTPRequestHandler):
    """Files over HTTP/1.1, text packed with gzip as servers do, and the bytes of each counted."""

    protocol_version = "HTTP/1.1"
    sent: dict[str, int]

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            return self.send_error(404)
        content = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in (".html", ".js", ".css", ".json", ".svg", ".xml"):
            content = _packed(path)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.sent[self.path] = self.sent.get(self.path, 0) + len(content)
        self.wfile.write(content)

    def log_message(self, *arguments: object) -> None:
        pass


@cache
def _packed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6)


@contextmanager
def _server(site: Path) -> Iterator[tuple[str, dict[str, int]]]:
    sent: dict[str, int] = {}
    handler: Callable = partial(type("Counting", (_Handler,), {"sent": sent}), directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", sent
        server.shutdown()


def _chromium() -> str:
    found = shutil.which("chromium")
    if not found:
        raise SystemExit("Cần Chromium để đo: apt-get install chromium")
    return found


_OWN = """async (typed) => {
  const field = document.querySelector("#tim");
  const list = document.querySelector("[data-search-results]");
  const answered = new Promise((done) => new MutationObserver((_, watch) => {
    if (list.getAttribute("aria-busy") === "true") return;
    watch.disconnect();
    done();
  }).observe(list, { attributes: true, attributeFilter: ["aria-busy"] }));
  const begun = performance.now();
  field.value = typed;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await answered;
  const ms = performance.now() - begun;
  return { ms, found: [...list.querySelectorAll(".result h2 a")].map((link) => link.href) };
}"""

_ANSWERS = """async (typed) => {
  const begun = performance.now();
  const main = document.querySelector('script[src$="/js/main.js"]');
  window.searching ??= await import(new URL("search/searching.js", main.src));
  const answer = await window.searching.find(typed);
  const shown = await answer.show(0, 10);
  const ms = performance.now() - begun;
  return { ms, found: shown.map((result) => window.searching.link(result, result.passages[0])) };
}"""

_LUNR = """async (typed) => {
  const field = document.querySelector(".md-search__input");
  const meta = document.querySelector(".md-search-result__meta");
  const list = document.querySelector(".md-search-result__list");
  const until = async (condition) => {
    while (!condition()) await new Promise((done) => setTimeout(done, 4));
  };
  const type = (text) => {
    field.value = text;
    field.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  };
  const { translations } = JSON.parse(document.querySelector("#__config").textContent);
  const idle = translations["search.result.placeholder"];
  field.focus();
  type("");
  await until(() => !list.children.length && meta.textContent === idle);
  const begun = performance.now();
  type(typed);
  await until(() => list.children.length || meta.textContent !== idle);
  const ms = performance.now() - begun;
  // A page that was found by its sections lists these under itself, the best first.
  const links = [...list.querySelectorAll(".md-search-result__item")].map((item) => {
    const [whole, best] = item.querySelectorAll(".md-search-result__link");
    return best ?? whole;
  });
  return { ms, found: links.map((link) => link.href) };
}"""

_PAGEFIND = """async (typed) => {
  const begun = performance.now();
  window.pagefind ??= await import("/pagefind/pagefind.js");
  const { results } = await window.pagefind.search(typed);
  const shown = await Promise.all(results.slice(0, 10).map((result) => result.data()));
  const ms = performance.now() - begun;
  const most = (a, b) => b.locations.length - a.locations.length;
  return { ms, found: shown.map((page) => page.sub_results.toSorted(most)[0]?.url ?? page.url) };
}"""


def table(figures: dict[str, Any]) -> str:
    """The figures, a row for each search on each corpus."""
    columns = (
        "kế hoạch",
        "tìm bằng",
        "câu hỏi",
        "success@1",
        "mrr@10",
        "sec@1",
        "cụm",
        "từ rời",
        "KB lần đầu",
        "p50 ms",
        "p95 ms",
        "lập chỉ mục s",
        "MiB",
    )
    rows = [columns]
    for one in (figures, *figures["corpora"]):
        for name, engine in (("kehoach", one), *one["peers"].items()):
            rows.append((
                one["plans"], name, engine["queries"],
                *(engine[key] for key in ("success@1", "mrr@10", "sec@1")),
                *(engine["fresh"][kind]["success@1"] for kind in ("phrase", "bag")),
                round(engine["first_query"]["bytes"] / 1000), *engine["warm_ms"].values(),
                engine["index"]["seconds"], engine["index"]["MiB"],
            ))  # fmt: skip
    widths = [max(len(str(row[at])) for row in rows) for at in range(len(columns))]
    lines = [
        "  ".join(
            ("–" if cell is None else str(cell)).rjust(width)
            for cell, width in zip(row, widths, strict=True)
        )
        for row in rows
    ]
    edits = [
        "{} kế hoạch, sửa một: lập lại {edited_shards}/{shards} phần, {edited_seconds} s".format(
            one["plans"], **one["index"]
        )
        for one in (figures, *figures["corpora"])
    ]
    hint = ["", "Cỡ khác: --plans 5000, mất từ nửa giờ."] if figures["corpora"] else []
    return "\n".join([*lines, "", *edits, *hint])
