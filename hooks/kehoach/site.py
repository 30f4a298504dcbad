"""What a department sets in `mkdocs.yml`, as the rooms need it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

TIMEZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
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
        return urljoin(self.url, address) if self.url else f"/{address}"
