"""The site: the settings of a department that all rooms need."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

# An address without a scheme, a query, or a segment that is empty or begins with a dot.
_PLAIN = re.compile(r"[\w-][\w.-]*(?:/[\w-][\w.-]*)*/?(?:#[\w-]+)?")

TIMEZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True)
class Site:
    """One site. `url` ends with a slash, or is "" where the department has set none; `clock` is aware."""

    name: str
    url: str
    description: str
    clock: datetime
    department: str = ""
    scheme: str = "do-vang"
    extra: dict[str, Any] = field(default_factory=dict)

    def absolute(self, address: str) -> str:
        """The full address of `address` (site-relative, no leading slash)."""
        return _absolute(self.url, address)


@lru_cache(maxsize=50_000)
def _absolute(url: str, address: str) -> str:
    if not url:
        return f"/{address}"
    if _PLAIN.fullmatch(address) and _is_folder(url):
        return url + address
    return urljoin(url, address)


@cache
def _is_folder(url: str) -> bool:
    """Whether a plain address follows `url` as it stands (RFC 3986 §5.2)."""
    return urljoin(url, "x") == f"{url}x"
