"""Findings about what cannot be printed as it is written, with what to write instead."""

from collections.abc import Container, Iterator

from kehoach.prints.coverage import SCREEN, TEXT, missing, named
from kehoach.prints.emblem import FIELD, EmblemError, read_emblem
from kehoach.prints.formats import SCHEMES
from kehoach.records.campaign import Campaign
from kehoach.records.document import Document
from kehoach.records.event import Slogan
from kehoach.records.fields import Record
from kehoach.records.finding import Finding, Severity
from kehoach.records.library import Library
from kehoach.records.period import Period
from kehoach.records.plan import Plan
from kehoach.records.source import Keys, Parsed, Place, Source, field_name
from kehoach.site import Site

_SETTINGS = "mkdocs.yml"
_PLAN_TEXTS = (
    *("title", "kind", "number", "issuer", "place", "date"),
    *("recipients", "signer", "signers", "joint"),
)
_DEADLINE_TEXTS = ("what", "when")
_CAMPAIGN_TEXTS = ("title", "periods")
# Of an event or a period, and of what is in it: all but these is printed, what is added later too.
_UNPRINTED = frozenset(
    ("section", "previous_when", "reason", "image", "result", "map", "file", "where", "source")
)


def document_problems(owner: Document, library: Library, site: Site) -> Iterator[Finding]:
    """Characters that a font lacks, pictures that cannot be shown, slogans too long for a format."""
    if isinstance(owner, Plan):
        yield from plan_problems(owner)
        yield from _picture_problems(owner, library)
    if isinstance(owner, Campaign):
        yield from _glyph_problems(owner, [*_texts(owner, (), _CAMPAIGN_TEXTS)])
    if slogans := list(_slogans_of(owner)):
        from kehoach.prints.fitting import slogan_problems  # late: few documents have slogans

        yield from slogan_problems(owner, slogans, library, site)


def settings_problems(library: Library, site: Site) -> Iterator[Finding]:
    """Findings about the emblem, the scheme, and what the fonts lack of the names of site and units."""
    settings, top = Parsed(_SETTINGS), Place(1, 1)
    try:
        read_emblem(library.root, site)
    except EmblemError as error:
        yield settings.finding(top, "bad-emblem", str(error), error.hint, field=FIELD)
    if site.scheme not in SCHEMES:
        message = f"không có bộ màu `{site.scheme}`"
        hint = f"dùng một trong: {', '.join(SCHEMES)}"
        yield settings.finding(top, "unknown-scheme", message, hint, field="extra.scheme")

    for character in _lacking(site.name):
        yield missing_glyph(settings, top, character, "site_name")
    source = library.units_source
    for index, unit in library.unit_rows.items():
        for key in ("name", "short"):
            for character in _lacking(getattr(unit, key) or ""):
                yield missing_glyph(
                    source, source.place((index, key)), character, f"[{index}].{key}"
                )


def plan_problems(plan: Plan) -> Iterator[Finding]:
    """Characters that the fonts lack, in a plan's document, invitations and calendar."""
    yield from sheet_problems(plan)
    texts: list[tuple[Keys, str]] = []
    for index, event in enumerate(plan.events):
        texts += _texts(event, ("events", index))
    for index, deadline in enumerate(plan.deadlines):
        texts += _texts(deadline, ("deadlines", index), _DEADLINE_TEXTS)
    yield from _glyph_problems(plan, texts)


def sheet_problems(plan: Plan) -> Iterator[Finding]:
    """Characters that the fonts lack, in a plan's document alone."""
    yield from _glyph_problems(plan, [*_texts(plan, (), _PLAN_TEXTS)])
    for character in missing(plan.body, TEXT):
        before, _, _ = plan.body.partition(character)
        line = plan.origin.body_line + before.count("\n")
        place = Place(line, len(before) - before.rfind("\n"))
        yield missing_glyph(plan.origin, place, character, "")


def _glyph_problems(owner: Document, texts: list[tuple[Keys, str]]) -> Iterator[Finding]:
    """The characters of `texts`, each at its keys, that the fonts of sheets and pages lack."""
    if not _lacking("".join(text for _, text in texts)):
        return
    for keys, text in texts:
        for character in _lacking(text):
            yield missing_glyph(owner.origin, owner.locate(*keys), character, field_name(keys))


def _texts(value: object, keys: Keys, names: Container[str] = ()) -> Iterator[tuple[Keys, str]]:
    """Each text of `value` that is printed and its keys; of a record those of `names`, else of all."""
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, Period):
        yield keys, value.words
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _texts(item, (*keys, index))
    elif isinstance(value, Record):
        for name, item in value:
            if name in names if names else name not in _UNPRINTED:
                yield from _texts(item, (*keys, name))


def _picture_problems(plan: Plan, library: Library) -> Iterator[Finding]:
    """Pictures that the document of a plan will not have."""
    if not plan.may_show_pictures:
        return
    from kehoach.prints.documents import read  # late: few documents show pictures
    from kehoach.prints.pictures import unprintable

    hint = "lưu ảnh cạnh văn bản, dạng PNG, JPEG hoặc SVG; hoặc viết thành liên kết"
    for picture in unprintable(read(plan.body), plan, library.root):
        at = max(plan.body.find(picture.source), 0)
        message = f"bản PDF không có ảnh `{picture.source}`: {picture.reason}"
        yield plan.origin.finding(
            plan.origin.body_place(at),
            "unprintable-picture",
            message,
            hint,
            severity=Severity.WARNING,
        )


def _lacking(text: str) -> list[str]:
    """The characters of `text` that one of the fonts of sheets and pages lacks."""
    return list(dict.fromkeys(missing(text, TEXT) + missing(text, SCREEN)))


def _slogans_of(owner: Document) -> Iterator[tuple[Keys, Slogan]]:
    for key in ("themes", "slogans"):
        for index, slogan in enumerate(getattr(owner, key, ())):
            yield (key, index, "text"), slogan


def missing_glyph(source: Source, place: Place, character: str, field: str) -> Finding:
    """The finding of a `character` that a font lacks, in the value of `field`, "" for the text."""
    message = f"phông chữ in không có ký tự {named(character)}"
    hint = "thay bằng chữ hoặc ký hiệu khác"
    return source.finding(place, "missing-glyph", message, hint, field=field)
