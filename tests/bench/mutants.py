"""How many small faults in records, rules and building the tests notice (mutation testing).

A fault is drawn by chance, its module is read with it in a process of its own, and the tests of that
room run until one fails; nothing is written. Whom the near tests leave alive the far ones judge.
"""

import ast
import contextlib
import os
import resource
import signal
import sys
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from random import Random
from types import CodeType
from typing import Any

import pytest

from kehoach.commands import SLOW

ROOMS = ("records", "rules", "building")
NEAR = {  # by what the module's name begins with
    "records.period": ["records/test_period", "records/test_written_times"],
    "records.body": [
        *("records/test_body", "records/test_reading", "records/test_prose"),
        *("records/test_marks", "records/test_callouts", "rules/test_prose"),
    ],
    "records": ["rules/test_rules", "test_units_by_id", "test_campaigns", "records/test_units"],
    "rules": ["rules/test_rules", "rules/test_media", "rules/test_anchors", "rules/test_pasting"],
    "building": ["building"],
}
FAR = ["documents", "records", "rules", "building"]
QUICK = f"not ({SLOW})"
SECONDS = 300  # of CPU: what takes more has been noticed, however busy the machine is
HANGING = 3600  # seconds by the clock, for what waits for ever
MEMORY = 4 << 30  # bytes
_SHOWN = 60  # characters of a change

_SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE,
    ast.GtE: ast.Gt, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv,
    ast.Continue: ast.Break, ast.Break: ast.Continue,
}  # fmt: skip
# Keywords of which another value changes no result, only how it is come by.
_HOW = {"at_least", "slots", "frozen", "strict", "maxsize", "chunksize", "check", "parents"}


def run(root: Path, *, mutants: int = 150, seed: int = 1) -> dict[str, Any]:
    """Judge `mutants` faults: how many there could be, how many were noticed, and the survivors.

    Raises SystemExit where the tests fail without any: then they would notice everything.
    """
    hooks = root / "hooks" / "kehoach"
    if not _passes(root, "", root, ast.Module([], []), FAR):
        raise SystemExit("Phép thử hỏng sẵn: sửa cho đạt rồi hãy đo.")
    files = [file for room in ROOMS for file in sorted((hooks / room).rglob("*.py"))]
    places = [(file, place) for file in files for place in _places(file)]
    drawn = Random(seed).sample(places, min(mutants, len(places)))
    judged = [_judge(root, file, place) for file, place in drawn]
    noticed = sum(fault["noticed"] for fault in judged)
    return {
        "seed": seed,
        "possible": len(places),
        "drawn": len(judged),
        "noticed": noticed,
        "score": round(noticed / len(judged), 3),
        "survivors": [fault["fault"] for fault in judged if not fault["noticed"]],
    }


def table(figures: dict[str, Any]) -> str:
    """The figures, a line a survivor."""
    head = "{noticed} of {drawn} noticed ({score}), seed {seed}, of {possible} possible faults"
    return "\n".join([head.format(**figures), *figures["survivors"]])


def _judge(root: Path, file: Path, place: int) -> dict[str, Any]:
    module = ".".join(file.relative_to(root / "hooks").with_suffix("").parts)
    module = module.removesuffix(".__init__")
    tree, fault = _mutant(file, place)
    room = module.removeprefix("kehoach.")
    near = next(tests for name, tests in NEAR.items() if room.startswith(name))
    noticed = not all(_passes(root, module, file, tree, tests) for tests in (near, FAR))
    told = f"{file.relative_to(root)}:{fault}"
    print("noticed " if noticed else "SURVIVED", told, file=sys.stderr, flush=True)
    return {"noticed": noticed, "fault": told}


def _places(file: Path) -> list[int]:
    """Which nodes of `file` can be changed, in the order of `ast.walk`."""
    tree = ast.parse(file.read_text("utf-8"))
    left = _left_alone(tree)
    return [
        at
        for at, node in enumerate(ast.walk(tree))
        if id(node) not in left and _is_changeable(node)
    ]


def _mutant(file: Path, place: int) -> tuple[ast.Module, str]:
    """The module `file` with one node changed, and in words what has become of it."""
    tree = ast.parse(file.read_text("utf-8"))
    node: Any = list(ast.walk(tree))[place]
    before = _shown(node)
    _change(node)
    return ast.fix_missing_locations(tree), f"{node.lineno}: {before} -> {_shown(node)}"


def _shown(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _left_alone(tree: ast.Module) -> set[int]:
    """What says nothing while the program runs: annotations, docstrings, and `_HOW` it does things."""
    silent: list[ast.AST | None] = []
    for node in ast.walk(tree):
        match node:
            case ast.arg(annotation=said) | ast.AnnAssign(annotation=said):
                silent.append(said)
            case ast.FunctionDef(returns=said):
                silent.append(said)
            case ast.keyword(arg=name, value=said) if name in _HOW:
                silent.append(said)
            case ast.Expr(value=ast.Constant()) | ast.If(test=ast.Name(id="TYPE_CHECKING")):
                silent.append(node)
    return {id(inner) for one in silent if one for inner in ast.walk(one)}


def _is_changeable(node: ast.AST) -> bool:
    match node:
        case ast.Compare(ops=[one]):
            return type(one) in _SWAPS
        case ast.BinOp(op=one):
            return type(one) in _SWAPS
        case ast.Constant(value=bool() | int() | str()):
            return True
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()):
            return True
        case ast.BoolOp() | ast.UnaryOp(op=ast.Not()) | ast.Return(value=ast.expr()):
            return True
    return isinstance(node, ast.If | ast.IfExp | ast.Continue | ast.Break)


def _change(node: Any) -> None:
    match node:
        case ast.Compare(ops=[one]):
            node.ops = [_SWAPS[type(one)]()]
        case ast.BoolOp(op=one) | ast.BinOp(op=one):
            node.op = _SWAPS[type(one)]()
        case ast.UnaryOp():
            node.operand = ast.UnaryOp(ast.Not(), node.operand)
        case ast.If() | ast.IfExp():
            node.test = ast.UnaryOp(ast.Not(), node.test)
        case ast.Constant(value=bool(value)):
            node.value = not value
        case ast.Constant(value=int(value)):
            node.value = value + 1
        case ast.Constant(value=value):
            node.value = f"{value}X"
        case ast.Expr(value=ast.Call()):
            node.value = ast.Constant(None)
        case ast.Expr():  # still a generator
            node.value = ast.YieldFrom(ast.Tuple([], ast.Load()))
        case ast.Return():
            node.value = ast.Constant(None)
        case ast.Continue() | ast.Break():
            node.__class__ = _SWAPS[type(node)]


class _Loader(SourceFileLoader):
    """Reads one module as `tree` has it."""

    def __init__(self, name: str, path: str, tree: ast.Module) -> None:
        super().__init__(name, path)
        self._tree = tree

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._tree, self.path, "exec")


class _Finder:
    def __init__(self, module: str, file: Path, tree: ast.Module) -> None:
        self._module, self._file, self._tree = module, file, tree

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if name != self._module:
            return None
        loader = _Loader(name, str(self._file), self._tree)
        return spec_from_file_location(name, self._file, loader=loader)


def _passes(root: Path, module: str, file: Path, tree: ast.Module, tests: list[str]) -> bool:
    """Whether `tests` pass while `module` is read as `tree`, in a fork of this process."""
    process = os.fork()
    if process == 0:
        os.setsid()
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        signal.alarm(HANGING)  # which ends the process
        os.chdir(root)
        for name in [name for name in sys.modules if name.split(".")[0] == "kehoach"]:
            del sys.modules[name]
        sys.meta_path.insert(0, _Finder(module, file, tree))  # type: ignore[arg-type]
        options = ["-x", "-q", "-n0", "-p", "no:cacheprovider", "--hypothesis-seed=1"]
        paths = [f"tests/{one}" for one in tests]
        paths = [path if os.path.isdir(path) else f"{path}.py" for path in paths]
        os._exit(int(pytest.main([*options, "-m", QUICK, *paths])))
    _, status = os.waitpid(process, 0)
    with contextlib.suppress(ProcessLookupError):  # what the tests left behind
        os.killpg(process, signal.SIGKILL)
    return status == 0
