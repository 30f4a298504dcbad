"""The files of a site, in parts: each declares what it looks at and is made again when that changed."""

import html
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, partial
from itertools import product
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from kehoach import feeds, pages, photographs, redirects, search, status
from kehoach.artefact import Artefact, Plain
from kehoach.building import translating
from kehoach.building.frame import ByHand, Frame
from kehoach.building.problem import UndeclaredRead
from kehoach.building.project import Project
from kehoach.building.reads import Files, Lists, Printed, Reads, States, narrowed, timeless
from kehoach.building.settings import CACHE
from kehoach.building.store import Store
from kehoach.building.traces import Trace
from kehoach.feeds import sitemap, yearly
from kehoach.feeds.yearly import Told
from kehoach.hashing import digest, fingerprint
from kehoach.history import History
from kehoach.pages import sharing
from kehoach.pages.brand import stylesheet
from kehoach.pages.page import Page, View
from kehoach.pages.parts import Book
from kehoach.pages.plans import page as plan_page
from kehoach.prints import catalogue
from kehoach.prints.cards import address as card_address
from kehoach.prints.lines import groups as phrases
from kehoach.prints.slogans import banner_files
from kehoach.records.addresses import address_of
from kehoach.records.campaign import Campaign
from kehoach.records.card import Card
from kehoach.records.document import Document, Guide
from kehoach.records.event import Event, Slogan
from kehoach.records.library import Library, model_of, plan_file, year_of
from kehoach.records.material import Material
from kehoach.records.photographs import FORMATS, WIDTHS, place_of
from kehoach.records.plan import Plan

MANY_YEARS = 4  # years that are indexed by a crew


class Leaf(NamedTuple):
    """A page as it is kept between builds, for the sitemap and for old addresses."""

    address: str
    title: str
    indexed: bool
    changed: str  # when, in ISO 8601; "" where Git does not tell


@dataclass(frozen=True, slots=True)
class PageFile:
    """The artefact of a page, with what is kept of it."""

    address: str
    fingerprint: str
    make: Callable[[], bytes]
    leaf: Leaf


@dataclass(frozen=True, slots=True)
class RecordsFile:
    """The artefact of a file of records, with what the index of its year tells of it."""

    address: str
    fingerprint: str
    make: Callable[[], bytes]
    told: Told


@dataclass(frozen=True, slots=True)
class Part:
    """A share of the site that is made at once, from what it `reads`; `key` is what `make` was given besides."""

    name: str
    make: Callable[["Desk"], Iterable[Artefact]]
    reads: Reads
    key: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Parts that are looked at only when something changed that one of them reads, or their `seed`: the
    hash of all that says which parts there are, and what these read."""

    name: str
    seed: str
    parts: Callable[[], Iterable[Part]]


@dataclass(frozen=True)
class Assembly:
    """All parts of one project's site. `frame` holds the theme's templates and layouts; the files go
    into `folder`. What is `printed` is known once the parts of `printing` are made."""

    project: Project
    frame: Frame | ByHand
    folder: Path
    with_prints: bool = True
    with_search: bool = True
    printed: Printed = field(default_factory=lambda: Printed(()))

    def photograph(self, file: str, width: int, extension: str, key: str) -> bytes:
        """The bytes of a photograph as pages show it, made once for all builds."""
        original = self.project.shelf.content / file
        return self.smaller.recall(
            key, lambda: photographs.smaller(original.read_bytes(), width, extension)
        )

    @cached_property
    def smaller(self) -> Store:
        """The photographs as pages show them."""
        return self._store("photographs")

    def printing(self) -> Iterator[Part]:
        """The parts that tell what is printed, which pages ask about."""
        if not self.with_prints:
            return
        for file in self._of(Plan):
            reads = Reads(lists={Plan: (file,)}, texts=(file,))
            yield Part(f"print {file}", _print, reads)
        heads = self._heads(Plan, Campaign, Material)
        reads = replace(heads, texts=self._of(Material), given=True)
        originals = self.project.photographs
        key = fingerprint(photographs.VERSION, sorted(originals.items()))
        yield Part("prints", partial(_prints, originals), reads, key)

    def parts(self) -> Iterator[Part | Group]:
        """The parts that are neither `printing` nor `closing`, in a fixed order, each year's in groups."""
        for room, reads in self._rooms():
            yield Part(room, partial(_pages, room), reads)
        for year in sorted({year_of(file) for file in self._ordered}, reverse=True):
            yield Group(f"plans {year}", self._seed(year), partial(self._plans, year))
        for year in self._years:
            yield Group(f"year {year}", self._seed(year), partial(self._of_a_year, year))
        years = sorted(self._calendars)
        for year in years:
            reads = self._calendar(year)
            make = partial(_of_year, "calendars", year, years=years)
            yield Part(f"calendars {year}", make, reads, repr(years))
        whole = self._heads(Plan, Campaign, Material)
        for kind in feeds.KINDS:
            reads = replace(whole, history=self._files(whole), clock=True, given=True)
            yield Part(f"feeds {kind}", partial(_feeds, kind), reads)
        searched = self._searched
        years = [year for year in searched if year]
        yield Part("api", partial(_api, years), Reads(), repr(years))
        for year in years:
            yield Group(f"records {year}", self._seed(year), partial(self._records, year))
        originals = self.project.photographs
        key = fingerprint(photographs.VERSION, sorted(originals.items()))
        yield Part("photographs", partial(_photographs, originals), Reads(), key)
        if self.with_search:
            shards = self._shards
            yield Part("search", partial(_search, shards), Reads(), fingerprint(shards))

    def indexes(
        self, groups: Mapping[str, Trace], told: Callable[[Trace], Iterable[Told]]
    ) -> Iterator[Part]:
        """The parts that list the files of each year's records, of which its group has `told`."""
        for year in filter(None, self._searched):
            group = groups[f"records {year}"]
            yield Part(
                f"api {year}", partial(_api_of, year, partial(told, group)), Reads(), group.key
            )

    def closing(self, leaves: Callable[[], list["Leaf"]]) -> Iterator[Part]:
        """The parts that rest on all others that are made, whose pages are `leaves`."""
        yield Part("sitemap", partial(_sitemap, leaves), Reads())
        reads = Reads(lists=self._heads(*_LISTED).lists, clock=True)
        yield Part("about", _about, reads)

    def statics(self, taken: Container[str]) -> Part:
        """The part of MkDocs' static files, but for the paths `taken` by what is made."""
        return Part("statics", partial(_statics, taken), Reads(), fingerprint(self.frame.statics))

    def public(self) -> Part:
        """The part of the files of `content/` that are published as they stand; none has the name of a made one."""
        return Part("public", _public, Reads(), fingerprint(sorted(self.project.public.items())))

    def moved(self, leaves: Callable[[], list["Leaf"]], files: dict[str, str]) -> Part:
        """The part that stands in for old addresses, where none of the site's `files` does."""
        _, removed = self.project.departures
        sections = sorted({notice.address.split("/", 1)[0] for notice in removed})
        reads = Reads(prints=("", *sections), templates=("removed.html",), sections=sections)
        return Part("moved", partial(_moved, leaves, files), reads)

    def desk(self, reads: Reads) -> "Desk":
        """The desk of a part that has declared `reads`."""
        return Desk(self, reads)

    @cached_property
    def states(self) -> States:
        return States(self.project, self.frame, self.printed)

    # What the parts declare.

    def _rooms(self) -> Iterator[tuple[str, Reads]]:
        """Each room that shows many records, with what its lists of all look at."""
        plans: Lists = {Plan: self._of(Plan)}
        campaigns: Lists = {Campaign: self._of(Campaign)}
        materials: Lists = {Material: self._of(Material)}
        guides: Lists = {Guide: self._of(Guide)}
        everything: Lists = {**plans, **campaigns, **materials, **guides}
        welcome = [file for file in guides[Guide] if address_of(file) == ""]
        yield (
            "home",
            Reads(
                lists=everything,
                texts=welcome,
                addresses=self._asks_addresses(welcome),
                clock=True,
                prints=("", "lich", "so-do-trang", "tim-kiem"),
                templates=("home.html", "map.html", "search.html", "subscribe.html", "404.html"),
                sections=("", "tim-kiem", "lich", "404"),
            ),
        )
        yield "plans", self._listing("ke-hoach", plans, "plans.html")
        yield "events", self._listing("su-kien", plans, "events.html")
        calendars = self._listing("lich", {**plans, **campaigns}, "calendars.html")
        yield "calendars", replace(calendars, clock=True)
        lists: Lists = {**plans, **campaigns, **materials}
        texts = campaigns[Campaign]
        yield (
            "campaigns",
            self._listing("chu-de", lists, "campaigns.html", "campaign.html", texts=texts),
        )
        yield "slogans", self._listing("khau-hieu", {**plans, **campaigns}, "slogans.html")
        yield "units", self._listing("don-vi", plans, "units.html", "unit.html")
        texts = materials[Material]
        yield (
            "materials",
            self._listing("truyen-thong", lists, "materials.html", "material.html", texts=texts),
        )
        texts = guides[Guide]
        own = self._listing("", guides, "guide.html", texts=texts)
        sections = sorted({address_of(file).split("/", 1)[0] for file in texts})
        yield "guides", replace(own, prints=("", *sections), sections=sections)

    def _listing(
        self,
        section: str,
        lists: Lists,
        *templates: str,
        texts: Files = (),
    ) -> Reads:
        """The reads of a room for pages in one `section`, which show the `texts` and are dated by them."""
        return Reads(
            lists=lists,
            texts=texts,
            addresses=self._asks_addresses(texts),
            history=texts,
            prints=("", section),
            templates=templates,
            sections=(section,),
        )

    @cached_property
    def _ordered(self) -> list[str]:
        """The files of all plans, the newest first."""
        cards = self.project.shelf.cards(Plan, hidden=self.project.hidden)
        return [file for file, _ in sorted(cards, key=lambda found: found[1].order)]

    @cached_property
    def _beside(self) -> dict[str, list[str]]:
        """For the file of each plan, those of the newer one, of itself, and of the older one."""
        files = self._ordered
        around = zip([None, *files[:-1]], files, [*files[1:], None], strict=True)
        return {beside[1]: [one for one in beside if one] for beside in around}

    def _seed(self, year: int) -> str:
        """The state of what says which parts a year has, and what they read: its documents, what stands
        beside its plans, and who is related to whom."""
        if year not in self._seeds:
            plans = self._years.get(year, [])
            shelf = self.project.shelf
            state = shelf.state([*plans, *self._of(Campaign), *self._of(Material)])
            beside = [self._beside[file] for file in plans]
            self._seeds[year] = fingerprint(state, beside, self.project.relations)
        return self._seeds[year]

    @cached_property
    def _seeds(self) -> dict[int, str]:
        return {}

    def _plans(self, year: int) -> Iterator[Part]:
        """The plans of `year`. Each reads its text and history, the plans beside it and those that it names."""
        shelf = self.project.shelf
        campaigns, materials = self._of(Campaign), self._of(Material)
        for file in self._ordered:
            if year_of(file) != year:
                continue
            reads = Reads(
                lists={Plan: self._beside[file], Campaign: campaigns, Material: materials},
                also=[*self._named(shelf.files[file].card), *shelf.related(file)],
                texts=(file,),
                addresses=self._asks_addresses([file]),
                history=(file,),
                clock=True,
                prints=("", address_of(file).rstrip("/")),
                templates=("plan.html",),
                sections=("ke-hoach",),
            )
            yield Part(f"plan {file}", partial(_plan, file), reads)

    def _of_a_year(self, year: int) -> Iterator[Part]:
        for room, reads in self._yearly(year, tuple(self._years[year])):
            yield Part(f"{room} {year}", partial(_of_year, room, year), reads)

    def _yearly(self, year: int, plans: Files) -> Iterator[tuple[str, Reads]]:
        """The rooms that make pages of `year` apart, of its `plans`."""
        campaigns, materials = self._of(Campaign), self._of(Material)
        own: Lists = {Plan: plans}
        beside = f"ke-hoach/{year}"
        yield (
            "events",
            Reads(
                lists={**own, Campaign: campaigns, Material: materials},
                history=plans,
                prints=("", f"su-kien/{year}", beside),
                templates=("events.html", "event.html"),
                sections=("su-kien",),
            ),
        )
        yield (
            "slogans",
            Reads(
                lists={**own, Campaign: campaigns},
                history=(*plans, *campaigns),
                prints=("", f"khau-hieu/{year}"),
                templates=("slogans.html", "slogan.html"),
                sections=("khau-hieu",),
            ),
        )
        yield "units", self._listing("don-vi", own, "unit.html")

    def _calendar(self, year: int) -> Reads:
        """The calendar of `year`: the plans that set something in it, and all campaigns."""
        lists: Lists = {Plan: sorted(self._calendars[year]), Campaign: self._of(Campaign)}
        prints = ("", f"lich/{year}")
        templates = ("year.html", "month.html")
        return Reads(lists=lists, prints=prints, templates=templates, sections=("lich",))

    def _heads(self, *models: type[Document]) -> Reads:
        return Reads(lists={model: self._of(model) for model in models})

    def _files(self, reads: Reads) -> list[str]:
        return [file for files in reads.lists.values() for file in files]

    def _of(self, model: type[Document]) -> list[str]:
        """The files of all documents of a kind that readers get to see."""
        return [file for file in self.project.shelf.of(model) if file not in self.project.hidden]

    def _named(self, card: Card) -> list[str]:
        files = map(plan_file, card.plans)
        return [file for file in files if file in self.project.shelf.files]

    def _named_in(self, plans: Files) -> list[str]:
        """The plans that some `plans`, and all materials, name."""
        files = self.project.shelf.files
        cards = (files[file].card for file in (*plans, *self._of(Material)))
        named = {name for card in cards for name in self._named(card)}
        return sorted(named.union(*map(self.project.shelf.related, plans)))

    def _asks_addresses(self, files: Files) -> bool:
        """Whether a link in one of `files` may lead to a page that is made of records."""
        known = self.project.shelf.files
        links = (link for file in files for link in known[file].card.links)
        return any(known.keys().isdisjoint(link) for link in links)

    @cached_property
    def _years(self) -> dict[int, list[str]]:
        """The years of plans and campaigns, with the files of each one's plans."""
        years: dict[int, list[str]] = {year_of(file): [] for file in self._of(Campaign)}
        for file in self._of(Plan):
            years.setdefault(year_of(file), []).append(file)
        return years

    @cached_property
    def _calendars(self) -> dict[int, list[str]]:
        """The years that have a calendar, with the files of the plans that set something in them."""
        shelf, hidden = self.project.shelf, self.project.hidden
        years: dict[int, list[str]] = {self.project.site.clock.year: []}
        for _, card in shelf.cards(Campaign, hidden=hidden):
            years |= {year: [] for year in card.years}
        for file, card in shelf.cards(Plan, hidden=hidden):
            for year in card.years:
                years.setdefault(year, []).append(file)
        return years

    def _records(self, year: int) -> Iterator[Part]:
        """The parts that make the records of `year`, a run of documents each."""
        files = [*self._dated(Campaign, year), *self._searched[year], *self._dated(Material, year)]
        for run in yearly.runs(files):
            yield Part(f"records {run[0]}", partial(_records, year, run), self._recorded(run))

    def _recorded(self, run: Files) -> Reads:
        plans = [file for file in run if model_of(file) is Plan]
        others: Lists = {Campaign: self._of(Campaign), Material: self._of(Material)}
        named = self._named_in(plans)
        return Reads(lists={Plan: plans, **others}, also=named, texts=run, history=run)

    # The index of search.

    @cached_property
    def _searched(self) -> dict[int, list[str]]:
        """The years that have an index, the latest first and last 0, for what belongs to none, with
        the files of their plans."""
        years: dict[int, list[str]] = {year_of(file): [] for file in self._of(Material)}
        return dict(sorted(({0: []} | years | self._years).items(), reverse=True))

    @property
    def _shards(self) -> list[search.Shard]:
        """The search shards, one a year."""
        tasks = []
        for year, files in self._searched.items():
            reads = self._indexed(year, files)
            make = partial(self._shard, year, reads)
            tasks.append((f"search {year}", self.states.key(reads), make))
        return list(filter(None, self.project.traces.recall_all(tasks, at_least=MANY_YEARS)))

    def _indexed(self, year: int, files: list[str]) -> Reads:
        others: Lists = {Campaign: self._of(Campaign), Material: self._of(Material)}
        texts = (*files, *self._dated(Campaign, year), *self._dated(Material, year))
        return Reads(lists={Plan: files, **others}, texts=texts)

    def _dated(self, model: type[Document], year: int) -> list[str]:
        """The files of the documents of a kind that stand in the folder of `year`."""
        return [file for file in self._of(model) if year_of(file) == year]

    def _shard(self, year: int, reads: Reads) -> search.Shard | None:
        desk = self.desk(reads)
        with desk.open():
            return search.of_year(desk.library, year, self.kept_index.recall)

    def bundle(self, shard: search.Shard) -> bytes:
        """The bytes of `shard`, made again where they are gone or damaged."""
        content = self.kept_index.get(shard.key)
        if content is None:
            self._shard(shard.year, self._indexed(shard.year, self._searched[shard.year]))
            content = self.kept_index.get(shard.key)
        assert content is not None  # it has just been kept
        return content

    @cached_property
    def kept_index(self) -> Store:
        """The bundles of the search index, by the keys of their shards."""
        return self._store("search")

    @cached_property
    def kept_prints(self) -> Store:
        """The store of drawn prints, each under its fingerprint."""
        return self._store("prints")

    def _store(self, name: str) -> Store:
        """The store of the cache called `name`, whose entries are published as they are and never run."""
        return Store(self.project.root / CACHE / name, trusted=False)

    def read(self, path: str) -> bytes:
        """The bytes at `path` of the site, from this build or an earlier one."""
        return (self.folder / path).read_bytes()

    # What parts share, made once.

    @cached_property
    def libraries(self) -> dict[object, Library]:
        """The libraries that desks share, by what they list."""
        return {}

    @cached_property
    def items(self) -> dict[int, View]:
        """The views of records in lists, which pages share: made from heads, and of documents that are `bare`."""
        return {}

    @cached_property
    def bare(self) -> Book:
        """A book of no more than every part may look at: settings, units, abbreviations."""
        site, library = timeless(self.project.site), self.project.shelf.library({}, addresses=False)
        return Book(library, site, narrowed(History(), ()), Printed((), ()))


_LISTED = (Plan, Campaign, Material, Guide)


class Desk:
    """The part of the project that one part of the site has declared in `reads`; the rest raises."""

    def __init__(self, assembly: Assembly, reads: Reads) -> None:
        project = assembly.project
        self.assembly = assembly
        self.project = project
        self.reads = reads
        self.library = self._library()
        self.site = project.site if reads.clock else timeless(project.site)
        self.history = self._history()
        self.book = Book(
            self.library,
            self.site,
            self.history,
            assembly.printed.only(reads.prints),
            partial(banner_files, site=self.site),
            phrases,
            assembly.items,
            assembly.bare,
        )

    def _library(self) -> Library:
        """Shared by the parts that declare the same: events, duties and the like are found once."""
        reads, project = self.reads, self.project
        lists = tuple((model, tuple(files)) for model, files in reads.lists.items())
        key = (lists, tuple(reads.also), reads.addresses)
        libraries = self.assembly.libraries
        if key not in libraries:
            libraries[key] = project.shelf.library(
                reads.lists, reads.also, project.hidden, addresses=reads.addresses
            )
        return libraries[key]

    def _history(self) -> History:
        if not self.reads.history:  # which is not read, then
            return narrowed(History(), ())
        name = self.project.shelf.name
        return narrowed(self.project.history, (f"{name}/{file}" for file in self.reads.history))

    def open(self) -> AbstractContextManager[None]:
        """Let the texts that are declared be read, and no others."""
        return self.project.shelf.declaring(frozenset(self.reads.texts))

    def is_given(self, path: str) -> bool:
        """Whether the department has put a file of its own at `path` of the site."""
        if not self.reads.given or "/" in path:
            raise UndeclaredRead(f"whether the department gives {path}")
        return path in self.project.public or bool(self.assembly.frame.gives(path))

    def artefact(self, page: Page) -> PageFile:
        """The file of `page`."""
        frame = self.assembly.frame
        if page.template not in self.reads.templates:
            raise UndeclaredRead(f"the template {page.template}")
        if page.section not in self.reads.sections:
            raise UndeclaredRead(f"the layout of {page.section or 'the home page'}")
        root = (urlsplit(self.site.url).path or "/") if page.anywhere else page.root
        head = "\n".join(self._head(page, root))
        edit = self._edit(page)
        look = frame.templates.fingerprint(page.template), frame.layout(page.section).fingerprint
        shown = page.view, page.title, page.description, page.crumbs, root, head, edit
        make = partial(self._render, page, root, head, edit)
        return PageFile(page.path, fingerprint(look, shown), make, self._leaf(page))

    def _edit(self, page: Page) -> str:
        """The link by which staff mend the text of a page, where `edit_uri` says how."""
        before = translating.of(self.site.extra).get("edit", "")
        if not before or not isinstance(page.subject, Document):
            return ""
        return f'<p class="edit-link"><a href="{html.escape(before + page.subject.file)}">Sửa trang này</a></p>'

    def _render(self, page: Page, root: str, head: str, edit: str) -> bytes:
        frame = self.assembly.frame
        text = frame.layout(page.section).fill(
            title=page.title,
            description=" ".join(page.description.split()),
            head=head,
            content=frame.templates.render(page, root) + edit,
            base=root.removesuffix("/"),
        )
        return text.encode()

    def _head(self, page: Page, root: str) -> Iterator[str]:
        """The elements of a page's head that machines read: address, picture, feeds, metadata."""
        site = self.site
        if not page.indexed:
            yield '<meta name="robots" content="noindex">'
        elif site.url:
            yield f'<link rel="canonical" href="{html.escape(site.absolute(page.address))}">'
        yield from sharing.tags(page, site, _card(page, self.book))
        if page.banner:
            font = f"{root}{self.assembly.frame.assets}fonts/Anton-Regular.woff2"
            yield f'<link rel="preload" href="{font}" as="font" type="font/woff2" crossorigin>'
        for title, address, kind in page.feeds:
            yield f'<link rel="alternate" type="{kind}" title="{html.escape(title)}" href="{root}{address}">'
        yield from feeds.metadata(
            page.subject, page.title, page.address, page.crumbs, site, self.library
        )

    def _leaf(self, page: Page) -> Leaf:
        when = sitemap.changed(page.subject, self.history)
        return Leaf(page.address, page.title, page.indexed, when.isoformat() if when else "")


def _card(page: Page, book: Book) -> str:
    """The picture that goes with a link to the page: its own, its plan's, or the site's; "" for none."""
    own = [page.address]
    if isinstance(page.subject, Event):
        own.append(page.subject.plan.address)
    cards = [card_address(address) for address in (*own, "")]
    if isinstance(page.subject, Slogan):
        cards.insert(0, f"{page.address}{page.subject.id}-the-1200x630.png")
    return next((card for card in cards if card in book.prints), "") if book.site.url else ""


def _statics(taken: Container[str], desk: Desk) -> Iterator[Artefact]:
    frame = desk.assembly.frame
    yield from (file for file in frame.files() if file.address not in taken)
    if brand := desk.site.extra.get("brand"):
        yield _whole(f"{frame.assets}css/brand.css", stylesheet(brand).encode())


def _public(desk: Desk) -> Iterator[Artefact]:
    for file, content in desk.project.public.items():
        yield Plain(file, content, partial(desk.project.public_bytes, file))


def _photographs(originals: dict[str, str], desk: Desk) -> Iterator[Artefact]:
    used = set()
    for file, state in originals.items():
        for width, extension in product(WIDTHS, FORMATS):
            key = fingerprint(photographs.VERSION, state, width, extension)
            used.add(key)
            make = partial(desk.assembly.photograph, file, width, extension, key)
            yield Plain(place_of(file, width, extension), key, make)
    desk.assembly.smaller.prune(used)


def _print(desk: Desk) -> Iterator[Artefact]:
    for plan in desk.library.plans:
        yield from catalogue.own(plan, desk.library, desk.site)


def _prints(originals: dict[str, str], desk: Desk) -> Iterator[Artefact]:
    library, site = desk.library, desk.site
    calendars = {
        campaign.address: feeds.campaign_calendar(campaign, library, site).decode()
        for campaign in library.campaigns
    }
    for made in catalogue.shared(library, site, catalogue.Beside(calendars, originals)):
        if made.kind != "icon" or not desk.is_given(made.address):
            yield made


def _pages(room: str, desk: Desk) -> Iterator[Artefact]:
    yield from map(desk.artefact, pages.listing(room, desk.book))


def _plan(file: str, desk: Desk) -> Iterator[Artefact]:
    plan = desk.library.document(f"{desk.library.name}/{file}")
    if not isinstance(plan, Plan):
        return
    yield desk.artefact(plan_page(desk.book, plan))
    yield from feeds.own(plan, desk.library, desk.site, desk.history)


def _of_year(room: str, year: int, desk: Desk, **more: object) -> Iterator[Artefact]:
    yield from map(desk.artefact, pages.of_year(room, desk.book, year, **more))


def _feeds(kind: str, desk: Desk) -> Iterator[Artefact]:
    for feed in feeds.shared(kind, desk.library, desk.site, desk.history):
        if kind != "description" or not desk.is_given(feed.address):
            yield feed


def _api(years: list[int], desk: Desk) -> Iterator[Artefact]:
    yield feeds.years(years, desk.site)


def _records(year: int, run: list[str], desk: Desk) -> Iterator[Artefact]:
    for feed, told in yearly.of_run(year, run, desk.library, desk.site, desk.history):
        yield RecordsFile(feed.address, feed.fingerprint, feed.make, told)


def _api_of(year: int, told: Callable[[], Iterable[Told]], desk: Desk) -> Iterator[Artefact]:
    yield yearly.index_of(year, told(), desk.site)


def _search(shards: list[search.Shard], desk: Desk) -> Iterator[Artefact]:
    assembly = desk.assembly
    yield from search.files(shards, desk.library.abbreviations, assembly.bundle)
    assembly.kept_index.prune(shard.key for shard in shards)


def _sitemap(leaves: Callable[[], list[Leaf]], desk: Desk) -> Iterator[Artefact]:
    shown = [leaf for leaf in leaves() if leaf.indexed]
    # A list, a calendar, the home page say something else at the latest when a document does.
    changed = (leaf.changed for leaf in shown if leaf.changed)
    latest = max(changed, key=datetime.fromisoformat, default="")
    rows = [(leaf.address, leaf.changed or latest or None) for leaf in shown]
    yield from sitemap.feeds(rows, desk.site)


def _moved(
    leaves: Callable[[], list[Leaf]], files: dict[str, str], desk: Desk
) -> Iterator[Artefact]:
    """The pages at the addresses that documents left, and what stood beside them."""
    moved, removed = desk.project.departures
    if not moved and not removed:
        return
    titles = {leaf.address: leaf.title for leaf in leaves()}
    moves, notices = redirects.settle(moved, removed, titles)
    made: list[Artefact] = [desk.artefact(redirects.removed_page(notice)) for notice in notices]
    for move in moves:
        content = redirects.moved_page(move, titles[move.new], desk.site.url)
        made.append(_whole(f"{move.old}index.html", content))
    for old, now in redirects.copies(moves, files).items():
        made.append(Plain(old, f"copy {files[now]}", partial(desk.assembly.read, now)))
    yield from (artefact for artefact in made if artefact.address not in files)


def _about(desk: Desk) -> Iterator[Artefact]:
    """The files that show from outside how the site is (see `status`)."""
    library, site = desk.library, desk.site
    counts = {
        "plans": len(library.plans),
        "events": len(library.events),
        "campaigns": len(library.campaigns),
        "materials": len(library.materials),
        "units": len(library.units),
    }
    late = status.overdue(library.documents, site.clock.date())
    card = status.build_json(
        commit=desk.project.commit,
        clock=site.clock,
        counts=counts,
        findings=desk.project.findings,
        overdue=late,
    )
    yield _whole("api/v1/build.json", card)
    if contact := site.extra.get("security"):
        text = status.security_txt(contact=contact, url=site.url, clock=site.clock)
        yield _whole(".well-known/security.txt", text)


def _whole(path: str, content: bytes) -> Artefact:
    return Plain(path, digest(content), lambda: content)
