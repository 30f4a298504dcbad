"""What each part of a build was made from and what it gave, from one build to the next.

While a part is made, whatever it looks up (a record, a text, a print, a story of Git's) notes
itself here with what it then was. The part is taken from the ledger as long as every one of these
is the same, and made again when one is not: nobody declares what depends on what.
"""

import pickle
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from kehoach.cache import read_sealed, write_sealed

V = TypeVar("V")
Subject = tuple[str, Hashable]  # the kind of a thing, and its name


class Entry(NamedTuple):
    """What a part was made from, noted while it was made, and what it gave."""

    key: str
    seen: dict[Subject, str]
    value: Any


class Ledger:
    """The entries in the file `path`, None for one build; those that another `edition` of the code wrote count for nothing.

    `now` tells what a thing of each kind is at present, as a short text or a hash.
    """

    def __init__(self, path: Path | None, edition: str) -> None:
        self._path = path
        self._edition = edition
        self._kept: dict[str, Entry] = {}
        self._fresh: dict[str, Entry] = {}
        self._seen: list[dict[Subject, str]] = []
        self._states: dict[Subject, str] = {}
        self.now: dict[str, Callable[[Any], str]] = {}
        self.trouble = ""
        self._load()

    def _load(self) -> None:
        if self._path is None or not self._path.exists():
            return
        content = read_sealed(self._path)
        if content is None:
            self.trouble = "Bộ nhớ đệm bị hỏng: dựng lại từ đầu."
            return
        edition, _, entries = content.partition(b"\n")
        if edition.decode() != self._edition:
            self.trouble = "Bộ nhớ đệm của phiên bản khác: dựng lại từ đầu."
            return
        self._kept = {name: Entry(*entry) for name, entry in pickle.loads(entries).items()}

    def note(self, kind: str, name: Hashable) -> None:
        """Whatever is being made has looked at this."""
        if self._seen:
            self._seen[-1].setdefault((kind, name), self._state((kind, name)))

    def _state(self, subject: Subject) -> str:
        if subject not in self._states:
            kind, name = subject
            self._states[subject] = self.now[kind](name)
        return self._states[subject]

    @contextmanager
    def watching(self) -> Iterator[dict[Subject, str]]:
        """What is noted within."""
        self._seen.append({})
        try:
            yield self._seen[-1]
        finally:
            seen = self._seen.pop()
            if self._seen:
                self._seen[-1].update(seen)

    def find(self, name: str, key: str = "") -> Entry | None:
        """The entry of `name`, if it was made with `key` from things that are still the same."""
        entry = self._kept.get(name)
        if entry is None or entry.key != key:
            return None
        if any(self._state(subject) != was for subject, was in entry.seen.items()):
            return None
        self._fresh[name] = entry
        if self._seen:
            self._seen[-1].update(entry.seen)
        return entry

    def put(self, name: str, entry: Entry) -> None:
        self._fresh[name] = entry

    def recall(self, name: str, key: str, make: Callable[[], V]) -> V:
        """What `make` gives, or gave when it was made with `key` from the same things."""
        entry = self.find(name, key)
        if entry is None:
            with self.watching() as seen:
                value = make()
            entry = Entry(key, seen, value)
            self.put(name, entry)
        return entry.value

    def save(self) -> None:
        """Keep what this build used; what it did not ask for is forgotten."""
        if self._path is None or self._fresh == self._kept:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        entries = {name: tuple(entry) for name, entry in self._fresh.items()}
        content = pickle.dumps(entries, pickle.HIGHEST_PROTOCOL)
        write_sealed(self._path, self._edition.encode() + b"\n" + content)

    def turn(self) -> None:
        """Begin another build in the same process: things may have changed since."""
        self._kept, self._fresh, self._states = self._kept | self._fresh, {}, {}
