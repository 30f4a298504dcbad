"""A plan as a paper document, laid out after Decree 30/2020/NĐ-CP, Appendix I."""

from typing import Any

from kehoach import qr
from kehoach.prints.lines import unbroken
from kehoach.prints.tree import Block, blocks, breakable
from kehoach.prints.typesetting import ACCESSIBLE, compile_one
from kehoach.records.body.rendering import render
from kehoach.records.library import Library
from kehoach.records.period import Period, PeriodError, document_date
from kehoach.records.plan import Plan, PlanStatus
from kehoach.site import Site

# Across every page of a plan that does not stand as it is.
STATUS = {
    PlanStatus.DRAFT: "DỰ THẢO",
    PlanStatus.SUPERSEDED: "ĐÃ ĐƯỢC THAY THẾ",
    PlanStatus.WITHDRAWN: "ĐÃ THU HỒI",
}


def address(plan: Plan) -> str:
    return f"{plan.address}{plan.slug}.pdf"


def data(plan: Plan, library: Library, site: Site) -> dict[str, Any]:
    """All that the document of a plan depends on."""
    issuer = library.issuer(plan)
    above, name = library.units.letterhead(issuer) if issuer else ("", plan.issuer)
    return {
        "title": plan.title,
        "kind": plan.kind.upper(),
        "superior": above.upper(),
        "issuer": name.upper(),
        "author": issuer.name if issuer else plan.issuer,
        "number": plan.number or "",
        "numbered": (plan.number or "").strip()[:1].isdigit(),
        "place": plan.place or "",
        "date": written_date(plan.date),
        "body": plan.body,
        "signer": plan.signer.model_dump() if plan.signer else None,
        "recipients": list(plan.recipients),
        "status": STATUS.get(plan.status, ""),
        "address": site.absolute(plan.address) if site.url else "",
    }


def draw(data: dict[str, Any]) -> bytes:
    """PDF/A-2a and PDF/UA-1, A4."""
    html = render(data["body"], abbreviations={}).html  # an abbreviation's meaning is not printed
    ready = {
        "abstract": breakable(unbroken(data["title"])),
        "body": levelled(blocks(html)),
        "qr": qr.modules(data["address"]),
    }
    return compile_one("document", data | ready, standards=ACCESSIBLE)


def written_date(period: Period) -> str:
    """The day of a document as written by hand; six spaces stand where it is left blank."""
    try:
        return document_date(period)
    except PeriodError:
        return period.words


def levelled(body: list[Block]) -> list[Block]:
    """`body` with headings from level 2 on, none skipping a level (PDF/UA-1, 7.4.2)."""
    last = 1
    for block in body:
        if block["kind"] == "heading":
            last = block["level"] = min(max(block["level"], 2), last + 1)
    return body
