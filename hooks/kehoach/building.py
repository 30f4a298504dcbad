"""The build: MkDocs reads `mkdocs.yml` and writes the site; the project's rooms give it the files."""

import fcntl
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import mkdocs.commands.build
from jinja2 import Environment
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File

from kehoach import assembling, assets
from kehoach.assembling import Artefact
from kehoach.layout import Layout
from kehoach.pages.page import Templates
from kehoach.project import CACHE, Project, clock
from kehoach.records.library import read_library
from kehoach.records.memory import Memory
from kehoach.site import Site

PACKAGE = Path(__file__).resolve().parent
HOOKS = str(PACKAGE.parent)

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


def configure(root: Path, out: Path) -> MkDocsConfig:
    return load_config(str(root / "mkdocs.yml"), site_dir=str(out))


def open_project(config: MkDocsConfig, *, drafts: bool = False) -> Project:
    """The project that `mkdocs.yml` describes; `drafts` shows what is not published yet."""
    root = Path(config.config_file_path).parent
    extra = {name: value for name, value in config.extra.items() if name != "project"}
    site = Site(
        name=config.site_name,
        url=config.site_url or "",
        description=config.site_description or "",
        clock=clock(root),
        department=extra.get("department", {}).get("unit", ""),
        scheme=extra.get("scheme") or "do-vang",
        extra=extra,
    )
    content = Path(config.docs_dir)
    memory = Memory(root / CACHE / "records.sqlite", [PACKAGE / "records", PACKAGE / "rules"])
    library = read_library(content, name=os.path.relpath(content, root), memory=memory)
    return Project(root, library, site, memory, drafts)


def prepare(config: MkDocsConfig) -> None:
    """Read the project once a build; findings of errors end it before MkDocs cleans anything."""
    # MkDocs forgets where it found its hooks; the processes that draw must find the package too.
    if HOOKS not in sys.path:
        sys.path.append(HOOKS)
    if "project" not in config.extra:
        config.extra["project"] = open_project(config)
    project: Project = config.extra["project"]
    if project.errors:
        raise Abort(f"Còn {len(project.errors)} lỗi trong nội dung: chạy python3 build.py check")


def is_served(path: str) -> bool:
    """Whether a file of `content/` or of a theme goes to the site as it stands."""
    return not path.endswith(_KEPT_BACK) and not path.startswith(_NOT_SERVED)


def place(file: File, config: MkDocsConfig) -> File:
    """Give a file of the theme's assets its address in the site."""
    if file.src_uri.startswith(assets.SOURCE) and file.src_dir != config.docs_dir:
        file.dest_uri = config.extra["project"].assets + file.src_uri.removeprefix(assets.SOURCE)
    return file


def artefacts(config: MkDocsConfig, environment: Environment) -> Iterator[Artefact]:
    """Every generated file; `environment` holds Material's templates and the theme's main.html."""
    project: Project = config.extra["project"]
    main = environment.get_template("main.html")

    def layout(section: str) -> Layout:
        return Layout.render(main.render, section, config=config, nav=None, assets=project.assets)

    templates = Templates(Path(config.theme.custom_dir) / "pages")
    return assembling.artefacts(project, templates, layout)


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
    shutil.rmtree(root / CACHE, ignore_errors=True)
