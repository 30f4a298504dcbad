"""How long each print takes, beside WeasyPrint on the same plan; and the README's contact sheet.

With `hooks` on PYTHONPATH:

    python tests/bench/printing.py            a table
    python tests/bench/printing.py --json     the same as JSON
    python tests/bench/printing.py --sheet docs/pictures/formats.png

WeasyPrint runs in an environment of its own under `.cache/bench/`, made when first asked for; it
needs Pango from the system. Where it cannot run, the table says why.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import venv
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import typst

from kehoach.building.shelf import read_library
from kehoach.prints import banners, documents
from kehoach.prints.formats import FORMATS
from kehoach.prints.outlines import NOTE
from kehoach.prints.typesetting import compile_one
from kehoach.prints.vector import svg
from kehoach.records.body.rendering import render
from kehoach.site import Site
from whole import all_prints

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 7
PEER = "weasyprint==70.0"
PLAN = "ngay-khcn-quang-ngai"
SITE = Site("Kế hoạch", "https://kehoach.example.vn/", "", datetime(2024, 5, 18, tzinfo=UTC))

_PEER_PROGRAM = """
import json, statistics, sys, time
began = time.perf_counter()
import weasyprint
def make():
    weasyprint.HTML(string=source).write_pdf(sys.argv[2], pdf_variant="pdf/ua-1")
source = open(sys.argv[1], encoding="utf-8").read()
make()
cold = time.perf_counter() - began
times = []
for _ in range(int(sys.argv[3])):
    began = time.perf_counter()
    make()
    times.append(time.perf_counter() - began)
warm = statistics.median(times)
print(json.dumps({"version": weasyprint.__version__, "cold": cold, "warm": warm}))
"""
_PEER_STYLE = """
@page { size: A4; margin: 20mm 20mm 25mm 30mm; @top-center { content: counter(page) } }
body { font: 14pt/1.3 serif; text-align: justify }
h1, h2, h3, h4 { font-size: 14pt } p, li { margin: 6pt 0 } ul { list-style: "- " }
"""


def run(root: Path, *, peer: bool = True) -> dict[str, Any]:
    """Seconds per print by kind: first drawing of each, median; and one plan beside the peer."""
    library = read_library(root / "content")
    began = perf_counter()
    catalogue = list(all_prints(library, SITE))
    listed = perf_counter() - began
    times: dict[str, list[float]] = defaultdict(list)
    sizes: dict[str, list[int]] = defaultdict(list)
    drawn: dict[str, bytes] = {}
    catalogue.sort(key=lambda made: made.parts is not None)  # what holds others, last
    for made in catalogue:
        kind = f"{made.kind} {made.address.rsplit('.', 1)[1]}"
        began = perf_counter()
        content = drawn[made.address] = made.make(lambda part: drawn[part.address])
        times[kind].append(perf_counter() - began)
        sizes[kind].append(len(content))
    plan = next(plan for plan in library.plans if plan.slug == PLAN)
    data = documents.data(plan, library, SITE)
    result: dict[str, Any] = {
        "listed": {"count": len(catalogue), "seconds": listed},
        "kinds": [
            {
                "kind": kind,
                "count": len(taken),
                "median": median(taken),
                "total": sum(taken),
                "bytes": round(median(sizes[kind])),
            }
            for kind, taken in times.items()
        ],
        "plan": {
            "version": typst.__version__,
            "cold": _cold(root),
            "warm": median(_timed(lambda: documents.draw(data, {})) for _ in range(ROUNDS)),
        },
    }
    if peer:
        html = render(plan.body, abbreviations={}).html
        result["peer"] = _peer(root / ".cache" / "bench" / "weasyprint", plan.title, html)
    return result


def _timed(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def _cold(root: Path) -> float:
    """Seconds of a process that draws the plan once: interpreter, imports, records and all."""
    program = (
        "import sys; sys.path[:0] = ['hooks', 'tests']\n"
        "from bench import printing\n"
        "printing.draw_once(printing.ROOT)"
    )
    command = [sys.executable, "-c", program]
    return _timed(lambda: subprocess.run(command, cwd=root, check=True))


def draw_once(root: Path) -> None:
    """Draw the plan of the comparison, as a fresh process must."""
    library = read_library(root / "content")
    plan = next(plan for plan in library.plans if plan.slug == PLAN)
    documents.draw(documents.data(plan, library, SITE), {})


def _peer(folder: Path, title: str, html: str) -> dict[str, Any]:
    """The same plan by WeasyPrint, warm and cold, or why it does not run here."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        command = [python, "-m", "pip", "install", "--quiet", PEER]
        installed = subprocess.run(command, capture_output=True, text=True, check=False)
        if installed.returncode:
            return {"missing": installed.stderr.strip().splitlines()[-1]}
    page = f'<html lang="vi"><title>{title}</title><style>{_PEER_STYLE}</style>{html}'
    with tempfile.TemporaryDirectory() as work:
        source = Path(work) / "plan.html"
        source.write_text(page, "utf-8")
        arguments = [str(source), str(Path(work) / "plan.pdf"), str(ROUNDS)]
        command = [python, "-c", _PEER_PROGRAM, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"missing": done.stderr.strip().splitlines()[-1]}
    return json.loads(done.stdout.splitlines()[-1])


def table(result: dict[str, Any]) -> str:
    listed, plan = result["listed"], result["plan"]
    lines = [
        f"{listed['count']} prints listed in {listed['seconds'] * 1000:.0f} ms, none drawn",
        "",
    ]
    lines.append(f"{'kind':<16}{'files':>6}{'median ms':>11}{'total s':>9}{'KB':>7}")
    for row in result["kinds"]:
        numbers = f"{row['median'] * 1000:>11.1f}{row['total']:>9.2f}{row['bytes'] / 1024:>7.0f}"
        lines.append(f"{row['kind']:<16}{row['count']:>6}{numbers}")
    lines += ["", f"one plan ({PLAN})", f"{'':<24}{'warm ms':>9}{'cold ms':>9}"]
    lines.append(_row(f"Typst {plan['version']}", plan))
    peer = result.get("peer", {})
    if "missing" in peer:
        lines.append(f"WeasyPrint does not run here: {peer['missing']}")
    elif peer:
        lines.append(_row(f"WeasyPrint {peer['version']}", peer))
    return "\n".join(lines)


def _row(name: str, times: dict[str, Any]) -> str:
    return f"{name:<24}{times['warm'] * 1000:>9.1f}{times['cold'] * 1000:>9.0f}"


# The contact sheet: shelves of formats, all of one slogan, two schemes in turn.

SHEET_WIDTH, GAP, CAPTION = 1200.0, 16.0, 20.0
SHELVES = (
    ("bang-ron-6000x800",),
    ("bang-ron-8000x1000",),
    ("dau-trang-1920x600", "the-1200x630"),
    ("phong-san-khau-6000x4000", "vuong-1080x1080", "ap-phich-a2", "ap-phich-a3", "phuon-800x2400"),
)


def contact_sheet(text: str, label: str) -> bytes:
    """A PNG of every format of one slogan with its name and size."""
    formats = {format.id: format for format in FORMATS}
    layers: list[str] = []
    y = GAP
    for shelf, ids in enumerate(SHELVES):
        shapes = [formats[one].width / formats[one].height for one in ids]
        height = (SHEET_WIDTH - GAP * (len(ids) + 1)) / sum(shapes)
        x = GAP
        for one, shape in zip(ids, shapes, strict=True):
            layers.append(_framed(formats[one], text, label, shelf, (x, y, height * shape, height)))
            x += height * shape + GAP
        y += height + CAPTION + GAP
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SHEET_WIDTH:g} {y:g}">'
        f'<rect width="100%" height="100%" fill="#f4f1ec"/>{"".join(layers)}</svg>'
    )
    page = {"title": text, "width": SHEET_WIDTH, "height": y, "svg": drawing}
    return compile_one("picture", page, format="png", ppi=72)


def _framed(format: Any, text: str, label: str, shelf: int, box: tuple[float, ...]) -> str:
    x, y, width, height = box
    scheme = ("do-vang", "xanh-trang")[shelf % 2]
    data = {"text": text, "format": format.id, "scheme": scheme, "label": label, "emblem": ""}
    inner = svg(banners.sheet(data | {"output": "svg"})).decode()
    opening, rest = inner.split(">", 1)
    view = opening[opening.index("viewBox") :].split('"')[1]
    name = f"{format.title} · {format.size}"
    size = min(12.0, width * 1000 / banners.extent(name, NOTE).right)
    steps = banners.written(name, NOTE, x, y + height + 15, size)
    caption = "".join(
        {"m": "M", "l": "L", "q": "Q", "c": "C", "z": "Z"}[kind]
        + " ".join(f"{n:.2f}" for n in rest)
        for kind, *rest in steps
    )
    return (
        f'<svg x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" viewBox="{view}">{rest}'
        f'<path fill="#333" d="{caption}"/>'
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--sheet", type=Path)
    options = parser.parse_args()
    if options.sheet:
        text = "Nhiệt liệt chào mừng Ngày Khoa học và Công nghệ Việt Nam 18-5"
        options.sheet.write_bytes(contact_sheet(text, "Sở Khoa học và Công nghệ"))
        return
    result = run(ROOT)
    print(json.dumps(result, indent=2) if options.json else table(result))


if __name__ == "__main__":
    main()
