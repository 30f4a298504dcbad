"""All that is asked of MkDocs: what `mkdocs.yml` says, the theme's static files, the layouts.

With `mkdocs_events` this is the only module that knows MkDocs. In a run that the program began, MkDocs
makes the frame of a site (see `frame`); in one begun by hand (`mkdocs build`), the rooms put
everything else beside it.
"""

import logging
import os
import sys
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import mkdocs.commands.build
from jinja2 import Environment
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File
from mkdocs.utils.yaml import yaml_load

from kehoach.building import assets, recognised, theming, translating
from kehoach.building.assembling import Assembly
from kehoach.building.frame import ByHand, Layouts
from kehoach.building.layout import Layout
from kehoach.building.making import Making
from kehoach.building.problem import SetupError
from kehoach.building.program import HOOKS
from kehoach.building.project import Project, open_project
from kehoach.building.settings import CACHE, Settings, settings_of
from kehoach.building.tree import Folder
from kehoach.pages.page import Templates
from kehoach.records.source import load as read
from kehoach.records.source import parse_yaml

_NAME = "kehoach-run"  # of a run among MkDocs' plugins
_EVENTS = (
    "mkdocs_events"  # the module of our events: a hook in this repository, a plugin in a wheel
)


def load(root: Path, out: Path) -> MkDocsConfig:
    """The configuration that MkDocs reads from `mkdocs.yml` for a site in `out`; raises SetupError where it cannot."""
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    try:
        # Texts are ours to read: what their extensions are called is judged by `recognised`.
        config = load_config(
            str(root / "mkdocs.yml"), site_dir=str(out), plugins=[], markdown_extensions=[]
        )
        return _translated(config)
    except ConfigurationError as error:
        raise SetupError(_told(root, f"mkdocs.yml không dùng được: {error}")) from None
    except Abort:  # MkDocs has said what is wrong
        raise SetupError(_told(root, "mkdocs.yml không dùng được.")) from None


def _told(root: Path, message: str) -> str:
    """`message`, and what we know to be wrong in settings that MkDocs cannot read."""
    source = parse_yaml(read(root / "mkdocs.yml"), "mkdocs.yml")
    found = recognised.problems(source, root, root / "content", frozenset())
    lines = (
        f"{f.path}:{f.line}: {f.field}: {f.message} ({f.hint})"
        for f in found
        if f.field[:3] != "nav"
    )
    return "\n".join([message, *lines])


def _translated(config: MkDocsConfig) -> MkDocsConfig:
    """The settings in our words, and our theme under whatever the department lays over it."""
    if translating.KEY not in config.extra:
        with open(config.config_file_path, "rb") as file:
            said = yaml_load(file)
        look = {n: config.theme[n] for n in ("logo", "favicon", "palette") if n in config.theme}
        content = Path(config.docs_dir)
        extra = translating.translate(dict(config.extra), look, said, content)
        root, own = Path(config.config_file_path).parent, config.theme.custom_dir
        folders = filter(None, [config.docs_dir, own])
        watched = [os.path.relpath(folder, root) for folder in folders]
        translating.of(extra)["watch"] += watched
        config["extra"] = extra
    config.nav = None  # it is ours to show and to check
    theme = str(_theme_of(config))
    if theme not in config.theme.dirs:
        config.theme.dirs.insert(0, theme)
    return config


def _theme_of(config: MkDocsConfig) -> Path:
    """The folder of the whole theme."""
    own = config.theme.custom_dir
    root = Path(config.config_file_path).parent
    if own and _holds(own, root, config.docs_dir):
        name = os.path.relpath(own, root)
        hint = "đặt giao diện của Sở trong một thư mục riêng, ví dụ theme/"
        raise SetupError(f"mkdocs.yml: theme.custom_dir: {name} không dùng được: {hint}.")
    return theming.whole(Path(own) if own else None, root / CACHE / "theme")


def _holds(own: str, root: Path, content: str) -> bool:
    """Whether the folder of a theme is the repository, or shares files with the texts: a push to these
    must not change what runs."""
    theme, texts = Path(os.path.realpath(own)), Path(os.path.realpath(content))
    within = theme.is_relative_to(texts) or texts.is_relative_to(theme)
    return within or root.resolve().is_relative_to(theme)


def settings_in(config: MkDocsConfig) -> dict[str, Any]:
    """The settings in `config` as plain data, with folders relative to the project's."""
    root = Path(config.config_file_path).parent
    return {
        "content": os.path.relpath(config.docs_dir, root),
        "theme": os.path.relpath(_theme_of(config), root),
        "site": [config.site_name, config.site_url or "", config.site_description or ""],
        "extra": dict(config.extra),
    }


def make_frame(
    settings: Settings, strict: bool, out: Path, sections: set[str]
) -> tuple[str, Layouts]:
    """Have MkDocs put the static files into `out`; return the folder of the assets there, and the
    layouts of `sections` and of all that the navigation names."""
    config = load(settings.root, out)
    config.strict = strict
    run = Run(config, assets.folder_of(settings), sections)
    config.plugins[_NAME] = run
    if not any(Path(hook).stem == _EVENTS for hook in config.hooks):
        config.plugins["kehoach"] = _events().Kehoach()
    mkdocs.commands.build.build(config)
    return run.assets, run.layouts


def _events() -> ModuleType:
    """The module of our events, wherever the program lies."""
    within = find_spec(f"kehoach.{_EVENTS}")
    return import_module(f"kehoach.{_EVENTS}" if within else _EVENTS)


class _NoSettings(Config):
    """A run takes none of its own from `mkdocs.yml`."""


class Run(BasePlugin[_NoSettings]):
    """One run of MkDocs with `config`; with a `project`, one begun by hand, which makes the whole site.

    `assets` is the folder of the site that holds the theme's scripts, styles and fonts. MkDocs keeps
    a run from event to event as it keeps its plugins, of which none handles an event itself.
    """

    def __init__(
        self,
        config: MkDocsConfig,
        assets: str,
        sections: set[str],
        project: Project | None = None,
    ) -> None:
        self.mkdocs = config
        self.assets = assets
        self.layouts: Layouts = {}
        self._sections = sections
        self._project = project

    def serves(self, file: File) -> bool:
        """Whether a file goes to the site as it stands: of a theme most do; those of `content/` are
        for the rooms to give (see `public`)."""
        return file.src_dir != self.mkdocs.docs_dir and assets.is_served(file.src_uri)

    def place(self, file: File) -> File:
        """Give a file of the theme's assets its address in the site, and the styles as one sheet."""
        if file.src_uri.startswith(assets.SOURCE):
            file.dest_uri = self.assets + file.src_uri.removeprefix(assets.SOURCE)
            if file.src_uri == assets.STYLES and file.abs_src_path:
                file.content_string = assets.joined(Path(file.abs_src_path))
        return file

    def take_layouts(self, environment: Environment) -> None:
        """Render the layout of every section; `environment` holds Material's templates and the theme's."""
        main = environment.get_template("main.html")
        self._render = partial(
            Layout.render, main.render, config=self.mkdocs, nav=None, assets=self.assets
        )
        addresses = translating.pages(translating.of(dict(self.mkdocs.extra))["navigation"])
        for section in sorted(self._sections | {one.split("/", 1)[0] for one in addresses}):
            self.layouts[section] = self._render(section)

    def finish(self) -> None:
        """By hand: put everything that the rooms make beside what MkDocs has put there."""
        if self._project is None:
            return
        templates = Templates(_theme_of(self.mkdocs) / "pages")
        folder = Folder(Path(self.mkdocs.site_dir))
        frame = ByHand(templates, self.assets, self._render, folder.root)
        Making(Assembly(self._project, frame, folder.root), folder).make()


def run_of(config: MkDocsConfig) -> Run:
    """The run that `config` is used in."""
    run = config.plugins[_NAME]
    assert isinstance(run, Run)
    return run


def begin(config: MkDocsConfig) -> None:
    """Before MkDocs cleans anything: by hand it builds the whole, and findings of errors end it."""
    # MkDocs forgets where it found its hooks; the processes that draw must find the package too.
    if str(HOOKS) not in sys.path:
        sys.path.append(str(HOOKS))
    if _NAME in config.plugins:
        return
    root, out = Path(config.config_file_path).parent, Path(config.site_dir)
    try:
        _translated(config)
        settings = settings_of(root, out, settings_in(config))
        project = open_project(settings, remember=False)
    except SetupError as error:
        raise Abort(str(error)) from None
    if project.findings and config.strict:
        raise Abort(f"Còn {len(project.findings)} điều phải xem: chạy python3 build.py check")
    if project.errors:
        raise Abort(f"Còn {len(project.errors)} lỗi trong nội dung: chạy python3 build.py check")
    config.plugins[_NAME] = Run(config, assets.folder_of(settings), set(), project)
