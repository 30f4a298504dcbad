"""Which files of `content/` readers are given: those that a published document names, and those that
`mkdocs.yml` names: under `extra.root_files` for the root of the site, its emblem and its icon. No other.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kehoach.building import translating
from kehoach.records.files import is_exactly
from kehoach.records.finding import Finding
from kehoach.records.source import Source, field_name
from kehoach.rules.media import fault, root_fault, suffix_of
from kehoach.rules.taken_name import is_made

KEY = ("extra", "root_files")
ICON = ("theme", "favicon")
EMBLEM = ("extra", "department", "emblem")
LOGO = ("theme", "logo")
LARGEST = 256 * 1024  # bytes of an icon, which every reader loads
_ICONS = ("ico", "png", "svg")
_WELL_KNOWN = ".well-known/"  # RFC 8615: the one folder whose place is at the root


def root_files(extra: dict[str, Any]) -> frozenset[str]:
    """The paths under `content/` that the settings name for readers; `problems` tells which of them
    will not do."""
    named = extra.get(KEY[-1])
    at_root = filter(_is_name, named) if isinstance(named, list) else ()
    return frozenset([*at_root, *_emblem(extra), *_favicon(extra)])  # the last two on every page


def _emblem(extra: dict[str, Any]) -> list[str]:
    department = extra.get("department")
    emblem = department.get("emblem") if isinstance(department, dict) else None
    return [emblem] if isinstance(emblem, str) and emblem else []


def _favicon(extra: dict[str, Any]) -> list[str]:
    favicon = translating.of(extra).get("favicon")
    return [favicon] if favicon else []


def problems(extra: dict[str, Any], content: Path, settings: Source) -> Iterator[Finding]:
    """Findings about the files that the `settings` (mkdocs.yml) name for readers."""
    for favicon in _favicon(extra):
        if found := _favicon_problem(favicon, content):
            place, field = settings.place(ICON), field_name(ICON)
            yield settings.finding(place, "bad-favicon", *found, field=field)
    for emblem in _emblem(extra):
        if found := _emblem_problem(emblem, content):
            keys = EMBLEM if settings.key_place(EMBLEM) else LOGO
            yield settings.finding(
                settings.place(keys), "bad-emblem", *found, field=field_name(keys)
            )
    yield from _root_problems(extra, content, settings)


def _emblem_problem(name: str, content: Path) -> tuple[str, str] | None:
    """Why readers cannot be given the emblem as it is; what cannot be printed has been told."""
    path = content / name
    if not path.resolve().is_relative_to(content.resolve()) or not path.is_file():
        return None
    if is_made(name, set()):
        return f"`{name}` là tên của tệp do máy dựng", "đổi tên tệp"
    found = fault(path, name)
    return (found.message, found.hint) if found and found.rule == "unsafe-attachment" else None


def _favicon_problem(name: str, content: Path) -> tuple[str, str] | None:
    """The fault of the site's icon and its remedy; None where it will do."""
    path, at = content / name, f"{content.name}/{name}"
    if "//" in name:
        return f"`{name}` ở máy chủ khác", f"chép tệp vào {content.name}/"
    if name.startswith("/") or not path.resolve().is_relative_to(content.resolve()):
        return f"`{name}` nằm ngoài thư mục nội dung", f"đặt tệp trong {content.name}/"
    if not is_exactly(content, name):
        return f"không có tệp `{at}`", "đặt tệp ở đường dẫn này"
    if suffix_of(name) not in _ICONS:
        return f"`{name}` không phải ICO, PNG hay SVG", "xuất biểu tượng thành ICO, PNG hoặc SVG"
    if path.stat().st_size > LARGEST:
        return f"`{name}` nặng quá", f"dùng tệp không quá {LARGEST // 1024} KB"
    if is_made(name, set()):
        return f"`{name}` là tên của tệp do máy dựng", "đổi tên tệp"
    found = fault(path, name)
    return (found.message, found.hint) if found else None


def _root_problems(extra: dict[str, Any], content: Path, settings: Source) -> Iterator[Finding]:
    named = extra.get(KEY[-1])
    if named is None:
        return
    if not isinstance(named, list):
        message = "cần một danh sách tên tệp"
        hint = "root_files: [robots.txt, CNAME]"
        yield settings.finding(
            settings.place(KEY), "bad-root-file", message, hint, field=field_name(KEY)
        )
        return
    for index, name in enumerate(named):
        if message := _problem(name, content):
            keys = (*KEY, index)
            hint = "đặt tệp ấy ngay trong thư mục nội dung, hoặc bỏ dòng này"
            yield settings.finding(
                settings.place(keys), "bad-root-file", message, hint, field=field_name(keys)
            )


def _problem(name: object, content: Path) -> str:
    if not isinstance(name, str) or not _is_name(name):
        return f"`{name}` không phải tên một tệp ở gốc trang"
    path = content / name
    if any(place.is_symlink() for place in (path, path.parent) if place != content):
        return f"`{name}` là một liên kết"
    if not is_exactly(content, name):
        return f"không có tệp `{content.name}/{name}`"
    if is_made(name, set()):
        return f"`{name}` là tên của tệp do máy dựng"
    return root_fault(path, name)


def _is_name(name: object) -> bool:
    """Whether it names a file at the root, or below .well-known/, and no text."""
    if not isinstance(name, str) or name.endswith((".md", "/")):
        return False
    parts = name.removeprefix(_WELL_KNOWN).split("/")
    return len(parts) == 1 and parts[0] not in ("", ".", "..") and "\\" not in name
