"""From `content/` to a site: reads the library, lets the rooms write, and hands MkDocs the results."""

import fcntl
import html
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import urlsplit

import mkdocs.commands.build
from jinja2 import Environment
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from kehoach import feeds, prints, rules
from kehoach.cache import Cache, fingerprint
from kehoach.feeds import sitemap
from kehoach.history import History
from kehoach.layout import Layout
from kehoach.pages import pages_of
from kehoach.pages.page import Page, Templates
from kehoach.pages.parts import Book
from kehoach.records.event import Event, Slogan
from kehoach.records.finding import Finding, Severity
from kehoach.records.library import Library, read_library
from kehoach.site import TIMEZONE, Site

FEW = 16  # prints that one process draws before another would have started


@dataclass(frozen=True, slots=True)
class Artefact:
    """One file of the site: its path and its bytes."""

    path: str
    content: bytes


@dataclass(frozen=True)
class Project:
    """A department's repository, read."""

    root: Path
    library: Library
    site: Site

    @cached_property
    def history(self) -> History:
        return History.read(self.root, self.library)

    @cached_property
    def findings(self) -> list[Finding]:
        return rules.check(self.library, today=self.site.clock.date())

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity is Severity.ERROR]


def open_project(config: MkDocsConfig) -> Project:
    """The project that `mkdocs.yml` describes."""
    root = Path(config.config_file_path).parent
    extra = dict(config.extra)
    extra.pop("project", None)
    site = Site(
        name=config.site_name,
        url=config.site_url or "",
        description=config.site_description or "",
        clock=clock(root),
        department=extra.get("department", {}).get("unit", ""),
        extra=extra,
    )
    content = Path(config.docs_dir)
    return Project(root, read_library(content, name=os.path.relpath(content, root)), site)


def clock(root: Path) -> datetime:
    """The build's time: SOURCE_DATE_EPOCH, else the last commit's, else the epoch."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        log = subprocess.run(
            ["git", "log", "-1", "--format=%ct"], cwd=root, capture_output=True, text=True, check=False
        )
        epoch = log.stdout.strip()
    return datetime.fromtimestamp(int(epoch or 0), UTC).astimezone(TIMEZONE)


def configure(root: Path, out: Path) -> MkDocsConfig:
    return load_config(str(root / "mkdocs.yml"), site_dir=str(out))


def prepare(config: MkDocsConfig) -> None:
    """Read the project once a build; findings of errors end it before MkDocs cleans anything."""
    if "project" not in config.extra:
        config.extra["project"] = open_project(config)
    project: Project = config.extra["project"]
    if project.errors:
        raise Abort(f"Còn {len(project.errors)} lỗi trong nội dung: chạy python3 build.py check")


def is_served(path: str) -> bool:
    """Whether a file of `content/` or of a theme goes to the site as it stands.

    Records become pages; of Material only what its layout asks for is served.
    """
    if path.endswith((".md", ".yml", ".py")) or path.startswith(("schema/", "print/", "pages/")):
        return False
    return not path.startswith(("assets/javascripts/", "assets/stylesheets/", "assets/images/"))


def artefacts(config: MkDocsConfig, environment: Environment) -> Iterator[Artefact]:
    """Every generated file of the site, in a fixed order."""
    project: Project = config.extra["project"]
    printed = list(prints.artefacts(project.library, project.site))
    book = Book(
        project.library,
        project.site,
        project.history,
        frozenset(made.address for made in printed),
        {slogan.page: prints.banner_files(slogan) for slogan in project.library.slogans},
    )
    templates = Templates(Path(config.theme.custom_dir) / "pages")
    layouts = Layouts(config, environment)
    indexed: list[tuple[str, object]] = []
    for page in pages_of(book):
        if page.indexed:
            indexed.append((page.address, page.subject))
        yield Artefact(page.path, render(page, project, templates, layouts, book.prints).encode())
    for feed in feeds.artefacts(project.library, project.site, project.history):
        yield Artefact(feed.address, feed.content)
    for feed in sitemap.feeds(indexed, project.site, project.history):
        yield Artefact(feed.address, feed.content)
    yield from _drawn(printed, Cache(project.root / ".cache" / "build" / "prints"))


def _drawn(printed: list[prints.Print], cache: Cache) -> Iterator[Artefact]:
    """Every print, from the cache or drawn by as many processes as there are cores."""
    keys = {made.address: fingerprint(made.kind, made.data) for made in printed}
    missing = [made for made in printed if cache.get(keys[made.address]) is None]
    with ProcessPoolExecutor(mp_context=get_context("forkserver")) if len(missing) > FEW else nullcontext() as pool:
        drawn = pool.map(_make, missing, chunksize=8) if pool else map(_make, missing)
        for made, content in zip(missing, drawn, strict=True):
            cache.put(keys[made.address], content)
    for made in printed:
        yield Artefact(made.address, cache.make(keys[made.address], made.make))
    cache.prune()


def _make(made: prints.Print) -> bytes:
    return made.make()


class Layouts:
    """The layout of each section, rendered when first asked for."""

    def __init__(self, config: MkDocsConfig, environment: Environment) -> None:
        self._config = config
        self._render = environment.get_template("main.html").render
        self._layouts: dict[str, Layout] = {}

    def __getitem__(self, section: str) -> Layout:
        if section not in self._layouts:
            self._layouts[section] = Layout.render(
                self._render, section, config=self._config, nav=None, extra_css=[], extra_javascript=[]
            )
        return self._layouts[section]


def render(
    page: Page, project: Project, templates: Templates, layouts: Layouts, printed: frozenset[str]
) -> str:
    root = (urlsplit(project.site.url).path or "/") if page.anywhere else page.root
    return layouts[page.section].fill(
        title=page.title,
        description=" ".join(page.description.split()),
        head=_head(page, project, root, printed),
        content=templates.render(page, root),
        base=root.removesuffix("/"),
    )


def _head(page: Page, project: Project, root: str, printed: frozenset[str]) -> str:
    """What machines read of a page: its address, its feeds, its metadata."""
    lines = []
    if not page.indexed:
        lines.append('<meta name="robots" content="noindex">')
    elif project.site.url:
        lines.append(f'<link rel="canonical" href="{html.escape(project.site.absolute(page.address))}">')
    if card := _card(page, project, printed):
        lines.append(f'<meta property="og:image" content="{html.escape(project.site.absolute(card))}">')
    if page.banner:
        font = f"{root}assets/fonts/Anton-Regular.woff2"
        lines.append(f'<link rel="preload" href="{font}" as="font" type="font/woff2" crossorigin>')
    for title, address, media_type in page.feeds:
        lines.append(
            f'<link rel="alternate" type="{media_type}" title="{html.escape(title)}" href="{root}{address}">'
        )
    lines += feeds.metadata(page.subject, page.title, page.address, page.crumbs, project.site, project.library)
    return "\n".join(lines)


def _card(page: Page, project: Project, printed: frozenset[str]) -> str:
    """The picture that goes with a link to the page: its own, its plan's, or the site's; "" for none."""
    own = [page.address]
    if isinstance(page.subject, Event):
        own.append(page.subject.plan.address)
    cards = [prints.card_address(address) for address in (*own, "")]
    if isinstance(page.subject, Slogan):
        cards.insert(0, f"{page.address}{page.subject.id}-the-1200x630.png")
    return next((card for card in cards if card in printed), "") if project.site.url else ""


def build(root: Path, out: Path, *, strict: bool, project: Project | None = None) -> None:
    """Build beside `out`, then put the whole in its place; a failure leaves `out` as it was."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{out.name}.", dir=out.parent) as beside:
        fresh = Path(beside) / "site"
        config = configure(root, fresh)
        config.strict = strict
        if project:
            config.extra["project"] = project
        mkdocs.commands.build.build(config)
        fresh.chmod(0o755)
        with exclusive(root / ".cache" / "site.lock"):
            if out.exists():
                out.rename(Path(beside) / "old")
            fresh.rename(out)


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the lock file `path`; another process waits."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def forget(root: Path) -> None:
    """Throw away what earlier builds remembered."""
    shutil.rmtree(root / ".cache" / "build", ignore_errors=True)


