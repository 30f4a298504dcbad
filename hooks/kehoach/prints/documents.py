"""A plan as a paper document, laid out after Decree 30/2020/NĐ-CP, Appendix I."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from kehoach.prints import pictures, qr, tree
from kehoach.prints.lines import unbroken
from kehoach.prints.typesetting import ACCESSIBLE, compile_one
from kehoach.records.body.model import Body
from kehoach.records.body.reading import body_of
from kehoach.records.body.rendering import render
from kehoach.records.kinds import about, is_letter
from kehoach.records.library import Library
from kehoach.records.period import Period, PeriodError, document_date
from kehoach.records.plan import Plan, PlanStatus
from kehoach.site import Site

# A plan that does not stand as it is says so across every page.
_MARKED = {PlanStatus.DRAFT, PlanStatus.SUPERSEDED, PlanStatus.WITHDRAWN}


def address(plan: Plan) -> str:
    return f"{plan.address}{plan.slug}.pdf"


def data(plan: Plan, library: Library, site: Site) -> dict[str, Any]:
    """All that the document of a plan depends on."""
    issuer = library.issuer(plan)
    superior, names = library.units.heading(library.issuers(plan))
    return {
        "title": plan.title,
        "kind": plan.kind.upper(),
        "about": about(plan.title) if is_letter(plan.kind) else "",
        "superior": [line.upper() for line in superior],
        "issuer": [line.upper() for line in names],
        "author": issuer.name if issuer else plan.issuer,
        "number": plan.number or "",
        "numbered": plan.is_numbered,
        "numbers": plan.numbers[1:],
        "place": plan.place or "",
        "date": written_date(plan.date),
        "day": plan.date.start.isoformat() if plan.date.start else "",
        "body": plan.body,
        "signers": [signer.model_dump() for signer in plan.signatures],
        "recipients": list(plan.recipients),
        "status": plan.status.label.upper() if plan.status in _MARKED else "",
        "address": site.absolute(plan.address) if site.url else "",
    }


def draw(data: dict[str, Any], pictures: Mapping[str, bytes]) -> bytes:
    """PDF/A-2a and PDF/UA-1, A4; `pictures` by their sources."""
    ready = {
        "abstract": tree.breakable(unbroken(data["about"] or data["title"])),
        **tree.sheets(read(data["body"]), pictures),
        "pictures": {source: list(content) for source, content in pictures.items()},
        "qr": qr.drawing(data["address"]),
    }
    day = date.fromisoformat(data["day"]) if data["day"] else None
    return compile_one("document", data | ready, standards=ACCESSIBLE, day=day)


@lru_cache(maxsize=1)  # for the Word file, which mostly follows the PDF
def read(source: str) -> Body:
    """The body as it is printed: an abbreviation's meaning is not."""
    rendered = render(source, abbreviations={})
    return body_of(rendered.html + rendered.annexes)


def illustrations(plan: Plan, library: Library) -> dict[str, bytes]:
    """The pictures of a plan that can be printed, by their sources."""
    if not plan.may_show_pictures:
        return {}
    return pictures.printable(read(plan.body), plan, library.root)


def written_date(period: Period) -> str:
    """The day of a document as written by hand; six spaces stand where it is left blank."""
    try:
        return document_date(period)
    except PeriodError:
        return period.words
