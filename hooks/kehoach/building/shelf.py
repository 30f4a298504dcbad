"""`content/` between builds: what changed on the disk is read, the rest is known.

A document lies here in three parts. Its card tells who has to look at it. Its head is the record, with
the anchors of the sections that it names: what lists, calendars and feeds show. Its text is read
again only when somebody asks for it. Nobody is given what he has not declared (see `reads`).
"""

import os
import pickle
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from kehoach.building import crew
from kehoach.building.memory import Memory
from kehoach.building.problem import UndeclaredRead
from kehoach.building.traces import Traces
from kehoach.hashing import digest, digest_of, fingerprint
from kehoach.records.addresses import address_of
from kehoach.records.body import Outline, outline
from kehoach.records.campaign import Campaign
from kehoach.records.card import Card, card_of
from kehoach.records.document import Document, Guide
from kehoach.records.finding import Finding
from kehoach.records.library import (
    ABBREVIATIONS_FILE,
    UNITS_FILE,
    Library,
    Shared,
    is_bare,
    model_of,
    read_record,
    read_shared,
    year_of,
)
from kehoach.records.listing import Listing, look
from kehoach.records.material import Material
from kehoach.records.plan import Plan
from kehoach.records.source import Parsed, Places, Source, load, parse, parse_yaml, split

D = TypeVar("D", bound=Document)

MODELS: tuple[type[Document], ...] = (Plan, Campaign, Material, Guide)

# ns: what changed later than this before it was read may have changed again without showing it.
_SETTLED = 2_000_000_000
_SHARED = {UNITS_FILE: "units_source", ABBREVIATIONS_FILE: "abbreviations_source"}
_KINDS = (b"head", b"outline", b"front matter")  # what is remembered of a document
MANY = 100  # documents that are read, or looked at, by a crew


State = tuple[int, int, int, int]  # mtime and ctime in ns, size, inode


class File(NamedTuple):
    """A file as it was last read: its state on the disk, the hash of its bytes and of its head, its card.

    The hash is "" where it could not be read and is no document. `read` is when that was, in ns; of a
    document, `keys` are those under which the memory knows it.
    """

    state: State
    digest: str
    head: str
    card: Card
    read: int
    keys: tuple[bytes, ...] = ()

    @property
    def is_wrong(self) -> bool:
        """Of a document: whether reading it found something wrong."""
        return self.head == self.digest


class Changed(Exception):
    """A file is no longer what it was when the build began."""


class Text(Source):
    """The source of a document, read when somebody asks for it; most want its body, so its front
    matter is read apart.

    The body is for who has declared it. What the front matter holds, who has the record knows.
    """

    def __init__(self, shelf: "Shelf", file: str, expected: str, findings: list[Finding]) -> None:
        self.path = f"{shelf.name}/{file}"
        self.findings = findings
        self._shelf = shelf
        self._file = file
        self._expected = expected

    @property
    def text(self) -> str:
        return self._read().text

    @property
    def body(self) -> str:
        return self._read().body

    @property
    def body_line(self) -> int:
        return self._read().body_line

    def outline(self, *, signed: bool) -> Outline:
        self._shelf.check_declared(self._file)
        return self._outline

    @property
    def data(self) -> Any:
        return self._whole.data

    @property
    def places(self) -> Places:
        return self._whole.places

    @property
    def key_places(self) -> Places:
        return self._whole.key_places

    def _read(self) -> Parsed:
        self._shelf.check_declared(self._file)
        return self._halves

    @cached_property
    def _outline(self) -> Outline:
        return self._shelf.outline(self._file, self._expected, self._halves)

    @cached_property
    def _halves(self) -> Parsed:
        return split(self._bytes(), self.path, bare=is_bare(self._file))

    @cached_property
    def _whole(self) -> Parsed:
        if not self._file.endswith(".md"):
            return parse_yaml(self._bytes(), self.path)
        bare = is_bare(self._file)
        source, read = self._halves, lambda: parse(self._bytes(), self.path, bare=bare)
        front = self._shelf.front_matter(self._file, self._expected, read)
        source.data, source.places, source.key_places = front
        return source

    def _bytes(self) -> bytes | None:
        raw = load(self._shelf.content / self._file)
        if digest(raw or b"") != self._expected:
            raise Changed(f"{self.path} đổi trong khi đang dựng")
        return raw


class Opened(NamedTuple):
    """A document off the shelf: where its text is, and its record where it is valid."""

    text: Text
    record: Document | None


class Shelf:
    """All of `content`; `name` is how findings call it. `traces` keep what is known of its files."""

    def __init__(
        self, content: Path, memory: Memory, traces: Traces, *, name: str = "content"
    ) -> None:
        self.content = content
        self.name = name
        self.memory = memory
        self.traces = traces
        self.listing = Listing()
        self.files: dict[str, File] = {}
        self.folders: dict[str, list[str]] = {}
        self._packed: dict[str, bytes] = {}
        self._unpacked: dict[str, dict[str, File]] = {}
        self._by_name: tuple[dict[str, list[str]], dict[str, list[str]]] | None = None
        self._opened: dict[str, tuple[str, Opened]] = {}
        self._shared: tuple[str, Shared, list[Text]] | None = None
        self._declared: frozenset[str] | None = None

    def scan(self, now: int) -> None:
        """Look at the whole folder; read what is not as it is known. `now` is the time in ns."""
        known = self.files or self._known()
        self.files = {}
        self.folders = {}
        self._by_name = None
        self.listing = look(self.content)
        for file, (path, stat) in self.listing.files.items():
            state = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)
            kept = known.get(file)
            if kept and kept.state == state and state[1] < kept.read - _SETTLED:
                self.files[file] = kept
            else:
                self.files[file] = self._read(file, path, state, now, kept)
            if file.endswith(".md"):
                self.folders.setdefault(file.split("/", 1)[0], []).append(file)
        self._read_new()

    def _known(self) -> dict[str, File]:
        """The files as the last build knew them."""
        self._packed = self.traces.recall("files", self.name, dict)
        self._unpacked = {folder: pickle.loads(packed) for folder, packed in self._packed.items()}
        return {name: file for files in self._unpacked.values() for name, file in files.items()}

    def _pack(self) -> dict[str, bytes]:
        """The files, pickled for each folder; of those that are as they were, nothing is pickled again."""
        folders: dict[str, dict[str, File]] = {}
        for name, file in self.files.items():
            folders.setdefault(name.rpartition("/")[0], {})[name] = file
        packed = {
            folder: self._packed[folder]
            if self._unpacked.get(folder) == files
            else pickle.dumps(files, pickle.HIGHEST_PROTOCOL)
            for folder, files in folders.items()
        }
        self._packed, self._unpacked = packed, folders
        return packed

    def _read_new(self) -> None:
        """Read what is not in the memory, by a crew where it is much."""
        memory, new = self.memory, []
        for name, file in self.files.items():
            if name.endswith(".md"):
                if not file.keys:
                    keys = (memory.key(*self._parts(name, file.digest, kind)) for kind in _KINDS)
                    file = self.files[name] = file._replace(keys=tuple(keys))
                memory.keep(*file.keys)
                if not memory.knows(file.keys[0]):
                    new.append((name, file.digest))
        if len(new) >= MANY:
            for packed in crew.share(self._remember, new, at_least=MANY):
                self.memory.learn(packed)
        for name, file in self.files.items():
            if name.endswith(".md") and not file.head:
                self.opened(name)

    def _remember(self, text: tuple[str, str]) -> dict[bytes, bytes]:
        return self.memory.added_by(lambda: self._open(*text))

    def _parts(self, file: str, expected: str, kind: bytes = b"head") -> tuple[bytes, ...]:
        """The parts of the key under which the memory holds a document's value of one of `_KINDS`."""
        return kind, self.name.encode(), os.fsencode(file), expected.encode()

    def save(self) -> None:
        """Keep what is known of the files for the next time."""
        self.traces.put("files", self.name, self._pack())
        self.memory.save()

    def _read(self, file: str, path: str, state: State, now: int, kept: File | None) -> File:
        is_text = file.endswith(".md") or file in _SHARED
        found = digest(load(Path(path)) or b"") if is_text else digest_of(path)
        if kept and kept.digest == found:
            return kept._replace(state=state, read=now)
        return File(state, found, "", Card(), now)

    def changed(self) -> int:
        """When a file was last written, in seconds since the epoch."""
        return max(file.state[0] for file in self.files.values()) // 1_000_000_000

    def unreadable(self) -> list[str]:
        """The files beside the texts that cannot be opened; a text says so itself."""
        return [f"{self.name}/{name}" for name, file in self.files.items() if not file.digest]

    def shared_state(self) -> str:
        """A hash of what everybody may look at: units and abbreviations, and which files there are."""
        files = (
            f"{name} {file.digest if not name.endswith('.md') else ''}"
            for name, file in self.files.items()
        )
        return digest(os.fsencode("\n".join([*files, repr(self.listing.strange)])))

    def of(self, *models: type[Document]) -> list[str]:
        """The files of all documents of some kinds."""
        folders = (files for name, files in self.folders.items() if model_of(name) in models)
        return list(chain.from_iterable(folders))

    def cards(
        self, *models: type[Document], hidden: frozenset[str] = frozenset()
    ) -> list[tuple[str, Card]]:
        """The files of all documents of some kinds, with their cards."""
        return [(file, self.files[file].card) for file in self.of(*models) if file not in hidden]

    def called(self, name: str) -> list[str]:
        """The files of the plans that have this number."""
        return self._names[0].get(name, [])

    def pointing(self, name: str) -> list[str]:
        """The files of the plans that point to one of this name or number."""
        return self._names[1].get(name, [])

    def related(self, file: str) -> list[str]:
        """The files of the plans that the one in `file` cites, or that point to it."""
        card = self.files[file].card
        cited = (other for name in card.cites for other in self.called(name))
        pointing = (other for name in card.called for other in self.pointing(name))
        return sorted({*cited, *pointing} - {file})

    @property
    def _names(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        """The files of plans by what they are called, and by what they point to."""
        if self._by_name is None:
            self._by_name = {}, {}
            for file, card in self.cards(Plan):
                for names, index in zip((card.called, card.points), self._by_name, strict=True):
                    for name in names:
                        index.setdefault(name, []).append(file)
        return self._by_name

    def head(self, file: str) -> str:
        """A hash of the head of the document in `file`; "" where there is none."""
        return self.files[file].head if file in self.files else ""

    def text(self, file: str) -> str:
        """A hash of the whole of `file`; "" where there is none."""
        return self.files[file].digest if file in self.files else ""

    def state(self, files: Iterable[str]) -> str:
        """A hash of the heads and the texts of `files`, which their cards tell of, in this order."""
        found = ((file, self.files[file]) for file in files)
        return digest(os.fsencode("\n".join(f"{f} {at.head} {at.digest}" for f, at in found)))

    def relations(self) -> str:
        """A hash of what makes documents look at others, beside their own cards: what plans are called,
        whom they point to, which campaigns they join, and which of them could not be read whole."""
        return fingerprint(
            [
                [file, card.called, card.points, card.campaign, self.files[file].is_wrong]
                for file, card in self.cards(Plan)
            ]
        )

    def library(
        self,
        lists: Mapping[type[Document], Sequence[str]] | None = None,
        also: Iterable[str] = (),
        hidden: frozenset[str] = frozenset(),
        *,
        addresses: bool = True,
    ) -> Library:
        """The library of the documents that `Selection` names; all of them without `lists`."""
        if lists is None:
            lists = {
                model: [file for file in self.of(model) if file not in hidden] for model in MODELS
            }
        shared, _ = self._read_shared()
        documents = Selection(self, lists, also, hidden, addresses=addresses)
        return Library(self.content, self.name, self.listing, shared, documents)

    @contextmanager
    def declaring(self, texts: frozenset[str]) -> Iterator[None]:
        """A context in which no other texts than those in the files `texts` can be read."""
        before, self._declared = self._declared, texts
        try:
            yield
        finally:
            self._declared = before

    def check_declared(self, file: str) -> None:
        """Raise UndeclaredRead where the text of `file` is not among the declared ones."""
        if self._declared is not None and file not in self._declared:
            raise UndeclaredRead(f"the text of {file}")

    def opened(self, file: str) -> Opened:
        """The document in `file`."""
        expected = self.files[file].digest
        kept = self._opened.get(file)
        if kept is None or kept[0] != expected:
            kept = self._opened[file] = (expected, self._open(file, expected))
        return kept[1]

    def _open(self, file: str, expected: str) -> Opened:
        make = partial(self._make, file, expected)
        record, findings, head, card = self.memory.recall(*self._parts(file, expected), make=make)
        text = Text(self, file, expected, findings)
        if record is not None:
            record.attach(text, address_of(file))
        self.files[file] = self.files[file]._replace(head=head, card=card)
        return Opened(text, record)

    def _make(self, file: str, expected: str) -> tuple[Document | None, list[Finding], str, Card]:
        raw = load(self.content / file)
        if digest(raw or b"") != expected:
            raise Changed(f"{self.name}/{file} đổi trong khi đang dựng")
        source, record = read_record(raw, file, self.name)
        if record is None:
            return None, source.findings, expected, Card()
        source.known_outline = self.outline(file, expected, source)
        self.front_matter(file, expected, lambda: source)
        front = source.text.removesuffix(source.body)
        head = digest(front.encode(), repr(record.beside).encode())
        if source.findings:
            head = expected
        card = card_of(record)
        record.detach()  # the text is not remembered, it lies on the disk
        return record, source.findings, head, card

    def outline(self, file: str, expected: str, source: Source) -> Outline:
        """The outline of the document in `file`, whose body is in `source`."""
        signed = model_of(file).signed
        make = lambda: outline(source.body, first_line=source.body_line, signed=signed)  # noqa: E731
        return self.memory.recall(*self._parts(file, expected, b"outline"), make=make)

    def front_matter(
        self, file: str, expected: str, read: Callable[[], Source]
    ) -> tuple[Any, Places, Places]:
        """The front matter of the document in `file`, the places of its values and those of its keys."""

        def make() -> tuple[Any, Places, Places]:
            source = read()
            return source.data, source.places, source.key_places

        return self.memory.recall(*self._parts(file, expected, b"front matter"), make=make)

    def shared_texts(self) -> list[Text]:
        """The files of units and abbreviations."""
        return self._read_shared()[1]

    def _read_shared(self) -> tuple[Shared, list[Text]]:
        names = [file for file in _SHARED if file in self.files]
        key = digest(*(self.files[file].digest.encode() for file in names))
        if self._shared is None or self._shared[0] != key:
            make = partial(self._make_shared, names)
            shared, findings = self.memory.recall(
                b"shared", self.name.encode(), key.encode(), make=make
            )
            texts = []
            for file, found in zip(names, findings, strict=True):
                texts.append(Text(self, file, self.files[file].digest, found))
                setattr(shared, _SHARED[file], texts[-1])
            self._shared = key, shared, texts
        return self._shared[1:]

    def _make_shared(self, names: list[str]) -> tuple[Shared, list[list[Finding]]]:
        shared = read_shared(self.content, names, self.name)
        findings = [getattr(shared, _SHARED[file]).findings for file in names]
        for file in names:  # the texts are not remembered, they lie on the disk
            setattr(shared, _SHARED[file], Parsed(file))
        return shared, findings


def read_library(content: Path, *, name: str = "content") -> Library:
    """The library of the folder `content`, by itself: nothing is remembered, nobody is hidden.

    `name` is how findings call the folder.
    """
    shelf = Shelf(content, Memory(None, ""), Traces(None, ""), name=name)
    shelf.scan(time.time_ns())
    return shelf.library()


class Selection:
    """Documents off the shelf: `lists` are the files of those of each kind that are listed, `also` those
    that can be looked up besides; `hidden` are those that nobody gets to see.

    Asking for any other raises UndeclaredRead.
    """

    def __init__(
        self,
        shelf: Shelf,
        lists: Mapping[type[Document], Sequence[str]],
        also: Iterable[str] = (),
        hidden: frozenset[str] = frozenset(),
        *,
        addresses: bool = True,
    ) -> None:
        self._shelf = shelf
        self._lists = lists
        self._open = frozenset(chain(also, *lists.values()))
        self._hidden = hidden
        self._addresses = addresses

    def of(self, model: type[D]) -> list[D]:
        if model not in self._lists:
            raise UndeclaredRead(f"all documents in {model.folder or 'no folder of its own'}")
        records = (self._shelf.opened(file).record for file in self._lists[model])
        return [record for record in records if isinstance(record, model)]

    def at(self, file: str) -> Document | None:
        if file not in self._shelf.files or file in self._hidden:
            return None
        if file not in self._open:
            raise UndeclaredRead(f"the head of {file}")
        return self._shelf.opened(file).record

    def called(self, number: str) -> list[Document]:
        return self._seen(self._shelf.called(number))

    def pointing(self, name: str) -> list[Document]:
        return self._seen(self._shelf.pointing(name))

    def _seen(self, files: list[str]) -> list[Document]:
        return [document for file in files if (document := self.at(file))]

    def sources(self) -> list[Source]:
        return [
            *self._shelf.shared_texts(),
            *(self._shelf.opened(file).text for files in self._lists.values() for file in files),
        ]

    def source(self, file: str) -> Source | None:
        if file in self._open:
            return self._shelf.opened(file).text
        path = f"{self._shelf.name}/{file}"
        return next((text for text in self._shelf.shared_texts() if text.path == path), None)

    def pages(self) -> list[str]:
        return [page for _, card in self._cards() for page in card.pages]

    def years(self) -> list[int]:
        return [year_of(file) for file, _ in self._cards()]

    def _cards(self) -> list[tuple[str, Card]]:
        """Those of plans and campaigns that are seen."""
        if not self._addresses:
            raise UndeclaredRead("the addresses of the site")
        return self._shelf.cards(Plan, Campaign, hidden=self._hidden)
