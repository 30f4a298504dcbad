"""What `import` takes and how whole it is, beside pandoc and markitdown on the same files in the same run.

The plans of the sample are written as staff write them in Word, then turned into the other formats
by LibreOffice, set in the fonts of the 1990s, and scanned clean and with noise. Their front matter is
the truth for what is proposed.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2

from bench.peers import measured
from importing import plans
from importing.scans import scanned
from kehoach.importing import drafts, office, proof, proposing, reading, understanding
from kehoach.importing.drafts import Draft, Wishes
from kehoach.importing.mentions import Naming
from kehoach.importing.problem import ImportProblem
from kehoach.prints import documents
from kehoach.records.library import Library
from kehoach.records.plan import Plan
from kehoach.records.text import canonical
from kehoach.site import TIMEZONE, Site

SITE = Site("Kế hoạch", "", "", datetime(2022, 5, 4, tzinfo=TIMEZONE))
_SCAN_DPI = (200, 300)
_RUN = 5  # words in a row that count as found
_PAGES = 200
_A_PAGE = 3_000  # letters of text on a page at 14 points
_MARKITDOWN = "markitdown[docx]==0.1.6"
_FORMATS = ("docx", "odt", "doc", "pdf")
_TIMED = "import sys; from pathlib import Path; from kehoach.importing import reading, understanding, drafts"


def run(
    root: Path, *, formats: Iterable[str] = _FORMATS, scans: Iterable[int] = _SCAN_DPI
) -> dict[str, Any]:
    """Coverage, seconds and proof of each plan in each of `formats`, of the peers on its .docx, what
    is proposed against what is true, time and memory of a Word file of 200 pages, and the letters and
    words that are wrong in scans of each plan's first page."""
    library = plans.library(root)
    figures: dict[str, Any] = {"plans": {}, "proposals": _proposals(library)}
    with tempfile.TemporaryDirectory() as folder:
        peers = _peers(root)
        for plan in library.plans:
            word = plans.write(plan, library, Path(folder) / f"{plan.slug}.docx")
            figures["plans"][plan.slug] = _formats(plan, library, word, formats, peers)
        figures["long"] = _long(root, library, Path(folder))
        figures["scans"] = _scans(library, Path(folder), scans)
    return figures


def table(figures: dict[str, Any]) -> str:
    """The figures, a line for each plan and format."""
    lines = []
    for slug, tools in figures["plans"].items():
        for tool, of in tools.items():
            proved = {True: "trọn vẹn", False: "CHƯA TRỌN VẸN", None: ""}[of.get("whole")]
            lines.append(
                f"{slug:<42} {tool:<11} {of['coverage']:.3f}  {of['seconds']:6.2f} s  {proved}"
            )
    for name, of in figures["proposals"].items():
        lines.append(f"{name:<10} tìm thấy {of['found']}/{of['true']}, đề xuất {of['proposed']}, "
                     f"recall {of['recall']:.2f}, precision {of['precision']:.2f}")  # fmt: skip
    for tool, of in figures["long"].items():
        lines.append(f"{_PAGES} trang {tool:<11} {of['seconds']:6.2f} s  {of['mebibytes']} MiB")
    for name, of in figures["scans"].items():
        lines.append(f"{name:<24} chữ cái sai {of['letters']:.1%}, từ sai {of['words']:.1%}")
    return "\n".join(lines)


def _formats(
    plan: Plan,
    library: Library,
    word: Path,
    formats: Iterable[str],
    peers: dict[str, Callable[[Path], str]],
) -> dict[str, Any]:
    signed = "\n".join(text for text, _ in plans.lines(plan))
    found: dict[str, Any] = {}
    for form in (*formats, "tcvn3"):
        try:
            path = _written(plan, library, word, form)
        except ImportProblem as problem:
            print(problem, file=sys.stderr)
            continue
        started = time.perf_counter()
        draft, proved = _import(path, library)
        seconds = time.perf_counter() - started
        found[form] = {
            "coverage": _coverage(signed, draft.body),
            "seconds": seconds,
            "whole": proved.holds,
        }
    for name, peer in peers.items():
        started = time.perf_counter()
        text = peer(word)
        found[name] = {
            "coverage": _coverage(signed, text),
            "seconds": time.perf_counter() - started,
        }
    return found


def _written(plan: Plan, library: Library, word: Path, form: str) -> Path:
    """The file `word` in `form`; "tcvn3" is Word in fonts of the 1990s."""
    if form == "docx":
        return word
    if form == "tcvn3":
        return plans.write(plan, library, word.with_name(f"{plan.slug}-tcvn3.docx"), old=True)
    return office.convert(word, word.parent / form, form)


def _import(path: Path, library: Library) -> tuple[Draft, proof.Proof]:
    found = reading.read(path)
    parts = understanding.understand(found.manuscript)
    draft = drafts.draft_of(found.manuscript, parts, library, Wishes())
    return draft, proof.prove(
        found.words, found.road, found.manuscript, parts, draft.body, found.unit
    )


def _coverage(signed: str, text: str) -> float:
    """The share of the runs of five words of `signed` that `text` has."""
    wanted, had = _runs(signed), set(_runs(text))
    return sum(run in had for run in wanted) / max(len(wanted), 1)


def _runs(text: str) -> list[tuple[str, ...]]:
    words = proof.sequence(text)
    return [tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)]


# --- proposals


def _proposals(library: Library) -> dict[str, Any]:
    """What is proposed from each plan's text, against its front matter."""
    true: dict[str, list[tuple[str, ...]]] = {"events": [], "deadlines": [], "slogans": []}
    proposed: dict[str, list[tuple[str, ...]]] = {"events": [], "deadlines": [], "slogans": []}
    for plan in library.plans:
        naming = Naming(library.units, library.issuer(plan))
        made = proposing.propose(plan.body, title=plan.title, year=plan.year, naming=naming)
        # An event is the one of its section, kind and time; there may be two in a section.
        true["events"] += [
            (plan.slug, e.section or "", e.kind, canonical(e.when.words) if e.when else "")
            for e in plan.events
        ]
        proposed["events"] += [
            (plan.slug, e.section, e.kind, canonical(e.when)) for e in made.events
        ]
        true["deadlines"] += [
            (plan.slug, d.section or "", canonical(d.when.words)) for d in plan.deadlines
        ]
        proposed["deadlines"] += [(plan.slug, d.section, canonical(d.when)) for d in made.deadlines]
        true["slogans"] += [(plan.slug, canonical(s.text)) for s in plan.slogans]
        proposed["slogans"] += [(plan.slug, canonical(s.text)) for s in made.slogans]
    return {name: _matched(true[name], proposed[name]) for name in true}


def _matched(true: list[tuple[str, ...]], proposed: list[tuple[str, ...]]) -> dict[str, Any]:
    left = list(true)
    for one in proposed:
        if one in left:
            left.remove(one)
    found = len(true) - len(left)
    return {
        "true": len(true),
        "proposed": len(proposed),
        "found": found,
        "recall": found / max(len(true), 1),
        "precision": found / max(len(proposed), 1),
    }


# --- peers


def _peers(root: Path) -> dict[str, Callable[[Path], str]]:
    found: dict[str, Callable[[Path], str]] = {}
    for name, command in _commands(root).items():
        found[name] = lambda path, command=command: (
            subprocess.run([*command, str(path)], capture_output=True, text=True, check=True).stdout
        )
    return found


def _commands(root: Path) -> dict[str, list[str]]:
    """The peers that this machine has; markitdown is fetched into an environment of its own."""
    commands = {}
    if pandoc := shutil.which("pandoc"):
        commands["pandoc"] = [pandoc, "--from=docx", "--to=markdown", "--wrap=none"]
    venv = root / ".cache" / "bench" / "markitdown"
    program = venv / "bin" / "markitdown"
    if not program.exists():
        steps = (
            [sys.executable, "-m", "venv", str(venv)],
            [str(venv / "bin/pip"), "install", "-q", _MARKITDOWN],
        )
        if any(subprocess.run(step, check=False).returncode for step in steps):
            print("markitdown không cài được: bỏ khỏi bảng", file=sys.stderr)
            return commands
    return commands | {"markitdown": [str(program)]}


# --- scans


def _scans(library: Library, folder: Path, at: Iterable[int]) -> dict[str, dict[str, float]]:
    """Of letters and words the share that a scan of each plan's first page gets wrong."""
    found: dict[str, dict[str, float]] = {}
    for dpi in at:
        for noisy in (False, True):
            wrong = {"letters": 0, "words": 0}
            total = {"letters": 0, "words": 0}
            for plan in library.plans:
                pdf = folder / "scan.pdf"
                pdf.write_bytes(_page_of(documents.draw(documents.data(plan, library, SITE), {})))
                picture = folder / "scan.png"
                scanned(pdf.read_bytes(), dpi=dpi, noisy=noisy).save(picture)
                try:
                    read = _below_the_head(picture)
                except ImportProblem as problem:
                    print(problem, file=sys.stderr)
                    return {}
                signed = _below_the_head(pdf)
                for unit, of in (("letters", "".join), ("words", list)):
                    true, had = of(signed), of(read)
                    wrong[unit] += _distance(true, had)
                    total[unit] += len(true)
            name = f"quét {dpi} dpi, {'bẩn' if noisy else 'sạch'}"
            found[name] = {unit: wrong[unit] / total[unit] for unit in wrong}
    return found


def _page_of(pdf: bytes) -> bytes:
    """The first page of `pdf` alone: a paragraph that goes on behind it is no error of a scan."""
    page, out = pypdfium2.PdfDocument.new(), BytesIO()
    page.import_pages(pypdfium2.PdfDocument(pdf), [0])
    page.save(out)
    return out.getvalue()


def _below_the_head(path: Path) -> list[str]:
    """The words below the letterhead, whose columns may be read in another order."""
    lines = [paragraph.line for paragraph in reading.read(path).manuscript.paragraphs()]
    first = next((at for at, line in enumerate(lines) if line.isupper() and "HOẠCH" in line), -1)
    return proof.sequence("\n".join(lines[first + 1 :]))


def _distance(one: Sequence[str], other: Sequence[str]) -> int:
    """How many letters (or words) to change, add or take out make `one` `other` (Levenshtein)."""
    before = list(range(len(other) + 1))
    for at, left in enumerate(one, 1):
        row = [at]
        for place, right in enumerate(other, 1):
            step = before[place - 1] + (left != right)
            row.append(min(step, before[place] + 1, row[-1] + 1))
        before = row
    return before[-1]


# --- a long file


def _long(root: Path, library: Library, folder: Path) -> dict[str, Any]:
    plan = max(library.plans, key=lambda plan: len(plan.body))
    times = _PAGES * _A_PAGE // len(plan.body) + 1
    path = plans.write(plan, library, folder / "long.docx", times=times)
    code = (
        f"{_TIMED}; m = reading.read(Path(sys.argv[1])); p = understanding.understand(m.manuscript)"
    )
    environment = {"PYTHONPATH": str(root / "hooks")}
    took = measured([sys.executable, "-c", code, str(path)], env=environment)
    found = {"kehoach": {"seconds": took.seconds, "mebibytes": took.mebibytes}}
    for name, command in _commands(root).items():
        took = measured([*command, str(path)], env={"HOME": str(folder), "PATH": "/usr/bin:/bin"})
        found[name] = {"seconds": took.seconds, "mebibytes": took.mebibytes}
    return found
