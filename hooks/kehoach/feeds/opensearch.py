"""opensearch.xml (OpenSearch 1.1 draft 6): the site's search, for a browser's address bar."""

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from kehoach.feeds.feed import Feed
from kehoach.feeds.markup import add
from kehoach.feeds.markup import document as xml
from kehoach.feeds.text import line
from kehoach.site import Site

NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
# Longest names the specification allows, in characters.
SHORT_NAME, LONG_NAME, DESCRIPTION = 16, 48, 1024


def feeds(site: Site) -> Iterator[Feed]:
    """The description; none for a site without an address, since a template is a full address."""
    if not site.url:
        return
    data = {
        "ShortName": shorten(site.name, SHORT_NAME),
        "LongName": shorten(f"Tìm kiếm - {site.name}", LONG_NAME),
        "Description": shorten(site.description or site.name, DESCRIPTION),
        "template": site.absolute("tim-kiem/") + "?q={searchTerms}",
    }
    yield Feed("opensearch.xml", data, _write)


def shorten(text: str, limit: int) -> str:
    """`text` on one line, cut after a whole word at `limit` characters."""
    words = line(text)
    return words if len(words) <= limit else words[: limit + 1].rpartition(" ")[0] or words[:limit]


def _write(data: dict[str, Any]) -> bytes:
    root = ElementTree.Element("OpenSearchDescription", {"xmlns": NAMESPACE})
    for name in ("ShortName", "LongName", "Description"):
        add(root, name, data[name])
    add(root, "Url", type="text/html", method="get", template=data["template"])
    add(root, "Language", "vi")
    add(root, "InputEncoding", "UTF-8")
    add(root, "OutputEncoding", "UTF-8")
    return xml(root)
