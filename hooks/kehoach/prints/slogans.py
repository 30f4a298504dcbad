"""The banners of a slogan: which formats it has, where they stand, what they depend on."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from kehoach.prints import banners
from kehoach.prints.coverage import BANNER, missing
from kehoach.prints.emblem import Emblem, EmblemError, read_emblem
from kehoach.prints.formats import DEFAULT_SCHEME, FORMATS, SCHEMES, Format, Ink, Scheme
from kehoach.records.event import Slogan
from kehoach.records.library import Library
from kehoach.records.plan import Plan
from kehoach.site import Site


@dataclass(frozen=True, slots=True)
class BannerFile:
    """One file of a banner: what it is for, in words and as part of the name it is saved under."""

    output: str  # pdf, svg, png
    address: str
    purpose: str
    name: str


@dataclass(frozen=True, slots=True)
class Banner:
    """One format of one slogan, as a page offers it; the file that most come for is the first.

    `inks` are those of the site's scheme, each with what it is for.
    """

    title: str
    size: str
    width: float
    height: float
    files: tuple[BannerFile, ...]
    inks: tuple[tuple[str, Ink], ...]


def slogans(library: Library) -> list[Slogan]:
    """Each slogan that has a page, once: a plan that repeats a campaign's shares its banners."""
    first: dict[str, Slogan] = {}
    for slogan in library.slogans:
        first.setdefault(slogan.page, slogan)
    return list(first.values())


def printable(slogan: Slogan) -> bool:
    """Whether a banner can be drawn at all; `findings` tells why not."""
    with suppress(banners.TooLong):
        return bool(banners.settable(slogan.text)) and not missing(slogan.text.upper(), BANNER)
    return False


def banner_files(slogan: Slogan, site: Site) -> list[Banner]:
    """The formats of a slogan with the files of each, in the colours of `site`."""
    if not printable(slogan):
        return []
    return [
        Banner(
            title=format.title,
            size=format.size,
            width=format.width,
            height=format.height,
            files=tuple(
                BannerFile(
                    output,
                    slogan.page + file_name(slogan, format, output),
                    *_purpose(slogan, format, output),
                )
                for output in sorted(format.outputs, key=_IN_ORDER[format.unit].index)
            ),
            inks=scheme_of(site).inks,
        )
        for format in FORMATS
    ]


_IN_ORDER = {"mm": ("pdf", "svg", "png"), "px": ("png", "svg")}


def _purpose(slogan: Slogan, format: Format, output: str) -> tuple[str, str]:
    """The purpose of a file in words, and the name that says it."""
    if output == "pdf":
        scale = f", tỉ lệ 1:{format.reduction}" if format.reduction > 1 else ""
        return f"PDF để in{scale}", file_name(slogan, format, output)
    stem = f"{slogan.id}-{format.id}"
    if output == "svg":
        return "SVG để sửa", f"{stem}.svg"
    if format.dpi:
        return f"PNG để in, {format.dpi} dpi", f"{stem}-in-{format.dpi}dpi.png"
    width, height = format.pixels
    return f"PNG cho màn hình, {width} × {height} px", f"{stem}-man-hinh-{width}x{height}px.png"


def scheme_of(site: Site) -> Scheme:
    """The colours of the site's banners."""
    return SCHEMES.get(site.scheme, SCHEMES[DEFAULT_SCHEME])


def file_name(slogan: Slogan, format: Format, output: str) -> str:
    """The name of a banner's file: a sheet reduced to 1:10 says so."""
    scale = f"-ty-le-1-{format.reduction}" if output == "pdf" and format.reduction > 1 else ""
    return f"{slogan.id}-{format.id}{scale}.{output}"


def banner(
    slogan: Slogan, library: Library, site: Site, scheme: str
) -> Iterator[tuple[str, bytes]]:
    """Every banner of one slogan in a colour scheme of one's choice, by file name.

    Raises KeyError for a scheme that is not in SCHEMES, EmblemError, TooLong.
    """
    emblem = read_emblem(library.root, site)
    for format in FORMATS:
        for output in format.outputs:
            data = banner_data(slogan, format, output, library, site, emblem)
            data["scheme"] = SCHEMES[scheme].id
            yield file_name(slogan, format, output), banners.draw(data, emblem.content)


def banner_data(
    slogan: Slogan, format: Format, output: str, library: Library, site: Site, emblem: Emblem
) -> dict[str, Any]:
    return {
        "text": slogan.text,
        "format": format.id,
        "scheme": scheme_of(site).id,
        "output": output,
        "label": label(slogan, library, site),
        "emblem": emblem.name,
    }


def label(slogan: Slogan, library: Library, site: Site) -> str:
    """Whose banner it is: the issuer of the slogan's plan, else the department of the site."""
    owner = slogan.owner
    department = library.units.by_id.get(site.department)
    unit = library.issuer(owner) if isinstance(owner, Plan) else department
    return unit.name if unit else str((site.extra.get("department") or {}).get("name") or "")


def emblem_of(library: Library, site: Site) -> Emblem:
    """The site's emblem, an empty one where it cannot be printed."""
    try:
        return read_emblem(library.root, site)
    except EmblemError:
        return Emblem()
