"""Units: what each one leads, joins and owes, by date: the latest on its page, every year on its own."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from kehoach.pages import parts
from kehoach.pages.page import Page, View, Yearly, latest, link
from kehoach.pages.parts import Book
from kehoach.records.event import Deadline, Event
from kehoach.records.library import Duties, Library
from kehoach.records.plan import Plan
from kehoach.records.text import alphabetical, capital
from kehoach.records.unit import Unit

SECTION = "don-vi"
CRUMB = ("Đơn vị", "don-vi/")
OWING = 12  # units that stand above the tree, for something of theirs is due
LISTED = 100  # things to do on a unit's page, or the latest year's


def listing(book: Book) -> Iterator[Page]:
    units = book.library.units
    roots = [unit for unit in units if unit.parent not in units.by_id]
    view: View = {
        "owing": [
            {**_item(book, unit), "province": book.library.units.province(unit)}
            for unit in _owing(book)
        ],
        "title": "Đơn vị",
        "lead": "Mỗi đơn vị chủ trì, phối hợp việc gì và phải báo cáo khi nào.",
        "groups": [
            _tree(book, unit)
            for unit in sorted(roots, key=lambda unit: (not units.children(unit), by_name(unit)))
        ],
    }
    yield Page("don-vi/", "units.html", "Đơn vị", SECTION, view, view["lead"])
    issued = issued_by_unit(book.library)
    for unit in units:
        work = Work.of(unit, book.library, issued)
        yield _unit(book, unit, work)


def pages(book: Book, year: int) -> Iterator[Page]:
    """A page for each unit that the plans of `year` have something to do for."""
    issued = issued_by_unit(book.library)
    for unit in book.library.units:
        work = Work.of(unit, book.library, issued).within({year})
        if work.years:
            yield _in_year(book, unit, work, year)


def by_name(unit: Unit) -> tuple[object, ...]:
    """The key by which units sort: their names by the Vietnamese alphabet."""
    return alphabetical(unit.name)


def below(book: Book, unit: Unit) -> list[Unit]:
    return sorted(book.library.units.children(unit), key=by_name)


def _owing(book: Book) -> list[Unit]:
    """The units that owe something, the one with the latest day first."""
    due = {
        unit: max(parts.start_of(deadline)[1] for deadline in owed)
        for unit in book.library.units
        if (owed := book.library.duties[unit.id].owes)
    }
    return sorted(due, key=lambda unit: due[unit], reverse=True)[:OWING]


def _tree(book: Book, unit: Unit) -> View:
    return {
        **_item(book, unit),
        "children": [_tree(book, child) for child in below(book, unit)],
    }


def _item(book: Book, unit: Unit) -> View:
    duties = book.library.duties[unit.id]
    return {
        "name": unit.name,
        "label": unit.label,
        "address": unit.page,
        "kind": unit.kind.value,
        "leads": len(duties.leads),
        "joins": len(duties.joins),
        "owes": len(duties.owes),
    }


@dataclass(frozen=True, slots=True)
class Work:
    """The duties of a unit by itself and as one of its groups, and the documents it has issued."""

    own: Duties
    shared: list[tuple[Unit, Duties]]
    issued: list[Plan]

    @classmethod
    def of(cls, unit: Unit, library: Library, issued: dict[str, list[Plan]]) -> "Work":
        shared = [(group, library.duties[group.id]) for group in library.collectives(unit)]
        return cls(library.duties[unit.id], shared, issued.get(unit.id, []))

    @property
    def years(self) -> list[int]:
        """The years in which the unit does or issues something itself, the latest first."""
        things: Iterable[Yearly] = chain(*_shelves(self.own), self.issued)
        return sorted({thing.year for thing in things}, reverse=True)

    @property
    def latest(self) -> set[int]:
        """The years that the unit's own page has room for."""
        shared = (shelf for _, duties in self.shared for shelf in _shelves(duties))
        things: Iterable[Yearly] = chain(*_shelves(self.own), *shared, self.issued)
        return {thing.year for thing in latest(things, LISTED)}

    def within(self, years: Container[int]) -> "Work":
        shared = [(group, _within(duties, years)) for group, duties in self.shared]
        issued = [plan for plan in self.issued if plan.year in years]
        return Work(
            _within(self.own, years), [pair for pair in shared if pair[1] != Duties()], issued
        )


def _shelves(duties: Duties) -> tuple[list[Event], list[Event], list[Deadline], list[Deadline]]:
    return duties.leads, duties.joins, duties.owes, duties.receives


def _within(duties: Duties, years: Container[int]) -> Duties:
    return Duties(
        [event for event in duties.leads if event.year in years],
        [event for event in duties.joins if event.year in years],
        [deadline for deadline in duties.owes if deadline.year in years],
        [deadline for deadline in duties.receives if deadline.year in years],
    )


def issued_by_unit(library: Library) -> dict[str, list[Plan]]:
    """The plans of each unit, by its id."""
    issued: dict[str, list[Plan]] = {}
    for plan in library.plans:
        for unit in library.issuing(plan):
            issued.setdefault(unit.id, []).append(plan)
    return issued


def _unit(book: Book, unit: Unit, work: Work) -> Page:
    years, latest_years = work.years, work.latest
    shown = work.within(latest_years)
    contacts = {
        "Địa chỉ": unit.address,
        "Điện thoại": unit.phone,
        "Thư điện tử": unit.email,
        "Trang thông tin": unit.url,
    }
    view = _view(book, unit, shown) | {
        "shared": [
            {"unit": link(group.label, group.page), **_duties(book, duties)}
            for group, duties in shown.shared
        ],
        "years": years,
        "earlier": [year for year in years if year not in latest_years],
        "children": [_item(book, child) for child in below(book, unit)],
        "contacts": [{"term": term, "value": value} for term, value in contacts.items() if value],
        "aliases": list(unit.aliases),
    }
    lead = f"{unit.name}: sự kiện chủ trì, phối hợp và thời hạn phải thực hiện."
    feeds, crumbs = _feeds(unit), _crumbs(book, unit)
    return Page(unit.page, "unit.html", unit.name, SECTION, view, lead, unit, feeds, crumbs)


def _in_year(book: Book, unit: Unit, work: Work, year: int) -> Page:
    title = f"{unit.name} năm {year}"
    view = _view(book, unit, work) | {
        "name": title,
        "groups": [link(f"{g.label} năm {year}", f"{g.page}{year}/") for g, _ in work.shared],
    }
    lead = f"{unit.name}: việc chủ trì, phối hợp và thời hạn phải thực hiện trong năm {year}."
    crumbs = (*_crumbs(book, unit), (unit.label, unit.page))
    address = f"{unit.page}{year}/"
    return Page(address, "unit.html", title, SECTION, view, lead, feeds=_feeds(unit), crumbs=crumbs)


def _crumbs(book: Book, unit: Unit) -> tuple[tuple[str, str], ...]:
    above = reversed(book.library.units.ancestors(unit))
    return (CRUMB, *((u.label, u.page) for u in above))


def _feeds(unit: Unit) -> tuple[tuple[str, str, str], ...]:
    return (
        ("Lịch của đơn vị", f"{unit.page}lich.ics", "text/calendar"),
        ("Tin của đơn vị", f"{unit.page}feed.xml", "application/atom+xml"),
    )


def _view(book: Book, unit: Unit, work: Work) -> View:
    """The part of the view that the pages of a unit share, and nothing that only one of them shows."""
    alone = ("shared", "groups", "years", "earlier", "children", "contacts", "aliases")
    return {
        **{name: [] for name in alone},
        "name": unit.name,
        "page": unit.page,
        "kind": capital(unit.kind.value),
        "province": book.library.units.province(unit),
        "issued": [parts.plan_item(book, plan) for plan in work.issued],
        **_duties(book, work.own),
        "calendar": f"{unit.page}lich.ics",
        "feeds": [link(title, address) for title, address, _ in _feeds(unit)],
    }


def _duties(book: Book, duties: Duties) -> View:
    return {
        "leads": parts.events_of(book, duties.leads),
        "joins": parts.events_of(book, duties.joins),
        "owes": parts.deadlines_of(book, duties.owes),
        "receives": parts.deadlines_of(book, duties.receives),
    }
