"""Units: what each one leads, joins and owes, by date."""

from collections.abc import Iterator

from kehoach.pages import parts
from kehoach.pages.page import Page, View, link
from kehoach.pages.parts import Book
from kehoach.records.library import Duties
from kehoach.records.text import capital
from kehoach.records.unit import Unit

SECTION = "don-vi"
CRUMB = ("Đơn vị", "don-vi/")


def listing(book: Book) -> Iterator[Page]:
    units = book.library.units
    roots = [unit for unit in units if unit.parent not in units.by_id]
    view = {
        "title": "Đơn vị",
        "lead": "Mỗi đơn vị chủ trì, phối hợp việc gì và phải báo cáo khi nào.",
        "groups": [
            _tree(book, unit)
            for unit in sorted(roots, key=lambda unit: (not units.children(unit), unit.name))
        ],
    }
    yield Page("don-vi/", "units.html", "Đơn vị", SECTION, view, view["lead"])
    for unit in units:
        yield _unit(book, unit)


def _tree(book: Book, unit: Unit) -> View:
    return {
        **_item(book, unit),
        "children": [_tree(book, child) for child in book.library.units.children(unit)],
    }


def _item(book: Book, unit: Unit) -> View:
    duties = book.library.duties[unit.id]
    return {
        "name": unit.name,
        "address": unit.page,
        "kind": unit.kind.value,
        "leads": len(duties.leads),
        "joins": len(duties.joins),
        "owes": len(duties.owes),
    }


def _unit(book: Book, unit: Unit) -> Page:
    library = book.library
    duties = library.duties[unit.id]
    collectives = library.collectives(unit)
    feeds = (
        ("Lịch của đơn vị", f"{unit.page}lich.ics", "text/calendar"),
        ("Tin của đơn vị", f"{unit.page}feed.xml", "application/atom+xml"),
    )
    view = {
        "name": unit.name,
        "short": unit.short or "",
        "kind": capital(unit.kind.value),
        "province": library.units.province(unit),
        "parents": [link(u.label, u.page) for u in reversed(library.units.ancestors(unit))],
        "children": [_item(book, child) for child in library.units.children(unit)],
        "contacts": [
            {"term": term, "value": value}
            for term, value in (
                ("Địa chỉ", unit.address),
                ("Điện thoại", unit.phone),
                ("Thư điện tử", unit.email),
                ("Trang thông tin", unit.url),
            )
            if value
        ],
        "aliases": list(unit.aliases),
        "issued": [
            parts.plan_item(book, plan) for plan in library.plans if library.issuer(plan) is unit
        ],
        **_duties(book, duties),
        "shared": [
            {"unit": link(group.label, group.page), **_duties(book, library.duties[group.id])}
            for group in collectives
            if library.duties[group.id] != Duties()
        ],
        "calendar": f"{unit.page}lich.ics",
        "feeds": [link(title, address) for title, address, _ in feeds],
    }
    crumbs = (CRUMB, *((u.label, u.page) for u in reversed(library.units.ancestors(unit))))
    description = f"{unit.name}: sự kiện chủ trì, phối hợp và thời hạn phải thực hiện."
    return Page(unit.page, "unit.html", unit.name, SECTION, view, description, unit, feeds, crumbs)


def _duties(book: Book, duties: Duties) -> View:
    return {
        "leads": parts.events_of(book, duties.leads),
        "joins": parts.events_of(book, duties.joins),
        "owes": parts.deadlines_of(book, duties.owes),
        "receives": parts.deadlines_of(book, duties.receives),
    }
