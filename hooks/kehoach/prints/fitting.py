"""Findings about slogans that a banner cannot show: too long for a format, or in letters that its font lacks."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from kehoach.prints import banners
from kehoach.prints.coverage import BANNER, LABEL, missing
from kehoach.prints.findings import missing_glyph
from kehoach.prints.formats import FORMATS, Format
from kehoach.prints.slogans import emblem_of, label
from kehoach.records.document import Document
from kehoach.records.event import Slogan
from kehoach.records.finding import Finding, Severity
from kehoach.records.library import Library
from kehoach.records.source import Keys, field_name
from kehoach.site import Site


def slogan_problems(
    owner: Document, slogans: Iterable[tuple[Keys, Slogan]], library: Library, site: Site
) -> Iterator[Finding]:
    """What is wrong with `slogans` of `owner`, each with the keys of its text."""
    has_emblem = bool(emblem_of(library, site).name)
    for keys, slogan in slogans:
        yield from _problems(owner, keys, slogan, label(slogan, library, site), has_emblem)


def _problems(
    owner: Document, keys: Keys, slogan: Slogan, label: str, emblem: bool
) -> Iterator[Finding]:
    lacking = missing(slogan.text.upper(), BANNER)
    messages = () if lacking else _too_long(slogan.text, label, emblem)
    if not (lacking or messages):
        return
    place, field = owner.locate(*keys), field_name(keys)
    for character in lacking:
        yield missing_glyph(owner.origin, place, character, field)
    hint = "ngắt dòng lại trong `text`, rút gọn câu, hoặc không in khổ này"
    for message in messages:
        yield owner.origin.finding(
            place, "slogan-too-long", message, hint, field=field, severity=Severity.WARNING
        )


@lru_cache(maxsize=4096)
def _too_long(text: str, label: str, emblem: bool) -> tuple[str, ...]:
    """In words, each once; plans of one year hang the same slogans."""
    shown = "" if missing(label.upper(), LABEL) else label
    found = []
    for format in FORMATS:
        try:
            fit = banners.arrange(text, format, shown, emblem).fit
        except banners.TooLong as problem:
            found.append(f"câu dài quá {problem}, không in được băng rôn")
            break
        if fit.capitals < format.lowest:
            found.append(_too_small(format, fit.capitals))
    return tuple(dict.fromkeys(found))


def _too_small(format: Format, capitals: float) -> str:
    return (
        f"{format.title} {format.size}: chữ hoa chỉ cao {capitals:.1f} {format.unit},"
        f" nhỏ hơn mức đọc được là {format.lowest:g} {format.unit}"
    )
