"""Campaigns: the Science and Technology Day year by year, its themes, periods and what plans do for it."""

from collections.abc import Iterable, Iterator

from kehoach.pages import parts, prose
from kehoach.pages.page import Page, View, link
from kehoach.pages.parts import Book
from kehoach.pages.timeline import timeline
from kehoach.records.campaign import Campaign, CampaignPeriod
from kehoach.records.event import Event
from kehoach.records.fulfilment import Item, fulfilments

SECTION = "chu-de"
CRUMB = ("Chủ đề", "chu-de/")


def listing(book: Book) -> Iterator[Page]:
    campaigns = sorted(book.library.campaigns, key=lambda campaign: -campaign.year)
    view: View = {
        "title": "Chủ đề qua các năm",
        "lead": "Chủ đề, thời gian và văn bản hướng dẫn Ngày Khoa học và Công nghệ Việt Nam 18/5 từng năm.",
        "campaigns": [listed(campaign) for campaign in campaigns],
    }
    yield Page("chu-de/", "campaigns.html", view["title"], SECTION, view, view["lead"])
    for campaign, newer, older in zip(
        campaigns, [None, *campaigns], [*campaigns[1:], None], strict=False
    ):
        yield _campaign(book, campaign, newer, older)


def listed(campaign: Campaign) -> View:
    return {
        "title": campaign.title,
        "address": campaign.address,
        "year": campaign.year,
        "themes": [theme.text for theme in campaign.themes],
        "slogans": [slogan.text for slogan in campaign.slogans],
        "periods": [_period(p) for p in campaign.periods],
        "day": parts.period(campaign.day),
    }


def _period(stretch: CampaignPeriod, by: Iterable[Item] = ()) -> View:
    return {
        "name": stretch.name,
        "when": parts.period(stretch.when),
        "where": stretch.where or "",
        "source": stretch.source or "",
        "by": [_by(item) for item in by],
    }


def _by(item: Item) -> View:
    """A link to who carries out a period."""
    if isinstance(item, Event):
        return link(item.title, item.page)
    return link(item.what, f"{item.plan.address}#{item.anchor}")


def _result(event: Event) -> View:
    """The result of an event, as the review of its year tells it."""
    result = event.result
    return {
        **link(event.title, event.page),
        "words": result.words if result else "",
        "figures": [{"value": f.value, "of": f.of} for f in (result.figures if result else ())],
    }


def _campaign(
    book: Book, campaign: Campaign, newer: Campaign | None, older: Campaign | None
) -> Page:
    plans = [plan for plan in book.library.plans if plan.campaign == campaign.year]
    events = [event for plan in plans for event in plan.events]
    deadlines = [deadline for plan in plans for deadline in plan.deadlines]
    done = [one for plan in plans for one in fulfilments(campaign, plan)]
    leading = campaign.themes or campaign.slogans[:1]
    official = {slogan.page for slogan in (*campaign.themes, *campaign.slogans)}
    feeds = (
        ("Lịch của chủ đề", f"{campaign.address}lich.ics", "text/calendar"),
        ("Tin của chủ đề", f"{campaign.address}feed.xml", "application/atom+xml"),
    )
    view: View = {
        **listed(campaign),
        "periods": [_period(p, [f.by for f in done if f.period is p]) for p in campaign.periods],
        "leading": [parts.phrases(book, theme.text) for theme in leading],
        "below": [slogan.text for slogan in campaign.slogans[:1] if campaign.themes],
        "themes": [parts.slogan_item(book, theme) for theme in campaign.themes],
        "slogans": [parts.slogan_item(book, slogan) for slogan in campaign.slogans],
        "plan_slogans": [
            parts.slogan_item(book, s)
            for plan in plans
            for s in plan.slogans
            if s.page not in official
        ],
        "guidance": [
            {
                "number": g.number,
                "date": g.date.words if g.date else "",
                "issuer": g.issuer or "",
                "title": g.title or "",
            }
            for g in campaign.guidance
        ],
        "attachments": parts.files(campaign, campaign.attachments),
        "summary": campaign.summary or "",
        "body": prose.body(book, campaign).html,
        "plans": [parts.plan_item(book, plan) for plan in plans],
        "tally": parts.tally(events),
        "results": [_result(event) for event in sorted(events, key=parts.start_of) if event.result],
        "events": parts.events_of(book, events),
        "deadlines": parts.deadlines_of(book, deadlines),
        "timeline": timeline([*events, *deadlines]),
        "materials": [
            link(m.title, m.address) for m in book.library.materials if m.campaign == campaign.year
        ],
        "kit": book.printed(f"{campaign.address}bo-truyen-thong-{campaign.year}.zip"),
        "calendar_page": f"lich/{campaign.year}/",
        "feeds": [link(title, address) for title, address, _ in feeds],
        "newer": link(newer.title, newer.address) if newer else None,
        "older": link(older.title, older.address) if older else None,
    }
    description = campaign.summary or "; ".join(theme.text for theme in campaign.themes)
    return Page(
        campaign.address,
        "campaign.html",
        campaign.title,
        SECTION,
        view,
        description,
        campaign,
        feeds,
        crumbs=(CRUMB,),
        banner=True,
    )
