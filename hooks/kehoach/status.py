"""Files that show from outside how the site is: the build's card, security.txt, texts due for review."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kehoach.records.document import Document
from kehoach.records.finding import Finding, Severity

_VALID = timedelta(days=365)  # RFC 9116 §2.5.5: less than a year ahead is recommended


@dataclass(frozen=True, slots=True, order=True)
class Overdue:
    """A document whose `review_by` has passed, `days` ago."""

    review_by: date
    path: str
    address: str
    title: str
    days: int


def overdue(documents: Iterable[Document], today: date) -> list[Overdue]:
    """The documents to review, the longest overdue first; the day itself is still in time."""
    return sorted(_overdue(documents, today))


def build_json(
    *,
    commit: str,
    clock: datetime,
    counts: Mapping[str, int],
    findings: Iterable[Finding],
    overdue: Iterable[Overdue],
) -> bytes:
    """`/api/v1/build.json`: the commit the site shows, of when, how much, what wants attention.

    `commit` is "" outside Git; `clock` the build's time; `counts` by kind ("plans": 5).
    """
    severities = [finding.severity for finding in findings]
    card = {
        "commit": commit,
        "time": clock.isoformat(timespec="seconds"),
        "counts": dict(counts),
        "findings": {severity.value: severities.count(severity) for severity in Severity},
        "review": [
            {"address": item.address, "title": item.title, "review_by": item.review_by.isoformat()}
            for item in overdue
        ],
    }
    return (json.dumps(card, ensure_ascii=False, indent=2) + "\n").encode()


def security_txt(*, contact: str, url: str, clock: datetime) -> bytes:
    """`/.well-known/security.txt` (RFC 9116): whom to tell of a hole.

    `contact` is a mailto: or https: URI. It expires a year less a day after `clock`, so a site
    that nobody builds any more says so.
    """
    expires = (clock + _VALID - timedelta(days=1)).isoformat(timespec="seconds")
    fields = {
        "Contact": contact,
        "Expires": expires,
        "Preferred-Languages": "vi, en",
        "Canonical": f"{url}.well-known/security.txt" if url else "",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items() if value).encode()


def _overdue(documents: Iterable[Document], today: date) -> Iterator[Overdue]:
    for document in documents:
        if document.review_by and document.review_by.end and document.review_by.end < today:
            day = document.review_by.end
            yield Overdue(day, document.path, document.address, document.title, (today - day).days)
