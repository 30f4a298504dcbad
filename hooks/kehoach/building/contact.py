"""How readers reach the department: what `extra.department` of `mkdocs.yml` says at the foot of every page."""

from collections.abc import Iterator
from typing import Any

from kehoach.records.contact import WAYS, Way
from kehoach.records.finding import Finding, Severity
from kehoach.records.source import Source, field_name

_WHERE = ("extra", "department")


def problems(department: dict[str, Any], settings: Source) -> Iterator[Finding]:
    """Findings about the ways to reach the `department` of `settings` (mkdocs.yml) that are missing or cannot
    be used."""
    missing = {key: way for key, way in WAYS.items() if way.needed and not department.get(key)}
    if missing:
        words = ", ".join(f"{way.words} (`{key}`)" for key, way in missing.items())
        key, way = next(iter(missing.items()))
        yield settings.finding(
            settings.key_place(_WHERE) or settings.place(_WHERE),
            "missing-contact",
            f"chân trang chưa cho người đọc biết {words} của Sở",
            f"ghi dưới extra.department, ví dụ `{key}: {way.example}`",
            field=field_name(_WHERE),
            severity=Severity.WARNING,
        )
    for key, way in WAYS.items():
        value = department.get(key)
        if value and not way.fits(value):
            yield _misformed(key, way, value, settings)


def _misformed(key: str, way: Way, value: object, settings: Source) -> Finding:
    keys = (*_WHERE, key)
    message = f"`{value}` không phải {way.words} dùng được"
    hint = f'ghi bằng chữ, ví dụ `{key}: "{way.example}"`'
    place, field = settings.place(keys), field_name(keys)
    severity = Severity.WARNING
    return settings.finding(place, "bad-contact", message, hint, field=field, severity=severity)
