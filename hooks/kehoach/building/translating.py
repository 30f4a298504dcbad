"""What MkDocs' and Material's settings say, in the words of `extra`, which all rooms read.

A department that comes from Material finds its colours, logo, footer and navigation here.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kehoach.building.recognised import address, is_elsewhere
from kehoach.records.source import load, parse

KEY = "mkdocs"  # of `extra`: what has no name of its own there

# What Material calls its colours (its palette's own values).
_COLOURS = {
    "red": "#ef5552", "pink": "#e92063", "purple": "#ab47bd", "deep-purple": "#7e56c2",
    "indigo": "#4051b5", "blue": "#2094f3", "light-blue": "#02a6f2", "cyan": "#00bdd6",
    "teal": "#009485", "green": "#4cae4f", "light-green": "#8bc34b", "lime": "#cbdc38",
    "yellow": "#ffec3d", "amber": "#ffc105", "orange": "#ffa724", "deep-orange": "#ff6e42",
    "brown": "#795649", "grey": "#757575", "blue-grey": "#546d78", "black": "#000000",
    "white": "#ffffff",
}  # fmt: skip
_BRAND = {"primary": "blue", "accent": "red"}  # of the palette -> of extra.brand
_SCHEMES = {"default": "light", "slate": "dark"}
_DEFAULT_FAVICON = "assets/images/favicon.png"  # Material's own

# The navigation of a site that names none.
SECTIONS = {
    "Kế hoạch": "ke-hoach/",
    "Sự kiện": "su-kien/",
    "Lịch": "lich/",
    "Chủ đề": "chu-de/",
    "Khẩu hiệu": "khau-hieu/",
    "Đơn vị": "don-vi/",
    "Truyền thông": "truyen-thong/",
}

Entry = dict[str, Any]


def translate(
    extra: dict[str, Any], theme: dict[str, Any], config: dict[str, Any], content: Path
) -> dict[str, Any]:
    """`extra` with what `theme` and the other settings in `config` say."""
    department = extra.get("department")
    department = dict(department) if isinstance(department, dict) else {}
    if isinstance(theme.get("logo"), str):
        department.setdefault("emblem", theme["logo"])
    palette = theme.get("palette")
    first = palette[0] if isinstance(palette, list) and palette else palette
    first = first if isinstance(first, dict) else {}
    brand = dict(_colours(first))
    if isinstance(extra.get("brand"), dict):
        brand |= extra["brand"]
    favicon = theme.get("favicon")
    if not isinstance(favicon, str) or favicon == _DEFAULT_FAVICON:
        favicon = ""
    more = {
        "navigation": list(_entries(config.get("nav") or [*map(_pair, SECTIONS.items())], content)),
        "scheme": _SCHEMES.get(str(first.get("scheme")), ""),
        "favicon": favicon.removeprefix("./"),
        "styles": _paths(config.get("extra_css")),
        "scripts": list(_scripts(config.get("extra_javascript"))),
        "edit": _edit(config.get("repo_url"), config.get("edit_uri")),
        "excluded": config.get("exclude_docs") or "",
        "drafts": config.get("draft_docs") or "",
        "watch": [*map(str, config.get("watch") or [])],
        "strict": bool(config.get("strict")),
    }
    translated = {**extra, "department": department, KEY: more}
    return {**translated, "brand": brand} if brand else translated


def of(extra: dict[str, Any]) -> dict[str, Any]:
    """What `translate` has put under its own key."""
    found = extra.get(KEY)
    return found if isinstance(found, dict) else {}


def pages(entries: list[Entry]) -> Iterator[str]:
    """The addresses on the site that a navigation names."""
    for entry in entries:
        if entry["children"]:
            yield from pages(entry["children"])
        elif not entry["elsewhere"]:
            yield entry["address"]


def _pair(named: tuple[str, str]) -> dict[str, str]:
    return dict([named])


def _colours(palette: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, ours in _BRAND.items():
        colour = palette.get(name)
        if colour in _COLOURS:
            yield ours, _COLOURS[colour]


def _entries(nav: list[Any], content: Path) -> Iterator[Entry]:
    for entry in nav:
        if isinstance(entry, dict):
            for label, value in entry.items():
                yield _entry(str(label), value, content)
        elif isinstance(entry, str):
            yield _entry("", entry, content)


def _entry(label: str, value: Any, content: Path) -> Entry:
    if isinstance(value, list):
        children = list(_entries(value, content))
        sections = [name for child in children for name in child["sections"]]
        return {
            "label": label,
            "address": "",
            "elsewhere": False,
            "children": children,
            "sections": sections,
        }
    target = str(value or "")
    elsewhere = is_elsewhere(target)
    place = target if elsewhere else address(target)
    return {
        "label": label or _title(target, content),
        "address": place,
        "elsewhere": elsewhere,
        "children": [],
        "sections": [] if elsewhere else [place.split("/", 1)[0]],
    }


def _title(target: str, content: Path) -> str:
    """What a page calls itself, for an entry without a label."""
    if is_elsewhere(target):
        return target
    data = parse(load(content / target), target, bare=True).data if target.endswith(".md") else None
    title = data.get("title") if isinstance(data, dict) else None
    return str(title or target.removesuffix(".md").strip("/").split("/")[-1])


def _paths(files: Any) -> list[str]:
    """The site's own files among `extra_css`."""
    named = files if isinstance(files, list) else []
    return [path for path in named if isinstance(path, str) and "//" not in path]


def _scripts(files: Any) -> Iterator[Entry]:
    """The site's own files among `extra_javascript`, each a path or, as in MkDocs, a mapping."""
    for file in files if isinstance(files, list) else []:
        said = file if isinstance(file, dict) else {"path": file}
        for path in _paths([said.get("path")]):
            module = said.get("type") == "module" or path.endswith(".mjs")
            yield {"path": path, "module": module, "async": bool(said.get("async"))}


def _edit(repository: Any, uri: Any) -> str:
    """What the path of a file under content/ is written behind, to edit it; "" for nothing."""
    if not uri:
        return ""
    if is_elsewhere(str(uri)):
        return str(uri).rstrip("/") + "/"
    return f"{str(repository).rstrip('/')}/{str(uri).strip('/')}/" if repository else ""
