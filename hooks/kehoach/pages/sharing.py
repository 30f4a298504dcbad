"""The preview of a link where people share it: Open Graph (ogp.me) and Twitter's cards."""

import html
from collections.abc import Iterator

from kehoach.pages.page import Page
from kehoach.records.document import Document
from kehoach.site import Site

CARD = (1200, 630)  # pixels, of every card that is printed
_LOCALE = "vi_VN"
_LONGEST = 200  # characters of a description; more is cut by whoever shows it


def tags(page: Page, site: Site, card: str) -> Iterator[str]:
    """The tags for the head of `page`; `card` is the address of its picture, "" for none."""
    description = " ".join((page.description or site.description).split())
    told = {
        "og:type": "article" if isinstance(page.subject, Document) else "website",
        "og:site_name": site.name,
        "og:locale": _LOCALE,
        "og:title": page.title if page.address else site.name,
        "og:description": _short(description),
        "og:url": site.absolute(page.address) if site.url and not page.anywhere else "",
    }
    if card and site.url:
        told |= {
            "og:image": site.absolute(card),
            "og:image:width": str(CARD[0]),
            "og:image:height": str(CARD[1]),
            "og:image:alt": page.title if page.address else site.name,
        }
    for name, value in told.items():
        if value:
            yield f'<meta property="{name}" content="{html.escape(value)}">'
    kind = "summary_large_image" if "og:image" in told else "summary"
    yield f'<meta name="twitter:card" content="{kind}">'


def _short(text: str) -> str:
    """`text` cut after a whole word."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rpartition(' ')[0]} …"
