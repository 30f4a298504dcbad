"""MkDocs' and Material's settings, translated into those of `extra`, which all rooms read.

A department that comes from Material finds its colours, logo, footer and navigation here.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kehoach.building import palette
from kehoach.building.recognised import address, is_elsewhere
from kehoach.records.body import icons
from kehoach.records.source import load, parse

KEY = "mkdocs"  # of `extra`: what has no name of its own there

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
    first = palette.first(theme.get("palette"))
    brand = dict(_colours(first))
    if isinstance(extra.get("brand"), dict):
        brand |= extra["brand"]
    favicon = theme.get("favicon")
    if not isinstance(favicon, str) or favicon == _DEFAULT_FAVICON:
        favicon = ""
    more = {
        "navigation": list(_entries(config.get("nav") or [*map(_pair, SECTIONS.items())], content)),
        "scheme": palette.SCHEMES.get(str(first.get("scheme")), ""),
        "favicon": favicon.removeprefix("./"),
        "styles": _paths(config.get("extra_css")),
        "scripts": list(_scripts(config.get("extra_javascript"))),
        "edit": _edit(config.get("repo_url"), config.get("edit_uri")),
        "excluded": config.get("exclude_docs") or "",
        "drafts": config.get("draft_docs") or "",
        "watch": [*map(str, config.get("watch") or [])],
        "hooks": [*map(str, config.get("hooks") or [])],
        "social": list(_social(extra.get("social"))),
        "strict": bool(config.get("strict")),
    }
    translated = {**extra, "department": department, KEY: more}
    return {**translated, "brand": brand} if brand else translated


def of(extra: dict[str, Any]) -> dict[str, Any]:
    """The settings that `translate` has put into `extra`."""
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


def _colours(first: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, ours in palette.BRAND.items():
        if first.get(name) in palette.COLOURS:
            yield ours, palette.COLOURS[first[name]]


def _social(places: Any) -> Iterator[dict[str, str]]:
    """The places of `extra.social`, each with its name, its address and its icon as SVG."""
    for place in places if isinstance(places, list) else []:
        if isinstance(place, dict) and place.get("link"):
            link = str(place["link"])
            name = str(place.get("name") or urlsplit(link).netloc.removeprefix("www.") or link)
            icon = icons.svg(icon_of(place))
            yield {"name": name, "link": link, "icon": icon}


def icon_of(place: dict[str, Any]) -> str:
    """The name of an icon that the settings write as a path, as Material does."""
    return str(place.get("icon") or "").replace("/", "-")


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
    """The title of the page at `target`, for an entry of the navigation without a label."""
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
    """The address that the path of a file in content/ is put behind, to edit it; "" where there is none."""
    if not uri:
        return ""
    if is_elsewhere(str(uri)):
        return str(uri).rstrip("/") + "/"
    return f"{str(repository).rstrip('/')}/{str(uri).strip('/')}/" if repository else ""
