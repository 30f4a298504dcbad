"""The files of a site: every room's part of it, in a fixed order, as paths and bytes."""

import html
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import chain
from multiprocessing import get_context
from urllib.parse import urlsplit

from kehoach import feeds, prints, redirects, search, watch
from kehoach.cache import Cache, fingerprint
from kehoach.feeds import sitemap
from kehoach.layout import Layout
from kehoach.pages import pages_of
from kehoach.pages.brand import stylesheet
from kehoach.pages.page import Page, Templates
from kehoach.pages.parts import Book
from kehoach.project import CACHE, Project
from kehoach.records.event import Event, Slogan

FEW = 16  # prints that one process draws before another would have started


@dataclass(frozen=True, slots=True)
class Artefact:
    """One file of the site: its path and its bytes."""

    path: str
    content: bytes


class Renderer:
    """Pages as whole HTML files. `layout` renders main.html for a section; it is asked once each."""

    def __init__(
        self,
        project: Project,
        templates: Templates,
        layout: Callable[[str], Layout],
        printed: frozenset[str],
    ) -> None:
        self._project = project
        self._templates = templates
        self._layout = layout
        self._layouts: dict[str, Layout] = {}
        self._printed = printed

    def __call__(self, page: Page) -> Artefact:
        if page.section not in self._layouts:
            self._layouts[page.section] = self._layout(page.section)
        root = (urlsplit(self._project.site.url).path or "/") if page.anywhere else page.root
        text = self._layouts[page.section].fill(
            title=page.title,
            description=" ".join(page.description.split()),
            head="\n".join(self._head(page, root)),
            content=self._templates.render(page, root),
            base=root.removesuffix("/"),
        )
        return Artefact(page.path, text.encode())

    def _head(self, page: Page, root: str) -> Iterator[str]:
        """What machines read of a page: its address, its picture, its feeds, its metadata."""
        site, library = self._project.site, self._project.published
        if not page.indexed:
            yield '<meta name="robots" content="noindex">'
        elif site.url:
            yield f'<link rel="canonical" href="{html.escape(site.absolute(page.address))}">'
        if card := self._card(page):
            yield f'<meta property="og:image" content="{html.escape(site.absolute(card))}">'
        if page.banner:
            font = f"{root}{self._project.assets}fonts/Anton-Regular.woff2"
            yield f'<link rel="preload" href="{font}" as="font" type="font/woff2" crossorigin>'
        for title, address, kind in page.feeds:
            yield f'<link rel="alternate" type="{kind}" title="{html.escape(title)}" href="{root}{address}">'
        yield from feeds.metadata(
            page.subject, page.title, page.address, page.crumbs, site, library
        )

    def _card(self, page: Page) -> str:
        """The picture that goes with a link to the page: its own, its plan's, or the site's; "" for none."""
        own = [page.address]
        if isinstance(page.subject, Event):
            own.append(page.subject.plan.address)
        cards = [prints.card_address(address) for address in (*own, "")]
        if isinstance(page.subject, Slogan):
            cards.insert(0, f"{page.address}{page.subject.id}-the-1200x630.png")
        return next((c for c in cards if c in self._printed), "") if self._project.site.url else ""


def artefacts(
    project: Project, templates: Templates, layout: Callable[[str], Layout]
) -> Iterator[Artefact]:
    """Every generated file of the site; `layout` renders main.html for a section."""
    library, site, history = project.published, project.site, project.history
    printed = list(prints.artefacts(library, site))
    banners = {slogan.page: prints.banner_files(slogan) for slogan in library.slogans}
    book = Book(
        library, site, history, frozenset(made.address for made in printed), banners, prints.phrases
    )
    render = Renderer(project, templates, layout, book.prints)

    pages = list(pages_of(book))
    titles = {page.address: page.title for page in pages}
    moves, notices = redirects.settle(*project.departures, titles)
    for page in chain(pages, map(redirects.removed_page, notices)):
        yield render(page)
    for move in moves:
        content = redirects.moved_page(move, titles[move.new], site.url)
        yield Artefact(f"{move.old}index.html", content)

    machines = list(feeds.artefacts(library, site, history))
    paths = [*(feed.address for feed in machines), *book.prints]
    copies = {now: old for old, now in redirects.copies(moves, paths).items()}
    indexed = [(page.address, page.subject) for page in pages if page.indexed]
    machines += sitemap.feeds(indexed, site, history)
    made = (Artefact(feed.address, feed.content) for feed in machines)
    drawn = _drawn(printed, Cache(project.root / CACHE / "prints"))
    for artefact in chain(made, drawn):
        yield artefact
        if old := copies.get(artefact.path):
            yield Artefact(old, artefact.content)

    shards = Cache(project.root / ".cache" / "build" / "search")
    for part in search.artefacts(library, shards.make):
        yield Artefact(part.path, part.content)
    shards.prune()
    if brand := site.extra.get("brand"):
        yield Artefact(f"{project.assets}css/brand.css", stylesheet(brand).encode())
    yield from _about(project)


def _drawn(printed: list[prints.Print], cache: Cache) -> Iterator[Artefact]:
    """Every print, from the cache or drawn by as many processes as there are cores."""
    keys = {made.address: fingerprint(made.kind, made.data) for made in printed}
    missing = [made for made in printed if cache.get(keys[made.address]) is None]
    several = len(missing) > FEW
    with (
        ProcessPoolExecutor(mp_context=get_context("forkserver"))
        if several
        else nullcontext() as pool
    ):
        contents = pool.map(_make, missing, chunksize=8) if pool else map(_make, missing)
        for made, content in zip(missing, contents, strict=True):
            cache.put(keys[made.address], content)
    for made in printed:
        yield Artefact(made.address, cache.make(keys[made.address], made.make))
    cache.prune()


def _make(made: prints.Print) -> bytes:
    return made.make()


def _about(project: Project) -> Iterator[Artefact]:
    """What tells from outside how the site is."""
    library, site = project.published, project.site
    counts = {
        "plans": len(library.plans),
        "events": len(library.events),
        "campaigns": len(library.campaigns),
        "materials": len(library.materials),
        "units": len(library.units),
    }
    overdue = watch.stale(library.documents, site.clock.date())
    card = watch.build_json(
        commit=project.commit,
        clock=site.clock,
        counts=counts,
        findings=project.findings,
        overdue=overdue,
    )
    yield Artefact("api/v1/build.json", card)
    if contact := site.extra.get("security"):
        text = watch.security_txt(contact=contact, url=site.url, clock=site.clock)
        yield Artefact(".well-known/security.txt", text)
