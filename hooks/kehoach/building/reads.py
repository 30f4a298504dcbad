"""The reads of a part of the site: it declares them, is given exactly these, and is made again when
they change.

Everything may look at the settings, the units, the abbreviations, and which files there are: their
state is in every key. Of all else a part names its dependencies; what it is handed raises
UndeclaredRead on any other, so that a forgotten one fails at once and not in some later build.
"""

import os
import pickle
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from kehoach.building.problem import UndeclaredRead
from kehoach.hashing import digest, fingerprint
from kehoach.records.campaign import Campaign
from kehoach.records.document import Document
from kehoach.records.plan import Plan
from kehoach.site import Site

if TYPE_CHECKING:
    from kehoach.building.frame import ByHand, Frame
    from kehoach.building.project import Project
    from kehoach.history import History

V = TypeVar("V")
Files = Sequence[str]  # of content/: "ke-hoach/2022/x.md"
Lists = Mapping[type[Document], Files]


@dataclass(frozen=True, slots=True)
class Reads:
    """The reads that one part declares.

    `lists`: for each kind of document the files of those that its library lists; `also`: the files of
    those that can be looked up by address besides. Of both it sees the heads. `texts`: the files
    whose bodies it reads. `addresses`: whether it asks which addresses the site has. `history`:
    the files whose history it asks for. `clock`: whether it asks for the time of the build.
    `prints`: the folders of the site in which it asks what is printed, with all below them; "" has none
    below. `given`: whether it asks which files of its own the department has put at the root of the
    site. `templates`, `sections`: the templates and the layouts that its pages are made with.
    """

    lists: Lists = field(default_factory=dict)
    also: Files = ()
    texts: Files = ()
    addresses: bool = False
    history: Files = ()
    clock: bool = False
    prints: Sequence[str] = ()
    given: bool = False
    templates: Sequence[str] = ()
    sections: Sequence[str] = ()


def joined(parts: Iterable[Reads]) -> Reads:
    """The reads of several parts together, where it does not matter which of them reads what."""
    all_of = list(parts)

    def each(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(chain.from_iterable(getattr(one, name) for one in all_of)))

    listed = chain.from_iterable(files for one in all_of for files in one.lists.values())
    return Reads(
        also=tuple(dict.fromkeys([*listed, *each("also")])),
        texts=each("texts"),
        addresses=any(one.addresses for one in all_of),
        history=each("history"),
        clock=any(one.clock for one in all_of),
        prints=each("prints"),
        given=any(one.given for one in all_of),
        templates=each("templates"),
        sections=each("sections"),
    )


class Declared(Mapping[str, V]):
    """Those of `values` that are called `names`; asking for another raises UndeclaredRead."""

    def __init__(self, what: str, values: Mapping[str, V], names: Iterable[str]) -> None:
        self._what = what
        self._values = values
        self._names = frozenset(names)

    def __getitem__(self, name: str) -> V:
        if name not in self._names:
            raise UndeclaredRead(f"{self._what} of {name}")
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._values if name in self._names)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Packed(Mapping[str, V]):
    """The same as `values`, each of which is unpickled when it is asked for."""

    def __init__(self, values: Mapping[str, V]) -> None:
        self._pickled = {
            name: pickle.dumps(value, pickle.HIGHEST_PROTOCOL) for name, value in values.items()
        }

    def __getitem__(self, name: str) -> V:
        value: V = pickle.loads(self._pickled[name])
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._pickled)

    def __len__(self) -> int:
        return len(self._pickled)


class _Timeless(Site):
    """A site for who has not declared the clock."""

    @property
    def clock(self) -> datetime:
        raise UndeclaredRead("the clock")


def timeless(site: Site) -> Site:
    """The settings of `site` without its clock."""
    hidden = object.__new__(_Timeless)
    vars(hidden).update(vars(site))
    return hidden


def narrowed(history: "History", paths: Iterable[str]) -> "History":
    """The history of the files at `paths`."""
    from kehoach.history import History  # late: `check` has none

    names = frozenset(paths)
    return History(
        Declared("the history", history.versions, names),
        Declared("the history", history.stories, names),
        Declared("the history", history.revisions, names),
    )


class Printed:
    """The addresses of all that is printed, or of what is in `folders` (see `Reads.prints`)."""

    def __init__(self, addresses: Iterable[str], folders: Iterable[str] | None = None) -> None:
        self._addresses = frozenset(addresses)
        self._folders = None if folders is None else frozenset(folders)

    def __contains__(self, address: object) -> bool:
        if self._folders is not None and self._folders.isdisjoint(_around(str(address))):
            raise UndeclaredRead(f"whether {address} is printed")
        return address in self._addresses

    def only(self, folders: Iterable[str]) -> "Printed":
        return Printed(self._addresses, folders)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._addresses)

    def state(self, folder: str) -> str:
        """A hash of what is printed in `folder`."""
        if not folder:
            return fingerprint([address for address in self._sorted if "/" not in address])
        first = bisect_left(self._sorted, f"{folder}/")
        return fingerprint(self._sorted[first : bisect_left(self._sorted, f"{folder}0")])


def _around(address: str) -> Iterator[str]:
    """The folders that `address` is in, the nearest first; "" for a file at the root."""
    folder = address.rpartition("/")[0]
    yield folder
    while "/" in folder:
        folder = folder.rpartition("/")[0]
        yield folder


class States:
    """The states of all that can be declared, and the keys that they make.

    `base` is the state of what everything may look at. A part that makes pages needs a `frame`, one
    that asks about prints what is `printed`.
    """

    def __init__(
        self,
        project: "Project",
        frame: "Frame | ByHand | None" = None,
        printed: Printed | None = None,
    ) -> None:
        self._project = project
        self._shelf = project.shelf
        self._frame = frame
        self._printed = printed
        self._lists: dict[Files, str] = {}

    def key(self, reads: Reads, *more: str) -> str:
        """The hash of the states of `reads`, and of what `more` there is."""
        states = (self._project.base, *more, *self.of(reads))
        return digest("\n".join(states).encode("utf-8", "surrogateescape"))

    def of(self, reads: Reads) -> Iterator[str]:
        """The states of `reads`, each with its name."""
        shelf = self._shelf
        for model, files in reads.lists.items():
            yield f"list {model.__name__} {self._list(tuple(files))}"
        for file in reads.also:
            yield f"head {file} {shelf.head(file)}"
        for file in reads.texts:
            yield f"text {file} {shelf.text(file)}"
        if reads.addresses:
            yield f"addresses {self._addresses}"
        if reads.history:
            told = self._project.history_states
            for file in reads.history:
                yield f"history {file} {told.get(f'{shelf.name}/{file}', '')}"
        if reads.clock:
            yield f"clock {self._project.site.clock.isoformat()}"
        if self._printed is not None:
            for folder in reads.prints:
                yield f"prints {folder} {self._printed.state(folder)}"
        if self._frame is not None:
            if reads.given:
                given = (*self._frame.statics, *self._project.public)
                yield f"given {sorted(path for path in given if '/' not in path)}"
            for name in reads.templates:
                yield f"template {name} {self._frame.templates.fingerprint(name)}"
            for section in reads.sections:
                yield f"layout {section} {self._frame.layout(section).fingerprint}"

    def _list(self, files: tuple[str, ...]) -> str:
        if files not in self._lists:
            heads = (f"{file} {self._shelf.head(file)}" for file in files)
            self._lists[files] = digest(os.fsencode("\n".join(heads)))
        return self._lists[files]

    @cached_property
    def _addresses(self) -> str:
        cards = self._shelf.cards(Plan, Campaign, hidden=self._project.hidden)
        return fingerprint([[file, *card.pages] for file, card in cards])
