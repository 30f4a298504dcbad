"""The addresses in `mkdocs.yml`: where the site stands, whom to tell, where its links lead."""

import re
from collections.abc import Iterator
from typing import Any

from kehoach.building import translating
from kehoach.records.finding import Finding
from kehoach.records.source import Keys, Source, field_name
from kehoach.records.urls import HINT, is_url, leads_away

_NAMES = re.compile(
    r"(?:.*_)?(?:url|link|href|homepage|security)"
)  # of keys whose value is an address
_RUN = re.compile(r"\s*(?:javascript|vbscript|data|file|blob):", re.IGNORECASE)


def problems(url: str, extra: dict[str, Any], settings: Source) -> Iterator[Finding]:
    """Findings about the addresses in `settings` (mkdocs.yml), whose `site_url` and `extra` MkDocs
    has read as `url` and `extra`."""
    written = settings.data if isinstance(settings.data, dict) else {}
    if url and not (is_url(url) and url.lower().startswith("http")):
        yield _finding(settings, ("site_url",), url)
    nav = ((("nav", *keys), text) for keys, text in _texts(written.get("nav")))
    said = {name: value for name, value in extra.items() if name != translating.KEY}
    own = ((("extra", *keys), text) for keys, text in _texts(said))
    rest = (
        item
        for name in written.keys() - {"nav", "extra", "site_url"}
        for item in _texts(written[name], (name,))
    )
    for keys, text in (*nav, *own, *rest):
        in_nav = keys[0] == "nav" and leads_away(text)
        named = keys[0] != "nav" and bool(_NAMES.fullmatch(str(keys[-1])))
        if (in_nav or named or _RUN.match(text)) and not is_url(text):
            yield _finding(settings, keys, text)


def _finding(settings: Source, keys: Keys, text: str) -> Finding:
    message = f"`{text}` không phải một địa chỉ dùng được"
    return settings.finding(settings.place(keys), "bad-url", message, HINT, field=field_name(keys))


def _texts(value: Any, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """Each text in nested lists and groups, and the keys that lead to it."""
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, (*keys, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*keys, index))
