"""Ways to keep an event: the calendars of others as plain links.

Nothing is asked of anybody's server until the reader follows a link.
"""

from datetime import timedelta
from urllib.parse import urlencode

from kehoach.pages.page import View
from kehoach.records.event import Event, EventStatus
from kehoach.site import Site


def calendar_links(event: Event, site: Site) -> list[View]:
    """Links that fill in a new entry at Google and Outlook; none where the day is not certain."""
    when = event.when
    if (
        when is None
        or not when.exact
        or event.status in (EventStatus.CANCELLED, EventStatus.POSTPONED)
    ):
        return []
    start, end = when.bounds
    after = end + timedelta(days=1)
    where = "; ".join(
        ", ".join(filter(None, (venue.name, venue.address))) for venue in event.venues
    )
    details = f"{when.words}\n{site.absolute(event.page)}"
    google = {
        "action": "TEMPLATE",
        "text": event.title,
        "dates": f"{start:%Y%m%d}/{after:%Y%m%d}",
        "details": details,
        "location": where,
    }
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": event.title,
        "startdt": start.isoformat(),
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


def map_links(event: Event) -> list[View]:
    """For each place its own map, else a search for its street address on OpenStreetMap."""
    return [
        {
            "title": f"Bản đồ: {venue.name}",
            "href": venue.map
            or f"https://www.openstreetmap.org/search?{urlencode({'query': venue.address})}",
        }
        for venue in event.venues
        if venue.map or venue.address
    ]
