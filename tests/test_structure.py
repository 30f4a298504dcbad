"""The rooms of the house: imports go one way."""

import ast
import subprocess
import sys
from importlib import import_module

import pytest

from kehoach import pages

ROOMS = ["records", "rules", "pages", "feeds", "prints", "search", "importing"]
ALLOWED = {
    "records": set(),
    "rules": {"records"},
    "pages": {"records", "site", "history", "almanac", "qr"},
    "feeds": {"records", "site", "history"},
    "prints": {"records", "site", "almanac", "qr", "carried"},
    "search": {"records", "site"},
    "importing": {"records", "carried"},
}


@pytest.mark.parametrize("room", ["records.library", "rules", "pages", "feeds", "prints", "search"])
def test_no_room_pulls_in_mkdocs_or_material(root, room):
    code = f"import sys, kehoach.{room}; print([m for m in sys.modules if m.split('.')[0] in ('mkdocs', 'material')])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root / "hooks", capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("room", ROOMS)
def test_imports_go_one_way(root, room):
    modules = sorted((root / "hooks" / "kehoach" / room).rglob("*.py"))
    assert modules
    for module in modules:
        for node in ast.walk(ast.parse(module.read_text())):
            assert imported(node) <= ALLOWED[room] | {room}, f"{module.name}:{node.lineno}"


def imported(node: ast.AST) -> set[str]:
    """The rooms that a statement takes something from; relative imports are not written here."""
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
        return {name.split(".")[1] for name in names if name.startswith("kehoach.")}
    if not isinstance(node, ast.ImportFrom):
        return set()
    assert node.level == 0, "a relative import"
    parts = (node.module or "").split(".")
    if parts[0] != "kehoach":
        return set()
    return {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}


def test_only_the_build_and_its_hooks_know_mkdocs(root):
    knowing = set()
    for module in (root / "hooks").rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.split(".")[0] in ("mkdocs", "material") for name in names):
                knowing.add(module.relative_to(root / "hooks").as_posix())
    assert knowing == {"mkdocs_events.py", "kehoach/building/mkdocs_adapter.py"}


def test_the_sections_are_those_of_the_rooms_and_of_the_pages_that_stand_alone():
    rooms = [import_module(f"kehoach.pages.{room}") for room in pages.ROOMS]
    found = {room.SECTION for room in rooms if hasattr(room, "SECTION")}
    assert found | {"", "404", "huong-dan", "tim-kiem"} == set(pages.SECTIONS)
