"""Text as XML 1.0 and RFC 5545 can hold it, and names that hold on every site."""

import re
from functools import cache
from urllib.parse import urlsplit

from kehoach.records.plan import Plan
from kehoach.site import Site

# XML 1.0 §2.2, RFC 5545 §3.1: neither holds control characters, surrogates, non-characters.
_FORBIDDEN = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def line(text: str) -> str:
    """`text` on one line, single-spaced."""
    return " ".join(printable(text).split())


def host(site: Site) -> str:
    """The host that permanent ids are made under, with the folder that the site has there; "" for a site
    without an address, which has none to name."""
    return _host(site.url)


@cache
def _host(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname or ''}{parts.path.rstrip('/')}"


def plan_label(plan: Plan) -> str:
    """ "Kế hoạch số 254/KH-SKHCN: Tổ chức …"; without the number where the registry gave none."""
    number = "".join((plan.number or "").split())
    return line(
        f"{plan.kind} số {number}: {plan.title}"
        if plan.is_numbered
        else f"{plan.kind}: {plan.title}"
    )
