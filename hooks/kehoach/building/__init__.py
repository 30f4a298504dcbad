"""The build: what changed is made again, beside the public site, and then takes its place.

MkDocs reads `mkdocs.yml` and gives the frame (`frame`); the rooms give the parts (`assembling`);
the ledger tells which of them stand as they are; the tree holds the files.
"""

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kehoach.building import assets, turns
from kehoach.building.assembling import Assembly
from kehoach.building.cache import (
    CompiledTemplates,
    digest,
    fingerprint,
    read_sealed,
    write_sealed,
)
from kehoach.building.frame import ByHand, Frame, Kept, Layouts, state_of
from kehoach.building.layout import Layout
from kehoach.building.ledger import Ledger
from kehoach.building.making import PART, Making
from kehoach.building.problem import SetupError
from kehoach.building.project import CACHE, Project, clock, read_head
from kehoach.building.shelf import Shelf
from kehoach.building.tree import Folder, Tree
from kehoach.pages import SECTIONS, compiling
from kehoach.pages.brand import stylesheet
from kehoach.pages.page import Templates
from kehoach.records.memory import Memory
from kehoach.site import Site

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File

HOOKS = Path(__file__).resolve().parents[2]
SIGN = "api/v1/build.json"  # what every site has and no other folder

# Of a theme or of content/, what is not for readers: sources, records, schemas, and of Material all
# that its own layout and scripts would ask for.
_KEPT_BACK = (".md", ".yml", ".py")
_NOT_SERVED = (
    "schema/",
    "print/",
    "pages/",
    "assets/javascripts/",
    "assets/stylesheets/",
    "assets/images/",
)


@dataclass(frozen=True)
class Settings:
    """What `mkdocs.yml` says, as far as it concerns more than MkDocs; `out` is where the site goes."""

    root: Path
    out: Path
    content: Path
    theme: Path
    site_name: str
    site_url: str
    site_description: str
    extra: dict[str, Any]
    edition: str = ""  # another one whenever MkDocs may read another thing


def configure(root: Path, out: Path) -> Settings:
    """The settings of the project at `root`, read by MkDocs when they have changed.

    Raises SetupError where there are none, or none that MkDocs can read.
    """
    try:
        text = (root / "mkdocs.yml").read_bytes()
    except OSError as error:
        raise SetupError(f"Không đọc được mkdocs.yml: {error.strerror}.") from None
    # What depends on the environment or on another file is asked for every time.
    lasting = b"!ENV" not in text and b"INHERIT" not in text
    kept = root / ".cache" / "build" / "settings"
    key = digest(text, packages().encode())
    content = read_sealed(kept) if lasting else None
    found = json.loads(bytes(content)) if content else {}
    if found.get("key") != key:
        found = {
            "key": key if lasting else os.urandom(20).hex(),
            **_settings(_load(root, kept.parent / "site")),
        }
        if lasting and _is_plain(found):
            kept.parent.mkdir(parents=True, exist_ok=True)
            write_sealed(kept, json.dumps(found).encode())
    return Settings(
        root,
        Path(os.path.realpath(out)),
        root / found["content"],
        root / found["theme"],
        *found["site"],
        extra=found["extra"],
        edition=found["key"],
    )


def _settings(config: "MkDocsConfig") -> dict[str, Any]:
    root = Path(config.config_file_path).parent
    return {
        "content": os.path.relpath(config.docs_dir, root),
        "theme": os.path.relpath(config.theme.custom_dir, root),
        "site": [config.site_name, config.site_url or "", config.site_description or ""],
        "extra": {name: value for name, value in config.extra.items() if name != "frame"},
    }


def _is_plain(value: Any) -> bool:
    try:
        return json.loads(json.dumps(value)) == value
    except TypeError:
        return False


def _load(root: Path, out: Path) -> "MkDocsConfig":
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, ConfigurationError

    try:
        return load_config(str(root / "mkdocs.yml"), site_dir=str(out))
    except ConfigurationError as error:
        raise SetupError(f"mkdocs.yml không dùng được: {error}") from None
    except Abort:  # MkDocs has said what is wrong
        raise SetupError("mkdocs.yml không dùng được.") from None


def open_project(
    settings: Settings,
    *,
    drafts: bool = False,
    shelf: Shelf | None = None,
    released: frozenset[str] = frozenset(),
) -> Project:
    """The project as it lies on the disk; `drafts` shows what is not published yet.

    `released` are the addresses that releases of the site have held: they must go on answering.
    With the `shelf` of an earlier project, only what has changed since is read. Raises SetupError
    where there is no text at all: an empty folder must not make an empty site.
    """
    root, extra = settings.root, settings.extra
    shelf = shelf or _shelf(settings, _state(settings, drafts) / "ledger")
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
    memory = Memory(_store(settings.root) / "memory", [code / "records", code / "rules"])
    name = os.path.relpath(settings.content, settings.root)
    return Shelf(settings.content, memory, Ledger(ledger, edition()), name=name)


def _store(root: Path) -> Path:
    return root / CACHE


def _state(settings: Settings, drafts: bool) -> Path:
    """Where the builds into one folder keep what they know."""
    name = f"{settings.out} {drafts}".encode()
    return _store(settings.root) / hashlib.blake2b(name, digest_size=6).hexdigest()


@lru_cache  # not `cache`, which is a module here
def edition() -> str:
    """A hash of the code as this process runs it, and of the versions of all that it uses."""
    code = (path.read_bytes() for path in sorted(HOOKS.rglob("*.py")))
    return digest(packages().encode(), *code)


def packages() -> str:
    """Python's version and the installed packages' with theirs, by the folders that say so."""
    sites = [path for path in sys.path if path.endswith("-packages") and os.path.isdir(path)]
    names = sorted(name for site in sites for name in os.listdir(site) if name.endswith("-info"))
    return " ".join([sys.version, *names])


def build(
    root: Path,
    out: Path,
    *,
    strict: bool,
    project: Project | None = None,
    with_prints: bool = True,
    with_search: bool = True,
) -> None:
    """Bring the site in `out` up to date in one step; a failure leaves it as it was.

    Raises SetupError where something else than a site stands there, which would be gone.
    """
    settings = configure(root, out)
    out = settings.out
    _refuse(out, [settings.content, settings.theme, HOOKS])
    drafts = bool(project and project.drafts)
    state = _state(settings, drafts)
    with taking_turns(settings, drafts=drafts):
        project = project or open_project(settings)
        ledger = project.ledger
        tree = Tree(out, _beside(out, state), ledger.site)
        if not tree.stands:
            ledger.forget(PART)
        with _placing(out):
            tree.open()
        frame = _frame(settings, project, strict, state)
        asked = {"with_prints": with_prints, "with_search": with_search}
        assembly = Assembly(project, frame, tree.next.root, **asked)

        _ = project.history  # read once, for all of a crew
        Making(assembly, tree.next).make()
        with _placing(out):
            ledger.site = tree.close()
        ledger.forget(PART)  # but those of this build
        project.save(whole=True)


def _refuse(out: Path, sources: list[Path]) -> None:
    """Refuse `out` as the place of a site, unless it is one, or empty, or can be made."""
    if any(out.is_relative_to(source.resolve()) for source in sources):
        raise SetupError(f"{out} là nguồn của trang: trang dựng ra phải nằm ở thư mục khác.")
    if out.is_mount():
        raise SetupError(f"{out} là điểm gắn kết (mount): để trang trong một thư mục bên trong nó.")
    with _placing(out):
        if out.is_dir():
            foreign = any(out.iterdir()) and not (out / SIGN).is_file()
        else:
            foreign = out.exists() or out.is_symlink()
            out.parent.mkdir(parents=True, exist_ok=True)
    if foreign:
        raise SetupError(f"{out} đã có nội dung khác: chọn thư mục trống hoặc chưa có.")


@contextmanager
def _placing(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SetupError(f"Không dùng được {out} làm nơi để trang: {error.strerror}.") from None


def _beside(out: Path, state: Path) -> Path:
    """Where the next site is made: out of sight, but where it can be moved from in one step."""
    near = out.parent.stat().st_dev == state.stat().st_dev
    return state / "site" if near else out.with_name(f".{out.name}.next")


def _frame(settings: Settings, project: Project, strict: bool, state: Path) -> Frame:
    def run(files: Path, sections: set[str]) -> tuple[str, Layouts]:
        import mkdocs.commands.build

        config = _load(settings.root, files)
        config.strict = strict
        kept = config.extra["frame"] = Kept(assets_of(settings), sections, {})
        mkdocs.commands.build.build(config)
        return kept.assets, kept.layouts

    shelf = project.shelf
    beside = [(name, file.digest) for name, file in shelf.files.items() if not name.endswith(".md")]
    key = fingerprint(
        settings.edition, shelf.ledger.edition, state_of(settings.theme), beside, strict
    )
    templates = Templates(
        settings.theme / "pages",
        CompiledTemplates(_store(settings.root) / "templates", compiling.EDITION),
    )
    folders = (name for name in shelf.folders if not name.endswith(".md"))
    return Frame(state / "frame", key, templates, run, {*SECTIONS, *folders})


def prepare(config: "MkDocsConfig") -> None:
    """Before MkDocs cleans anything: by hand it builds the whole, and findings of errors end it."""
    from mkdocs.exceptions import Abort

    # MkDocs forgets where it found its hooks; the processes that draw must find the package too.
    if str(HOOKS) not in sys.path:
        sys.path.append(str(HOOKS))
    if "frame" in config.extra:
        return
    found = _settings(config)
    root = Path(config.config_file_path).parent
    settings = Settings(
        root,
        Path(config.site_dir),
        Path(config.docs_dir),
        root / found["theme"],
        *found["site"],
        extra=found["extra"],
    )
    try:
        project = open_project(settings, shelf=_shelf(settings, None))
    except SetupError as error:
        raise Abort(str(error)) from None
    if project.errors:
        raise Abort(f"Còn {len(project.errors)} lỗi trong nội dung: chạy python3 build.py check")
    config.extra["frame"] = Kept(assets_of(settings), set(), {}, project)


def assets_of(settings: Settings) -> str:
    """The folder of the site that holds the theme's scripts, styles and fonts."""
    brand = settings.extra.get("brand")
    return assets.folder(settings.theme, stylesheet(brand).encode() if brand else b"")


def is_served(path: str) -> bool:
    """Whether a file of `content/` or of a theme goes to the site as it stands."""
    return not path.endswith(_KEPT_BACK) and not path.startswith(_NOT_SERVED)


def place(file: "File", config: "MkDocsConfig") -> "File":
    """Give a file of the theme's assets its address in the site."""
    if file.src_uri.startswith(assets.SOURCE) and file.src_dir != config.docs_dir:
        file.dest_uri = config.extra["frame"].assets + file.src_uri.removeprefix(assets.SOURCE)
    return file


def take_layouts(config: "MkDocsConfig", environment: "Environment") -> None:
    """Render the layout of every section; `environment` holds Material's templates and the theme's."""
    main = environment.get_template("main.html")
    kept: Kept = config.extra["frame"]
    addresses = [address for entry in config.nav or () for address in entry.values()]
    kept.render = partial(_layout, main.render, config)
    for section in sorted(kept.sections | {address.split("/", 1)[0] for address in addresses}):
        kept.layouts[section] = kept.render(section)


def _layout(render: Callable[..., str], config: "MkDocsConfig", section: str) -> Layout:
    return Layout.render(
        render, section, config=config, nav=None, assets=config.extra["frame"].assets
    )


def finish(config: "MkDocsConfig") -> None:
    """By hand: put everything that the rooms make beside what MkDocs has put there."""
    kept: Kept = config.extra["frame"]
    if kept.project is None:
        return
    templates = Templates(Path(config.theme.custom_dir) / "pages")
    folder = Folder(Path(config.site_dir))
    frame = ByHand(templates, kept.assets, kept.render)
    Making(Assembly(kept.project, frame, folder.root), folder).make()


remembering = turns.remembering


def taking_turns(settings: Settings, *, drafts: bool = False) -> AbstractContextManager[None]:
    """Read and build while no other process does for the same folder.

    Who reads first and waits then would publish what is older over what is newer.
    """
    return turns.holding(_state(settings, drafts) / "lock")
