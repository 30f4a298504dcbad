"""How long `check` takes over many plans, and whether any broken input gets the better of it."""

import resource
import shutil
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any

from bench import corpus
from bench.mutations import mutate
from kehoach import reporting, rules
from kehoach.building.memory import Memory
from kehoach.building.project import Project
from kehoach.building.shelf import Shelf, read_library
from kehoach.building.traces import Traces
from kehoach.site import TIMEZONE, Site

_TODAY = date(2026, 1, 1)


def run(root: Path, *, plans: int = 5_000, cases: int = 10_000, seed: int = 1) -> dict[str, Any]:
    """What `check` takes over `plans` plans, and the outcome of `cases` broken ones.

    `cold` reads everything, `warm` nothing that is unchanged, `edited` one plan anew; each is a
    process of its own, timed without Python's start.
    """
    content = root / "content"
    with tempfile.TemporaryDirectory() as folder:
        many = _plans(Path(folder), content, plans, seed)
        return {"plans": many, "broken": _broken(Path(folder), content, cases, seed)}


def table(figures: dict[str, Any]) -> str:
    """The figures, a line a run."""
    lines = [f"{name:<10}" + _figures(of) for name, of in figures["plans"].items()]
    return "\n".join([*lines, "broken    " + _figures(figures["broken"])])


def _figures(of: dict[str, Any]) -> str:
    return "  ".join(
        f"{key} {round(value, 2) if isinstance(value, float) else value}"
        for key, value in of.items()
    )


def _plans(folder: Path, content: Path, plans: int, seed: int) -> dict[str, Any]:
    many, store = folder / "content", folder / "store"
    corpus.write(many, content, plans, seed)
    edited = sorted((many / "ke-hoach").rglob("*.md"))[plans // 2]
    figures: dict[str, Any] = {}
    alone = ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1)
    with alone:
        for name in ("cold", "warm", "edited"):
            if name == "edited":
                edited.write_text(edited.read_text("utf-8") + "\nThêm một dòng.\n", "utf-8")
            figures[name] = alone.submit(_check, many, store).result()
    return figures


def _broken(folder: Path, content: Path, cases: int, seed: int) -> dict[str, Any]:
    """Each case is one broken plan of a small library; its findings are printed in every form."""
    small = folder / "small"
    originals = [path.read_bytes() for path in sorted((content / "ke-hoach").rglob("*.md"))]
    shutil.copytree(
        content,
        small,
        ignore=shutil.ignore_patterns("huong-dan", "schema", "ke-hoach", "truyen-thong"),
    )
    plan = small / "ke-hoach/2022/x.md"
    plan.parent.mkdir(parents=True)
    chance = Random(seed)
    slowest, raised, clean = 0.0, [], 0
    started = time.perf_counter()
    for case in range(cases):
        began = time.perf_counter()
        plan.write_bytes(mutate(chance.choice(originals), chance))
        try:
            clean += _report(small)
        except Exception as error:
            raised.append(f"{case}: {error!r}")
            continue
        slowest = max(slowest, time.perf_counter() - began)
    total = time.perf_counter() - started
    return {
        "cases": cases,
        "raised": raised,
        "clean": clean,
        "seconds": total,
        "slowest": slowest,
        "peak_mb": _peak(),
    }


def _check(content: Path, store: Path) -> dict[str, Any]:
    started = time.perf_counter()
    shelf = Shelf(content, Memory(store / "memory", "bench"), Traces(store / "traces", "bench"))
    shelf.scan(time.time_ns())
    clock = datetime.combine(_TODAY, datetime.min.time(), TIMEZONE)
    project = Project(content.parent, shelf, Site("", "", "", clock))
    library, found = project.library, project.findings
    project.save()
    seconds = time.perf_counter() - started
    counts = {"plans": len(library.plans), "events": len(library.events), "findings": len(found)}
    return {"seconds": seconds, "peak_mb": _peak(), **counts}


def _report(content: Path) -> bool:
    library = read_library(content)
    found = rules.check(library, today=_TODAY)
    for form in reporting.FORMS.values():
        form(found, library)
    return not found


def _peak() -> int:
    """The most memory this process has held, in MB (Linux counts in KB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
