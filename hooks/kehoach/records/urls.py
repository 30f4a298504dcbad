"""Addresses that a page of ours may lead to."""

import re

# One line, and a scheme that opens a page, writes a letter or dials (RFC 9110, 6068, 3966).
_URL = re.compile(
    r"https?://[^\s/?#@:\\]+(?::\d+)?(?:[/?#]\S*)?|mailto:[^\s@?,]+@[^\s@]+|tel:\+?[0-9.()-]+",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"\s*[a-z][a-z0-9+.-]*:|\s*[/\\]{2}", re.IGNORECASE)
HINT = "viết đầy đủ trên một dòng, mở đầu bằng https://, http://, mailto: hoặc tel:"


def is_url(text: str) -> bool:
    """Whether `text` is an address outside the site, in full, that nothing is run by."""
    return bool(_URL.fullmatch(text))


def leads_away(text: str) -> bool:
    """Whether `text` has a scheme or a host of its own, as browsers read it."""
    return bool(_SCHEME.match(re.sub(r"[\t\n\r]", "", text)))
