"""A department's repository, read: its library, its settings, its history, what is wrong in it."""

import os
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from kehoach import prints, rules
from kehoach.building import contact, machine, program, public, recognised, translating, urls
from kehoach.building.memory import Memory
from kehoach.building.problem import SetupError
from kehoach.building.reads import Packed, Reads, States, joined, timeless
from kehoach.building.repository import Head, read_head
from kehoach.building.settings import Settings
from kehoach.building.shelf import MANY, MODELS, Changed, Shelf
from kehoach.building.traces import Task, Traces
from kehoach.hashing import digest, digest_of, fingerprint
from kehoach.pages import SECTIONS
from kehoach.pages.brand import stylesheet
from kehoach.records.addresses import address_of
from kehoach.records.campaign import Campaign
from kehoach.records.card import Card
from kehoach.records.document import Document
from kehoach.records.finding import Finding, Severity
from kehoach.records.library import Library, model_of, plan_file, year_of
from kehoach.records.material import Material
from kehoach.records.plan import Plan
from kehoach.records.source import Source, load, parse_yaml, unreadable
from kehoach.site import TIMEZONE, Site

if TYPE_CHECKING:
    from kehoach.history import History
    from kehoach.redirects import Moved, Removed


_CHECKS = "checks "  # how the names of a folder's findings begin
_WHOLE = "."  # instead of a folder: rules that look at the whole


@dataclass(frozen=True)
class Project:
    """Everything a build starts from."""

    root: Path
    shelf: Shelf
    site: Site
    commit: str = ""  # the one that is checked out; "" outside Git
    drafts: bool = False  # whether texts that are not published yet are shown, as in a preview
    released: frozenset[str] = frozenset()  # addresses that releases of this site have held
    remarks: tuple[str, ...] = ()  # what the build could not know, in words

    @cached_property
    def library(self) -> Library:
        library = self.shelf.library()
        hidden = [file for file in library.listing.hidden if file not in self._root_files]
        library.listing = replace(library.listing, hidden=hidden)
        return library

    @cached_property
    def published(self) -> Library:
        """The library without drafts, as readers see it."""
        return self.shelf.library(hidden=self.hidden)

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The files that are not published yet."""
        if self.drafts:
            return self._matching("excluded")
        today = self.site.clock.date()
        cards = self.shelf.cards(*MODELS)
        withheld = frozenset(file for file, card in cards if card.is_withheld(today))
        return withheld | self._matching("excluded") | self._matching("drafts")

    def _matching(self, setting: str) -> frozenset[str]:
        """The files that `exclude_docs` or `draft_docs` keeps back, by Git's patterns as in MkDocs."""
        patterns = translating.of(self.site.extra).get(setting, "")
        if not patterns:
            return frozenset()
        from pathspec.gitignore import GitIgnoreSpec  # late: few sites keep anything back

        spec = GitIgnoreSpec.from_lines(patterns.splitlines())
        return frozenset(spec.match_files(self.shelf.files))

    @cached_property
    def public(self) -> dict[str, str]:
        """The files of `content/` that readers are given, with the hashes of their bytes."""
        shown = self.shelf.cards(*MODELS, hidden=self.hidden)
        named = sorted({name for _, card in shown for name in card.files})
        files = self.shelf.files
        found = {
            name: files[name].digest for name in named if name in files and name not in self.hidden
        }
        content = self.shelf.content
        at_root = [
            file
            for file in sorted(self._root_files - found.keys())
            if ".." not in file.split("/") and (content / file).is_file()
        ]
        return found | {file: digest_of(content / file) for file in at_root}

    def public_bytes(self, file: str) -> bytes:
        """The bytes of one of the files that are `public`; raises Changed where it is not what it was."""
        path = self.shelf.content / file
        if digest_of(path) != self.public[file]:
            raise Changed(f"{self.shelf.name}/{file} đổi trong khi đang dựng")
        return path.read_bytes()

    @cached_property
    def photographs(self) -> dict[str, str]:
        """The originals of all photographs that pages show, by their path under `content/`, with the
        hashes of their bytes."""
        shown = self.shelf.cards(*MODELS, hidden=self.hidden)
        named = sorted({name for _, card in shown for name in card.photographs})
        files = self.shelf.files
        return {name: files[name].digest for name in named if name in files}

    @cached_property
    def _root_files(self) -> frozenset[str]:
        return public.root_files(self.site.extra)

    @property
    def traces(self) -> Traces:
        return self.shelf.traces

    @cached_property
    def base(self) -> str:
        """The state of what everything may look at: settings, units, abbreviations, which files there are,
        and how prints look, since pages show how slogans break and which prints there are."""
        settings = {name: value for name, value in vars(self.site).items() if name != "clock"}
        shared = self.shelf.shared_state()
        return fingerprint(shared, prints.look(), sorted(self.hidden), repr(settings))

    @cached_property
    def everything(self) -> Reads:
        """The heads of all documents, of those too that are not published yet; where something is
        wrong in one, its head is all of it."""
        lists = {model: self.shelf.of(model) for model in MODELS}
        files = self.shelf.files
        wrong = [file for found in lists.values() for file in found if files[file].is_wrong]
        return Reads(lists=lists, texts=wrong)

    @cached_property
    def _states(self) -> States:
        return States(self)

    @cached_property
    def _history_key(self) -> str:
        """A hash of what the history is read from."""
        from kehoach import history  # late: `check` has none

        told = history.state(self.root, self.library) if self.commit else ()
        return self._states.key(self.everything, self.commit, repr(told))

    @cached_property
    def history(self) -> "History":
        """The history of the library's records, from Git; of each file it is loaded when it is asked for."""
        from kehoach.history import History

        def read() -> History:
            told = History.read(self.root, self.library)
            return replace(
                told,
                versions=Packed(told.versions),
                stories=Packed(told.stories),
                revisions=Packed(told.revisions),
            )

        return self.traces.recall("history", self._history_key, read)

    @cached_property
    def history_states(self) -> dict[str, str]:
        """A hash of what Git has to tell of each file, by its path."""

        def read() -> dict[str, str]:
            history = self.history
            return {path: digest(history.state(path).encode()) for path in history.paths}

        return self.traces.recall("history states", self._history_key, read)

    @cached_property
    def findings(self) -> list[Finding]:
        """The findings of the rules, of reading, of settings and of prints."""
        today = self.site.clock.date()
        texts = Reads(texts=self.shelf.of(*MODELS))
        key = self._states.key(self.everything, *self._states.of(texts), today.isoformat())

        def check() -> list[Finding]:
            return rules.check(
                self.library,
                today=today,
                set_files=self._root_files,
                recall=self._recall,
                unprintable=self._unprintable,
                around=self._around,
            )

        beside = map(unreadable, self.shelf.unreadable())
        if self.traces.find("findings", key):
            self.traces.keep(rules.PREFIX, _CHECKS)
        found = self.traces.recall("findings", key, check)
        return sorted([*self._settings(), *beside, *found])

    def _recall(self, tasks: list[rules.Task]) -> list[list[Finding]]:
        """The findings of `tasks`. Those of a folder stand together, where none can have changed."""
        folders: dict[str, list[rules.Task]] = {}
        for task in tasks:
            folders.setdefault(task.file.rpartition("/")[0] if task.file else _WHOLE, []).append(
                task
            )
        found: list[list[Finding]] = []
        anew: list[tuple[str, list[rules.Task]]] = []
        for folder, some in folders.items():
            confirm = partial(self._folder_key, some)
            known = None if folder == _WHOLE else self.traces.confirm(_CHECKS + folder, confirm)
            if known is None:
                anew.append((folder, some))
                continue
            found.append(known[1])
            for task in some:
                self.traces.claim(task.name)
        made = self.traces.recall_all(
            (self._checking(task) for _, some in anew for task in some), at_least=MANY
        )
        findings = iter(made)
        for folder, some in anew:
            those = list(chain.from_iterable(islice(findings, len(some))))
            found.append(those)
            if folder != _WHOLE:
                reads = joined(self._read_around(task.file) for task in some)
                value = reads, those
                self.traces.put(_CHECKS + folder, self._folder_key(some, value), value)
        return found

    def _folder_key(self, tasks: list[rules.Task], known: tuple[Reads, list[Finding]]) -> str:
        """The key of all checks of a folder, which together read what is `known`."""
        state = self.shelf.state(task.file for task in tasks)
        asked = fingerprint([[task.name, task.key] for task in tasks])
        today = self.site.clock.date().isoformat()
        return self._states.key(known[0], today, state, asked, self.relations)

    @cached_property
    def relations(self) -> str:
        """`Shelf.relations` of this project."""
        return self.shelf.relations()

    def _checking(self, task: rules.Task) -> Task:
        """The check of one document, or of the whole, as a task with the key of all that it depends on."""
        reads = self._read_around(task.file) if task.file else self.everything
        today = self.site.clock.date().isoformat()

        def make() -> list[Finding]:
            with self.shelf.declaring(frozenset(reads.texts)):
                return task.make()

        return task.name, self._states.key(reads, today, task.key), make

    def _around(self, file: str) -> Library:
        """The library of what rules may look at when they check the document in `file`."""
        reads = self._read_around(file)
        return self.shelf.library(reads.lists, reads.also, addresses=reads.addresses)

    def _read_around(self, file: str) -> Reads:
        """Itself and where its links lead, for a plan the campaigns, for a campaign the plans that join
        it, for a material those that its event may be of."""
        files, card = self.shelf.files, self.shelf.files[file].card
        linked = {one for link in card.links for one in link if one in files}
        texts = sorted({file, *(one for one in linked if one.endswith(".md"))})
        also = set(texts)
        lists: dict[type[Document], list[str]] = {}
        if model_of(file) is Plan:
            lists[Campaign] = self.shelf.of(Campaign)
            named = (name for name in map(plan_file, card.plans) if name in files)
            also.update(named, self.shelf.related(file))
        elif model_of(file) is Campaign:
            lists[Plan] = self._joining(year_of(file))
        elif model_of(file) is Material:
            lists[Plan] = self._plans_of(file, card)
        addresses = any(linked.isdisjoint(link) for link in card.links)
        return Reads(lists=lists, also=sorted(also), texts=texts, addresses=addresses)

    def _joining(self, year: int) -> list[str]:
        """The plans that join the campaign of `year`, and those that cannot be read as a whole."""
        files = self.shelf.files
        return [
            file
            for file, card in self.shelf.cards(Plan)
            if card.campaign == year or files[file].is_wrong
        ]

    def _plans_of(self, file: str, card: Card) -> list[str]:
        """The plans that a material names, else those of its year."""
        named = [plan_file(address) for address in card.plans]
        found = [name for name in named if name in self.shelf.files]
        folder = f"{Plan.folder}/{year_of(file)}/"
        return found or [name for name in self.shelf.of(Plan) if name.startswith(folder)]

    def _unprintable(self, document: Document, library: Library) -> Iterator[Finding]:
        return prints.document_problems(document, library, timeless(self.site))

    def _settings(self) -> Iterator[Finding]:
        """The findings in `mkdocs.yml` beyond MkDocs' own."""
        source = parse_yaml(load(self.root / "mkdocs.yml"), "mkdocs.yml")
        yield from public.problems(self.site.extra, self.shelf.content, source)
        addresses = set(map(address_of, self.shelf.of(*MODELS)))
        addresses.update(f"{section}/" if section else "" for section in SECTIONS)
        addresses.update("/".join(p) + "/" for a in list(addresses) for p in _folders(a))
        content = self.shelf.content
        found = [*recognised.problems(source, self.root, content, frozenset(addresses))]
        yield from found
        told = any(finding.field == "theme.logo" for finding in found)
        for finding in prints.settings_problems(self.library, self.site):
            if not (told and finding.rule == "bad-emblem"):
                yield finding
        yield from urls.problems(self.site.url, self.site.extra, source)
        yield from self._contact(source)
        try:
            stylesheet(self.site.extra.get("brand") or {})
        except ValueError as error:
            message, name = error.args
            ours = ("extra", "brand") in source.places
            place = source.place(("extra", "brand", name) if ours else ("theme", "palette"))
            yield source.finding(place, "bad-brand", message, field="extra.brand")

    def _contact(self, settings: Source) -> list[Finding]:
        """The findings about how readers reach the department; from the last build, where nothing of that changed."""
        department = self.site.extra.get("department") or {}
        key = fingerprint(digest_of(self.root / "mkdocs.yml"), repr(department))
        return self.traces.recall(
            "contact", key, lambda: list(contact.problems(department, settings))
        )

    def save(self, *, whole: bool = False) -> None:
        """Keep what was read and found for the next time; of the `whole`, what is of no use any more is dropped."""
        self.shelf.save()
        self.traces.save(whole=whole)

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity is Severity.ERROR]

    @cached_property
    def departures(self) -> "tuple[list[Moved], list[Removed]]":
        """The addresses that documents left: all that their authors name, of Git's those once released."""
        from kehoach import redirects  # late: `check` has no pages

        def read() -> "tuple[list[Moved], list[Removed]]":
            moved, removed = redirects.read_history(self.root, self.library)
            removed += redirects.taken_out(self.root, self.history.departures)
            moved, removed = redirects.promised(moved, removed, self.released)
            return [*redirects.aliases(self.published), *moved], removed

        departures, released = repr(self.history.departures), sorted(self.released)
        key = self._states.key(self.everything, self._history_key, departures, repr(released))
        return self.traces.recall("departures", key, read)


def _folders(address: str) -> Iterator[list[str]]:
    """The folders above a page, which have pages of their own."""
    parts = address.strip("/").split("/")
    yield from (parts[:depth] for depth in range(1, len(parts)))


def open_project(
    settings: Settings,
    *,
    drafts: bool = False,
    shelf: Shelf | None = None,
    released: frozenset[str] = frozenset(),
    remember: bool = True,
) -> Project:
    """The project as it lies on the disk; `drafts` shows what is not published yet.

    `released` are the addresses that releases of the site have held: they must go on answering.
    With the `shelf` of an earlier project, only what has changed since is read; without `remember`,
    this build is one by itself. Raises SetupError where there is no text at all: an empty folder
    must not make an empty site.
    """
    root, extra = settings.root, settings.extra
    traces = settings.state(drafts=drafts) / "traces" if remember else None
    shelf = shelf or _shelf(settings, traces)
    if not settings.content.is_dir():
        raise SetupError(f"Không có thư mục {shelf.name}/, nơi để văn bản.")
    shelf.scan(time.time_ns())
    if not shelf.folders:
        raise SetupError(f"Trong {shelf.name}/ không có văn bản nào (tệp .md).")
    head = read_head(root)
    seconds = head.seconds or str(shelf.changed())
    department = extra.get("department")
    extra = {**extra, "department": department if isinstance(department, dict) else {}}
    site = Site(
        name=settings.site_name,
        url=settings.site_url,
        description=settings.site_description,
        clock=clock(seconds),
        department=str(extra["department"].get("unit") or ""),
        scheme=str(extra.get("scheme") or "do-vang"),
        extra=extra,
    )
    remarks = tuple(_remarks(head))
    return Project(root, shelf, site, head.commit, drafts, released, remarks)


def _shelf(settings: Settings, traces: Path | None) -> Shelf:
    memory = Memory(settings.cache / "memory", program.fingerprint(), machine.secret())
    name = os.path.relpath(settings.content, settings.root).replace(os.sep, "/")
    return Shelf(settings.content, memory, Traces(traces, program.fingerprint()), name=name)


def clock(seconds: str) -> datetime:
    """The build's time: SOURCE_DATE_EPOCH, else `seconds` since the epoch.

    Raises SetupError where the first is no number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH") or seconds
    try:
        return datetime.fromtimestamp(int(epoch), UTC).astimezone(TIMEZONE)
    except (ValueError, OverflowError, OSError):
        raise SetupError(f"SOURCE_DATE_EPOCH phải là số giây từ 1970: {epoch}") from None


def _remarks(head: Head) -> Iterator[str]:
    """Sentences about what Git could not tell the build."""
    if head.is_shallow:
        yield (
            "Kho Git chỉ có phần cuối của lịch sử (shallow): trang không kể được những thay đổi trước đó;"
            " lấy đủ bằng git fetch --unshallow."
        )
    if not head.seconds and not os.environ.get("SOURCE_DATE_EPOCH"):
        yield (
            "Thư mục này chưa có lần ghi nhận nào trong Git: lấy giờ của tệp sửa sau cùng làm giờ dựng trang;"
            " tạo kho bằng git init, hoặc đặt SOURCE_DATE_EPOCH."
        )


def git(root: Path, *arguments: str) -> str:
    """The output of a Git command in the repository at `root`; "" where there is none."""
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
