"""`content/` between builds: what changed on the disk is read, the rest is known.

A document lies here in two parts. Its head is the record, with the anchors of the sections that it
names: what lists, calendars and feeds show. Its text is read again only when somebody asks for it.
Whoever looks at either is noted in the ledger.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from kehoach.building import crew
from kehoach.building.cache import digest, digest_of
from kehoach.building.ledger import Ledger
from kehoach.records.addresses import address_of
from kehoach.records.body import Outline, outline
from kehoach.records.campaign import Campaign
from kehoach.records.document import Document, Guide
from kehoach.records.finding import Finding
from kehoach.records.library import (
    ABBREVIATIONS_FILE,
    UNITS_FILE,
    Library,
    model_of,
    read_record,
    read_shared,
)
from kehoach.records.listing import Listing, look
from kehoach.records.material import Material
from kehoach.records.memory import Memory
from kehoach.records.plan import Plan
from kehoach.records.source import Places, Source, load, parse, parse_yaml, split

# ns: what changed later than this before it was read may have changed again without showing it.
_SETTLED = 2_000_000_000
_SHARED = {UNITS_FILE: "units_source", ABBREVIATIONS_FILE: "abbreviations_source"}
_OF_FRONT_MATTER = frozenset(["data", "places", "key_places", "place", "key_place", "value_place"])
_KINDS = (b"head", b"outline", b"front matter")  # what is remembered of a document
MANY = 100  # documents that are read, or looked at, by a crew


State = tuple[int, int, int, int]  # mtime and ctime in ns, size, inode


class File(NamedTuple):
    """A file as it was last read: its state on the disk, the hash of its bytes and of its head.

    The hash is "" where it could not be read and is no document. `read` is when that was, in ns.
    """

    state: State
    digest: str
    head: str
    read: int


class Changed(Exception):
    """A file is no longer what it was when the build began."""


class Text:
    """The source of a document, read when more than its path is asked for, which is noted.

    Most readers want its body, so its front matter is read apart.
    """

    def __init__(self, shelf: "Shelf", file: str, expected: str, findings: list[Finding]) -> None:
        self.path = f"{shelf.name}/{file}"
        self.findings = findings
        self._shelf = shelf
        self._file = file
        self._expected = expected

    def __getattr__(self, name: str) -> Any:
        self._shelf.ledger.note("text", self._file)
        return getattr(self._source if name in _OF_FRONT_MATTER else self._halves, name)

    @cached_property
    def _outline(self) -> Outline:
        return self._shelf.outline(self._file, self._expected, self._halves)

    @property
    def outline(self) -> Outline:
        self._shelf.ledger.note("text", self._file)
        return self._outline

    @cached_property
    def _halves(self) -> Source:
        return split(self._raw(), self.path)

    @cached_property
    def _source(self) -> Source:
        if not self._file.endswith(".md"):
            return parse_yaml(self._raw(), self.path)
        source, read = self._halves, lambda: parse(self._raw(), self.path)
        front = self._shelf.front_matter(self._file, self._expected, read)
        source.data, source.places, source.key_places = front
        return source

    def _raw(self) -> bytes | None:
        raw = load(self._shelf.content / self._file)
        if digest(raw or b"") != self._expected:
            raise Changed(f"{self.path} đổi trong khi đang dựng")
        return raw


class Book(NamedTuple):
    """A document off the shelf: its file, where its text is, its record where it is valid."""

    file: str
    text: Text
    record: Document | None


class Shelf:
    """All of `content`; `name` is how findings call it."""

    def __init__(
        self, content: Path, memory: Memory, ledger: Ledger, *, name: str = "content"
    ) -> None:
        self.content = content
        self.name = name
        self.memory = memory
        self.ledger = ledger
        self.listing = Listing()
        self.files: dict[str, File] = {}
        self._books: dict[str, tuple[str, Book]] = {}
        self._shared: tuple[str, Library] | None = None
        ledger.now |= {"text": self._digest, "head": self._head, "folder": self._folder}

    def scan(self, now: int) -> None:
        """Look at the whole folder; read what is not as it is known. `now` is the time in ns."""
        known = self.files or self.ledger.recall("files", "", dict)
        self.files = {}
        self.folders: dict[str, list[str]] = {}
        self._heads: dict[str, str] = {}
        self.listing = look(self.content)
        for file, (path, stat) in self.listing.files.items():
            state = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)
            kept = known.get(file)
            trusted = kept is not None and kept.state == state and state[1] < kept.read - _SETTLED
            self.files[file] = kept if trusted else self._read(file, path, state, now, kept)
            if file.endswith(".md"):
                self.folders.setdefault(file.split("/", 1)[0], []).append(file)
        self._read_new()

    def _read_new(self) -> None:
        """Read what is not in the memory, by a crew where it is much."""
        memory, new = self.memory, []
        for name, file in self.files.items():
            if name.endswith(".md"):
                keys = [memory.keep(*self._parts(name, file.digest, kind)) for kind in _KINDS]
                if not memory.knows(keys[0]):
                    new.append((name, file.digest))
        if len(new) >= MANY:
            for packed in crew.share(self._remember, new, pays=MANY):
                self.memory.learn(packed)

    def _remember(self, text: tuple[str, str]) -> dict[bytes, bytes]:
        return self.memory.added_by(lambda: self._open(*text))

    def _parts(self, file: str, expected: str, kind: bytes = b"head") -> tuple[bytes, ...]:
        """What the memory holds one of `_KINDS` of a document under."""
        return kind, self.name.encode(), os.fsencode(file), expected.encode()

    def save(self) -> None:
        """Keep what is known of the files for the next time."""
        self.ledger.put("files", "", set(), self.files)
        self.memory.save()

    def _read(self, file: str, path: str, state: State, now: int, kept: File | None) -> File:
        is_text = file.endswith(".md") or file in _SHARED
        found = digest(load(Path(path)) or b"") if is_text else digest_of(path)
        return File(state, found, kept.head if kept and kept.digest == found else "", now)

    def unreadable(self) -> list[str]:
        """The files beside the texts that cannot be opened; a text says so itself."""
        return [f"{self.name}/{name}" for name, file in self.files.items() if not file.digest]

    def shared(self) -> str:
        """A hash of what every page may show: units and abbreviations, and which files there are."""
        files = (
            f"{name} {file.digest if not name.endswith('.md') else ''}"
            for name, file in self.files.items()
        )
        return digest(os.fsencode("\n".join([*files, repr(self.listing.strange)])))

    def library(
        self, plans: Iterable[str] | None = None, hidden: frozenset[str] = frozenset()
    ) -> "Watched":
        """The library of all documents, or with no other plans than those in the files `plans`."""
        return Watched(
            self, self._read_shared(), None if plans is None else frozenset(plans), hidden
        )

    def book(self, file: str) -> Book:
        """The document in `file`; that it was looked at is for the caller to note."""
        expected = self.files[file].digest
        kept = self._books.get(file)
        if kept is None or kept[0] != expected:
            kept = self._books[file] = (expected, self._open(file, expected))
        return kept[1]

    def look(self, file: str) -> Document | None:
        """The record in `file`; that there is none is noted too."""
        self.ledger.note("head", file)
        return self.book(file).record if file in self.files else None

    def _open(self, file: str, expected: str) -> Book:
        make = partial(self._make, file, expected)
        record, findings, head = self.memory.recall(*self._parts(file, expected), make=make)
        text = Text(self, file, expected, findings)
        if record is not None:
            record.attach(text, address_of(file))
        self.files[file] = self.files[file]._replace(head=head)
        return Book(file, text, record)

    def _make(self, file: str, expected: str) -> tuple[Document | None, list[Finding], str]:
        raw = load(self.content / file)
        if digest(raw or b"") != expected:
            raise Changed(f"{self.name}/{file} đổi trong khi đang dựng")
        source, record = read_record(raw, file, self.name)
        if record is None:
            return None, source.findings, expected
        source.outline = self.outline(file, expected, source)
        self.front_matter(file, expected, lambda: source)
        front = source.text.removesuffix(source.body)
        beside = sorted(record.anchors.items()), record.named_files
        head = digest(front.encode(), repr(beside).encode())
        if source.findings:
            head = expected
        record.attach(None, address_of(file))  # the text is not remembered, it lies on the disk
        return record, source.findings, head

    def outline(self, file: str, expected: str, source: Source) -> Outline:
        """The outline of the document in `file`, whose body is in `source`."""
        signed = model_of(file).signed
        make = lambda: outline(source.body, first_line=source.body_line, signed=signed)  # noqa: E731
        return self.memory.recall(*self._parts(file, expected, b"outline"), make=make)

    def front_matter(
        self, file: str, expected: str, read: Callable[[], Source]
    ) -> tuple[Any, Places, Places]:
        """What stands in the front matter of the document in `file`, and where values and keys do."""

        def make() -> tuple[Any, Places, Places]:
            source = read()
            return source.data, source.places, source.key_places

        return self.memory.recall(*self._parts(file, expected, b"front matter"), make=make)

    def _read_shared(self) -> Library:
        key = digest(*(self.files[file].digest.encode() for file in _SHARED if file in self.files))
        if self._shared is None or self._shared[0] != key:
            self._shared = key, self.memory.recall(b"shared", key.encode(), make=self._make_shared)
            library = self._shared[1]
            for file in (file for file in _SHARED if file in self.files):
                found = [f for f in library.findings if f.path == f"{self.name}/{file}"]
                text = Text(self, file, self.files[file].digest, found)
                library.sources.append(text)
                setattr(library, _SHARED[file], text)
        return self._shared[1]

    def _make_shared(self) -> Library:
        library = Library(Path())
        library.files = list(self.files)
        library.root = self.content
        read_shared(library, self.name)
        library.root, library.files, library.sources = Path(), [], []
        for file, name in _SHARED.items():
            setattr(library, name, Source(file))
        return library

    def _digest(self, file: str) -> str:
        return self.files[file].digest if file in self.files else ""

    def _head(self, file: str) -> str:
        if file not in self.files:
            return ""
        return self.files[file].head or (self.book(file) and self.files[file].head)

    def _folder(self, folder: str) -> str:
        if folder not in self._heads:
            heads = (f"{file} {self._head(file)}" for file in self.folders.get(folder, ()))
            self._heads[folder] = digest(os.fsencode("\n".join(heads)))
        return self._heads[folder]


class Watched(Library):
    """A library whose documents come off the shelf when they are asked for, which is noted.

    `plans` are the files of those that it lists, None for all; `hidden` are in no list and at no
    address.
    """

    def __init__(
        self,
        shelf: Shelf,
        shared: Library,
        plans: frozenset[str] | None = None,
        hidden: frozenset[str] = frozenset(),
    ) -> None:
        self.root = shelf.content
        self.name = shelf.name
        self.files = list(shelf.files)
        self.listing = shelf.listing
        for name in ("units", "unit_rows", "abbreviations", *_SHARED.values()):
            setattr(self, name, getattr(shared, name))
        self._shelf = shelf
        self._shared = shared
        self._chosen = plans
        self._hidden = hidden
        self._made: dict[str, Any] = {}

    plans = property(lambda self: self._of(Plan))
    campaigns = property(lambda self: self._of(Campaign))
    materials = property(lambda self: self._of(Material))
    guides = property(lambda self: self._of(Guide))

    @property
    def sources(self) -> list[Any]:
        books = (book for folder in self._shelf.folders for book in self._books(folder))
        return [*self._shared.sources, *(book.text for book in books)]

    @property
    def findings(self) -> list[Finding]:
        return sorted(chain(*(source.findings for source in self.sources)))

    @property
    def size(self) -> int:
        return len(self._shared.sources) + sum(map(len, self._shelf.folders.values()))

    def text(self, path: str) -> str:
        file = path.removeprefix(f"{self._shelf.name}/")
        if file in self._shelf.files and file.endswith(".md"):
            return self._shelf.book(file).text.text
        return next((source.text for source in self._shared.sources if source.path == path), "")

    @property
    def paths(self) -> Iterable[str]:
        return [
            f"{self._shelf.name}/{file}" for files in self._shelf.folders.values() for file in files
        ]

    def document(self, path: str) -> Document | None:
        return self.at(path.removeprefix(f"{self._shelf.name}/"))

    @property
    def by_address(self) -> Mapping[str, Document]:
        return _Addresses(self)

    def published(self, today: date) -> "Watched":
        hidden = {
            file
            for folder in self._shelf.folders
            for file, book in zip(self._shelf.folders[folder], self._books(folder), strict=True)
            if book.record and book.record.is_withheld(today)
        }
        return Watched(self._shelf, self._shared, self._chosen, frozenset(hidden))

    @property
    def hidden(self) -> frozenset[str]:
        return self._hidden

    def at(self, file: str) -> Document | None:
        """The document in `file`, None where there is none to be seen."""
        return self._shelf.look(file) if file not in self._hidden else None

    def _of(self, model: type[Document]) -> list[Any]:
        folders = [folder for folder in self._shelf.folders if model_of(folder) is model]
        for folder in folders:
            self._look(folder)
        if model not in self._made:
            books = (book for folder in folders for book in self._books(folder))
            shown = (book for book in books if book.file not in self._hidden)
            self._made[model] = [book.record for book in shown if book.record]
        return self._made[model]

    def _look(self, folder: str) -> None:
        """Note that the documents of `folder` were looked at, as many of them as there are here."""
        ledger = self._shelf.ledger
        if self._chosen is None or folder != Plan.folder:
            ledger.note("folder", folder)
            return
        for file in self._chosen:
            ledger.note("head", file)

    def _books(self, folder: str) -> list[Book]:
        self._look(folder)
        files = self._shelf.folders[folder]
        if self._chosen is not None and folder == Plan.folder:
            files = [file for file in files if file in self._chosen]
        return [self._shelf.book(file) for file in files]


def _noting(name: str, *models: type[Document]) -> property:
    """What a library works out once; whoever asks again has looked at the documents again."""
    make = getattr(Library, name).func

    def get(self: Watched) -> Any:
        for model in models:
            self._of(model)
        if name not in self._made:
            self._made[name] = make(self)
        return self._made[name]

    return property(get)


for _name, _models in {
    "events": (Plan,),
    "deadlines": (Plan,),
    "slogans": (Campaign, Plan),
    "duties": (Plan,),
    "addresses": (Campaign, Plan),
    "file_set": (),
}.items():
    setattr(Watched, _name, _noting(_name, *_models))


class _Addresses(Mapping[str, Document]):
    """The documents of a library by address; looking one up is looking at that one."""

    def __init__(self, library: Watched) -> None:
        self._library = library

    def __getitem__(self, address: str) -> Document:
        stem = address.rstrip("/")
        for file in (f"{stem}/index.md", f"{stem}.md") if stem else ("index.md",):
            if (document := self._library.at(file)) and document.address == address:
                return document
        raise KeyError(address)

    def __iter__(self) -> Iterator[str]:
        return (document.address for document in self._library.documents)

    def __len__(self) -> int:
        return sum(1 for _ in self._library.documents)
