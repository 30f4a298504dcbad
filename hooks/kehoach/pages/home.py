"""The home page, and the few pages that stand alone: search, subscribing, not found."""

import re
from collections.abc import Iterator
from datetime import date

from kehoach.pages import parts, prose
from kehoach.pages.page import Page, View, link
from kehoach.pages.parts import Book
from kehoach.records.campaign import Campaign
from kehoach.records.event import Event, Slogan
from kehoach.records.plan import Plan

LATEST = 6
LISTED = 60  # events from which the reader's day chooses; su-kien/ leads to them all


def listing(book: Book) -> Iterator[Page]:
    yield _home(book)
    yield _search(book)
    yield _subscribe(book)
    yield _map(book)
    yield _not_found(book)


def _home(book: Book) -> Page:
    library = book.library
    today = book.site.clock.date().isoformat()
    dated = sorted(library.events, key=parts.start_of)
    dated = [event for event in dated if event.when and event.when.span]
    dated.sort(key=_day, reverse=True)
    welcome = next((guide for guide in library.guides if guide.address == ""), None)
    campaigns = sorted(library.campaigns, key=lambda campaign: campaign.year)
    current = max(
        (c for c in campaigns if c.year <= book.site.clock.year), key=lambda c: c.year, default=None
    )
    view: View = {
        "title": welcome.title if welcome else book.site.name,
        "lead": (welcome and (welcome.summary or welcome.description)) or book.site.description,
        "body": prose.body(book, welcome).html if welcome else "",
        "hero": _leading(_hero(book, current), today) if current else None,
        "heroes": [_hero(book, campaign) for campaign in campaigns],
        "events": [parts.event_item(book, event) for event in dated[:LISTED]],
        "shown": LATEST,
        "plans": _latest_plans(book),
        "materials": [
            link(m.title, m.address) for m in sorted(library.materials, key=lambda m: -m.year)[:3]
        ],
        "counts": {
            "plans": len(library.plans),
            "events": len(library.events),
            "slogans": len(library.slogans),
            "units": len(library.units),
        },
        "calendar": f"lich/{book.site.clock.year}/",
    }
    feeds = (
        ("Lịch sự kiện", "lich.ics", "text/calendar"),
        ("Tin mới", "feed.xml", "application/atom+xml"),
    )
    return Page(
        "", "home.html", "Trang chủ", "", view, book.site.description, feeds=feeds, banner=True
    )


def _day(event: Event) -> date:
    """The day that a list goes by, within which the hours keep their order."""
    moment = event.when and event.when.moment
    return moment[0] if moment else date.min


def _latest_plans(book: Book) -> list[View]:
    def day(plan: Plan) -> tuple[int, str]:
        first = plan.date.start or plan.date.end
        return (plan.year, first.isoformat() if first else "")

    return [
        parts.plan_item(book, plan)
        for plan in sorted(book.library.plans, key=day, reverse=True)[:LATEST]
    ]


def _hero(book: Book, campaign: Campaign) -> View:
    """A campaign's words for the head of the home page.

    The themes lead; each slogan stands below them from its `start` to its `end`, which `js/hero.js`
    decides by the reader's day, the template by the build's. Slogans and themes are lists of phrases.
    """
    return {
        "title": campaign.title,
        "address": campaign.address,
        "year": campaign.year,
        "themes": [parts.phrases(book, theme.text) for theme in campaign.themes],
        "slogans": [
            {"words": _running(book, slogan), **_window(book, campaign, slogan)}
            for slogan in campaign.slogans
        ],
    }


def _running(book: Book, slogan: Slogan) -> list[str]:
    """The phrases of a slogan in small letters, whose lines may end within them, but before no dash."""
    return [re.sub(" (?=[-–—])", "\u00a0", phrase) for phrase in parts.phrases(book, slogan.text)]


def _window(book: Book, campaign: Campaign, slogan: Slogan) -> View:
    """When a slogan is on show: as plans hang it, else in the campaign's periods, else on the Day."""
    hung = [use.when for use in book.library.slogans if use.page == slogan.page and use.when]
    periods = [stretch.when for stretch in campaign.periods]
    spans = [when for when in hung or periods if when.start and when.end] or [campaign.day]
    starts, ends = zip(*(when.bounds for when in spans), strict=True)
    return {"start": min(starts).isoformat(), "end": max(ends).isoformat()}


def _leading(hero: View, today: str) -> View:
    """`hero` with the words that lead and, on the day `today`, those that stand below them."""
    shown = [
        slogan["words"] for slogan in hero["slogans"] if slogan["start"] <= today <= slogan["end"]
    ]
    return {
        **hero,
        "leading": hero["themes"] or shown,
        "below": shown if hero["themes"] else [],
    }


def _search(book: Book) -> Page:
    view: View = {
        "title": "Tìm kiếm",
        "lead": "Gõ có dấu hoặc không dấu, số hiệu văn bản, ngày tháng.",
        "years": [
            {
                "year": year,
                "plans": [parts.plan_item(book, p) for p in book.library.plans if p.year == year],
            }
            for year in sorted({plan.year for plan in book.library.plans}, reverse=True)
        ],
    }
    return Page(
        "tim-kiem/", "search.html", "Tìm kiếm", "tim-kiem", view, view["lead"], indexed=False
    )


def _subscribe(book: Book) -> Page:
    def feeds(kind: str, items: list[tuple[str, str]]) -> View:
        return {
            "title": kind,
            "feeds": [
                {
                    "title": title,
                    "address": address,
                    "absolute": book.site.absolute(address),
                    "webcal": parts.webcal(book.site, address),
                }
                for title, address in items
            ],
        }

    library = book.library
    busy = [
        unit for unit in library.units if (d := library.duties[unit.id]).leads or d.joins or d.owes
    ]
    view: View = {
        "title": "Đăng ký nhận lịch và tin",
        "lead": "Đưa lịch sự kiện của Sở vào điện thoại, Outlook hoặc Google Lịch; "
        "lịch tự cập nhật khi kế hoạch thay đổi.",
        "groups": [
            feeds(
                "Toàn trang",
                [("Lịch mọi sự kiện và thời hạn", "lich.ics"), ("Tin mới", "feed.xml")],
            ),
            feeds(
                "Theo năm chủ đề",
                [
                    (c.title, f"{c.address}lich.ics")
                    for c in sorted(library.campaigns, key=lambda c: -c.year)
                ],
            ),
            feeds("Theo đơn vị", [(unit.label, f"{unit.page}lich.ics") for unit in busy]),
        ],
    }
    crumbs = (("Lịch", "lich/"),)
    return Page(
        "lich/dang-ky/", "subscribe.html", view["title"], "lich", view, view["lead"], crumbs=crumbs
    )


def _map(book: Book) -> Page:
    """Every list of the site, by year where it has years: a site map to be read."""
    library = book.library
    plans = sorted({plan.year for plan in library.plans}, reverse=True)
    events = sorted({event.year for event in library.events}, reverse=True)
    campaigns = sorted(library.campaigns, key=lambda campaign: -campaign.year)
    slogans = sorted({slogan.year for slogan in library.slogans}, reverse=True)

    def years(folder: str, found: list[int]) -> list[View]:
        return [link(f"Năm {year}", f"{folder}{year}/") for year in found]

    view: View = {
        "title": "Sơ đồ trang",
        "lead": "Mọi danh sách của trang, theo năm.",
        "groups": [
            {**link("Kế hoạch", "ke-hoach/"), "items": years("ke-hoach/", plans)},
            {**link("Sự kiện", "su-kien/"), "items": years("su-kien/", events)},
            {
                **link("Lịch", "lich/"),
                "items": [link("Đăng ký nhận lịch và tin", "lich/dang-ky/")],
            },
            {
                **link("Chủ đề", "chu-de/"),
                "items": [link(f"Năm {c.year}", c.address) for c in campaigns],
            },
            {**link("Khẩu hiệu", "khau-hieu/"), "items": years("khau-hieu/", slogans)},
            {**link("Đơn vị", "don-vi/"), "items": []},
            {**link("Truyền thông", "truyen-thong/"), "items": []},
            {
                **link("Hướng dẫn", "huong-dan/"),
                "items": [link("Khả năng tiếp cận", "huong-dan/kha-nang-tiep-can/")],
            },
        ],
    }
    return Page("so-do-trang/", "map.html", view["title"], "", view, view["lead"])


def _not_found(book: Book) -> Page:
    view = {"title": "Không tìm thấy trang"}
    return Page(
        "404.html",
        "404.html",
        view["title"],
        "404",
        view,
        view["title"],
        indexed=False,
        anywhere=True,
        banner=True,
    )
