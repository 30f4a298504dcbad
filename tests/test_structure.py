"""The rooms of the house: imports go one way."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path

import pytest

from kehoach import pages
from kehoach.building import translating
from kehoach.building.shelf import read_library
from kehoach.history import History
from kehoach.pages.parts import Book
from kehoach.records import addresses
from kehoach.site import TIMEZONE, Site
from rules.fixtures import lay

# Every room of the house, in the order in which data flows, and what it may take from.
ALLOWED = {
    **{
        room: set()
        for room in (
            "almanac",
            "artefact",
            "gzipped",
            "hashing",
            "locks",
            "progress",
            "mkdocs_theme",
            "photographs",
            "records",
            "shipped",
            "site",
            "xml_text",
        )
    },
    "carried": {"xml_text"},
    "rules": {"records"},
    "schema": {"records"},
    "drafting": {"records"},
    "reporting": {"records"},
    "importing": {"records", "carried"},
    "mending": {"records", "rules"},
    "intake": {"records", "rules", "importing"},
    "history": {"records", "site"},
    "status": {"records"},
    "search": {"records", "gzipped"},
    "pages": {"records", "site", "history", "almanac"},
    "feeds": {"records", "site", "history"},
    "prints": {"records", "site", "almanac", "carried", "shipped", "photographs", "xml_text"},
    "redirects": {"records", "history", "pages"},
    "releasing": {"records", "site", "progress", "gzipped"},
    "packaging": set(),
    "department": {"packaging", "pages", "records"},
}
ALLOWED["building"] = ALLOWED.keys() - {
    "department",
    "drafting",
    "importing",
    "intake",
    "mending",
    "packaging",
    "releasing",
    "schema",
}
ALLOWED["serving"] = {"building", "reporting"}
ALLOWED["commands"] = ALLOWED.keys() - {"history", "pages", "feeds", "search"}
ALLOWED["command_line"] = {"commands"}
ALLOWED["__main__"] = {"command_line"}
TEMPLATES = "kehoach.department.files."  # what a department is given, no module of ours


@pytest.mark.parametrize("room", ["records.library", "rules", "pages", "feeds", "prints", "search"])
def test_no_room_pulls_in_mkdocs_or_material(root, room):
    code = f"import sys, kehoach.{room}; print([m for m in sys.modules if m.split('.')[0] in ('mkdocs', 'material')])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root / "hooks", capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_what_makes_files_is_imported_by_a_build_alone(root, tmp_path):
    """`check` begins in half the time without it, also where a plan was edited."""
    making = ("feeds", "search", "prints.catalogue", "pages.page", "history", "building.making")
    drawing = ("prints.banners", "prints.documents", "records.body.rendering", "records.programmes")
    unwanted = {*(f"kehoach.{name}" for name in making + drawing)}
    unwanted |= {"jinja2", "typst", "PIL", "rich", "mkdocs", "markdown", "xml", "logging"}
    code = (
        "import sys; from pathlib import Path; from kehoach import building, commands, reporting, rules;"
        " from kehoach.building.shelf import read_library; library = read_library(Path(sys.argv[1]));"
        " plan, = library.plans; assert plan.title and plan.outline and rules.all_rules();"
        " print('\\n'.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, lay("missing-key", "valid", tmp_path)],
        cwd=root / "hooks",
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    assert "kehoach.building.project" in loaded
    assert loaded & unwanted == set()


def test_every_room_is_listed(root):
    package = root / "hooks" / "kehoach"
    rooms = {path.name for path in package.iterdir() if any(path.glob("*.py"))}
    rooms |= {path.stem for path in package.glob("*.py")} - {"__init__"}
    assert rooms == ALLOWED.keys()


def test_the_architecture_names_every_room(root):
    document = (root / "docs" / "developing.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?<![\w/])(\w+)(?:/|\.py)(?=[\s,;:)])", document))
    assert ALLOWED.keys() - named == {"__main__"}


@pytest.mark.parametrize("room", ALLOWED)
def test_imports_go_one_way(root, room):
    package = root / "hooks" / "kehoach"
    modules = [package / f"{room}.py"] if (package / f"{room}.py").exists() else []
    for module in modules or sorted((package / room).rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text())):
            assert imported(node) <= ALLOWED[room] | {room, "artefact", "hashing"}, (
                f"{module.name}:{node.lineno}"
            )


def test_no_module_is_there_for_tests_alone(root):
    hooks = root / "hooks"
    modules = {name(path, hooks): path for path in hooks.rglob("*.py")}
    modules = {module: path for module, path in modules.items() if TEMPLATES not in module}
    waiting = ["mkdocs_events", "kehoach.__main__", "kehoach.releasing.__main__"]
    waiting += ["kehoach.mkdocs_theme"]  # by MkDocs
    waiting += [module for module in modules if module.startswith("kehoach.rules.")]  # by pkgutil
    waiting += [f"kehoach.pages.{room}" for room in pages.ROOMS]  # by import_module
    reached = set()
    while waiting:
        module = waiting.pop()
        if module in modules and module not in reached:
            reached.add(module)
            waiting += used(modules[module])
    assert modules.keys() - reached == set()


# Called by their names from outside: by pip (PEP 517), by MkDocs, by the rooms around them.
CALLED = re.compile(
    r"kehoach\.packaging\.build_\w+|(kehoach\.)?mkdocs_events\..*|kehoach\.rules\.\w+\.check"
    r"|kehoach\.pages\.\w+\.(listing|pages)"
)


def test_no_function_is_there_for_tests_alone(root):
    """Somebody in the program uses each public function and class; of methods, one of their name."""
    hooks = root / "hooks"
    trees = {name(path, hooks): ast.parse(path.read_text()) for path in hooks.rglob("*.py")}
    trees = {module: tree for module, tree in trees.items() if TEMPLATES not in module}
    templates = " ".join(path.read_text() for path in (root / "theme").rglob("*.html"))
    taken = {use for module, tree in trees.items() for use in uses(module, tree)}
    taken |= {("", word) for word in re.findall(r"\.(\w+)", templates)}
    alone = [
        definition
        for module, tree in trees.items()
        for definition, use in definitions(module, tree)
        if use not in taken and not CALLED.fullmatch(definition)
    ]
    assert alone == []


def definitions(module: str, tree: ast.Module) -> Iterator[tuple[str, tuple[str, str]]]:
    """What is public in a module, and how its use is told (see `uses`). What a class that another
    library calls has to have is not."""
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name[0] != "_":
            yield f"{module}.{node.name}", (module, node.name)
        if (
            isinstance(node, ast.ClassDef)
            and not {ast.unparse(base) for base in node.bases} & FOREIGN
        ):
            methods = [one.name for one in node.body if isinstance(one, ast.FunctionDef)]
            yield from (
                (f"{module}.{node.name}.{one}", ("", one)) for one in methods if one[0] != "_"
            )


# Classes of libraries that ours are made from, whose methods those call.
FOREIGN = {"AdmonitionProcessor", "BytecodeCache", "Environment", "FileSystemEventHandler"}
FOREIGN |= {"HTMLParser", "SimpleHTTPRequestHandler", "BasePlugin[_NoSettings]"}


def uses(module: str, tree: ast.Module) -> Iterator[tuple[str, str]]:
    """What a module names: of which module, and "" with what may be a method."""
    imported = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                imported[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                yield node.module, alias.name
        elif isinstance(node, ast.Import):
            imported |= {alias.asname or alias.name: alias.name for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield module, node.id
        elif isinstance(node, ast.Attribute):
            yield imported.get(ast.unparse(node.value), ""), node.attr
            yield "", node.attr
        elif isinstance(node, ast.Constant):
            yield "", str(node.value)


def name(path: Path, hooks: Path) -> str:
    return ".".join(path.relative_to(hooks).with_suffix("").parts).removesuffix(".__init__")


def used(path: Path) -> Iterator[str]:
    """The modules that a file names in an import, and the packages they lie in."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            named = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            named = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        for module in named:
            parts = module.split(".")
            yield from (".".join(parts[:end]) for end in range(1, len(parts) + 1))


def test_tests_use_what_the_program_gives_and_nothing_private(root):
    """Neither a private name of a module of ours, nor one put in its place by monkeypatch."""
    private = []
    for path in sorted((root / "tests").rglob("*.py")):
        tree = ast.parse(path.read_text())
        ours = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kehoach"):
                ours |= {alias.asname or alias.name for alias in node.names}
        taken = [name for name in ours if name.startswith("_")]
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                taken += [node.attr] if node.value.id in ours and node.attr[0] == "_" else []
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "setattr":
                replaced = [arg.value for arg in node.args[1:2] if isinstance(arg, ast.Constant)]
                taken += [name for name in replaced if str(name).startswith("_")]
        private += [f"{path.relative_to(root)}: {name}" for name in taken if name[:2] != "__"]
    assert private == []


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


@pytest.mark.parametrize("settings", ["mkdocs.yml", "hooks/kehoach/department/files/mkdocs.yml"])
def test_our_site_and_a_new_one_have_the_navigation_of_who_names_none(root, settings):
    entries = re.findall(r"^  - (.+): (\S+/)$", (root / settings).read_text("utf-8"), re.M)
    assert dict(entries) == translating.SECTIONS


def test_the_site_map_leads_to_every_section(root):
    site = Site("Sở", "https://so.vn/", "", datetime(2024, 6, 1, tzinfo=TIMEZONE))
    book = Book(read_library(root / "content"), site, History())
    (page,) = (page for page in pages.listing("home", book) if page.address == "so-do-trang/")
    led = {group["address"] for group in page.view["groups"]}
    assert led == {f"{section}/" for section in addresses.SECTIONS} - {"tim-kiem/"}
