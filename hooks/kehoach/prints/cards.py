"""The picture that goes with a link to a page (og:image): 1200 × 630 px."""

from dataclasses import asdict
from typing import Any

from kehoach.prints.formats import Scheme
from kehoach.prints.lines import unbroken
from kehoach.prints.typesetting import compile_one


def address(page: str) -> str:
    """The card of the page at `page` ("ke-hoach/2022/x/", "" for the home page)."""
    return f"{page}the.png"


def data(title: str, kind: str, publisher: str, scheme: Scheme) -> dict[str, Any]:
    """All that a card depends on: what the page is, its title, and who publishes it."""
    return {
        "title": unbroken(title),
        "kind": kind.upper(),
        "publisher": publisher,
        "scheme": asdict(scheme),
    }


def draw(data: dict[str, Any]) -> bytes:
    return compile_one("card", data, format="png", ppi=72)
