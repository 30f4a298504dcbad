"""The program itself as an input of what it makes: its code and the packages that it uses."""

import os
import sys
from functools import cache
from pathlib import Path

from kehoach import hashing, shipped
from kehoach.hashing import digest_of

HOOKS = Path(__file__).resolve().parents[2]
_ENTRY = HOOKS / "mkdocs_events.py"  # not there in a wheel


@cache
def fingerprint() -> str:
    """A hash of the code as this process runs it, and of the versions of all that it uses."""
    files = [
        f"{folder}/{name}"
        for folder, _, names in os.walk(shipped.PACKAGE)
        for name in names
        if name.endswith(".py")
    ]
    return hashing.fingerprint(packages(), *map(digest_of, sorted(files)), digest_of(_ENTRY))


def packages() -> str:
    """Python's version and the installed packages' with theirs, by the folders that say so."""
    sites = [path for path in sys.path if path.endswith("-packages") and os.path.isdir(path)]
    names = sorted(name for site in sites for name in os.listdir(site) if name.endswith("-info"))
    return " ".join([sys.version, *names])
