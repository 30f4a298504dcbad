"""robots.txt (RFC 9309): everything may be read; where the list of all pages stands."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from kehoach.feeds.feed import Feed
from kehoach.site import Site

ADDRESS = "robots.txt"
_PREVIEWS = "xem-truoc/"  # of other branches, unlisted


def feeds(site: Site) -> Iterator[Feed]:
    """The file; none for a site in a folder of its host, since robots read it at the root alone."""
    path = urlsplit(site.url).path or "/"
    if path != "/":
        return
    lines = ["User-agent: *", f"Disallow: /{_PREVIEWS}"]
    if site.url:
        lines += ["", f"Sitemap: {site.absolute('sitemap.xml')}"]
    yield Feed(ADDRESS, ["".join(f"{line}\n" for line in lines).encode()])
