"""The prints of a library: each one's address, the data it depends on, and how it is drawn."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

from kehoach.hashing import fingerprint
from kehoach.prints import banners, calendars, cards, documents, icons, invitations, pictures, word
from kehoach.prints.emblem import Emblem
from kehoach.prints.findings import plan_problems
from kehoach.prints.formats import FORMATS
from kehoach.prints.kits import pack
from kehoach.prints.pictures import digest
from kehoach.prints.slogans import banner_data, emblem_of, file_name, printable, slogans
from kehoach.prints.typesetting import toolchain
from kehoach.records.campaign import Campaign
from kehoach.records.document import Document
from kehoach.records.event import Slogan
from kehoach.records.library import Library
from kehoach.records.plan import Plan
from kehoach.site import Site


@dataclass(frozen=True)
class Print:
    """An artefact that is drawn.

    `data` is JSON-able and holds all that the bytes depend on, templates, fonts and code by their
    `toolchain`: while its hash is the same, so is the file. `draw` can be pickled.
    """

    address: str
    kind: str  # document, word, banner, kit, calendar, invitation, card, icon
    data: dict[str, Any]
    draw: Callable[[dict[str, Any]], bytes]

    @cached_property
    def fingerprint(self) -> str:
        return fingerprint(self.kind, self.data)

    def make(self) -> bytes:
        """The file's bytes. Raises PrintError where Typst refuses the data."""
        return self.draw(self.data)


def own(plan: Plan, library: Library, site: Site) -> Iterator[Print]:
    """The prints of a plan's text, PDF and Word, not drawn yet; none where the fonts lack a glyph."""
    if not any(plan_problems(plan)):
        shown = documents.illustrations(plan, library)
        data = {
            **documents.data(plan, library, site),
            "pictures": {source: digest(content) for source, content in shown.items()},
            "toolchain": toolchain(),
        }
        draw = partial(documents.draw, pictures=shown)
        yield Print(documents.address(plan), "document", data, draw)
        yield _word(plan, word.data(plan, library, site), word.draw, shown)


def _word(
    document: Document,
    data: dict[str, Any],
    draw: Callable[..., bytes],
    shown: Mapping[str, bytes],
) -> Print:
    told = {
        "pictures": {source: digest(content) for source, content in shown.items()},
        "toolchain": toolchain(),
    }
    return Print(word.address(document), "word", data | told, partial(draw, pictures=shown))


def shared(library: Library, site: Site) -> Iterator[Print]:
    """What is printed of records, not drawn yet: banners, calendars, invitations, cards, icons.

    A press kit follows the banners it holds, which are remembered: draw in this order.
    """
    for made in _shared(library, site):
        yield replace(made, data={**made.data, "toolchain": toolchain()})


def _shared(library: Library, site: Site) -> Iterator[Print]:
    emblem = emblem_of(library, site)
    for campaign, own in _by_campaign(library):
        drawn = [made for slogan in own for made in _banners(slogan, library, site, emblem)]
        yield from drawn
        if campaign:
            yield _kit(campaign, drawn, emblem)
    for year in calendars.years(library):
        data = calendars.data(year, library, site)
        yield Print(calendars.address(year), "calendar", data, calendars.draw)
    for event in library.events:
        if invitations.invites(event):
            data = invitations.data(event, library, site)
            yield Print(invitations.address(event), "invitation", data, invitations.draw)
    for material in library.materials:
        shown = pictures.printable(word.material_body(material.body), material, library.root)
        yield _word(material, word.material_data(material, library), word.draw_material, shown)
    for page, data in cards.cards(library, site):
        yield Print(cards.address(page), "card", data, cards.draw)
    drawing = icons.source(emblem)
    for address, data, make in icons.icons(emblem):
        yield Print(address, "icon", data, partial(_draw_icon, make=make, drawing=drawing))


def _draw_icon(data: dict[str, Any], make: Callable[[bytes], bytes], drawing: bytes) -> bytes:
    return make(drawing)


def _by_campaign(library: Library) -> list[tuple[Campaign | None, list[Slogan]]]:
    """The slogans of each campaign, then those that only plans have."""
    by_path = {campaign.path: campaign for campaign in library.campaigns}
    own: dict[str, list[Slogan]] = {path: [] for path in by_path}
    for slogan in slogans(library):
        path = slogan.owner.path
        own.setdefault(path if path in by_path else "", []).append(slogan)
    return [(by_path.get(path), group) for path, group in own.items()]


def _banners(slogan: Slogan, library: Library, site: Site, emblem: Emblem) -> Iterator[Print]:
    if not printable(slogan):
        return
    draw = partial(banners.draw, emblem=emblem.content) if emblem.content else banners.draw
    for format in FORMATS:
        for output in format.outputs:
            address = slogan.page + file_name(slogan, format, output)
            data = banner_data(slogan, format, output, library, site, emblem)
            yield Print(address, "banner", data, draw)


def kit_address(campaign: Campaign) -> str:
    return f"{campaign.address}bo-truyen-thong-{campaign.year}.zip"


def _kit(campaign: Campaign, drawn: list[Print], emblem: Emblem) -> Print:
    files = {"/".join(made.address.split("/")[-2:]): made.data for made in drawn}
    data = {"words": words_of(campaign), "files": files}
    return Print(kit_address(campaign), "kit", data, partial(_draw_kit, emblem=emblem.content))


def _draw_kit(data: dict[str, Any], emblem: bytes) -> bytes:
    drawn = [(name, banners.draw(banner, emblem)) for name, banner in data["files"].items()]
    return pack([("khau-hieu-va-chu-de.txt", data["words"].encode("utf-8-sig")), *drawn])


def words_of(campaign: Campaign) -> str:
    """The themes and slogans verbatim, each with its source, for whoever must copy them."""
    groups = [
        ("CHỦ ĐỀ", [_sourced(theme.text, theme.source) for theme in campaign.themes]),
        ("KHẨU HIỆU", [_sourced(slogan.text, slogan.source) for slogan in campaign.slogans]),
        (
            "THỜI GIAN",
            [_sourced(f"{p.name}: {p.when.words}", p.source) for p in campaign.periods],
        ),
    ]
    parts = ["\r\n".join([heading, *lines]) for heading, lines in groups if lines]
    return "\r\n\r\n".join([campaign.title.upper(), *parts]) + "\r\n"


def _sourced(text: str, source: str | None) -> str:
    return f"- {text}" + (f" ({source})" if source else "")
