"""Which files of `content/` readers are given: those that a published document names, and those that
`mkdocs.yml` names under `extra.root_files` for the root of the site. No other.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kehoach.building import translating
from kehoach.records.finding import Finding
from kehoach.records.source import Source, field_name
from kehoach.rules.media import root_fault
from kehoach.rules.taken_name import is_made

KEY = ("extra", "root_files")
_WELL_KNOWN = ".well-known/"  # RFC 8615: the one folder whose place is at the root


def root_files(extra: dict[str, Any]) -> frozenset[str]:
    """The paths under `content/` that the settings name for readers; `problems` tells which of them
    will not do."""
    named = extra.get(KEY[-1])
    at_root = filter(_is_name, named) if isinstance(named, list) else ()
    return frozenset([*at_root, *_emblem(extra)])  # the second at the head of every page


def set_files(extra: dict[str, Any]) -> frozenset[str]:
    """The paths under `content/` of all files that the settings speak of, be it for prints alone."""
    favicon = translating.of(extra).get("favicon")
    return root_files(extra) | ({favicon} if favicon else set())


def _emblem(extra: dict[str, Any]) -> list[str]:
    department = extra.get("department")
    emblem = department.get("emblem") if isinstance(department, dict) else None
    return [emblem] if isinstance(emblem, str) and emblem else []


def problems(extra: dict[str, Any], content: Path, settings: Source) -> Iterator[Finding]:
    """What is wrong with the files that the `settings` (mkdocs.yml) name for the root of the site."""
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
    if not path.is_file():
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
