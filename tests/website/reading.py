"""Reading built pages."""

from functools import cache
from pathlib import Path

from lxml import etree
from lxml import html as lxml_html


@cache
def tree(path: Path) -> etree._Element:
    return lxml_html.fromstring(path.read_text(encoding="utf-8"))


def pages(site: Path) -> list[Path]:
    found = sorted(site.rglob("*.html"))
    assert len(found) > 200
    return found


def text(element: etree._Element) -> str:
    """The element's text, white space folded."""
    return " ".join("".join(element.itertext()).split())


def blocks(element: etree._Element) -> str:
    """The element's text with a space between its blocks, white space folded."""
    return " ".join(" ".join(element.itertext()).split())
