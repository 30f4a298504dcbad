"""A department's theme: the program's, with the department's own files in place of those of the same name."""

import shutil
from pathlib import Path

from kehoach import shipped
from kehoach.building.frame import state_of
from kehoach.building.store import Store
from kehoach.hashing import fingerprint

_WHOLE = ("main.html", "pages", "assets", "print")  # what a theme has that stands by itself


def whole(own: Path | None, beside: Path) -> Path:
    """The folder of the whole theme; where `own` has files for some of it, made in the folder `beside`,
    with what it was made from kept next to that."""
    if own is None or not own.is_dir():
        return shipped.THEME
    if all((own / name).exists() for name in _WHOLE):
        return own
    kept, name = Store(beside.parent, trusted=False), f"{beside.name}.state"
    state = fingerprint(state_of(own), state_of(shipped.THEME)).encode()
    if kept.get(name) != state or not beside.is_dir():
        kept.forget(name)
        shutil.rmtree(beside, ignore_errors=True)
        shutil.copytree(shipped.THEME, beside)
        shutil.copytree(own, beside, dirs_exist_ok=True)
        kept.put(name, state)
    return beside
