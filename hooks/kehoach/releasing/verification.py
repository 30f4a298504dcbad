"""The checks of whether a site may replace the live one."""

from collections.abc import Iterator

from kehoach.releasing.manifest import Manifest
from kehoach.releasing.survey import Survey

SHOWN = 20


def problems(
    fresh: Survey, live: Manifest | None, *, share: float, allow_removals: bool
) -> Iterator[str]:
    """Every reason against replacing the live site. `share` of its pages may go, 0.1 for a tenth."""
    yield from shortened(fresh.broken, "liên kết hỏng")
    if live is None or allow_removals:
        return
    yield from shortened(tuple(lost(fresh, live)), "địa chỉ bị mất")
    if fresh.pages < live.pages * (1 - share):
        yield (
            f"trang mới chỉ có {fresh.pages} trang, bản đang công bố có {live.pages}:"
            f" giảm quá {share:.0%}; nếu đúng ý, thêm --allow-removals"
        )


def lost(fresh: Survey, live: Manifest) -> Iterator[str]:
    """Addresses of `live` that would no longer answer.

    A file (PDF, calendar) of a document that was moved or removed is answered by that notice.
    """
    answered = set(fresh.addresses)
    for address in live.addresses:
        if address in answered or any(folder in fresh.notices for folder in _folders(address)):
            continue
        yield (
            f"/{address} đang được công bố nhưng không còn trong bản mới:"
            " ghi địa chỉ cũ vào `aliases:` của văn bản thay thế, hoặc thêm --allow-removals"
        )


def _folders(address: str) -> Iterator[str]:
    parts = address.split("/")[:-1]
    for depth in range(1, len(parts) + 1):
        yield "/".join(parts[:depth]) + "/"


def shortened(lines: tuple[str, ...], what: str) -> Iterator[str]:
    yield from lines[:SHOWN]
    if len(lines) > SHOWN:
        yield f"… và {len(lines) - SHOWN} {what} khác"
