"""One run over the parts of a site: what stands is left alone, the rest is made and put in its place."""

import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from kehoach.building import assembling, crew
from kehoach.building.assembling import Artefact, Assembly, Leaf, Part
from kehoach.building.cache import fingerprint
from kehoach.building.ledger import Entry
from kehoach.building.problem import SetupError
from kehoach.building.tree import Folder

if TYPE_CHECKING:
    from concurrent.futures import Executor

FEW = 16  # prints that one process draws before another would have started
MANY = 20  # parts that are made by a crew
BIG = 4  # of those that look at all plans, likewise

PART = "part "  # how the entries of parts are called in the ledger

Files = dict[str, str]  # path -> fingerprint
Made = tuple[Files, list[Leaf]]  # what a part is: its files, and its pages


class Making:
    """The files of `assembly` on their way into `folder`, which holds what the ledger says of them."""

    def __init__(self, assembly: Assembly, folder: Folder) -> None:
        self.assembly = assembly
        self.ledger = assembly.project.ledger
        self.folder = folder
        self._entries: dict[str, Entry] = {}
        self._new: set[str] = set()  # the files of all parts that were made

    def make(self) -> None:
        assembly, project = self.assembly, self.assembly.project
        self._run(assembly.printing(), self._made_prints)
        printed = [entry for name, entry in self._entries.items() if name.startswith("print")]
        assembly.printed = _files(printed)
        if not self._new.isdisjoint(assembly.printed):
            assembly.prints.used.update(assembly.printed.values())
            assembly.prints.prune()
        self._run(assembly.parts(), self._made_by_size)
        entries = list(self._entries.values())
        severities = [finding.severity.value for finding in project.findings]
        key = fingerprint(
            project.commit,
            project.site.clock.isoformat(),
            severities,
            repr(project.departures),
            [entry.mark for entry in entries],
        )
        leaves = partial(_leaves, entries)
        self._run(assembling.closing(leaves), self._made_here, key)
        files = _files(self._entries.values())
        taken = files.keys() & assembly.frame.statics.keys()
        statics = assembly.statics(taken)
        self._run([statics], self._made_here, fingerprint(sorted(taken)))
        files |= _files([self._entries[statics.name]])
        public = assembly.public()
        self._refuse_taken(files)
        self._run([public], self._made_here)
        files |= _files([self._entries[public.name]])
        moved = assembling.moved(leaves, files)
        self._run([moved], self._made_here, fingerprint(key, self._concerned(files)))
        self._remove_the_rest()

    def _refuse_taken(self, files: Files) -> None:
        """Raise SetupError where a file of `content/` has the name of one of `files`, or of its folder."""
        public = self.assembly.project.public
        folders = _folders_above(files) if public else set()
        for path in public:
            if (
                path in files
                or path in folders
                or not files.keys().isdisjoint(_folders_above([path]))
            ):
                name = f"{self.assembly.project.shelf.name}/{path}"
                raise SetupError(f"{name} có tên của tệp do máy dựng: đổi tên tệp ấy.")

    def _run(
        self,
        parts: Iterable[Part],
        make: Callable[[list[Part]], Iterable[tuple[set[int], Made]]],
        key: str = "",
    ) -> None:
        """Leave what stands of `parts` and `make` the others."""
        parts = list(parts)
        found = {p.name: self.ledger.find(PART + p.name, self._key(p, key)) for p in parts}
        self._entries |= found  # in the order of the parts, whichever of them stand
        missing = [part for part in parts if found[part.name] is None]
        for part, (seen, made) in zip(missing, make(missing), strict=True):
            files, leaves = made
            mark = fingerprint([tuple(leaf) for leaf in leaves])
            self._entries[part.name] = self.ledger.put(
                PART + part.name, self._key(part, key), seen, made, mark
            )
            self._new.update(files)

    def _key(self, part: Part, key: str) -> str:
        plans = ["*"] if part.plans is None else sorted(part.plans)
        return "\n".join([self.assembly.project.base, part.key, key, *plans])

    def _made_here(self, parts: list[Part]) -> Iterator[tuple[set[int], Made]]:
        big = sum(part.plans is None for part in parts)
        pays = len(parts) if big >= BIG else MANY
        return self.ledger.share([partial(self._make, part) for part in parts], pays=pays)

    def _made_by_size(self, parts: list[Part]) -> Iterator[tuple[set[int], Made]]:
        """The same, those that look at most plans first, so that none of a crew is left with a big one."""
        order = sorted(range(len(parts)), key=lambda at: _size(parts[at]), reverse=True)
        made = self._made_here([parts[at] for at in order])
        found = dict(zip(order, made, strict=True))
        for at, part in enumerate(parts):
            stand, (_, (files, _)) = self._standing(part), found[at]
            self.folder.note(path for path, print in files.items() if stand.get(path) != print)
            yield found[at]

    def _made_prints(self, parts: list[Part]) -> Iterator[tuple[set[int], Made]]:
        """Prints are told first and drawn together."""
        wanted: list[Artefact] = []
        for part in parts:
            with self.ledger.watching() as seen:
                found = list(part.make(self.assembly, self.assembly.book(part.plans)))
            stand = self._standing(part)
            wanted += [made for made in found if stand.get(made.path) != made.print]
            yield seen, ({made.path: made.print for made in found}, [])
        self._draw(wanted)

    def _draw(self, wanted: list[Artefact]) -> None:
        cache = self.assembly.prints
        missing = [made for made in wanted if not cache.has(made.print)]
        for made, content in zip(missing, self._drawn(missing), strict=True):
            cache.put(made.print, content)
        for made in wanted:
            self.folder.write(made.path, cache.make(made.print, made.make))

    def _drawn(self, missing: list[Artefact]) -> Iterator[bytes]:
        makers = [made.make for made in missing]
        if len(missing) <= FEW:
            yield from map(_call, makers)
            return
        with _drawing() as pool:
            yield from pool.map(_call, makers, chunksize=8)

    def _make(self, part: Part) -> Made:
        stand = self._standing(part)
        files: Files = {}
        leaves: list[Leaf] = []
        for artefact in part.make(self.assembly, self.assembly.book(part.plans)):
            files[artefact.path] = artefact.print
            if leaf := assembling.leaf(artefact, self.assembly.project):
                leaves.append(leaf)
            if stand.get(artefact.path) != artefact.print:
                self.folder.write(artefact.path, artefact.make())
        return files, leaves

    def _standing(self, part: Part) -> Files:
        """The files of `part` that an earlier build left."""
        entry = self.ledger.before(PART + part.name)
        return entry.value[0] if entry else {}

    def _concerned(self, files: Files) -> Files:
        """Those of `files` that stand at an address that was left, or at one that it was left for."""
        moved, removed = self.assembly.project.departures
        folders = {address for move in moved for address in (move.old, move.new)}
        folders |= {notice.address for notice in removed}
        return {
            path: print for path, print in files.items() if f"{path.rpartition('/')[0]}/" in folders
        }

    def _remove_the_rest(self) -> None:
        """Remove what parts made in an earlier build and nobody made in this one."""
        for name in self.ledger.names(PART):
            entry = self.ledger.before(name)
            if entry is not self._entries.get(name.removeprefix(PART)):
                for path in entry.value[0].keys() - self._new:
                    self.folder.remove(path)


def _files(entries: Iterable[Entry]) -> Files:
    """All files of parts."""
    found: Files = {}
    for entry in entries:
        found.update(entry.value[0])
    return found


def _folders_above(paths: Iterable[str]) -> set[str]:
    """The folders that the files at `paths` are in, and those that these are in."""
    folders = {path.rpartition("/")[0] for path in paths}
    for folder in list(folders):
        while folder := folder.rpartition("/")[0]:
            folders.add(folder)
    return folders - {""}


def _leaves(entries: Iterable[Entry]) -> list[Leaf]:
    return [leaf for entry in entries for leaf in entry.value[1]]


def _size(part: Part) -> int:
    """How many plans a part looks at; all weigh most."""
    return sys.maxsize if part.plans is None else len(part.plans)


def _drawing() -> "Executor":
    """Processes that draw: not forks, since what typesets has threads of its own."""
    from concurrent.futures import ProcessPoolExecutor  # late: most builds need one process
    from multiprocessing import get_all_start_methods, get_context

    # Windows starts each one anew, as all systems can.
    method = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
    ignore = signal.SIGINT, signal.SIG_IGN  # Ctrl+C reaches all; the one that began them says so
    return ProcessPoolExecutor(crew.CORES, get_context(method), signal.signal, ignore)


def _call(make: Callable[[], bytes]) -> bytes:
    return make()
