"""One run over the parts of a site: what stands is left alone, the rest is made and put in its place."""

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from kehoach import progress
from kehoach.building import crew
from kehoach.building.assembling import Assembly, Group, Leaf, PageFile, Part, RecordsFile
from kehoach.building.problem import SetupError
from kehoach.building.reads import Printed, Reads, joined
from kehoach.building.store import Store
from kehoach.building.traces import Trace
from kehoach.building.tree import Folder
from kehoach.feeds.yearly import Told
from kehoach.hashing import digest, fingerprint
from kehoach.prints.catalogue import Print
from kehoach.prints.typesetting import forget
from kehoach.records.plan import Plan

if TYPE_CHECKING:
    from concurrent.futures import Executor

FEW = 16  # prints that one process draws before another would have started
MANY = 20  # parts that are made by a crew
BIG = 4  # of those that look at all plans, likewise

PART = "part "  # how the names of parts' traces begin
GROUP = "group "  # and those of groups

Files = dict[str, str]  # path -> fingerprint


class Made(NamedTuple):
    """What a part is: its files, and what is kept of its pages and of its files of records."""

    files: Files
    leaves: list[Leaf]
    told: list[Told]


# What is known of `Made` without loading it: hashes of its pages and of its paths, and its places.
Marks = tuple[str, str, list[str]]


class Making:
    """The files of `assembly` on their way into `folder`, which holds what the traces say of them."""

    def __init__(self, assembly: Assembly, folder: Folder) -> None:
        self.assembly = assembly
        self.traces = assembly.project.traces
        self.folder = folder
        self._made: dict[str, Trace] = {}
        self._groups: dict[str, Trace] = {}
        self._new: set[str] = set()  # the files of all parts that were made

    def make(self) -> None:
        """Make what does not stand, step by step: each rests on what the ones before it told."""
        printed = self._print()
        self.assembly = replace(self.assembly, printed=Printed(printed))
        self._run(self.assembly.parts(), self._made_by_size)
        self._run(self.assembly.indexes(self._groups, self._told), self._made_here)
        key, leaves = self._close()
        self._add_statics()
        self._add_public()
        self._stand_in(key, leaves)
        self._remove_the_rest()

    def _print(self) -> Files:
        """Draw what is printed; all prints."""
        self._run(self.assembly.printing(), self._made_prints)
        printed = _files(self._made.values())
        if not self._new.isdisjoint(printed):
            self.assembly.kept_prints.prune(printed.values())
        return printed

    def _close(self) -> tuple[str, Callable[[], list[Leaf]]]:
        """Make what rests on all pages; the key of all of them, and what is kept of each."""
        project, traces = self.assembly.project, list(self._made.values())
        severities = [finding.severity.value for finding in project.findings]
        departures = repr(project.departures)
        marks = [trace.marks[0] for trace in traces]
        key = fingerprint(project.commit, severities, departures, marks)
        leaves = partial(_leaves, traces)
        closing = partial(self._made_here, stage="Tìm kiếm, sơ đồ trang")
        self._run(self.assembly.closing(leaves), closing, key)
        return key, leaves

    def _add_statics(self) -> None:
        """Put what MkDocs gives where nothing else stands."""
        given = self.assembly.frame.statics
        taken = sorted(_files(self._near(given)).keys() & given.keys())
        self._run([self.assembly.statics(taken)], self._made_here, fingerprint(taken))

    def _add_public(self) -> None:
        """Put what readers are given of `content/`. None may have the name of what is made."""
        public = self.assembly.project.public
        near = self._near(public)
        key = fingerprint(sorted(public), [trace.marks[1] for trace in near])
        self.traces.recall("public names", key, partial(self._refuse_taken, near))
        self._run([self.assembly.public()], self._made_here)

    def _near(self, paths: Iterable[str]) -> list[Trace]:
        """What is made so far in the places of `paths`, in those above them and in those below."""
        wanted = _places(paths)
        above = {place.partition("/")[0] for place in wanted}
        found = set[str]().union(*(trace.marks[2] for trace in self._made.values()))
        near = {
            place
            for place in found
            if place in wanted or place in above or place.partition("/")[0] in wanted
        }
        return [trace for trace in self._made.values() if not near.isdisjoint(trace.marks[2])]

    def _refuse_taken(self, near: list[Trace]) -> None:
        """Raise SetupError where a file of `content/` has the name of one that is made, or of its folder."""
        public, files = self.assembly.project.public, _files(near)
        folders = _folders_above(files)
        for path in public:
            if (
                path in files
                or path in folders
                or not files.keys().isdisjoint(_folders_above([path]))
            ):
                name = f"{self.assembly.project.shelf.name}/{path}"
                raise SetupError(f"{name} có tên của tệp do máy dựng: đổi tên tệp ấy.")

    def _stand_in(self, key: str, leaves: Callable[[], list[Leaf]]) -> None:
        """Make what stands at addresses that were left."""
        files = _files(self._made.values()) if any(self.assembly.project.departures) else {}
        moved = self.assembly.moved(leaves, files)
        self._run([moved], self._made_here, fingerprint(key, self._concerned(files)))

    def _run(
        self,
        wanted: Iterable[Part | Group],
        make: Callable[[list[Part]], Iterable[Made]],
        key: str = "",
    ) -> None:
        """Leave what stands of `wanted` and `make` the others. Of a group that stands, no part is looked at."""
        states = self.assembly.states
        parts: list[Part] = []
        names: list[str] = []
        anew: list[tuple[Group, list[Part]]] = []
        for one in wanted:
            if isinstance(one, Part):
                some = [one]
            elif known := self._names_in(one, key):
                names += known
                continue
            else:
                anew.append((one, some := list(one.parts())))
            parts += some
            names += [part.name for part in some]
        keys = {part.name: states.key(part.reads, part.key, key) for part in parts}
        missing = [
            part for part in parts if not self.traces.find(PART + part.name, keys[part.name])
        ]
        for part, made in zip(missing, make(missing), strict=True):
            leaves = fingerprint([tuple(leaf) for leaf in made.leaves])
            marks: Marks = leaves, fingerprint(sorted(made.files)), sorted(_places(made.files))
            self.traces.put(PART + part.name, keys[part.name], made, marks)
            self._new.update(made.files)
        for group, some in anew:
            found = joined(part.reads for part in some), [part.name for part in some]
            group_key = self._group_key(group, key, found)
            self._groups[group.name] = self.traces.put(GROUP + group.name, group_key, found)
        for name in names:  # in the order of the parts, whichever of them stood
            self._made[name] = self.traces.get(PART + name)

    def _names_in(self, group: Group, key: str) -> list[str]:
        """The names of the parts of a `group` that stands as a whole; none of another."""
        found = self.traces.confirm(GROUP + group.name, partial(self._group_key, group, key))
        if found is None:
            return []
        self._groups[group.name] = self.traces.get(GROUP + group.name)
        names: list[str] = found[1]
        for name in names:
            self.traces.claim(PART + name)
        return names

    def _group_key(self, group: Group, key: str, found: tuple[Reads, list[str]]) -> str:
        return self.assembly.states.key(found[0], group.seed, key)

    def _told(self, group: Trace) -> Iterator[Told]:
        """What the parts of a `group` told of their files of records."""
        for name in group.value[1]:
            yield from _made(self._made[name]).told

    def _made_here(self, parts: list[Part], stage: str = "") -> Iterator[Made]:
        whole = len(self.assembly.project.shelf.of(Plan))
        big = sum(_size(part) == whole for part in parts)
        at_least = len(parts) if big >= BIG else MANY
        made = crew.share(lambda at: self._make(parts[at]), range(len(parts)), at_least=at_least)
        return progress.over(stage, made, len(parts))

    def _made_by_size(self, parts: list[Part]) -> Iterator[Made]:
        """The same, those that look at most plans first, so that none of a crew is left with a big one."""
        order = sorted(range(len(parts)), key=lambda at: _size(parts[at]), reverse=True)
        made = self._made_here([parts[at] for at in order], "Trang, lịch, dữ liệu")
        found = dict(zip(order, made, strict=True))
        for at, part in enumerate(parts):
            stand, files = self._standing(part), found[at].files
            self.folder.note(path for path, mark in files.items() if stand.get(path) != mark)
            yield found[at]

    def _made_prints(self, parts: list[Part]) -> Iterator[Made]:
        """Prints are told first and drawn together."""
        wanted: list[Print] = []
        for part in parts:
            desk = self.assembly.desk(part.reads)
            with desk.open():
                found = [made for made in part.make(desk) if isinstance(made, Print)]
            stand = self._standing(part)
            wanted += [made for made in found if stand.get(made.address) != made.fingerprint]
            yield Made({made.address: made.fingerprint for made in found}, [], [])
        self._draw(wanted)

    def _draw(self, wanted: list[Print]) -> None:
        """Draw what is not kept of `wanted`. What has one fingerprint is one file, under all its names."""
        alike: dict[str, list[Print]] = {}
        for made in wanted:
            alike.setdefault(made.fingerprint, []).append(made)
        has = self.assembly.kept_prints.has
        missing = [found[0] for mark, found in alike.items() if not has(mark)]
        for made in progress.over("Bản in", self._drawn(missing), len(missing)):
            self._place(alike.pop(made.fingerprint))
        for found in alike.values():
            self._place(found)

    def _place(self, alike: list[Print]) -> None:
        first, *others = alike
        self.folder.write(first.address, _recalled(self.assembly.kept_prints, first))
        for other in others:
            self.folder.link(other.address, self.folder.root / first.address)

    def _drawn(self, missing: list[Print]) -> Iterator[Print]:
        """Each of `missing` as soon as it is kept; those that hold others come after these."""
        if len(missing) <= FEW:
            yield from missing  # drawn by whoever recalls it
            return
        keep = partial(_keep, self.assembly.kept_prints)
        large, holding, rest = _sorted_out(missing)
        with _drawing(crew.CORES) as pool:  # whose ends give back the memory of what is large
            yield from _over(pool, keep, large, 1)
        with _drawing(crew.CORES) as pool:
            yield from _over(pool, keep, rest, 4)
            yield from _over(pool, keep, holding, 1)

    def _make(self, part: Part) -> Made:
        stand = self._standing(part)
        made = Made({}, [], [])
        desk = self.assembly.desk(part.reads)
        with desk.open():
            for artefact in part.make(desk):
                made.files[artefact.address] = artefact.fingerprint
                if isinstance(artefact, PageFile):
                    made.leaves.append(artefact.leaf)
                elif isinstance(artefact, RecordsFile):
                    made.told.append(artefact.told)
                if stand.get(artefact.address) != artefact.fingerprint:
                    self.folder.write(artefact.address, artefact.make())
        return made

    def _standing(self, part: Part) -> Files:
        """The files of `part` that an earlier build left."""
        trace = self.traces.before(PART + part.name)
        return _made(trace).files if trace else {}

    def _concerned(self, files: Files) -> Files:
        """Those of `files` that stand at an address that was left, or at one that it was left for."""
        moved, removed = self.assembly.project.departures
        folders = {address for move in moved for address in (move.old, move.new)}
        folders |= {notice.address for notice in removed}
        return {
            path: mark for path, mark in files.items() if f"{path.rpartition('/')[0]}/" in folders
        }

    def _remove_the_rest(self) -> None:
        """Remove what parts made in an earlier build and nobody made in this one."""
        for name, trace in self.traces.left(PART).items():
            if trace is not self._made.get(name.removeprefix(PART)):
                for path in _made(trace).files.keys() - self._new:
                    self.folder.remove(path)


def _files(traces: Iterable[Trace]) -> Files:
    """All files of parts."""
    found: Files = {}
    for trace in traces:
        found.update(_made(trace).files)
    return found


def _places(paths: Iterable[str]) -> set[str]:
    """The first two names of each of `paths`, as "ke-hoach/2022"; the one of a file at the root."""
    return {"/".join(path.split("/", 2)[:2]) for path in paths}


def _folders_above(paths: Iterable[str]) -> set[str]:
    """The folders that the files at `paths` are in, and those that these are in."""
    folders = {path.rpartition("/")[0] for path in paths}
    for folder in list(folders):
        while folder := folder.rpartition("/")[0]:
            folders.add(folder)
    return folders - {""}


def _leaves(traces: Iterable[Trace]) -> list[Leaf]:
    return [leaf for trace in traces for leaf in _made(trace).leaves]


def _made(trace: Trace) -> Made:
    made: Made = trace.value
    return made


def _size(part: Part) -> int:
    """How many plans a part lists: they weigh most."""
    return len(part.reads.lists.get(Plan, ()))


def _sorted_out(missing: list[Print]) -> tuple[list[Print], list[Print], list[Print]]:
    """Those that are large, those that hold others, and the rest."""
    large = [made for made in missing if made.is_large]
    holding = [made for made in missing if made.parts is not None]
    rest = [made for made in missing if not made.is_large and made.parts is None]
    return large, holding, rest


def _over(
    pool: "Executor", keep: Callable[[list[Print]], None], drawings: list[Print], at_once: int
) -> Iterator[Print]:
    """Each of `drawings` as soon as `pool` has kept it."""
    groups = _groups(drawings)
    for group, _ in zip(groups, pool.map(keep, groups, chunksize=at_once), strict=True):
        yield from group


def _drawing(processes: int) -> "Executor":
    """Processes that draw: not forks, since what typesets has threads of its own."""
    from concurrent.futures import ProcessPoolExecutor  # late: most builds need one process
    from multiprocessing import get_all_start_methods, get_context

    # Windows starts each one anew, as all systems can.
    method = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
    context = get_context(method)
    context.set_forkserver_preload([__name__, "typst"])
    if method == "forkserver":
        _start_server()
    return ProcessPoolExecutor(processes, context, _begin_drawing)


def _start_server() -> None:
    """Start what processes that draw are forked from. It finds the modules it is to load on the path of this
    process, which Python 3.11 does not tell it, and would leave them to each fork."""
    from multiprocessing.forkserver import ensure_running  # late: not on Windows

    own = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)
    try:
        ensure_running()
    finally:
        del os.environ["PYTHONPATH"]
        if own is not None:
            os.environ["PYTHONPATH"] = own


def _begin_drawing() -> None:
    # Ctrl+C reaches all; the one that began them says so.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["RAYON_NUM_THREADS"] = "1"  # Typst's own; each core has a process already


def _groups(drawings: Iterable[Print]) -> list[list[Print]]:
    """Those that stand in one folder together, for they are of one text, which is then read once.

    In the order of a hash, so that kinds are mixed and the time left can be told by what is done.
    """
    found: dict[str, list[Print]] = {}
    for made in drawings:
        found.setdefault(made.address.rpartition("/")[0], []).append(made)
    return [found[folder] for folder in sorted(found, key=lambda folder: digest(folder.encode()))]


def _keep(kept: Store, drawings: list[Print]) -> None:
    for made in drawings:
        kept.put(made.fingerprint, made.make(partial(_recalled, kept)))
        if made.is_large:
            forget()


def _recalled(kept: Store, made: Print) -> bytes:
    """The bytes of a print, drawn where they are not kept."""
    return kept.recall(made.fingerprint, partial(made.make, partial(_recalled, kept)))
