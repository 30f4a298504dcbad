"""The card of a document, known without opening it: enough to tell which parts have to look at it."""

from datetime import date
from typing import NamedTuple

from kehoach.records import relations
from kehoach.records.addresses import candidates, targets
from kehoach.records.campaign import Campaign
from kehoach.records.document import Document
from kehoach.records.files import pictured
from kehoach.records.material import Material
from kehoach.records.plan import Plan, PlanStatus

Order = tuple[int, int, str]


class Card(NamedTuple):
    """A document's place among the others.

    `order` sorts plans, the newest first. `opens` is the ordinal of the first day on which it is
    published: 0 where it always is, beyond any day for a draft. `years` are those that it sets
    something in, `pages` the addresses of its events and slogans, `plans` what its front matter
    calls other plans, `links` for each link inside the site the files that this may mean, `files`
    those beside the texts that it links, shows or declares, `photographs` the originals of which
    pages show smaller ones. A plan is `called` by its numbers and its address, `cites` the numbers of
    others and `points` to those that must know of it; `campaign` is the year of the one it joins, 0
    for none.
    """

    order: Order = (0, 0, "")
    opens: int = 0
    years: tuple[int, ...] = ()
    pages: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    links: tuple[tuple[str, ...], ...] = ()
    files: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    photographs: tuple[str, ...] = ()
    campaign: int = 0

    def is_withheld(self, today: date) -> bool:
        return self.opens > today.toordinal()


def card_of(document: Document) -> Card:
    """The card of `document`, which reads its text."""
    led = [target for target in targets(document) if target.file]
    photographs = {file for file, _ in pictured(document)}
    # An original tells of the camera and the place: it is given to readers only where the body shows it.
    kept_back = photographs - {target.file for target in led}
    card = Card(
        opens=_opens(document),
        links=tuple(map(candidates, led)),
        files=tuple(file for file in document.named_files if file not in kept_back),
        photographs=tuple(sorted(photographs)),
    )
    match document:
        case Plan():
            named = (
                *(document.supersedes, document.superseded_by),
                *(*document.amends, *document.amended_by),
            )
            return card._replace(
                order=newest_first(document),
                years=tuple(sorted(document.years)),
                pages=(
                    *(event.page for event in document.events),
                    *(slogan.page for slogan in document.slogans),
                ),
                plans=tuple(name for name in named if name and relations.address_in(name)),
                called=tuple(relations.names(document)),
                cites=tuple(dict.fromkeys(relations.citations(document))),
                points=tuple(relations.pointers(document)),
                campaign=document.campaign or 0,
            )
        case Campaign():
            parts = (*document.slogans, *document.themes)
            return card._replace(
                years=tuple(sorted(document.years)), pages=tuple(part.page for part in parts)
            )
        case Material():
            return card._replace(plans=(document.plan,) if document.plan else ())
    return card


def newest_first(plan: Plan) -> Order:
    """The key by which plans sort: the newest first, those of a year by their day."""
    day = plan.date.start or plan.date.end
    return (-plan.year, -day.toordinal() if day else 0, plan.slug)


def _opens(document: Document) -> int:
    if isinstance(document, Plan) and document.status is PlanStatus.DRAFT:
        return date.max.toordinal() + 1
    day = document.publish_on and document.publish_on.start
    return day.toordinal() if day else 0
