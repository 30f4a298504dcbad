"""What was made in earlier builds, and what each of it was made from.

While something is made, whatever it looks up (a record, a text, a template, a story of Git's) notes
itself here. It is taken from the ledger as long as every one of these is as it was, and made again
when one is not: nobody declares what depends on what.
"""

import pickle
from array import array
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from kehoach.building import crew
from kehoach.building.cache import read_sealed, write_sealed

V = TypeVar("V")
Subject = tuple[str, Hashable]  # the kind of a thing, and its name
Task = tuple[str, str, Callable[[], Any]]  # what is recalled: its name, its key, what makes it
_NUMBER = "I"  # the type code of a subject's number
MANY_PACKS = 50  # of subjects: more are made one again


class Entry(NamedTuple):
    """A pickled value, the key it was made with, and the subjects it was made from.

    `key` is None where it is known not to hold. `mark` is for whoever put it here: something short
    that tells values apart.
    """

    key: str | None
    numbers: bytes  # of the subjects, as an array's: quick to keep and to load
    pickled: bytes
    mark: str = ""

    @property
    def seen(self) -> memoryview:
        """The numbers of the subjects."""
        return memoryview(self.numbers).cast(_NUMBER)

    @property
    def value(self) -> Any:
        return pickle.loads(self.pickled)


class Ledger:
    """The entries in the file `path`, None for one build; another `edition` of the code knows nothing of them.

    `now` tells what a subject of each kind is at present, as a short text or a hash. `site` is what
    the builder wrote down about the folder that the entries stand in.
    """

    def __init__(self, path: Path | None, edition: str) -> None:
        self._path = path
        self.edition = edition
        self._kept: dict[str, Entry] = {}
        self._subjects: list[Subject] = []
        self._packed: list[bytes] = []  # the same, pickled: of many, few are new in a build
        self._were: list[str] = []
        self.site: Any = None
        self.trouble = ""
        self.now: dict[str, Callable[[Any], str]] = {}
        self._load()
        self._unpacked = len(self._subjects)  # the number of the first that is not packed
        self._numbers = {subject: number for number, subject in enumerate(self._subjects)}
        self._open: list[set[int]] = []
        self._begin()

    def _begin(self) -> None:
        self._asked: dict[str, Entry] = {}
        self._same: set[int] = set()
        self._changed: dict[int, str] = {}

    def _load(self) -> None:
        if self._path is None or not self._path.exists():
            return
        content = read_sealed(self._path)
        if content is None:
            self.trouble = "Bộ nhớ đệm bị hỏng: dựng lại từ đầu."
            return
        edition = self.edition.encode() + b"\n"
        if content[: len(edition)] != edition:
            self.trouble = "Bộ nhớ đệm của phiên bản khác: dựng lại từ đầu."
            return
        self._packed, self._were, entries, self.site = pickle.loads(content[len(edition) :])
        self._subjects = [subject for packed in self._packed for subject in pickle.loads(packed)]
        self._kept = {name: Entry(*entry) for name, entry in entries.items()}

    def note(self, kind: str, name: Hashable) -> None:
        """Whatever is being made has looked at this."""
        if self._open:
            self._open[-1].add(self._number((kind, name)))

    def _number(self, subject: Subject) -> int:
        if subject not in self._numbers:
            number = self._numbers[subject] = len(self._subjects)
            self._subjects.append(subject)
            self._were.append("")
            self._changed[number] = self._state(number)
        return self._numbers[subject]

    def _state(self, number: int) -> str:
        kind, name = self._subjects[number]
        return self.now[kind](name)

    def _is_same(self, number: int) -> bool:
        if number in self._same:
            return True
        if number in self._changed:
            return False
        state = self._state(number)
        if state == self._were[number]:
            self._same.add(number)
            return True
        self._changed[number] = state
        return False

    @contextmanager
    def watching(self) -> Iterator[set[int]]:
        """The numbers of what is noted within."""
        self._open.append(set())
        try:
            yield self._open[-1]
        finally:
            seen = self._open.pop()
            if self._open:
                self._open[-1] |= seen

    def _told(self, seen: Iterable[int]) -> list[Subject]:
        """What numbers stand for, which another process's ledger may count in another way."""
        return [self._subjects[number] for number in seen]

    def find(self, name: str, key: str = "") -> Entry | None:
        """The entry of `name`, if it was made with `key` from things that are still the same."""
        entry = self._asked.get(name) or self._still(self._kept.get(name))
        if entry is None or entry.key != key:
            return None
        self._asked[name] = entry
        if self._open:
            self._open[-1].update(entry.seen)
        return entry

    def _still(self, entry: Entry | None) -> Entry | None:
        if entry is None or self._same.issuperset(entry.seen):
            return entry
        return entry if all(map(self._is_same, entry.seen)) else None

    def put(self, name: str, key: str, seen: set[int], value: Any, mark: str = "") -> Entry:
        """Write down what was made, as from now on."""
        pickled = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        entry = self._asked[name] = Entry(
            key, array(_NUMBER, sorted(seen)).tobytes(), pickled, mark
        )
        return entry

    def recall(self, name: str, key: str, make: Callable[[], V]) -> V:
        """What `make` gives, or gave when it was made with `key` from the same things."""
        if entry := self.find(name, key):
            return entry.value
        with self.watching() as seen:
            value = make()
        self.put(name, key, seen, value)
        return value

    def recall_all(self, tasks: Iterable[Task], *, pays: int) -> list[Any]:
        """`recall` for each of `tasks`; those from `pays` on that are to be made are shared by a crew."""
        tasks = list(tasks)
        found = [self.find(name, key) for name, key, _ in tasks]
        missing = [task for task, entry in zip(tasks, found, strict=True) if entry is None]
        made = iter(list(self.share([make for _, _, make in missing], pays=pays)))
        values = []
        for (name, key, _), entry in zip(tasks, found, strict=True):
            if entry is None:
                seen, value = next(made)
                self.put(name, key, seen, value)
            values.append(value if entry is None else entry.value)
        return values

    def share(
        self, makers: Sequence[Callable[[], V]], *, pays: int
    ) -> Iterator[tuple[set[int], V]]:
        """What each of `makers` looks at and gives, made by a crew where there are `pays` or more."""

        known = len(self._subjects)  # which all of a crew count in the same way

        def make(at: int) -> tuple[list[int], list[Subject], V]:
            with self.watching() as seen:
                value = makers[at]()
            old = [number for number in seen if number < known]
            return old, self._told(seen.difference(old)), value

        for old, new, value in crew.share(make, range(len(makers)), pays=pays):
            seen = {*old, *map(self._number, new)}
            if self._open:
                self._open[-1] |= seen
            yield seen, value

    def before(self, name: str) -> Entry | None:
        """The entry of `name` that an earlier build left, whether it still holds or not."""
        return self._kept.get(name)

    def names(self, prefix: str) -> list[str]:
        """The entries that an earlier build left under names that begin with `prefix`."""
        return [name for name in self._kept if name.startswith(prefix)]

    def forget(self, prefix: str) -> None:
        """Entries under names that begin with `prefix` hold no longer."""
        for name in self.names(prefix):
            del self._kept[name]

    def save(self, *, whole: bool = True) -> None:
        """Keep what was made; see `turn`."""
        self.turn(whole=whole)
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        entries = {name: tuple(entry) for name, entry in self._kept.items()}
        content = (self._pack(), self._were, entries, self.site)
        pickled = pickle.dumps(content, pickle.HIGHEST_PROTOCOL)
        write_sealed(self._path, self.edition.encode() + b"\n", pickled)

    def _pack(self) -> list[bytes]:
        """All subjects, pickled: those that are new by themselves, all together from time to time."""
        if len(self._packed) > MANY_PACKS:
            self._packed, self._unpacked = [], 0
        if new := self._subjects[self._unpacked :]:
            self._packed.append(pickle.dumps(new, pickle.HIGHEST_PROTOCOL))
            self._unpacked = len(self._subjects)
        return self._packed

    def turn(self, *, whole: bool = True) -> None:
        """Begin another build: what was asked for holds as long as things stay as they now are.

        Of the `whole`, what nobody asked for stays where it is known to hold, as what is within
        something that was found. Else all stays: for `before`, what does not hold any longer too.
        """
        changed = self._changed.keys()
        self._kept = {
            name: entry if changed.isdisjoint(entry.seen) else entry._replace(key=None)
            for name, entry in self._kept.items()
            if not whole or self._same.issuperset(entry.seen)
        } | self._asked
        for number, state in self._changed.items():
            self._were[number] = state
        self._begin()
