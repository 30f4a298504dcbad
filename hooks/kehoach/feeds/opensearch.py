"""opensearch.xml (OpenSearch 1.1 draft 6): the site's search, for a browser's address bar."""

from collections.abc import Iterator

from kehoach.feeds.feed import Feed
from kehoach.feeds.markup import document, element, nest
from kehoach.feeds.text import line
from kehoach.site import Site

NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
# Longest names the specification allows, in characters.
SHORT_NAME, LONG_NAME, DESCRIPTION = 16, 48, 1024


def feeds(site: Site) -> Iterator[Feed]:
    """The description; none for a site without an address, since a template is a full address."""
    if not site.url:
        return
    template = site.absolute("tim-kiem/") + "?q={searchTerms}"
    root = nest(
        "OpenSearchDescription",
        element("ShortName", shorten(site.name, SHORT_NAME)),
        element("LongName", shorten(f"Tìm kiếm - {site.name}", LONG_NAME)),
        element("Description", shorten(site.description or site.name, DESCRIPTION)),
        element("Url", type="text/html", method="get", template=template),
        element("Language", "vi"),
        element("InputEncoding", "UTF-8"),
        element("OutputEncoding", "UTF-8"),
        xmlns=NAMESPACE,
    )
    yield Feed("opensearch.xml", [document(root)])


def shorten(text: str, limit: int) -> str:
    """`text` on one line, cut after a whole word at `limit` characters."""
    words = line(text)
    return words if len(words) <= limit else words[: limit + 1].rpartition(" ")[0] or words[:limit]
