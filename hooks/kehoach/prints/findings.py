"""Findings about what cannot be printed as it is written, with what to write instead."""

from collections.abc import Container, Iterator
from functools import lru_cache

from kehoach.prints import banners, documents
from kehoach.prints.coverage import BANNER, LABEL, SCREEN, TEXT, missing, named
from kehoach.prints.emblem import FIELD, EmblemError, read_emblem
from kehoach.prints.formats import FORMATS, SCHEMES, Format
from kehoach.prints.pictures import unprintable
from kehoach.prints.slogans import emblem_of, label
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
    found = list(_slogans_of(owner))
    has_emblem = bool(found and emblem_of(library, site).name)
    for keys, slogan in found:
        yield from _slogan_problems(owner, keys, slogan, label(slogan, library, site), has_emblem)


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
        yield _missing(settings, top, character, "site_name")
    source = library.units_source
    for index, unit in library.unit_rows.items():
        for key in ("name", "short"):
            for character in _lacking(getattr(unit, key) or ""):
                yield _missing(source, source.place((index, key)), character, f"[{index}].{key}")


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
        yield _missing(plan.origin, place, character, "")


def _glyph_problems(owner: Document, texts: list[tuple[Keys, str]]) -> Iterator[Finding]:
    """The characters of `texts`, each at its keys, that the fonts of sheets and pages lack."""
    if not _lacking("".join(text for _, text in texts)):
        return
    for keys, text in texts:
        for character in _lacking(text):
            yield _missing(owner.origin, owner.locate(*keys), character, field_name(keys))


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
    if not documents.has_pictures(plan):
        return
    hint = "lưu ảnh cạnh văn bản, dạng PNG, JPEG hoặc SVG; hoặc viết thành liên kết"
    for picture in unprintable(documents.read(plan.body), plan, library.root):
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


def _slogan_problems(
    owner: Document, keys: Keys, slogan: Slogan, label: str, emblem: bool
) -> Iterator[Finding]:
    lacking = missing(slogan.text.upper(), BANNER)
    messages = () if lacking else _too_long(slogan.text, label, emblem)
    if not (lacking or messages):
        return
    place, field = owner.locate(*keys), field_name(keys)
    for character in lacking:
        yield _missing(owner.origin, place, character, field)
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


def _missing(source: Source, place: Place, character: str, field: str) -> Finding:
    message = f"phông chữ in không có ký tự {named(character)}"
    hint = "thay bằng chữ hoặc ký hiệu khác"
    return source.finding(place, "missing-glyph", message, hint, field=field)
