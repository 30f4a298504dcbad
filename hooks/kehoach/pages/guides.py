"""Prose pages: the staff's guide, the rules, statements."""

from collections.abc import Iterator

from kehoach.pages import prose
from kehoach.pages.page import Page, View
from kehoach.pages.parts import Book
from kehoach.records.document import Guide

SECTION = "huong-dan"
HOME = ""


def listing(book: Book) -> Iterator[Page]:
    guides = sorted(
        (g for g in book.library.guides if g.address != HOME), key=lambda g: (g.order, g.address)
    )
    folders = sorted({address for guide in guides for address in _folders(guide.address)})
    by_address = {guide.address: guide for guide in guides}
    for folder in folders:
        if folder not in by_address:
            yield _folder(folder, guides)
    for guide in guides:
        yield _guide(book, guide, guides, by_address, folders)


def _folders(address: str) -> Iterator[str]:
    parts = address.rstrip("/").split("/")[:-1]
    for depth in range(1, len(parts) + 1):
        yield "/".join(parts[:depth]) + "/"


def _folder(folder: str, guides: list[Guide]) -> Page:
    title = {"huong-dan/": "Hướng dẫn", "huong-dan/quy-tac/": "Quy tắc rà soát"}.get(
        folder, folder.strip("/")
    )
    view = {"title": title, "body": "", "summary": "", "entries": _entries(folder, guides)}
    return Page(
        folder,
        "guide.html",
        title,
        folder.split("/", 1)[0],
        view,
        title,
        crumbs=_crumbs(folder, {}),
    )


def _guide(
    book: Book, guide: Guide, guides: list[Guide], by_address: dict[str, Guide], folders: list[str]
) -> Page:
    view = {
        "title": guide.title,
        "summary": guide.summary or "",
        "body": prose.body(book, guide).html,
        "entries": _entries(guide.address, guides) if guide.address in folders else [],
    }
    section = guide.address.split("/", 1)[0]
    description = guide.description or guide.summary or guide.title
    return Page(
        guide.address,
        "guide.html",
        guide.title,
        section,
        view,
        description,
        guide,
        crumbs=_crumbs(guide.address, by_address),
    )


def _entries(folder: str, guides: list[Guide]) -> list[View]:
    """The pages right under `folder`."""
    return [
        {"title": g.title, "address": g.address, "summary": g.summary or ""}
        for g in guides
        if g.address != folder
        and g.address.startswith(folder)
        and g.address.count("/") == folder.count("/") + 1
    ]


def _crumbs(address: str, by_address: dict[str, Guide]) -> tuple[tuple[str, str], ...]:
    names = {"huong-dan/": "Hướng dẫn", "huong-dan/quy-tac/": "Quy tắc rà soát"}
    return tuple(
        (by_address[f].title if f in by_address else names.get(f, f.strip("/")), f)
        for f in _folders(address)
    )
