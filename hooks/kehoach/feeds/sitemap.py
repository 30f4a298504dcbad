"""sitemap.xml (sitemaps.org 0.9): every indexed page, and when it last changed where Git knows."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from kehoach.feeds.feed import Feed
from kehoach.feeds.markup import document, element, nest
from kehoach.history import History
from kehoach.records.document import Document
from kehoach.records.event import Owned
from kehoach.site import Site

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
LIMIT = 50_000  # addresses in one file, by the protocol


def feeds(
    pages: Iterable[tuple[str, str | None]], site: Site, *, limit: int = LIMIT
) -> Iterator[Feed]:
    """The sitemap of `pages`, each an address and when it last changed (ISO 8601, or None).

    More than `limit` go to several files under an index. A site without an address of its own has
    no sitemap: the protocol wants full addresses.
    """
    if not site.url:
        return
    rows = [_row("url", site.absolute(address), moment) for address, moment in pages]
    if len(rows) <= limit:
        yield _file("sitemap.xml", "urlset", rows)
        return
    parts = [rows[start : start + limit] for start in range(0, len(rows), limit)]
    addresses = [f"sitemap-{number}.xml" for number, _ in enumerate(parts, 1)]
    index = [_row("sitemap", site.absolute(address), None) for address in addresses]
    yield _file("sitemap.xml", "sitemapindex", index)
    for address, part in zip(addresses, parts, strict=True):
        yield _file(address, "urlset", part)


def changed(subject: object, history: History) -> datetime | None:
    """When what a page shows last changed; None where Git does not tell."""
    if isinstance(subject, Document):
        return history.updated(subject.path)
    if isinstance(subject, Owned):
        return history.updated(subject.owner.path)
    return None


def _row(tag: str, address: str, moment: str | None) -> list[str]:
    changed = element("lastmod", moment) if moment else ()
    return nest(tag, element("loc", address), changed)


def _file(address: str, tag: str, rows: Iterable[Iterable[str]]) -> Feed:
    return Feed(address, [document(nest(tag, *rows, xmlns=NAMESPACE))])
