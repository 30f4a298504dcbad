"""Slogans and themes, verbatim, each with every document that it stands in."""

from collections.abc import Iterator
from typing import Any

from kehoach.pages import parts
from kehoach.pages.page import Page, View, by_year, latest, link
from kehoach.pages.parts import Book
from kehoach.records.event import Slogan
from kehoach.records.library import Library
from kehoach.records.plan import Plan
from kehoach.records.text import capital

SECTION = "khau-hieu"
CRUMB = ("Khẩu hiệu", "khau-hieu/")
LISTED = 200  # slogans of the list of all, or the latest year's


def listing(book: Book) -> Iterator[Page]:
    first = [slogans[0] for slogans in uses_by_page(book.library).values()]
    groups = by_year(latest(first, LISTED))
    years = [year for year, _ in by_year(first)]
    view: View = {
        "title": "Khẩu hiệu và chủ đề",
        "lead": "Nguyên văn khẩu hiệu, chủ đề dùng trên băng rôn, kèm thời gian và nơi treo.",
        "groups": [_group(book, year, group) for year, group in groups],
        "years": years,
        "earlier": years[len(groups) :],
    }
    yield Page("khau-hieu/", "slogans.html", view["title"], SECTION, view, view["lead"])


def pages(book: Book, year: int) -> Iterator[Page]:
    """The list of the slogans of `year`, and a page for each."""
    uses = {
        page: group for page, group in uses_by_page(book.library).items() if group[0].year == year
    }
    if not uses:
        return
    title = f"Khẩu hiệu và chủ đề năm {year}"
    lead = f"Nguyên văn {len(uses)} câu theo hướng dẫn và các kế hoạch năm {year}."
    groups = [_group(book, year, [slogans[0] for slogans in uses.values()])]
    view = {"title": title, "lead": lead, "groups": groups, "years": [], "earlier": []}
    yield Page(f"khau-hieu/{year}/", "slogans.html", title, SECTION, view, lead, crumbs=(CRUMB,))
    for slogans in uses.values():
        yield _slogan(book, slogans)


def uses_by_page(library: Library) -> dict[str, list[Slogan]]:
    """Every slogan by its address: as the campaign has it, then as plans hang it under the same id."""
    uses: dict[str, list[Slogan]] = {}
    for slogan in library.slogans:
        uses.setdefault(slogan.page, []).append(slogan)
    return uses


def _group(book: Book, year: int, slogans: list[Slogan]) -> View:
    return {"year": year, "slogans": [parts.slogan_item(book, slogan) for slogan in slogans]}


def _slogan(book: Book, slogans: list[Slogan]) -> Page:
    slogan = slogans[0]
    campaign = book.library.campaign(slogan.year)
    banners = [b for b in book.banners(slogan) if book.printed(b.files[0].address)]
    view: View = {
        "text": slogan.text,
        "phrases": parts.phrases(book, slogan.text),
        "title": capital(slogan.kind.value),
        "year": slogan.year,
        "uses": [_use(book, use) for use in slogans],
        "banners": [_banner(banner) for banner in banners],
        "colours": [
            {"name": name, **ink.values} for name, ink in (banners[0].inks if banners else ())
        ],
        "campaign_page": link(campaign.title, campaign.address) if campaign else None,
        "window": [
            {"name": p.name, "words": p.when.words, "source": p.source or ""}
            for p in (campaign.periods if campaign else ())
        ],
    }
    crumbs = (CRUMB, (f"Năm {slogan.year}", f"khau-hieu/{slogan.year}/"))
    return Page(
        slogan.page,
        "slogan.html",
        slogan.text,
        SECTION,
        view,
        slogan.text,
        subject=slogan,
        crumbs=crumbs,
        banner=True,
    )


def _banner(banner: Any) -> View:
    """One format: its preview and its files. `banner` is what prints say of it."""
    return {
        "title": banner.title,
        "size": banner.size,
        "width": banner.width,
        "height": banner.height,
        "preview": next(file.address for file in banner.files if file.output == "svg"),
        "files": [
            {"title": file.purpose, "address": file.address, "name": file.name}
            for file in banner.files
        ],
    }


def _use(book: Book, slogan: Slogan) -> View:
    owner = slogan.owner
    return {
        **parts.slogan_item(book, slogan),
        "section": parts.section_link(owner, slogan.section) if isinstance(owner, Plan) else None,
    }
