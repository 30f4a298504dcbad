"""A page: where it stands, what it shows, and how a view becomes HTML."""

from collections.abc import Callable, Iterable, MutableMapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, TypeVar

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
)
from jinja2.runtime import Context

from kehoach.hashing import digest
from kehoach.pages import keeping, reaching

View = dict[str, Any]


class Yearly(Protocol):
    """Anything that falls into a year."""

    @property
    def year(self) -> int: ...


Y = TypeVar("Y", bound=Yearly)


@dataclass(frozen=True, slots=True)
class Page:
    """One address of the site. Its HTML is a function of `view`, of the template and of nothing else.

    `address` has no leading slash and ends with one ("su-kien/2022/toa-dam/"), or names a file ("404.html").
    `section` is the entry of the navigation that it belongs to. `subject` is the record it shows, for
    the metadata that others add to its head. `feeds` are (title, address, media type).
    """

    address: str
    template: str
    title: str
    section: str
    view: View
    description: str = ""
    subject: object = None
    feeds: tuple[tuple[str, str, str], ...] = ()
    crumbs: tuple[tuple[str, str], ...] = ()
    indexed: bool = True
    banner: bool = False  # shows words in the banner's letters, whose font is then asked for early
    anywhere: bool = False  # served at every address (404), so links cannot be relative

    @property
    def path(self) -> str:
        """The file that a server finds at the address."""
        return (
            self.address + "index.html"
            if self.address.endswith("/") or not self.address
            else self.address
        )

    @property
    def root(self) -> str:
        """The way from the page to the root of the site: "../../", "./" for the home page."""
        return "../" * self.path.count("/") or "./"


class _Once:
    """Calls a macro of `macros/parts.html` once for an item that several lists show in the same way."""

    def __init__(self) -> None:
        self._made: dict[tuple[Any, ...], tuple[View, str]] = {}

    def __call__(self, macro: Any, item: View, *arguments: Any) -> str:
        key = (macro.name, id(item), *arguments)
        if key not in self._made:
            self._made[key] = item, macro(item, *arguments)  # an item that is kept keeps its id
        return self._made[key][1]


class _Context(Context):
    """Calls macros as they are: nothing that our templates call asks for the context."""

    def call(
        self,
        called: Callable[..., Any],
        /,
        *arguments: Any,
        _loop_vars: object = None,
        _block_vars: object = None,
        **named: Any,
    ) -> Any:
        """What `called` gives."""
        return called(*arguments, **named)


class _Environment(Environment):
    """Looks at views, which are dictionaries, and keeps each template that it has loaded."""

    context_class = _Context

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._loaded: dict[str, Template] = {}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`obj.attribute` of a template: the item first, where Jinja would ask for an attribute."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names that a template knows: a plain dictionary, as nobody adds to them later."""
        return {**self.globals, **(d or {})}

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: Any = None
    ) -> Template:
        """The template `name`; none of ours names another relative to its own."""
        if isinstance(name, Template):
            return name
        if name not in self._loaded:
            self._loaded[name] = super().get_template(name, parent, globals)
        return self._loaded[name]


@dataclass(frozen=True)
class Templates:
    """The page templates of a theme: autoescaped, and an unknown name is an error."""

    folder: Path
    compiled: BytecodeCache | None = None  # what keeps compiled templates from build to build
    environment: Environment = field(init=False)
    _fingerprints: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        environment = _Environment(
            loader=FileSystemLoader(self.folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=self.compiled,
        )
        environment.filters["kept"] = keeping.kept
        environment.filters["linked"] = reaching.linked
        environment.globals["once"] = _Once()
        object.__setattr__(self, "environment", environment)

    def render(self, page: Page, root: str) -> str:
        """The page's own part of the HTML; `root` leads to the root of the site."""
        template = self.environment.get_template(page.template)
        return template.render(view=page.view, root=root, crumbs=page.crumbs)

    def fingerprint(self, template: str) -> str:
        """A hash of the source of `template` and of all whose names stand in it, or in one of those."""
        if template not in self._fingerprints:
            found, new = set(), {template}
            while new:
                if missing := new - self._sources.keys():
                    raise TemplateNotFound(missing.pop())
                found |= new
                text = "".join(self._sources[name] for name in new)
                new = {name for name in self._sources if name in text} - found
            parts = "\0".join(self._sources[name] for name in sorted(found))
            self._fingerprints[template] = digest(parts.encode())
        return self._fingerprints[template]

    @cached_property
    def _sources(self) -> dict[str, str]:
        names = self.environment.list_templates()
        return {name: (self.folder / name).read_text(encoding="utf-8") for name in names}


def link(title: str, address: str) -> View:
    return {"title": title, "address": address}


def by_year(items: Iterable[Y]) -> list[tuple[int, list[Y]]]:
    """`items` with a `year`, grouped, the latest year first."""
    groups: dict[int, list[Y]] = {}
    for item in items:
        groups.setdefault(item.year, []).append(item)
    return sorted(groups.items(), reverse=True)


def latest(items: Iterable[Y], most: int) -> list[Y]:
    """The `items` of the latest years: as many whole years as hold no more than `most` of them, one at least."""
    shown: list[Y] = []
    for _, group in by_year(items):
        if shown and len(shown) + len(group) > most:
            break
        shown += group
    return shown
