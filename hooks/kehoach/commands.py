"""What the commands of build.py do once their environment stands; each returns its exit code."""

import argparse
import logging
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from kehoach import building, reporting

# What the tests drive besides Python: command -> Debian package.
DEBIAN = {
    "chromium": "chromium",
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
    "nginx": "nginx-light",
    "wrk": "wrk",
    "rsync": "rsync",
    "node": "nodejs",
    "npm": "npm",
}


def run(options: argparse.Namespace, root: Path) -> int:
    return _COMMANDS[options.command](options, root)


def build(options: argparse.Namespace, root: Path) -> int:
    started = time.monotonic()
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    if options.clean:
        building.forget(root)
    project = building.open_project(building.configure(root, options.out))
    reporting.print_findings(project.findings, project.library)
    if project.errors or (options.strict and project.findings):
        say(f"Chưa dựng lại trang: {options.out} giữ nguyên như trước.")
        return 1
    building.build(root, options.out.resolve(), strict=options.strict, project=project)
    say(f"Đã dựng {options.out} trong {time.monotonic() - started:.1f} giây.")
    return 0


def test(options: argparse.Namespace, root: Path) -> int:
    missing = {package for command, package in DEBIAN.items() if not shutil.which(command)}
    if missing and not install(sorted(missing)):
        say("Thiếu chương trình để kiểm thử: " + ", ".join(sorted(missing)))
        say("Trên Debian, Ubuntu: apt-get install " + " ".join(sorted(missing)))
        return 1
    return subprocess.call([sys.executable, "-m", "pytest", *options.arguments], cwd=root)


def install(packages: list[str]) -> bool:
    """Install Debian packages where this is Debian and the user may; say what is done."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    say("Cài để kiểm thử: " + ", ".join(packages))
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    steps = (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *packages])
    return all(subprocess.call(step, env=environment, stdout=subprocess.DEVNULL) == 0 for step in steps)


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


_COMMANDS = {"build": build, "test": test}
