"""What goes to paper, cloth and screens: each an address, the data it depends on, and how to draw it.

`artefacts` is cheap: nothing is drawn before `Print.draw` is called with `Print.data`. The data holds
all that the bytes depend on (templates, fonts and code by `edition`), so an unchanged hash of it
means an unchanged file.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from kehoach.prints import banners, calendars, cards, documents, invitations
from kehoach.prints.coverage import BANNER, SCREEN, TEXT, missing, named
from kehoach.prints.emblem import FIELD, Emblem, EmblemError, read_emblem
from kehoach.prints.formats import DEFAULT_SCHEME, FORMATS, SCHEMES, Format, Scheme
from kehoach.prints.kits import pack
from kehoach.prints.typesetting import PrintError, compile_one, edition
from kehoach.records.campaign import Campaign
from kehoach.records.event import Slogan
from kehoach.records.finding import Finding, Severity
from kehoach.records.library import Library
from kehoach.records.plan import Plan
from kehoach.records.source import Keys, Place, Source, field_name
from kehoach.site import Site

__all__ = ["Banner", "Print", "PrintError", "artefacts", "banner_files", "card", "problems"]

OUTPUTS = ("pdf", "svg", "png")


@dataclass(frozen=True, slots=True)
class Print:
    """One file of the site. `draw(data)` gives its bytes and raises PrintError where it cannot."""

    address: str
    kind: str  # document, banner, kit, calendar, invitation, card
    data: dict[str, Any]
    draw: Callable[[dict[str, Any]], bytes]

    def make(self) -> bytes:
        return self.draw(self.data)


def artefacts(library: Library, site: Site) -> Iterator[Print]:
    """Every print of the library, in a fixed order. What `problems` names is left out."""
    for made in _artefacts(library, site):
        yield Print(made.address, made.kind, {**made.data, "edition": edition()}, made.draw)


def _artefacts(library: Library, site: Site) -> Iterator[Print]:
    emblem = _emblem(library, site)
    for plan in library.plans:
        if not any(_plan_problems(plan)):
            yield Print(
                documents.address(plan),
                "document",
                documents.data(plan, library, site),
                documents.draw,
            )
    for campaign, owned in _by_campaign(library):
        drawn = [made for slogan in owned for made in _banners(slogan, library, site, emblem)]
        yield from drawn
        if campaign:
            yield _kit(campaign, drawn, emblem)
    for year in calendars.years(library):
        yield Print(
            calendars.address(year), "calendar", calendars.data(year, library, site), calendars.draw
        )
    for event in library.events:
        if invitations.invites(event):
            data = invitations.data(event, library, site)
            yield Print(invitations.address(event), "invitation", data, invitations.draw)
    yield from _cards(library, site)


# Banners


@dataclass(frozen=True, slots=True)
class Banner:
    """One format of one slogan, as a page offers it: `files` are (name of the format, address)."""

    format: Format
    files: tuple[tuple[str, str], ...]


def slogans(library: Library) -> list[Slogan]:
    """Each slogan that has a page, once: a plan that repeats a campaign's slogan shares its banners."""
    return list({slogan.page: slogan for slogan in reversed(library.slogans)}.values())[::-1]


def banner_files(slogan: Slogan, library: Library, site: Site) -> list[Banner]:
    """The formats that a slogan fits in, with the files of each."""
    emblem = _emblem(library, site)
    return [
        Banner(
            format,
            tuple((output, _banner_address(slogan, format, output)) for output in _outputs(format)),
        )
        for format in FORMATS
        if not any(_banner_problems(slogan, format, _label(slogan, library, site), emblem))
    ]


def banner(
    slogan: Slogan, format: Format, output: str, library: Library, site: Site, scheme: str
) -> bytes:
    """One banner in a colour scheme other than the site's."""
    emblem = _emblem(library, site)
    label = _label(slogan, library, site)
    data = banners.data(
        slogan.text, format, SCHEMES[scheme], output, label=label, emblem=emblem.name
    )
    return banners.draw(data, emblem.content)


def _outputs(format: Format) -> tuple[str, ...]:
    return OUTPUTS if format.unit == "mm" else OUTPUTS[1:]


def _banner_address(slogan: Slogan, format: Format, output: str) -> str:
    return slogan.page + banner_name(slogan, format, output)


def banner_name(slogan: Slogan, format: Format, output: str) -> str:
    """The file's name: a sheet reduced to 1:10 says so."""
    scale = f"-ty-le-1-{format.reduction}" if output == "pdf" and format.reduction > 1 else ""
    return f"{slogan.id}-{format.id}{scale}.{output}"


def _banners(slogan: Slogan, library: Library, site: Site, emblem: Emblem) -> Iterator[Print]:
    label, scheme = _label(slogan, library, site), _scheme(site)
    draw = partial(banners.draw, emblem=emblem.content) if emblem.content else banners.draw
    for format in FORMATS:
        if any(_banner_problems(slogan, format, label, emblem)):
            continue
        for output in _outputs(format):
            data = banners.data(
                slogan.text, format, scheme, output, label=label, emblem=emblem.name
            )
            yield Print(_banner_address(slogan, format, output), "banner", data, draw)


def _label(slogan: Slogan, library: Library, site: Site) -> str:
    """Whose banner it is: the issuer of the slogan's plan, else the department of the site."""
    owner = slogan.owner
    unit = (
        library.issuer(owner)
        if isinstance(owner, Plan)
        else library.units.by_id.get(site.department)
    )
    return unit.name if unit else str((site.extra.get("department") or {}).get("name") or "")


def _scheme(site: Site) -> Scheme:
    return SCHEMES.get(site.scheme, SCHEMES[DEFAULT_SCHEME])


def _emblem(library: Library, site: Site) -> Emblem:
    try:
        return read_emblem(library.root, site)
    except EmblemError:
        return Emblem()


# Press kits and cards


def kit_address(campaign: Campaign) -> str:
    return f"{campaign.address}bo-truyen-thong-{campaign.year}.zip"


def _by_campaign(library: Library) -> list[tuple[Campaign | None, list[Slogan]]]:
    """The slogans of each campaign, then those that only plans have."""
    groups: dict[str, list[Slogan]] = {campaign.path: [] for campaign in library.campaigns}
    for slogan in slogans(library):
        groups.setdefault(
            slogan.owner.path if isinstance(slogan.owner, Campaign) else "", []
        ).append(slogan)
    by_path = {campaign.path: campaign for campaign in library.campaigns}
    return [(by_path.get(path), owned) for path, owned in groups.items()]


def _kit(campaign: Campaign, drawn: list[Print], emblem: Emblem) -> Print:
    files = {"/".join(made.address.split("/")[-2:]): made.data for made in drawn}
    data = {"text": _words(campaign), "files": files}
    return Print(kit_address(campaign), "kit", data, partial(_draw_kit, emblem=emblem.content))


def _draw_kit(data: dict[str, Any], emblem: bytes) -> bytes:
    drawn = [(name, banners.draw(banner, emblem)) for name, banner in data["files"].items()]
    return pack([("khau-hieu-va-chu-de.txt", data["text"].encode("utf-8-sig")), *drawn])


def _words(campaign: Campaign) -> str:
    """The themes and slogans verbatim, each with its source, for whoever must copy them."""
    lines = [campaign.title.upper(), ""]
    for heading, texts in (("CHỦ ĐỀ", campaign.themes), ("KHẨU HIỆU", campaign.slogans)):
        if texts:
            lines.append(heading)
            lines += [
                f"- {text.text}" + (f" ({text.source})" if text.source else "") for text in texts
            ]
            lines.append("")
    if campaign.periods:
        lines.append("THỜI GIAN")
        lines += [f"- {period.kind.value}: {period.when.words}" for period in campaign.periods]
    return "\r\n".join(lines).rstrip() + "\r\n"


def card(page: str) -> str:
    """The address of the picture for a link to a page of plans, campaigns, materials, or the home page."""
    return cards.address(page)


def _cards(library: Library, site: Site) -> Iterator[Print]:
    pages = [(site.name, "18 tháng 5", "")]
    pages += [(plan.title, plan.kind, plan.address) for plan in library.plans]
    pages += [(campaign.title, "Chủ đề năm", campaign.address) for campaign in library.campaigns]
    pages += [
        (material.title, material.kind.value, material.address) for material in library.materials
    ]
    for title, kind, page in pages:
        if not missing(title, SCREEN):
            data = cards.data(title, kind, site.name, _scheme(site))
            yield Print(cards.address(page), "card", data, cards.draw)


# Findings


def problems(library: Library, site: Site) -> Iterator[Finding]:
    """What cannot be printed as it is written: characters without a glyph, slogans too long, the emblem."""
    emblem = Emblem()
    try:
        emblem = read_emblem(library.root, site)
    except EmblemError as error:
        place = Place(1, 1)
        yield Source("mkdocs.yml").finding(place, "bad-emblem", str(error), error.hint, field=FIELD)
    if site.scheme not in SCHEMES:
        hint = f"dùng một trong: {', '.join(SCHEMES)}"
        message = f"không có bộ màu `{site.scheme}`"
        yield Source("mkdocs.yml").finding(
            Place(1, 1), "unknown-scheme", message, hint, field="extra.scheme"
        )
    for plan in library.plans:
        yield from _plan_problems(plan)
    for owner in (*library.campaigns, *library.plans):
        for keys, slogan in _slogans_of(owner):
            yield from _slogan_problems(owner, keys, slogan, _label(slogan, library, site), emblem)


def _slogans_of(owner: Campaign | Plan) -> Iterator[tuple[Keys, Slogan]]:
    for key in ("themes", "slogans"):
        for index, slogan in enumerate(getattr(owner, key, ())):
            yield (key, index, "text"), slogan


def _plan_problems(plan: Plan) -> Iterator[Finding]:
    """Characters that the font of documents lacks, in what a document prints."""
    texts: list[tuple[Keys, str | None]] = [
        (key, getattr(plan, key)) for key in ("title", "kind", "number", "place")
    ]
    texts += [(("recipients", index), line) for index, line in enumerate(plan.recipients)]
    if plan.signer:
        texts += [
            (("signer", key), getattr(plan.signer, key)) for key in ("authority", "title", "name")
        ]
    for keys, text in texts:
        keys = keys if isinstance(keys, tuple) else (keys,)
        for character in missing((text or "").upper() + (text or ""), TEXT):
            yield _missing(plan, plan.locate(*keys), character, field_name(keys))
    lacking = missing(plan.body, TEXT)
    for number, line in enumerate(plan.body.split("\n") if lacking else ()):
        for character in lacking:
            if character in line:
                place = Place(plan.origin.body_line + number, line.index(character) + 1)
                yield _missing(plan, place, character, "")


def _slogan_problems(
    owner: Campaign | Plan, keys: Keys, slogan: Slogan, label: str, emblem: Emblem
) -> Iterator[Finding]:
    lacking = missing(slogan.text.upper(), BANNER)
    for character in lacking:
        yield _missing(owner, owner.locate(*keys), character, field_name(keys))
    if lacking:
        return
    for format in FORMATS:
        for message in _banner_problems(slogan, format, label, emblem):
            yield owner.origin.finding(
                owner.locate(*keys),
                "slogan-too-long",
                message,
                "rút gọn câu, hoặc không dùng khổ này",
                field=field_name(keys),
                severity=Severity.WARNING,
            )


def _banner_problems(slogan: Slogan, format: Format, label: str, emblem: Emblem) -> Iterator[str]:
    """Why a slogan is not drawn in a format, "" apart: an unprintable character is told elsewhere."""
    if missing(slogan.text.upper(), BANNER):
        yield ""
        return
    try:
        capitals = banners.arrange(slogan.text, format, label, bool(emblem.name)).fit.capitals
    except banners.TooLong:
        yield f"câu dài quá {banners.MOST_GROUPS} cụm từ, không in được khổ {format.title.lower()}"
        return
    if capitals < format.lowest:
        yield (
            f"khổ {format.title.lower()} {format.size}: chữ chỉ cao {capitals:.0f} {format.unit},"
            f" ít nhất phải {format.lowest:g} {format.unit}"
        )


def _missing(owner: Plan | Campaign, place: Place, character: str, field: str) -> Finding:
    message = f"phông chữ in không có ký tự {named(character)}"
    return owner.origin.finding(
        place, "missing-glyph", message, "thay bằng chữ hoặc ký hiệu khác", field=field
    )
