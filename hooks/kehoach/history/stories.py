"""The story that the versions of one file tell of it and of its records."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from kehoach.history.comparing import FIELDS, Key, Part, compare, key, time_key, title
from kehoach.history.versions import Commit, Version
from kehoach.records.campaign import Campaign
from kehoach.records.document import Document
from kehoach.records.event import Event, Slogan
from kehoach.records.plan import Plan, PlanStatus

State = tuple[Any, ...]
Name = tuple[str, str]  # the folder of an address, and what stands there


class Change(NamedTuple):
    """One change by one commit, in words; `field` names the place ("events.toa-dam.when", "body", "")."""

    when: datetime
    words: str
    field: str
    commit: str


class Departure(NamedTuple):
    """An event or slogan that a commit took out of its plan: every address that it had, its last
    words, and the plan as it was last published."""

    addresses: tuple[str, ...]
    title: str
    plan: str
    plan_title: str
    commit: Commit


@dataclass(frozen=True, slots=True)
class Story:
    """The story of one file: its changes, newest first; for each record of it the commits
    that touched it and its last state; whether all begins within the history at hand; and what
    left it."""

    changes: tuple[Change, ...] = ()
    touched: Mapping[Key, tuple[Commit, ...]] = field(default_factory=dict)
    states: Mapping[Key, State] = field(default_factory=dict)
    whole: bool = True
    departures: tuple[Departure, ...] = ()


def tell(chain: tuple[Version, ...], document: Callable[[Version], Document | None]) -> Story:
    """The story of a file with the versions `chain`, newest first; `document` reads one of them, None
    where it is not valid."""
    whole = chain[-1].known
    changes: list[Change] = []
    touched: dict[Key, list[Commit]] = {}
    states: dict[Key, State] = {}
    before: Document | None = None
    published = False
    plans: list[tuple[Version, Plan]] = []
    for version in reversed(chain):
        after = document(version) if version.blob else None
        if version.blob and not _published(after):
            continue
        known = version.known and (whole or published)
        now = states_of(after) if after else {}
        for name in {**states, **now}:
            moments = touched.setdefault(name, [])
            if known and states.get(name) != now.get(name):
                moments.append(version.commit)
        if known and isinstance(after, Plan):
            told = (
                compare(before, after)
                if isinstance(before, Plan)
                else [("đăng lại" if published else "đăng lần đầu", "")]
            )
            changes[:0] = [Change(version.commit.when, w, f, version.commit.hash) for w, f in told]
        if isinstance(after, Plan):
            plans.append((version, after))
        published = published or after is not None
        before, states = after, now
    frozen = {name: tuple(moments) for name, moments in touched.items()}
    return Story(tuple(changes), frozen, states, whole, tuple(_departures(plans)))


def _departures(plans: list[tuple[Version, Plan]]) -> Iterator[Departure]:
    """The records that have left a plan; `plans` are its published versions, oldest
    first. What goes on under another name says so by its aliases."""
    if len(plans) < 2:
        return
    addresses: dict[Name, list[str]] = {}
    left: dict[Name, tuple[Event | Slogan, Commit]] = {}
    before: list[Event | Slogan] = []
    for version, plan in plans:
        parts: list[Event | Slogan] = [*plan.events, *plan.slogans]
        present = {name for part in parts for name in _names(part)}
        for part in before:
            if present.isdisjoint(_names(part)):
                left[_names(part)[0]] = part, version.commit
        for part in parts:
            for folder, name in _names(part):
                addresses.setdefault((folder, name), []).append(f"{folder}/{part.year}/{name}/")
        left = {name: found for name, found in left.items() if name not in present}
        before = parts
    for part, commit in left.values():
        had = dict.fromkeys(one for name in _names(part) for one in addresses[name])
        yield Departure(tuple(had), title(part), plan.address, plan.title, commit)


def _names(part: Event | Slogan) -> list[Name]:
    """The folder of its address with every name that it answers to, its own first."""
    folder = part.page.split("/", 1)[0]
    return [(folder, name) for name in (part.id, *getattr(part, "aliases", ()))]


def _published(document: Document | None) -> bool:
    """Whether a version was on the site: one with errors never was, nor is a draft."""
    return document is not None and getattr(document, "status", None) is not PlanStatus.DRAFT


def states_of(document: Document) -> dict[Key, State]:
    """The state of each record of a document that people are told of, to be compared."""
    if isinstance(document, Plan):
        withdrawn = document.status is PlanStatus.WITHDRAWN
        parts: Iterable[Part] = (*document.events, *document.deadlines, *document.slogans)
    elif isinstance(document, Campaign):
        withdrawn = False
        parts = (*document.themes, *document.slogans)
    else:
        return {}
    states: dict[Key, State] = {
        key(part): (withdrawn, *(getattr(part, name) for name in FIELDS[type(part)]))
        for part in parts
    }
    if isinstance(document, Campaign):
        states |= {time_key(document, time): tuple(time) for time in document.times}
    return states
