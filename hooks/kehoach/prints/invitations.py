"""An event's invitation and programme, A5, from its front matter alone."""

from typing import Any

from kehoach.prints import qr
from kehoach.prints.coverage import TEXT, drawable
from kehoach.prints.lines import unbroken
from kehoach.prints.typesetting import compile_one
from kehoach.records.event import Event, EventKind
from kehoach.records.library import Library
from kehoach.site import Site

_WITH_GUESTS = {
    EventKind.CONFERENCE,
    EventKind.WORKSHOP,
    EventKind.TALK,
    EventKind.CONTEST,
    EventKind.TRAINING,
}


def address(event: Event) -> str:
    return f"{event.page}giay-moi.pdf"


def invites(event: Event) -> bool:
    """Whether the event is one that people are asked to, and will take place."""
    return event.kind in _WITH_GUESTS and event.is_held and event.plan.is_in_force


def data(event: Event, library: Library, site: Site) -> dict[str, Any]:
    """All that an invitation depends on; a time stands as the plan words it."""
    issuer = library.issuer(event.plan)
    above, name = library.units.letterhead(issuer) if issuer else ("", event.plan.issuer)
    programme = {
        "Chủ đề": event.theme,
        "Nội dung": event.description,
        "Thành phần": event.audience,
        "Số lượng": event.attendance,
        "Chủ trì": "; ".join(map(library.units.called, event.lead)),
        "Phối hợp": "; ".join(map(library.units.called, event.partners)),
        "Tài liệu": "; ".join(document.title for document in event.documents),
        "Trực tuyến": event.online,
        "Phí tham dự": event.fee,
        "Đăng ký": _registered(event),
        "Liên hệ": _reached(event),
    }
    return {
        "title": event.title,
        "superior": above.upper(),
        "issuer": name.upper(),
        "when": [part.words for part in event.when.each] if event.when else [],
        "place": "; ".join(
            ", ".join(filter(None, (venue.name, venue.address))) for venue in event.venues
        ),
        "steps": [[step.at, step.what, step.who or ""] for step in event.steps],
        "programme": [[name, words] for name, words in programme.items() if words],
        "address": site.absolute(event.page) if site.url else "",
    }


def _registered(event: Event) -> str:
    if not (asked := event.registration):
        return ""
    until = f"hạn {asked.until.words}" if asked.until else ""
    room = f"{asked.places} chỗ" if asked.places else ""
    return "; ".join(filter(None, (asked.url, asked.phone, asked.email, until, room)))


def _reached(event: Event) -> str:
    if not (contact := event.contact):
        return ""
    return ", ".join(filter(None, (contact.name, contact.phone, contact.email)))


def draw(data: dict[str, Any]) -> bytes:
    data = drawable(data, TEXT)
    ready = {"title": unbroken(data["title"]), "qr": qr.drawing(data["address"])}
    return compile_one("invitation", data | ready, standards=("ua-1",))
