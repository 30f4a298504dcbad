"""A department's repository, read: its library, its settings, its history, what is wrong in it."""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from kehoach import history, prints, redirects, rules
from kehoach.building import program, public, recognised, translating
from kehoach.building.cache import digest_of, fingerprint
from kehoach.building.ledger import Ledger
from kehoach.building.problem import SetupError
from kehoach.building.program import HOOKS
from kehoach.building.settings import Settings
from kehoach.building.shelf import MANY, Changed, Shelf
from kehoach.history import History
from kehoach.pages import SECTIONS
from kehoach.pages.brand import stylesheet
from kehoach.records import files
from kehoach.records.document import Document
from kehoach.records.finding import Finding, Severity
from kehoach.records.library import Library
from kehoach.records.memory import Memory
from kehoach.records.source import load, parse_yaml, unreadable
from kehoach.site import TIMEZONE, Site


@dataclass(frozen=True)
class Project:
    """Everything a build starts from; what it gives is noted in the shelf's ledger when it is used."""

    root: Path
    shelf: Shelf
    site: Site
    commit: str = ""  # the one that is checked out; "" outside Git
    drafts: bool = False  # whether texts that are not published yet are shown, as in a preview
    released: frozenset[str] = frozenset()  # addresses that releases of this site have held

    def __post_init__(self) -> None:
        states = {f.name: partial(self._told, f.name) for f in fields(History)}
        self.ledger.now |= states | {"clock": lambda _: self.site.clock.isoformat()}

    def _told(self, kind: str, name: str) -> str:
        return repr(getattr(self._history, kind).get(name))

    @cached_property
    def library(self) -> Library:
        return self.shelf.library()

    @cached_property
    def published(self) -> Library:
        """What readers get to see."""
        return self.shelf.library(hidden=self.hidden)

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The files that are not published yet."""
        today = self.site.clock.date()
        if self.drafts:
            return self._matching("excluded")
        hide = lambda: self.shelf.library().published(today).hidden  # noqa: E731
        found: frozenset[str] = self.ledger.recall("hidden", today.isoformat(), hide)
        return found | self._matching("excluded") | self._matching("drafts")

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
        find = lambda: sorted(files.public(self.published))  # noqa: E731
        named = self.ledger.recall("public", self.base, find)
        found = {file: self.shelf.files[file].digest for file in named if file not in self.hidden}
        at_root = sorted(self._root_files - found.keys())
        return found | {file: digest_of(self.shelf.content / file) for file in at_root}

    def public_bytes(self, file: str) -> bytes:
        """The bytes of one of the files that are `public`; raises Changed where it is not what it was."""
        path = self.shelf.content / file
        if digest_of(path) != self.public[file]:
            raise Changed(f"{self.shelf.name}/{file} đổi trong khi đang dựng")
        return path.read_bytes()

    @cached_property
    def _root_files(self) -> frozenset[str]:
        return public.root_files(self.site.extra)

    @property
    def ledger(self) -> Ledger:
        return self.shelf.ledger

    @cached_property
    def base(self) -> str:
        """A hash of what everything on the site depends on: settings, units, which files there are,
        and how things are printed, since pages show how slogans break and which prints there are."""
        settings = {f.name: getattr(self.site, f.name) for f in fields(Site) if f.name != "clock"}
        shared = self.shelf.shared(), prints.edition()
        return fingerprint(*shared, sorted(self.hidden), repr(settings))

    @cached_property
    def watched_site(self) -> Site:
        """The site's settings; whoever asks for its clock is noted."""
        return _watched(self.site, self.ledger)

    @cached_property
    def _told_by(self) -> str:
        """A hash of what Git has to tell."""
        state = history.state(self.root, self.library) if self.commit else ()
        return fingerprint(self.commit, state)

    @cached_property
    def _history(self) -> History:
        read = lambda: History.read(self.root, self.library)  # noqa: E731
        return self.ledger.recall("history", self._told_by, read)

    @cached_property
    def history(self) -> History:
        """What Git has to tell; what is looked up in it is noted."""
        given = {f.name: getattr(self._history, f.name) for f in fields(History)}
        noted = {
            name: _Noted(name, found, self.ledger) if isinstance(found, Mapping) else found
            for name, found in given.items()
        }
        return History(**noted)

    @cached_property
    def findings(self) -> list[Finding]:
        """What the rules find, and what cannot be printed."""
        today = self.site.clock.date()
        library = self.shelf.library()
        base = fingerprint(self.base, today.isoformat())
        unprintable = partial(self._unprintable, library, self.watched_site)

        def recall(tasks: list[rules.Task]) -> list[list[Finding]]:
            based = ((name, base + key, make) for name, key, make in tasks)
            return self.ledger.recall_all(based, pays=MANY)

        def check() -> list[Finding]:
            return rules.check(
                library,
                today=today,
                set_files=public.set_files(self.site.extra),
                recall=recall,
                unprintable=unprintable,
            )

        beside = map(unreadable, self.shelf.unreadable())
        return sorted([*self._settings(), *beside, *self.ledger.recall("findings", base, check)])

    @staticmethod
    def _unprintable(library: Library, site: Site, document: Document) -> Iterator[Finding]:
        return prints.document_problems(document, library, site)

    def _settings(self) -> Iterator[Finding]:
        """What is wrong in `mkdocs.yml` beyond what MkDocs itself says."""
        yield from prints.settings_problems(self.shelf.library(), self.site)
        source = parse_yaml(load(self.root / "mkdocs.yml"), "mkdocs.yml")
        yield from public.problems(self.site.extra, self.shelf.content, source)
        addresses = {document.address for document in self.shelf.library().documents}
        addresses.update(f"{section}/" if section else "" for section in SECTIONS)
        addresses.update("/".join(p) + "/" for a in list(addresses) for p in _folders(a))
        yield from recognised.problems(source, self.shelf.content, frozenset(addresses))
        try:
            stylesheet(self.site.extra.get("brand") or {})
        except ValueError as error:
            message, name = error.args
            place = source.place(("extra", "brand", name))
            yield source.finding(place, "bad-brand", message, field="extra.brand")

    def save(self, *, whole: bool = False) -> None:
        """Keep what was read and found for the next time; of the `whole`, what is of no use any more is dropped."""
        self.shelf.save()
        self.ledger.save(whole=whole)

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity is Severity.ERROR]

    @cached_property
    def departures(self) -> tuple[list[redirects.Moved], list[redirects.Removed]]:
        """The addresses that documents left: all that their authors name, of Git's those once released."""

        def read() -> tuple[list[redirects.Moved], list[redirects.Removed]]:
            moved, removed = redirects.read_history(self.root, self.library)
            removed += redirects.taken_out(self.root, self.history.departures)
            moved, removed = redirects.promised(moved, removed, self.released)
            return [*redirects.aliases(self.published), *moved], removed

        departures, released = repr(self.history.departures), sorted(self.released)
        key = fingerprint(self._told_by, self.base, departures, released)
        return self.ledger.recall("departures", key, read)


def _folders(address: str) -> Iterator[list[str]]:
    """The folders above a page, which have pages of their own."""
    parts = address.strip("/").split("/")
    yield from (parts[:depth] for depth in range(1, len(parts)))


class _Noted(Mapping[Any, Any]):
    """A mapping that notes what is looked up in it."""

    def __init__(self, kind: str, found: Mapping[Any, Any], ledger: Ledger) -> None:
        self._kind, self._found, self._ledger = kind, found, ledger

    def __getitem__(self, name: Any) -> Any:
        self._ledger.note(self._kind, name)
        return self._found[name]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


class _WatchedSite(Site):
    """A site whose clock is noted by who looks at it."""

    __slots__ = ("_ledger", "_time")

    @property
    def clock(self) -> datetime:
        self._ledger.note("clock", "")
        return self._time


def _watched(site: Site, ledger: Ledger) -> Site:
    watched = object.__new__(_WatchedSite)
    given = {f.name: getattr(site, f.name) for f in fields(Site)}
    given |= {"_time": given.pop("clock"), "_ledger": ledger}
    for name, value in given.items():
        object.__setattr__(watched, name, value)
    return watched


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
    ledger = settings.state(drafts=drafts) / "ledger" if remember else None
    shelf = shelf or _shelf(settings, ledger)
    if not settings.content.is_dir():
        raise SetupError(f"Không có thư mục {shelf.name}/, nơi để văn bản.")
    shelf.scan(time.time_ns())
    if not shelf.folders:
        raise SetupError(f"Trong {shelf.name}/ không có văn bản nào (tệp .md).")
    commit, seconds = read_head(root)
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
    return Project(root, shelf, site, commit, drafts, released)


def _shelf(settings: Settings, ledger: Path | None) -> Shelf:
    code = HOOKS / "kehoach"
    memory = Memory(settings.cache / "memory", [code / "records", code / "rules"])
    name = os.path.relpath(settings.content, settings.root).replace(os.sep, "/")
    return Shelf(settings.content, memory, Ledger(ledger, program.fingerprint()), name=name)


def read_head(root: Path) -> tuple[str, str]:
    """The commit that is checked out, and its time in seconds since the epoch; "" outside Git."""
    commit, _, seconds = git(root, "log", "-1", "--format=%H %ct").partition(" ")
    return commit, seconds


def clock(seconds: str) -> datetime:
    """The build's time: SOURCE_DATE_EPOCH, else the last commit's `seconds`, else the epoch.

    Raises SetupError where the first is no number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH") or seconds
    try:
        return datetime.fromtimestamp(int(epoch or 0), UTC).astimezone(TIMEZONE)
    except (ValueError, OverflowError, OSError):
        raise SetupError(f"SOURCE_DATE_EPOCH phải là số giây từ 1970: {epoch}") from None


def git(root: Path, *arguments: str) -> str:
    """What a Git command says about the repository at `root`; "" where there is none."""
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
