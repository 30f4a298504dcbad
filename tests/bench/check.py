"""How long `check` takes over many plans, and whether any broken input gets the better of it."""

import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import kehoach
from bench import corpus
from bench.mutations import mutate
from kehoach import reporting, rules
from kehoach.records.finding import Finding
from kehoach.records.library import Library, read_library
from kehoach.records.memory import Memory

_TODAY = date(2026, 1, 1)
_CODE = [Path(kehoach.__file__).parent / room for room in ("records", "rules")]


def run(content: Path, *, plans: int = 5_000, cases: int = 10_000, seed: int = 1) -> dict[str, Any]:
    """Seconds of `check` over `plans` plans, and the outcome of `cases` broken ones.

    `cold` reads everything, `warm` nothing that is unchanged, `edited` one plan anew.
    """
    with tempfile.TemporaryDirectory() as folder:
        many = _plans(Path(folder), content, plans, seed)
        return {"plans": many, "broken": _broken(Path(folder), content, cases, seed)}


def _plans(folder: Path, content: Path, plans: int, seed: int) -> dict[str, Any]:
    many, store = folder / "content", folder / "memory"
    corpus.write(many, content, plans, seed)
    figures: dict[str, Any] = {}
    for name in ("cold", "warm", "edited"):
        if name == "edited":
            edited = sorted((many / "ke-hoach").rglob("*.md"))[plans // 2]
            edited.write_text(edited.read_text("utf-8") + "\nThêm một dòng.\n", "utf-8")
        (found, library), figures[name] = _timed(lambda: _check(many, store))
    events = len(library.events)
    return {"count": len(library.plans), "events": events, "findings": len(found)} | figures


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
        plan.write_bytes(mutate(chance.choice(originals), chance))
        try:
            clean_one, seconds = _timed(lambda: _report(small))
        except Exception as error:
            raised.append(f"{case}: {error!r}")
            continue
        slowest = max(slowest, seconds)
        clean += clean_one
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    total = time.perf_counter() - started
    return {
        "cases": cases,
        "raised": raised,
        "clean": clean,
        "seconds": total,
        "slowest": slowest,
        "peak_mb": peak,
    }


def _check(content: Path, store: Path) -> tuple[list[Finding], Library]:
    memory = Memory(store, _CODE)
    library = read_library(content, memory=memory)
    found = rules.check(library, today=_TODAY, memory=memory)
    memory.save()
    return found, library


def _report(content: Path) -> bool:
    library = read_library(content)
    found = rules.check(library, today=_TODAY)
    for form in reporting.FORMS.values():
        form(found, library)
    return not found


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    result = work()
    return result, time.perf_counter() - started
