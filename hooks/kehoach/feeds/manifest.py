"""manifest.webmanifest (W3C Web Application Manifest): the site as an entry of a home screen."""

import json
from collections.abc import Iterable, Iterator

from kehoach.feeds.feed import Feed
from kehoach.feeds.opensearch import shorten
from kehoach.site import Site

ADDRESS = "manifest.webmanifest"
SHORT_NAME = 30  # characters; longer ones are cut where icons stand, so a whole word is better
THEME_COLOUR = "#0b2549"  # the header's, as theme/main.html tells browsers


def feeds(site: Site, icons: Iterable[tuple[int, str]]) -> Iterator[Feed]:
    """The manifest; `icons` are the sizes in pixels and addresses of square PNG files."""
    told = {
        "name": site.name,
        "short_name": shorten(site.name, SHORT_NAME),
        "description": site.description,
        "lang": "vi",
        "start_url": "./",
        "scope": "./",
        "display": "browser",
        "theme_color": THEME_COLOUR,
        "background_color": "#ffffff",
        "icons": [
            {"src": address, "sizes": f"{size}x{size}", "type": "image/png"}
            for size, address in icons
        ],
    }
    yield Feed(ADDRESS, [json.dumps(told, ensure_ascii=False, indent=2).encode() + b"\n"])
