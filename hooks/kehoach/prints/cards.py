"""The picture that goes with a link to a page (og:image): 1200 × 630 px."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from kehoach.prints.coverage import SCREEN, missing
from kehoach.prints.formats import DEFAULT_SCHEME, SCHEMES
from kehoach.prints.lines import unbroken
from kehoach.prints.typesetting import compile_one
from kehoach.records.library import Library
from kehoach.site import Site


def address(page: str) -> str:
    """The card of the page at `page` ("ke-hoach/2022/x/", "" for the home page)."""
    return f"{page}the.png"


def cards(library: Library, site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """Pages that have a card, and the card's data: what the page is, its title, who publishes it.

    An event is shown by the card of its plan, a slogan by its banner of the same size.
    """
    scheme = site.scheme if site.scheme in SCHEMES else DEFAULT_SCHEME
    pages = [
        ("", "18 tháng 5", site.name),
        *((plan.address, plan.kind, plan.title) for plan in library.plans),
        *((campaign.address, "Chủ đề năm", campaign.title) for campaign in library.campaigns),
        *(
            (material.address, material.kind.value, material.title)
            for material in library.materials
        ),
    ]
    for page, kind, title in pages:
        if not missing(title + kind, SCREEN):
            publisher = site.name if page else ""
            yield page, {"title": title, "kind": kind, "publisher": publisher, "scheme": scheme}


def draw(data: dict[str, Any]) -> bytes:
    ready = {
        "title": unbroken(data["title"]),
        "kind": data["kind"].upper(),
        "scheme": asdict(SCHEMES[data["scheme"]]),
    }
    return compile_one("card", data | ready, format="png", ppi=72)
