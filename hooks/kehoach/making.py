"""One run over the parts of a site: what stands is taken, the rest is made and written."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context

from kehoach import assembling
from kehoach.assembling import Artefact, Assembly, Leaf, Part
from kehoach.cache import fingerprint
from kehoach.ledger import Entry
from kehoach.tree import Tree

CORES = 2
FEW = 16  # prints that one process draws before another would have started
MANY = 100  # parts, likewise: the other has to open the project first

Made = tuple[dict[str, str], list[Leaf]]  # the print of each file of a part, and its pages
Crew = Callable[["Making"], Executor]


class Making:
    """The files of `assembly` on their way into the tree `private`; `public` is what readers have.

    `crew` starts processes that each call `join` with a Making of their own for the same site.
    """

    def __init__(
        self, assembly: Assembly, private: Tree, public: Tree, crew: Crew | None = None
    ) -> None:
        self.assembly = assembly
        self.private = private
        self.public = public
        self.crew = crew
        self.prints: dict[str, str] = {}
        self._leaves: list[Leaf] = []
        self._written: set[str] = set()

    def make(self) -> None:
        assembly, project, frame = self.assembly, self.assembly.project, self.assembly.frame
        # What the parts look things up in, so that none of them is noted to rest on all of it.
        _ = project.history, project.departures, project.findings
        for path, seal in frame.statics.items():
            self._put(path, seal, lambda path=path: frame.static(path))
        before = set(self.prints)
        self._run(assembly.printing(), self._made_prints)
        for path in sorted(self.prints.keys() - before):
            assembly.printed.setdefault(path.rpartition("/")[0], []).append(path)
            assembly.prints.used.add(self.prints[path])
        assembly.prints.prune()
        self._run(assembly.parts(), self._made_by_several)
        leaves = list(self._leaves)
        severities = [finding.severity.value for finding in project.findings]
        key = fingerprint(project.commit, project.site.clock.isoformat(), severities, leaves)
        self._run(assembling.closing(leaves), self._made_here, key)
        for path in self.prints.keys() - self._written:
            if self.private.prints.get(path) != self.prints[path]:
                self.private.link(path, f"{self.public.folder}/{path}")
        for old, now in assembling.copies(project, leaves, self.prints).items():
            self.prints[old] = f"copy {self.prints[now]}"
            if self.private.prints.get(old) != self.prints[old]:
                self.private.link(old, f"{self.private.folder}/{now}")
        for path in self.private.prints.keys() - self.prints.keys():
            self.private.remove(path)

    def _run(
        self,
        parts: Iterable[Part],
        make: Callable[[list[Part]], Iterable[tuple[dict, Made]]],
        key: str = "",
    ) -> None:
        """Take what stands of `parts` and `make` the others."""
        ledger = self.assembly.project.ledger
        missing = []
        for part in parts:
            entry = ledger.find(part.name, self._key(part, key))
            if entry and self._stands(*entry.value):
                self._take(*entry.value)
            else:
                missing.append(part)
        for part, (seen, made) in zip(missing, make(missing), strict=True):
            ledger.put(part.name, Entry(self._key(part, key), seen, made))
            self._take(*made)

    def _key(self, part: Part, key: str) -> str:
        plans = None if part.plans is None else sorted(part.plans)
        return fingerprint(self.assembly.project.base, plans, key)

    def _made_here(self, parts: list[Part]) -> Iterator[tuple[dict, Made]]:
        for part in parts:
            with self.assembly.project.ledger.watching() as seen:
                made = self._make(part)
            yield seen, made

    def _made_by_several(self, parts: list[Part]) -> Iterator[tuple[dict, Made]]:
        """The same by a crew, where it pays."""
        if self.crew is None or len(parts) <= MANY:
            yield from self._made_here(parts)
            return
        with self.crew(self) as crew:
            for seen, made, written in crew.map(make_elsewhere, (part.name for part in parts)):
                self._written |= written
                self.private.touch(written)
                yield seen, made

    def _made_prints(self, parts: list[Part]) -> Iterator[tuple[dict, Made]]:
        """Prints are told first and drawn together."""
        ledger = self.assembly.project.ledger
        wanted: list[Artefact] = []
        for part in parts:
            with ledger.watching() as seen:
                found = list(part.make(self.assembly, self.assembly.book(part)))
            wanted += [made for made in found if self._lacks(made.path, made.print)]
            yield seen, ({made.path: made.print for made in found}, [])
        self._draw(wanted)

    def _draw(self, wanted: list[Artefact]) -> None:
        cache = self.assembly.prints
        missing = [made for made in wanted if cache.get(made.print) is None]
        for made, content in zip(missing, self._drawn(missing), strict=True):
            cache.put(made.print, content)
        for made in wanted:
            self._put(made.path, made.print, lambda made=made: cache.make(made.print, made.make))

    def _drawn(self, missing: list[Artefact]) -> Iterator[bytes]:
        makers = [made.make for made in missing]
        if len(missing) <= FEW:
            yield from map(_call, makers)
            return
        with ProcessPoolExecutor(CORES, get_context("forkserver")) as pool:
            yield from pool.map(_call, makers, chunksize=8)

    def _make(self, part: Part) -> Made:
        files: dict[str, str] = {}
        leaves: list[Leaf] = []
        for artefact in part.make(self.assembly, self.assembly.book(part)):
            files[artefact.path] = artefact.print
            if leaf := assembling.leaf(artefact, self.assembly.project):
                leaves.append(leaf)
            self._put(artefact.path, self._seal(artefact.print, leaf), artefact.make)
        return files, leaves

    def _seal(self, print: str, leaf: Leaf | None) -> str:
        """The whole fingerprint: a page's template and layout belong to it."""
        return (
            f"{print} {self.assembly.frame.edition(leaf.template, leaf.section)}" if leaf else print
        )

    def _sealed(self, files: dict[str, str], leaves: list[Leaf]) -> dict[str, str]:
        looks = {leaf.path: leaf for leaf in leaves}
        return {path: self._seal(print, looks.get(path)) for path, print in files.items()}

    def _stands(self, files: dict[str, str], leaves: list[Leaf]) -> bool:
        return not any(
            self._lacks(path, seal) for path, seal in self._sealed(files, leaves).items()
        )

    def _lacks(self, path: str, seal: str) -> bool:
        return self.private.prints.get(path) != seal and self.public.prints.get(path) != seal

    def _take(self, files: dict[str, str], leaves: list[Leaf]) -> None:
        self.prints.update(self._sealed(files, leaves))
        self._leaves += leaves

    def _put(self, path: str, seal: str, make: Callable[[], bytes]) -> None:
        self.prints[path] = seal
        if self._lacks(path, seal):
            self.private.write(path, make())
            self._written.add(path)


# The Making of a process that has joined a crew, and the parts that it may be asked for.
_joined: list[Making] = []
_parts: dict[str, Part] = {}


def join(making: Making) -> None:
    _joined.append(making)
    _parts.update((part.name, part) for part in making.assembly.parts())


def make_elsewhere(name: str) -> tuple[dict, Made, set[str]]:
    """Make a part of the crew's site: what it looked at, what it is, and the files that were written."""
    (making,) = _joined
    making._written = set()
    ((seen, made),) = making._made_here([_parts[name]])
    return seen, made, making._written


def _call(make: Callable[[], bytes]) -> bytes:
    return make()
