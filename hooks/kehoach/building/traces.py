"""The results of earlier builds, each with the key of all that it was made from.

In the words of Mokhov, Mitchell and Peyton Jones, "Build Systems à la Carte" (ICFP 2018), these are
constructive traces: who asks under a name with the key of old is given what was made then. A key is
the hash of the states of declared dependencies (see `reads`), so nothing is looked at to find out.
"""

import pickle
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from kehoach.building import crew
from kehoach.building.store import Store

V = TypeVar("V")
Task = tuple[str, str, Callable[[], Any]]  # what is recalled: its name, its key, what makes it


class Trace(NamedTuple):
    """A value, pickled, and the key of what it was made from.

    `marks` are for whoever put it here: something short that tells values apart.
    """

    key: str
    pickled: bytes
    marks: Any = None

    @property
    def value(self) -> Any:
        return pickle.loads(self.pickled)


class Traces:
    """The traces in the file `path`, None for one build; another `program` knows nothing of them.

    `site` is what the builder wrote down about the folder that the traces stand for. `trouble` says,
    for people, why there is nothing where there was something.
    """

    def __init__(self, path: Path | None, program: str) -> None:
        self._path = path
        self.program = program
        self._before: dict[str, Trace] = {}
        self._asked: dict[str, Trace] = {}
        self._kept: tuple[str, ...] = ()
        self.site: Any = None
        self.trouble = ""
        self._load()

    def _load(self) -> None:
        if self._path is None or not self._path.exists():
            return
        content = self._store(self._path).get(self._path.name)
        if content is None:
            self.trouble = "Bộ nhớ đệm bị hỏng hoặc của máy khác: dựng lại từ đầu."
            return
        program = self.program.encode() + b"\n"
        if content[: len(program)] != program:
            self.trouble = "Bộ nhớ đệm của phiên bản khác: dựng lại từ đầu."
            return
        traces, self.site = pickle.loads(content[len(program) :])
        self._before = {name: Trace(*trace) for name, trace in traces.items()}

    def find(self, name: str, key: str) -> Trace | None:
        """The trace of `name`, if what it was made from has this `key`."""
        trace = self._asked.get(name) or self._before.get(name)
        if trace is None or trace.key != key:
            return None
        self._asked[name] = trace
        return trace

    def claim(self, name: str) -> None:
        """Find what an earlier build left under `name`, whatever its key; raises KeyError where there is none."""
        self._asked[name] = self._before[name]

    def get(self, name: str) -> Trace:
        """The trace that was found or put under `name` in this build."""
        return self._asked[name]

    def put(self, name: str, key: str, value: Any, marks: Any = None) -> Trace:
        """Put the `value` that was made from `key` under `name`."""
        pickled = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        trace = self._asked[name] = Trace(key, pickled, marks)
        return trace

    def confirm(self, name: str, key: Callable[[Any], str]) -> Any:
        """The value that an earlier build left under `name`, if the `key` that is made of it, and of what it
        tells that it was made from, is that of then; else None."""
        trace = self.before(name)
        if trace is None or key(value := trace.value) != trace.key:
            return None
        self._asked[name] = trace
        return value

    def recall(self, name: str, key: str, make: Callable[[], V]) -> V:
        """The result of `make`, or the one that it had under the same `key` in an earlier build."""
        if trace := self.find(name, key):
            known: V = trace.value
            return known
        value = make()
        self.put(name, key, value)
        return value

    def recall_all(self, tasks: Iterable[Task], *, at_least: int) -> list[Any]:
        """`recall` for each of `tasks`; those from `at_least` on that are to be made are shared by a crew."""
        tasks = list(tasks)
        found = [self.find(name, key) for name, key, _ in tasks]
        missing = [task for task, trace in zip(tasks, found, strict=True) if trace is None]
        makers = [make for _, _, make in missing]
        made = iter(
            list(crew.share(lambda at: makers[at](), range(len(makers)), at_least=at_least))
        )
        values = []
        for (name, key, _), trace in zip(tasks, found, strict=True):
            value = next(made) if trace is None else trace.value
            if trace is None:
                self.put(name, key, value)
            values.append(value)
        return values

    def before(self, name: str) -> Trace | None:
        """The trace of `name` that an earlier build left, whatever its key."""
        return self._before.get(name)

    def left(self, prefix: str) -> dict[str, Trace]:
        """The traces that an earlier build left under names that begin with `prefix`."""
        return {n: trace for n, trace in self._before.items() if n.startswith(prefix)}

    def forget(self, prefix: str) -> None:
        """Drop what an earlier build left under names that begin with `prefix`."""
        for name in self.left(prefix):
            del self._before[name]

    def keep(self, *prefixes: str) -> None:
        """Keep the entries whose names begin with one of `prefixes`: they are part of something that stands."""
        self._kept += prefixes

    def save(self, *, whole: bool = True) -> None:
        """Keep what was made; of the `whole`, what nobody asked for is dropped.

        The next build begins.
        """
        staying = {
            name: trace
            for name, trace in self._before.items()
            if not whole or (self._kept and name.startswith(self._kept))
        }
        self._before = staying | self._asked
        self._asked, self._kept = {}, ()
        if self._path is None:
            return
        traces = {name: tuple(trace) for name, trace in self._before.items()}
        pickled = pickle.dumps((traces, self.site), pickle.HIGHEST_PROTOCOL)
        content = self.program.encode() + b"\n" + pickled
        self._store(self._path).put(self._path.name, content)

    @staticmethod
    def _store(path: Path) -> Store:
        return Store(path.parent, trusted=True)
