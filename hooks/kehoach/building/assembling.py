"""The files of a site, in parts: each is made of what it looks at and is made again when that changed."""

import html
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from kehoach import feeds, pages, prints, redirects, search, watch
from kehoach.building import translating
from kehoach.building.cache import Cache, digest, fingerprint
from kehoach.building.project import Project
from kehoach.building.settings import CACHE
from kehoach.feeds import sitemap
from kehoach.pages import plans, sharing
from kehoach.pages.brand import stylesheet
from kehoach.pages.page import Page
from kehoach.pages.parts import Book
from kehoach.records.document import Document
from kehoach.records.event import Event, Slogan
from kehoach.records.plan import Plan

MANY_YEARS = 4  # years that are indexed by a crew


@dataclass(frozen=True, slots=True)
class Artefact:
    """One file of the site, before it is made; `print` is the fingerprint of all that it is made from."""

    path: str
    print: str
    make: Callable[[], bytes]
    page: Page | None = None


class Leaf(NamedTuple):
    """What is kept of a page between builds: for the sitemap and for old addresses."""

    address: str
    title: str
    indexed: bool
    changed: str  # when, in ISO 8601; "" where Git does not tell


@dataclass(frozen=True, slots=True)
class Part:
    """A share of the site that is made at once; `plans` are the files of those that it lists, None for all.

    `key` is what `make` was given besides.
    """

    name: str
    make: Callable[["Assembly", Book], Iterable[Artefact]]
    plans: frozenset[str] | None = None
    key: str = ""


class Assembly:
    """All parts of one project's site. `frame` holds the theme's templates and layouts; the files go into `folder`."""

    def __init__(
        self,
        project: Project,
        frame: Any,
        folder: Path,
        *,
        with_prints: bool = True,
        with_search: bool = True,
    ) -> None:
        self.project = project
        self.frame = frame
        self.folder = folder
        self.with_prints = with_prints
        self.with_search = with_search
        self.printed: Iterable[str] = ()  # the paths of everything that is printed
        self.prints = Cache(project.root / CACHE / "prints")
        self._site = project.watched_site
        self._items: dict[int, Any] = {}
        project.ledger.now |= {
            "statics": lambda _: fingerprint(frame.statics),
            "prints": self._prints_in,
            "template": frame.templates.edition,
            "layout": lambda section: frame.layout(section).edition,
            "given": lambda path: str(self._gives(path)),
        }

    def statics(self, taken: Container[str]) -> Part:
        """What MkDocs puts into a site without pages, but the paths `taken` by what is made."""
        return Part("statics", partial(_statics, taken), frozenset())

    def public(self) -> Part:
        """What readers are given of `content/` as it stands; nothing that is made has such a name."""
        return Part(
            "public", _public, frozenset(), fingerprint(sorted(self.project.public.items()))
        )

    def printing(self) -> Iterator[Part]:
        """The parts that tell what is printed, which pages ask about."""
        if not self.with_prints:
            return
        for file in self._plans:
            yield Part(f"print {file}", partial(_print, file), frozenset([file]))
        yield Part("prints", _prints)

    def parts(self) -> Iterator[Part]:
        """All others, in a fixed order."""
        for room in pages.ROOMS:
            yield Part(room, partial(_pages, room))
        for file, beside in self._neighbours.items():
            yield Part(f"plan {file}", partial(_plan, file), frozenset(beside))
        for year, files in self._years.items():
            yield Part(f"su-kien {year}", partial(_of_year, "events", year), frozenset(files))
            yield Part(f"khau-hieu {year}", partial(_of_year, "slogans", year), frozenset(files))
            yield Part(f"don-vi {year}", partial(_of_year, "units", year), frozenset(files))
        calendars = self._calendars
        for year, files in calendars.items():
            make = partial(_of_year, "calendars", year, years=list(calendars))
            yield Part(f"lich {year}", make, frozenset(files), repr(list(calendars)))
        for kind in feeds.KINDS:
            yield Part(f"feeds {kind}", partial(_feeds, kind))
        years = [year for year in self._searched if year]
        yield Part("api", partial(_api, years), frozenset(), repr(years))
        for year in years:
            yield Part(f"api {year}", partial(_api_of, year), frozenset(self._searched[year]))
        if self.with_search:
            shards = self._shards
            yield Part("search", partial(_search, shards), frozenset(), fingerprint(shards))

    def book(self, plans: frozenset[str] | None = None) -> Book:
        """What pages are made from that list the plans in the files `plans`, None for all."""
        project = self.project
        whole = plans is None
        library = project.published if whole else project.shelf.library(plans, project.hidden)
        return Book(
            library,
            self._site,
            project.history,
            _Printed(self),
            prints.banner_files,
            prints.phrases,
            self._items,
        )

    def given(self, path: str) -> bool:
        """Whether the department has put a file of its own at `path`, which is noted."""
        self.project.ledger.note("given", path)
        return self._gives(path)

    def _gives(self, path: str) -> bool:
        return path in self.project.public or bool(self.frame.gives(path))

    def prints_in(self, folder: str) -> frozenset[str]:
        """What is printed in a folder, which is noted."""
        self.project.ledger.note("prints", folder)
        return self._folders.get(folder, frozenset())

    def _prints_in(self, folder: str) -> str:
        return " ".join(sorted(self._folders.get(folder, ())))

    @cached_property
    def _folders(self) -> dict[str, frozenset[str]]:
        folders: dict[str, set[str]] = {}
        for path in self.printed:
            folders.setdefault(path.rpartition("/")[0], set()).add(path)
        return {folder: frozenset(paths) for folder, paths in folders.items()}

    def artefact(self, page: Page, book: Book) -> Artefact:
        site = self.project.site
        root = (urlsplit(site.url).path or "/") if page.anywhere else page.root
        head = "\n".join(self._head(page, root, book))
        edit = self._edit(page)
        ledger, frame = self.project.ledger, self.frame
        ledger.note("template", page.template)
        ledger.note("layout", page.section)
        look = frame.templates.edition(page.template), frame.layout(page.section).edition
        shown = page.view, page.title, page.description, page.crumbs, root, head, edit
        make = partial(self._render, page, root, head, edit)
        return Artefact(page.path, fingerprint(look, shown), make, page)

    def _edit(self, page: Page) -> str:
        """The link by which staff mend the text of a page, where `edit_uri` says how."""
        before = translating.of(self.project.site.extra).get("edit", "")
        if not before or not isinstance(page.subject, Document):
            return ""
        return f'<p class="edit-link"><a href="{html.escape(before + page.subject.file)}">Sửa trang này</a></p>'

    def _render(self, page: Page, root: str, head: str, edit: str) -> bytes:
        text = self.frame.layout(page.section).fill(
            title=page.title,
            description=" ".join(page.description.split()),
            head=head,
            content=self.frame.templates.render(page, root) + edit,
            base=root.removesuffix("/"),
        )
        return text.encode()

    def _head(self, page: Page, root: str, book: Book) -> Iterator[str]:
        """What machines read of a page: its address, its picture, its feeds, its metadata."""
        site = self.project.site
        if not page.indexed:
            yield '<meta name="robots" content="noindex">'
        elif site.url:
            yield f'<link rel="canonical" href="{html.escape(site.absolute(page.address))}">'
        yield from sharing.tags(page, site, _card(page, book))
        if page.banner:
            font = f"{root}{self.frame.assets}fonts/Anton-Regular.woff2"
            yield f'<link rel="preload" href="{font}" as="font" type="font/woff2" crossorigin>'
        for title, address, kind in page.feeds:
            yield f'<link rel="alternate" type="{kind}" title="{html.escape(title)}" href="{root}{address}">'
        yield from feeds.metadata(
            page.subject, page.title, page.address, page.crumbs, book.site, book.library
        )

    def read(self, path: str) -> bytes:
        """What was put at `path` in this build or an earlier one."""
        return (self.folder / path).read_bytes()

    def drawn(self, made: prints.Print) -> Artefact:
        return Artefact(made.address, fingerprint(made.kind, made.data), made.make)

    @property
    def _plans(self) -> list[str]:
        hidden = self.project.hidden
        return [
            file for file in self.project.shelf.folders.get(Plan.folder, ()) if file not in hidden
        ]

    @property
    def _neighbours(self) -> dict[str, list[str]]:
        """The file of each plan, with those of the plans that its page leads on to."""

        def find() -> dict[str, list[str]]:
            ordered = plans.in_order(self.project.published.plans)
            files = [self._file(plan) for plan in ordered]
            around = zip([*files[:1], *files], files, [*files[1:], *files[-1:]], strict=False)
            return {file: [newer, file, older] for newer, file, older in around}

        return self.project.ledger.recall("neighbours", self.project.base, find)

    @property
    def _years(self) -> dict[int, list[str]]:
        """The years of plans and campaigns, with the files of each one's plans."""

        def find() -> dict[int, list[str]]:
            library = self.project.published
            years: dict[int, list[str]] = {campaign.year: [] for campaign in library.campaigns}
            for plan in library.plans:
                years.setdefault(plan.year, []).append(self._file(plan))
            return years

        return self.project.ledger.recall("years", self.project.base, find)

    @property
    def _calendars(self) -> dict[int, list[str]]:
        """The years that have a calendar, with the files of the plans that set something in them."""

        def find() -> dict[int, list[str]]:
            from kehoach.pages import calendars  # late: most builds need none of it

            plans = {plan.path: self._file(plan) for plan in self.project.published.plans}
            return {
                year: sorted(plans[path] for path in paths & plans.keys())
                for year, paths in sorted(calendars.years(self.book()).items())
            }

        return self.project.ledger.recall("calendars", self.project.base, find)

    @property
    def _searched(self) -> dict[int, list[str]]:
        """The years that have an index, the latest first and last 0, for what belongs to none, with
        the files of their plans."""

        def find() -> dict[int, list[str]]:
            years = {material.year: [] for material in self.project.published.materials}
            return dict(sorted(({0: []} | years | self._years).items(), reverse=True))

        return self.project.ledger.recall("searched", self.project.base, find)

    @property
    def _shards(self) -> list[search.Shard]:
        """What is known of the index of each year."""
        tasks = [
            (
                f"search {year}",
                "\n".join([self.project.base, *files]),
                partial(self._shard, year, files),
            )
            for year, files in self._searched.items()
        ]
        return list(filter(None, self.project.ledger.recall_all(tasks, pays=MANY_YEARS)))

    def _shard(self, year: int, files: list[str]) -> search.Shard | None:
        library = self.project.shelf.library(frozenset(files), self.project.hidden)
        return search.of_year(library, year, self.kept_index.make)

    def bundle(self, shard: search.Shard) -> bytes:
        """The bytes of `shard`, made again where they are gone or damaged."""
        content = self.kept_index.get(shard.key)
        if content is None:
            self._shard(shard.year, self._searched[shard.year])
            content = self.kept_index.get(shard.key)
        return content

    @cached_property
    def kept_index(self) -> Cache:
        """The bundles of the search index, by the keys of their shards."""
        return Cache(self.project.root / CACHE / "search")

    def _file(self, plan: Plan) -> str:
        return plan.path.removeprefix(f"{self.project.shelf.name}/")


class _Printed:
    """The addresses of all that is printed."""

    def __init__(self, assembly: Assembly) -> None:
        self._assembly = assembly

    def __contains__(self, address: str) -> bool:
        return address in self._assembly.prints_in(address.rpartition("/")[0])


def _card(page: Page, book: Book) -> str:
    """The picture that goes with a link to the page: its own, its plan's, or the site's; "" for none."""
    own = [page.address]
    if isinstance(page.subject, Event):
        own.append(page.subject.plan.address)
    cards = [prints.card_address(address) for address in (*own, "")]
    if isinstance(page.subject, Slogan):
        cards.insert(0, f"{page.address}{page.subject.id}-the-1200x630.png")
    return next((card for card in cards if card in book.prints), "") if book.site.url else ""


def _statics(taken: Container[str], assembly: Assembly, book: Book) -> Iterator[Artefact]:
    frame = assembly.frame
    assembly.project.ledger.note("statics", "")
    for path, print in frame.statics.items():
        if path not in taken:
            yield Artefact(path, print, partial(frame.static, path))
    if brand := assembly.project.site.extra.get("brand"):
        yield _whole(f"{frame.assets}css/brand.css", stylesheet(brand).encode())


def _public(assembly: Assembly, book: Book) -> Iterator[Artefact]:
    for file, print in assembly.project.public.items():
        yield Artefact(file, print, partial(assembly.project.public_bytes, file))


def _print(file: str, assembly: Assembly, book: Book) -> Iterator[Artefact]:
    for plan in book.library.plans:
        yield from map(assembly.drawn, prints.own(plan, book.library, book.site))


def _prints(assembly: Assembly, book: Book) -> Iterator[Artefact]:
    made = prints.shared(book.library, book.site)
    yield from (
        assembly.drawn(p) for p in made if p.kind != "icon" or not assembly.given(p.address)
    )


def _pages(room: str, assembly: Assembly, book: Book) -> Iterator[Artefact]:
    for page in pages.listing(room, book):
        yield assembly.artefact(page, book)


def _plan(file: str, assembly: Assembly, book: Book) -> Iterator[Artefact]:
    plan = book.library.at(file)
    if plan is None:
        return
    yield assembly.artefact(plans.page(book, plan), book)
    yield from map(_fed, feeds.own(plan, book.library, book.site, book.history))


def _of_year(
    room: str, year: int, assembly: Assembly, book: Book, **more: Any
) -> Iterator[Artefact]:
    for page in pages.of_year(room, book, year, **more):
        yield assembly.artefact(page, book)


def _feeds(kind: str, assembly: Assembly, book: Book) -> Iterator[Artefact]:
    for feed in feeds.shared(kind, book.library, book.site, book.history):
        if kind != "description" or not assembly.given(feed.address):
            yield _fed(feed)


def _api(years: list[int], assembly: Assembly, book: Book) -> Iterator[Artefact]:
    yield _fed(feeds.years(years, book.site))


def _api_of(year: int, assembly: Assembly, book: Book) -> Iterator[Artefact]:
    yield from map(_fed, feeds.of_year(year, book.library, book.site, book.history))


def _fed(feed: feeds.Feed) -> Artefact:
    return Artefact(feed.address, digest(*feed.chunks), lambda: feed.content)


def _search(shards: list[search.Shard], assembly: Assembly, book: Book) -> Iterator[Artefact]:
    for made in search.files(shards, book.library.abbreviations, assembly.bundle):
        yield Artefact(made.path, made.print, made.read)
    assembly.kept_index.used = {shard.key for shard in shards}
    assembly.kept_index.prune()


def leaf(artefact: Artefact, project: Project) -> Leaf | None:
    """What is kept of a page; None for what is none."""
    page = artefact.page
    if page is None:
        return None
    when = sitemap.changed(page.subject, project.history)
    return Leaf(
        page.address,
        page.title,
        page.indexed,
        when.isoformat() if when else "",
    )


def closing(leaves: Callable[[], list[Leaf]]) -> Iterator[Part]:
    """The parts that rest on all others that are made, whose pages are `leaves`."""
    yield Part("sitemap", partial(_sitemap, leaves))
    yield Part("about", _about)


def moved(leaves: Callable[[], list[Leaf]], files: dict[str, str]) -> Part:
    """The part that stands in for old addresses, where none of the site's `files` (and prints) does."""
    return Part("moved", partial(_moved, leaves, files))


def _sitemap(
    leaves: Callable[[], list[Leaf]], assembly: Assembly, book: Book
) -> Iterator[Artefact]:
    shown = [leaf for leaf in leaves() if leaf.indexed]
    # A list, a calendar, the home page say something else at the latest when a document does.
    changed = (leaf.changed for leaf in shown if leaf.changed)
    latest = max(changed, key=datetime.fromisoformat, default="")
    rows = [(leaf.address, leaf.changed or latest or None) for leaf in shown]
    yield from map(_fed, sitemap.listing(rows, assembly.project.site))


def _moved(
    leaves: Callable[[], list[Leaf]],
    files: dict[str, str],
    assembly: Assembly,
    book: Book,
) -> Iterator[Artefact]:
    """The pages at the addresses that documents left, and what stood beside them."""
    moved, removed = assembly.project.departures
    if not moved and not removed:
        return
    titles = {leaf.address: leaf.title for leaf in leaves()}
    moves, notices = redirects.settle(moved, removed, titles)
    made = [assembly.artefact(redirects.removed_page(notice), book) for notice in notices]
    for move in moves:
        content = redirects.moved_page(move, titles[move.new], assembly.project.site.url)
        made.append(_whole(f"{move.old}index.html", content))
    for old, now in redirects.copies(moves, files).items():
        made.append(Artefact(old, f"copy {files[now]}", partial(assembly.read, now)))
    yield from (artefact for artefact in made if artefact.path not in files)


def _about(assembly: Assembly, book: Book) -> Iterator[Artefact]:
    """What tells from outside how the site is."""
    project, library = assembly.project, book.library
    counts = {
        "plans": len(library.plans),
        "events": len(library.events),
        "campaigns": len(library.campaigns),
        "materials": len(library.materials),
        "units": len(library.units),
    }
    site = project.site
    overdue = watch.stale(library.documents, site.clock.date())
    card = watch.build_json(
        commit=project.commit,
        clock=site.clock,
        counts=counts,
        findings=project.findings,
        overdue=overdue,
    )
    yield _whole("api/v1/build.json", card)
    if contact := site.extra.get("security"):
        text = watch.security_txt(contact=contact, url=site.url, clock=site.clock)
        yield _whole(".well-known/security.txt", text)


def _whole(path: str, content: bytes) -> Artefact:
    return Artefact(path, digest(content), lambda: content)
