"""Addresses are promises: what becomes of the address of a document that moved or was removed.

In: the library (its `aliases:`), the history of its files and the addresses that releases of this site
have held. Out: for a moved document a page that leads on, and copies of its files at their old places
(a subscribed calendar follows no page); for a removed one, and for an event taken out of its plan, a
page that says when and, where the commit has a line "Lý do: …", why. An address in use is never
touched, and of what was never released nothing is told: the rest of Git's history is the office's own.
"""

import html
import subprocess
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kehoach.history import Departure, Version, versions
from kehoach.pages.page import Page, link
from kehoach.records.addresses import address_of
from kehoach.records.campaign import Campaign
from kehoach.records.document import Document
from kehoach.records.event import Event, Slogan
from kehoach.records.library import Library
from kehoach.records.period import format_day
from kehoach.records.plan import Plan, PlanStatus

# The line of a commit's message that readers get to see.
_REASON = "lý do:"
_NOUNS = {"su-kien": "Sự kiện", "khau-hieu": "Khẩu hiệu"}
_MOVED = """\
<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>Đã chuyển: {title}</title>
<link rel="canonical" href="{canonical}">
<meta http-equiv="refresh" content="0; url={link}">
</head>
<body>
<main data-notice="moved">
<h1>Trang này đã chuyển</h1>
<p>Địa chỉ mới: <a href="{link}">{title}</a></p>
</main>
</body>
</html>
"""


@dataclass(frozen=True, slots=True, order=True)
class Moved:
    """An address that was left for another; both as the site's own ("ke-hoach/2022/x/")."""

    old: str
    new: str


@dataclass(frozen=True, slots=True, order=True)
class Removed:
    """An address whose document is gone since `day`; `reason` is in the words of who removed it.

    `plan` is the address of the plan that it was taken out of; "" where that is gone with it.
    """

    address: str
    title: str
    day: date
    reason: str
    plan: str = ""
    plan_title: str = ""


def aliases(library: Library) -> Iterator[Moved]:
    """The old addresses that authors wrote down, of documents and of events."""
    for document in library.documents:
        for old in document.aliases:
            yield Moved(_address(old), document.address)
    for event in library.events:
        for old in event.aliases:
            yield Moved(f"su-kien/{event.year}/{old}/", event.page)


def read_history(root: Path, library: Library) -> tuple[list[Moved], list[Removed]]:
    """The documents that Git saw moved and removed; none without a repository."""
    content = library.root.resolve()
    if not content.is_relative_to(root.resolve()):
        return [], []
    name = content.relative_to(root.resolve()).as_posix()
    try:
        chains = versions.read_chains(root, name)
        with versions.Blobs(root, name) as blobs:
            gone = [
                (chain, blobs.document(chain[1]))
                for path, chain in chains.items()
                if _is_gone(path, chain)
            ]
        commits = {chain[0].commit.hash for chain, _ in gone}
        reasons = {commit: _reason(root, commit) for commit in commits}
    except (OSError, subprocess.CalledProcessError):
        return [], []
    moves = list(moved(chains, {document.path: document for document in library.documents}, name))
    return moves, list(removed(gone, reasons, name))


def moved(
    chains: Mapping[str, tuple[Version, ...]], documents: Mapping[str, Document], name: str
) -> Iterator[Moved]:
    """The renames among `chains` (by a file's last path) of `documents` (by path) under `name`."""
    for path, chain in chains.items():
        document = documents.get(path)
        if document is None:
            continue
        for old in dict.fromkeys(version.path for version in chain if version.path != path):
            former = address_of(old.removeprefix(f"{name}/"))
            yield Moved(former, document.address)
            year = former.split("/")[1]
            if isinstance(document, Plan) and year.isdigit() and int(year) != document.year:
                parts: tuple[Event | Slogan, ...] = (*document.events, *document.slogans)
                for part in parts:
                    folder = part.page.split("/", 1)[0]
                    yield Moved(f"{folder}/{year}/{part.id}/", part.page)


def removed(
    gone: Iterable[tuple[tuple[Version, ...], Document | None]],
    reasons: Mapping[str, str],
    name: str,
) -> Iterator[Removed]:
    """Notices for documents deleted in Git, at every address that they and their parts had.

    `gone` pairs a file's versions (the deletion first) with its last text as a record;
    a draft, or a text that was never valid, was never published. `reasons` are by the deleting
    commit's hash.
    """
    for chain, document in gone:
        if document is None or getattr(document, "status", None) is PlanStatus.DRAFT:
            continue
        commit = chain[0].commit
        day, reason = commit.when.date(), reasons[commit.hash]
        for path in dict.fromkeys(version.path for version in chain):
            yield Removed(address_of(path.removeprefix(f"{name}/")), document.title, day, reason)
        if isinstance(document, Plan):
            for event in document.events:
                yield Removed(event.page, event.title, day, reason)
        if isinstance(document, (Plan, Campaign)):
            for slogan in (*document.slogans, *getattr(document, "themes", ())):
                yield Removed(slogan.page, slogan.text, day, reason)


def taken_out(root: Path, departures: Iterable[Departure]) -> list[Removed]:
    """Notices for what left a plan that stayed, at every address that it had."""
    found = [(left, _reason(root, left.commit.hash)) for left in departures]
    return [
        Removed(address, left.title, left.commit.when.date(), reason, left.plan, left.plan_title)
        for left, reason in found
        for address in left.addresses
    ]


def promised(
    moves: Iterable[Moved], removals: Iterable[Removed], released: Container[str]
) -> tuple[list[Moved], list[Removed]]:
    """Of what Git tells, what readers may have written down: the addresses `released` once."""
    return (
        [move for move in moves if move.old in released],
        [notice for notice in removals if notice.address in released],
    )


def settle(
    moves: Iterable[Moved], removals: Iterable[Removed], addresses: Iterable[str]
) -> tuple[list[Moved], list[Removed]]:
    """The redirects and notices for old addresses, moves followed to their end.

    `addresses` are in use and left alone. Earlier moves win over later ones for the same address:
    put aliases first. One that leads to nothing is dropped, one that leads to a removed document
    becomes its notice. Of several notices for an address the latest stands; it names its plan where
    the plan's own address still answers.
    """
    present = set(addresses)
    by_day = sorted(removals, key=lambda notice: notice.day)
    notices = {notice.address: notice for notice in by_day if notice.address not in present}
    following: dict[str, str] = {}
    for move in moves:
        if move.old not in present and move.old != move.new:
            following.setdefault(move.old, move.new)
    leading = []
    for old in following:
        end = _end(old, following)
        if end in present:
            leading.append(Moved(old, end))
            notices.pop(old, None)
        elif end in notices:
            notices.setdefault(old, replace(notices[end], address=old))
    answered = present | notices.keys() | {move.old for move in leading}
    named = (n if n.plan in answered else replace(n, plan="") for n in notices.values())
    return sorted(leading), sorted(named)


def copies(moves: Iterable[Moved], paths: Iterable[str]) -> dict[str, str]:
    """Old path -> present path of the files (PDF, calendar) beside moved pages, out of `paths`.

    A file called after its document keeps the name that it had: `moi/moi.pdf` is also `cu/cu.pdf`.
    """
    beside: dict[str, list[str]] = {}
    for path in paths:
        folder, slash, file = path.rpartition("/")
        if file != "index.html":
            beside.setdefault(folder + slash, []).append(file)
    found = {}
    for move in moves:
        before, now = _slug(move.old), _slug(move.new)
        for file in beside.get(move.new, ()):
            renamed = before + file.removeprefix(now) if file.startswith(f"{now}.") else file
            found[move.old + renamed] = move.new + file
    return found


def moved_page(move: Moved, title: str, url: str) -> bytes:
    """The page at an old address: it leads to the new one, with or without a reader's click.

    `title` is the new page's, `url` the site's ("https://…/" or "").
    """
    link = "../" * move.old.count("/") + move.new
    canonical = f"{url}{move.new}" if url else link
    fields = {"title": title, "link": link, "canonical": canonical}
    return _MOVED.format(**{name: html.escape(value) for name, value in fields.items()}).encode()


def removed_page(notice: Removed) -> Page:
    """The page at the address of a removed document: what it was, when it went, and why."""
    section, day = notice.address.split("/", 1)[0], format_day(notice.day)
    noun = _NOUNS.get(section, "Văn bản")
    words = f"{noun} này đã được gỡ khỏi {'kế hoạch' if notice.plan else 'trang'} {day}."
    view = {
        "title": notice.title,
        "words": words,
        "reason": notice.reason,
        "plan": link(notice.plan_title, notice.plan) if notice.plan else None,
    }
    return Page(
        notice.address,
        "removed.html",
        f"Đã gỡ: {notice.title}",
        section,
        view,
        words,
        indexed=False,
    )


def _is_gone(path: str, chain: tuple[Version, ...]) -> bool:
    return path.endswith(".md") and len(chain) > 1 and not chain[0].blob


def _reason(root: Path, commit: str) -> str:
    """The reason that a commit's message gives in a line of its own; "" where it gives none."""
    for line in versions.git(root, "show", "--no-patch", "--format=%B", commit).splitlines():
        words = unicodedata.normalize("NFC", line.strip())
        if words.casefold().startswith(_REASON):
            return words[len(_REASON) :].strip()
    return ""


def _address(old: str) -> str:
    return old.strip("/").removesuffix("index.html").removesuffix(".md").strip("/") + "/"


def _slug(address: str) -> str:
    return address.rstrip("/").rsplit("/", 1)[-1]


def _end(old: str, following: Mapping[str, str]) -> str:
    seen = {old}
    while (new := following.get(old)) and new not in seen:
        seen.add(new)
        old = new
    return old
