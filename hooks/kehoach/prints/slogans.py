"""The banners of a slogan: which formats it has, where they stand, what they depend on."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from kehoach.prints import banners
from kehoach.prints.coverage import BANNER, missing
from kehoach.prints.emblem import Emblem, EmblemError, read_emblem
from kehoach.prints.formats import DEFAULT_SCHEME, FORMATS, SCHEMES, Format
from kehoach.records.event import Slogan
from kehoach.records.library import Library
from kehoach.records.plan import Plan
from kehoach.site import Site


@dataclass(frozen=True, slots=True)
class Banner:
    """One format of one slogan, as a page offers it: `files` are (pdf, svg or png; address)."""

    title: str
    size: str
    width: float
    height: float
    reduction: int
    files: tuple[tuple[str, str], ...]


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


def banner_files(slogan: Slogan) -> list[Banner]:
    """The formats of a slogan with the files of each."""
    if not printable(slogan):
        return []
    return [
        Banner(
            title=format.title,
            size=format.size,
            width=format.width,
            height=format.height,
            reduction=format.reduction,
            files=tuple(
                (output, slogan.page + file_name(slogan, format, output))
                for output in format.outputs
            ),
        )
        for format in FORMATS
    ]


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
    scheme = site.scheme if site.scheme in SCHEMES else DEFAULT_SCHEME
    return {
        "text": slogan.text,
        "format": format.id,
        "scheme": scheme,
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
