"""Ways to keep an event: the calendars of others as plain links, and a QR code drawn at build time.

Nothing is asked of anybody's server until the reader follows a link.
"""

from datetime import timedelta
from urllib.parse import urlencode

from kehoach.pages.page import View
from kehoach.records.event import Event, EventStatus
from kehoach.site import Site

# ISO/IEC 18004, 7.8: a reader takes any of the eight; to find the best one costs eight codes.
_MASK = 0


def calendar_links(event: Event, site: Site) -> list[View]:
    """Links that fill in a new entry at Google and Outlook; none where the day is not certain."""
    when = event.when
    if (
        when is None
        or not when.exact
        or event.status in (EventStatus.CANCELLED, EventStatus.POSTPONED)
    ):
        return []
    after = when.end + timedelta(days=1)
    where = ", ".join(part for part in (event.place, event.address) if part)
    details = f"{when.words}\n{site.absolute(event.page)}"
    google = {
        "action": "TEMPLATE",
        "text": event.title,
        "dates": f"{when.start:%Y%m%d}/{after:%Y%m%d}",
        "details": details,
        "location": where,
    }
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": event.title,
        "startdt": when.start.isoformat(),
        "enddt": after.isoformat(),
        "allday": "true",
        "body": details,
        "location": where,
    }
    return [
        {
            "title": "Google Lịch",
            "href": f"https://calendar.google.com/calendar/render?{urlencode(google)}",
        },
        {
            "title": "Outlook",
            "href": f"https://outlook.live.com/calendar/0/deeplink/compose?{urlencode(outlook)}",
        },
    ]


def map_link(event: Event) -> str:
    """A search for the address on OpenStreetMap; "" where the plan gives no street address."""
    return (
        f"https://www.openstreetmap.org/search?{urlencode({'query': event.address})}"
        if event.address
        else ""
    )


def qr_code(address: str) -> View:
    """The dark squares of a QR code (ISO/IEC 18004, level M) as one SVG path, with its quiet zone."""
    import segno  # late: most builds need none of it

    code = segno.make(address, error="m", micro=False, mask=_MASK)
    rows = [bytes(row) for row in code.matrix_iter(border=4)]
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return {"size": len(rows), "path": path}
