"""Communication materials: articles, press releases, scripts."""

from collections.abc import Iterator

from kehoach.pages import parts, prose
from kehoach.pages.page import Page, View, by_year, link
from kehoach.pages.parts import Book
from kehoach.records.material import Material
from kehoach.records.text import capital

SECTION = "truyen-thong"
CRUMB = ("Truyền thông", "truyen-thong/")


def listing(book: Book) -> Iterator[Page]:
    materials = sorted(book.library.materials, key=lambda m: (-m.year, -_day(m), m.slug))
    view: View = {
        "title": "Tài liệu truyền thông",
        "lead": "Bài viết, thông cáo báo chí và tài liệu tuyên truyền của Sở.",
        "groups": [
            {"year": y, "materials": [_item(book, m) for m in group]}
            for y, group in by_year(materials)
        ],
    }
    yield Page("truyen-thong/", "materials.html", view["title"], SECTION, view, view["lead"])
    for year, group in by_year(materials):
        title = f"Tài liệu truyền thông năm {year}"
        one = {
            **view,
            "title": title,
            "groups": [{"year": year, "materials": [_item(book, m) for m in group]}],
        }
        yield Page(
            f"truyen-thong/{year}/",
            "materials.html",
            title,
            SECTION,
            one,
            view["lead"],
            crumbs=(CRUMB,),
        )
    for material in materials:
        yield _material(book, material)


def _day(material: Material) -> int:
    return material.date.start.toordinal() if material.date.start else 0


def _item(book: Book, material: Material) -> View:
    issuer = book.library.issuer(material)
    return {
        "title": material.title,
        "address": material.address,
        "kind": capital(material.kind.value),
        "date": parts.period(material.date),
        "issuer": parts.unit_link(issuer, "" if issuer else material.issuer),
        "summary": material.summary or "",
    }


def _material(book: Book, material: Material) -> Page:
    library = book.library
    plan = library.plan(material.plan)
    event = library.event(material.event, plan.year) if plan else None
    campaign = library.campaign(material.campaign)
    view: View = {
        **_item(book, material),
        "body": prose.body(book, material).html,
        "author": material.author or "",
        "contact": material.contact or "",
        "word": book.printed(f"{material.address}{material.slug}.docx"),
        "plan": link(parts.plan_label(plan), plan.address) if plan else None,
        "event": link(event.title, event.page) if event else None,
        "campaign_page": link(campaign.title, campaign.address) if campaign else None,
        "attachments": parts.files(material, material.attachments),
    }
    crumbs = (CRUMB, (f"Năm {material.year}", f"truyen-thong/{material.year}/"))
    description = material.summary or material.title
    return Page(
        material.address,
        "material.html",
        material.title,
        SECTION,
        view,
        description,
        material,
        crumbs=crumbs,
    )
