"""The fixtures of the rules, laid out as libraries."""

import os
import shutil
from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from pathlib import Path

from kehoach import prints, rules
from kehoach.building.shelf import read_library
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.rules.guide import files
from kehoach.site import TIMEZONE, Site

FOLDER = Path(__file__).parent
TODAY = date(2022, 5, 4)
SITE = Site("Kế hoạch", "", "", datetime(2022, 5, 4, tzinfo=TIMEZONE))
# Too large to be kept: made when they are needed.
_TOO_LARGE = {
    "file-too-large": ("ke-hoach/2022/x.md", 5 * 1024 * 1024),
    "attachment-too-large": ("ke-hoach/2022/phu-luc.pdf", 21 * 1024 * 1024),
}
# What Git cannot keep.
_PIPES = {"special-file": "ke-hoach/2022/ong-dan.pdf"}
# What a checkout on Windows or macOS would not keep: copies of what the fixture has.
_UNPORTABLE = {"unportable-name": ("bang-ron.png", ("Bang-ron.png", "con.png", "a*b.png"))}


def lay(rule: str, variant: str, folder: Path) -> Path:
    """`content/` under `folder`: the shared library, and the "input" or "valid" of a fixture."""
    content = folder / "content"
    shutil.copytree(FOLDER / "library", content)
    for name, path in files(FOLDER / rule, variant).items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, content / name, follow_symlinks=False)
    if variant == "input" and rule in _TOO_LARGE:
        name, size = _TOO_LARGE[rule]
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        with (content / name).open("wb") as file:
            file.truncate(size)
    if variant == "input" and rule in _PIPES:
        os.mkfifo(content / _PIPES[rule])
    if variant == "input" and rule in _UNPORTABLE:
        beside = content / "ke-hoach/2022"
        source, names = _UNPORTABLE[rule]
        for name in names:
            shutil.copy(beside / source, beside / name)
    return content


def check(
    content: Path, chosen: Mapping[str, rules.Rule] | None = None
) -> tuple[list[Finding], Library]:
    library = read_library(content)
    unprintable = partial(prints.document_problems, site=SITE)
    found = rules.check(library, today=TODAY, rules=chosen, unprintable=unprintable)
    return found, library
