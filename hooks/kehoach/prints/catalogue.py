"""The prints of a library: each one's address, the data it depends on, and how it is drawn."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from kehoach.hashing import fingerprint
from kehoach.photographs import smaller
from kehoach.prints import (
    banners,
    calendars,
    cards,
    documents,
    icons,
    invitations,
    pictures,
    word,
    years,
)
from kehoach.prints.emblem import Emblem
from kehoach.prints.findings import sheet_problems
from kehoach.prints.formats import FORMATS
from kehoach.prints.kits import pack
from kehoach.prints.pictures import digest
from kehoach.prints.slogans import (
    banner_data,
    banner_files,
    emblem_of,
    file_name,
    printable,
    slogans,
)
from kehoach.prints.typesetting import toolchain
from kehoach.records.body.model import Items
from kehoach.records.body.walking import words
from kehoach.records.campaign import Campaign
from kehoach.records.document import Document
from kehoach.records.event import Slogan
from kehoach.records.files import pictured
from kehoach.records.library import Library
from kehoach.records.material import Material
from kehoach.records.plan import Plan
from kehoach.site import Site

LARGEST = 3840  # pixels across: a photograph of a kit, for a page of print at 300 dpi
PNG = b"\x89PNG"


@dataclass(frozen=True)
class Print:
    """An artefact that is drawn.

    `data` is JSON-able and holds all that the bytes depend on, templates, fonts and code by their
    `toolchain`: while its hash is the same, so is the file. `draw` can be pickled; it is given `data`, and,
    of a file that holds other prints, the bytes of these `parts` by their names in it.
    """

    address: str
    kind: str  # document, word, banner, kit, calendar, invitation, card, icon, year
    data: dict[str, Any]
    draw: Callable[..., bytes]
    parts: Mapping[str, "Print"] | None = None

    @cached_property
    def fingerprint(self) -> str:
        return fingerprint(self.kind, self.data)

    @property
    def is_large(self) -> bool:
        """Whether typesetting keeps a hundred MiB of its drawing, until it is told to `forget`."""
        return self.kind == "calendar"

    def make(self, recall: Callable[["Print"], bytes] | None = None) -> bytes:
        """The file's bytes; those of its parts are what `recall` gives of each, else drawn too.

        Raises PrintError where Typst refuses the data.
        """
        if self.parts is None:
            return self.draw(self.data)
        held = {name: recall(part) if recall else part.make() for name, part in self.parts.items()}
        return self.draw(self.data, held)


def _print(
    address: str, kind: str, data: dict[str, Any], draw: Callable[..., bytes], **more: Any
) -> Print:
    return Print(address, kind, {**data, "toolchain": toolchain()}, draw, **more)


def own(plan: Plan, library: Library, site: Site) -> Iterator[Print]:
    """The prints of a plan's text, PDF and Word, not drawn yet; none where the fonts lack a glyph."""
    if not any(sheet_problems(plan)):
        shown = documents.illustrations(plan, library)
        data = {
            **documents.data(plan, library, site),
            "pictures": {source: digest(content) for source, content in shown.items()},
        }
        draw = partial(documents.draw, pictures=shown)
        yield _print(documents.address(plan), "document", data, draw)
        yield _word(plan, word.data(plan, library, site), word.draw, shown)


def _word(
    document: Document,
    data: dict[str, Any],
    draw: Callable[..., bytes],
    shown: Mapping[str, bytes],
) -> Print:
    told = {"pictures": {source: digest(content) for source, content in shown.items()}}
    return _print(word.address(document), "word", data | told, partial(draw, pictures=shown))


@dataclass(frozen=True, slots=True)
class Beside:
    """Files of press kits that others make: `calendars` as iCalendar by the address of their campaign,
    and what tells one state of a photograph from another, by its path under `content/`."""

    calendars: Mapping[str, str] = field(default_factory=dict)
    photographs: Mapping[str, str] = field(default_factory=dict)


def shared(library: Library, site: Site, beside: Beside = Beside()) -> Iterator[Print]:
    """The prints of records, not drawn yet: banners, press kits, calendars, invitations, cards, icons."""
    emblem = emblem_of(library, site)
    texts = {material.path: _material(material, library) for material in library.materials}
    for campaign, own in _by_campaign(library):
        drawn = [made for slogan in own for made in _banners(slogan, library, site, emblem)]
        yield from drawn
        if campaign:
            told = [m for m in library.materials if m.campaign == campaign.year]
            names = {
                file.address: f"{slogan.id}/{file.name}"
                for slogan in own
                for banner in banner_files(slogan, site)
                for file in banner.files
            }
            banners_of = {names[made.address]: made for made in drawn}
            words = [(material, texts[material.path]) for material in told]
            photographs = list(_photographs(campaign, library, beside))
            calendar = beside.calendars.get(campaign.address, "")
            yield _kit(campaign, banners_of, words, photographs, calendar, site, emblem)
    for year in calendars.years(library):
        data = calendars.data(year, library, site)
        yield _print(calendars.address(year), "calendar", data, calendars.draw)
        shared_out = years.data(year, library, site)
        if shared_out["rows"]:
            yield _print(years.address(year), "year", shared_out, years.draw)
    for event in library.events:
        if invitations.invites(event):
            data = invitations.data(event, library, site)
            yield _print(invitations.address(event), "invitation", data, invitations.draw)
    yield from texts.values()
    for page, data in cards.cards(library, site):
        yield _print(cards.address(page), "card", data, cards.draw)
    drawing = icons.source(emblem)
    for address, data, make in icons.icons(emblem):
        yield _print(address, "icon", data, partial(_draw_icon, make=make, drawing=drawing))


def _material(material: Material, library: Library) -> Print:
    shown = pictures.printable(word.material_body(material.body), material, library.root)
    return _word(material, word.material_data(material, library), word.draw_material, shown)


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
            yield _print(address, "banner", data, draw)


def kit_address(campaign: Campaign) -> str:
    return f"{campaign.address}bo-truyen-thong-{campaign.year}.zip"


@dataclass(frozen=True, slots=True)
class Photograph:
    """A photograph of a kit: its name there, whose it is and what it shows, its original, and its state."""

    name: str
    words: str
    original: Path
    state: str


def _photographs(campaign: Campaign, library: Library, beside: Beside) -> Iterator[Photograph]:
    """Those that the campaign's plans declare of their events, each once."""
    plans = (plan for plan in library.plans if plan.campaign == campaign.year)
    found = {file: picture for plan in plans for file, picture in pictured(plan)}
    for file, picture in found.items():
        if file in beside.photographs:
            name = f"anh/{file.replace('/', '-').rpartition('.')[0]}.jpg"
            words = ". ".join(filter(None, (picture.alt, picture.caption)))
            yield Photograph(name, words, library.root / file, beside.photographs[file])


def _kit(
    campaign: Campaign,
    drawn: Mapping[str, Print],
    texts: list[tuple[Material, Print]],
    photographs: list[Photograph],
    calendar: str,
    site: Site,
    emblem: Emblem,
) -> Print:
    """Banners, the campaign's words, its materials as Word files and as plain text, the emblem, a README."""
    parts = {**drawn, **{f"van-ban/{material.slug}.docx": made for material, made in texts}}
    data = {
        "words": words_of(campaign),
        "files": {name: made.fingerprint for name, made in parts.items()},
        "text": {f"van-ban/{material.slug}.txt": plain_text(material) for material, _ in texts},
        "readme": readme(
            campaign,
            [material for material, _ in texts],
            photographs,
            site,
            emblem,
            has_banners=bool(drawn),
            has_calendar=bool(calendar),
        ),
        "photographs": {photograph.name: photograph.state for photograph in photographs},
        "calendar": calendar,
        "emblem": emblem.name,
    }
    originals = {photograph.name: photograph.original for photograph in photographs}
    draw = partial(_draw_kit, emblem=emblem, originals=originals)
    return _print(kit_address(campaign), "kit", data, draw, parts=parts)


def _draw_kit(
    data: dict[str, Any], files: Mapping[str, bytes], emblem: Emblem, originals: Mapping[str, Path]
) -> bytes:
    texts = {"README.txt": data["readme"], "khau-hieu-va-chu-de.txt": data["words"], **data["text"]}
    return pack(
        [
            *((name, text.encode("utf-8-sig")) for name, text in texts.items()),
            *files.items(),
            *(
                (name, smaller(file.read_bytes(), LARGEST, "jpg"))
                for name, file in originals.items()
            ),
            *([("lich.ics", data["calendar"].encode())] if data["calendar"] else []),
            (_emblem_file(emblem), icons.source(emblem)),
        ]
    )


def _emblem_file(emblem: Emblem) -> str:
    return f"bieu-tuong.{'png' if emblem.content.startswith(PNG) else 'svg'}"


_README_CALENDAR = (
    "lich.ics: lịch của chủ đề lúc đóng gói; lịch tự cập nhật ở địa chỉ cuối tệp này."
)
_README_BANNERS = (
    "Mỗi thư mục còn lại là một câu, theo từng khổ:",
    "  - .pdf: in tại xưởng, màu CMYK, có lề xén và dấu cắt; tỉ lệ, mã màu ghi trên bản in.",
    "  - .svg: sửa bằng phần mềm đồ hoạ, không vỡ hình.",
    "  - …-man-hinh-….png: cho màn hình, mạng xã hội, cỡ ghi trong tên; không dùng để in.",
    "  - …-in-150dpi.png: áp phích A2, A3 để in tại văn phòng.",
)


def readme(
    campaign: Campaign,
    materials: list[Material],
    photographs: list[Photograph],
    site: Site,
    emblem: Emblem,
    *,
    has_banners: bool,
    has_calendar: bool,
) -> str:
    """The README of a press kit: what its files are for, and where the calendars are that change."""
    texts = [f"  - {m.kind.value}: {m.title} ({m.slug}.docx, {m.slug}.txt)" for m in materials]
    shown = [f"  - {p.name.removeprefix('anh/')}: {p.words}" for p in photographs]
    lines = [
        f"BỘ TRUYỀN THÔNG: {campaign.title.upper()}",
        "",
        "khau-hieu-va-chu-de.txt: nguyên văn chủ đề, khẩu hiệu, thời gian, kèm nguồn.",
        *(["van-ban/: thông cáo, bài viết để trích dẫn, biên tập:", *texts] if texts else []),
        *(["anh/: ảnh sự kiện, đã bỏ thông tin máy ảnh và nơi chụp:", *shown] if shown else []),
        *([_README_CALENDAR] if has_calendar else []),
        *(_README_BANNERS if has_banners else []),
        f"{_emblem_file(emblem)}: biểu trưng.",
        "",
        f"Lịch treo tường (PDF): {site.absolute(calendars.address(campaign.year))}",
        f"Lịch cho điện thoại (iCalendar): {site.absolute(campaign.address + 'lich.ics')}",
        f"Trang của chủ đề: {site.absolute(campaign.address)}",
    ]
    return "\r\n".join(lines) + "\r\n"


def plain_text(material: Material) -> str:
    """A material as a newsroom pastes it: title, abstract, a paragraph a line, whom to ask."""
    lines = [material.title.upper(), material.summary or ""]
    for block in word.material_body(material.body).blocks:
        if isinstance(block, Items):
            lines += [f"{item.mark or '-'} {words(item.blocks)}" for item in block.items]
        else:
            lines.append(words([block]))
    lines.append(f"Liên hệ: {material.contact}" if material.contact else "")
    return "\r\n\r\n".join(line for line in lines if line) + "\r\n"


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
