"""The rooms of the house: imports go one way."""

import ast
import subprocess
import sys

import pytest

ROOMS = ["records", "rules", "pages", "feeds", "prints", "search"]
ALLOWED = {
    "records": set(),
    "rules": {"records"},
    "pages": {"records", "site", "history", "almanac"},
    "feeds": {"records", "site", "history"},
    "prints": {"records", "site", "almanac"},
    "search": {"records", "site"},
}


@pytest.mark.parametrize("room", ["records.library", "records.plan", "rules", "pages", "feeds"])
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
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kehoach"):
                parts = node.module.split(".")
                rooms = {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
                assert rooms <= ALLOWED[room] | {room}, f"{module.name}:{node.lineno}"
