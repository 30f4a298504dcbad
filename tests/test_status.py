"""The build's card, security.txt, texts due for review."""

import json
from datetime import date, datetime
from types import SimpleNamespace

from kehoach.records.finding import Finding, Severity
from kehoach.records.period import parse_period
from kehoach.site import TIMEZONE
from kehoach.status import Overdue, build_json, overdue, security_txt

CLOCK = datetime(2026, 11, 21, 3, 4, 5, tzinfo=TIMEZONE)


def text(name: str, review_by: str | None) -> SimpleNamespace:
    period = parse_period(review_by) if review_by else None
    return SimpleNamespace(
        review_by=period, path=f"content/{name}.md", address=f"{name}/", title=name.upper()
    )


def test_a_text_is_overdue_from_the_day_after():
    texts = [
        text("a", "20/11/2026"),
        text("b", "21/11/2026"),
        text("c", None),
        text("d", "tháng 9/2026"),
    ]
    assert overdue(texts, date(2026, 11, 21)) == [
        Overdue(date(2026, 9, 30), "content/d.md", "d/", "D", 52),
        Overdue(date(2026, 11, 20), "content/a.md", "a/", "A", 1),
    ]


def test_the_card_of_a_build():
    finding = Finding("content/a.md", 1, 1, "x", "…", severity=Severity.WARNING)
    card = build_json(
        commit="2a713d3",
        clock=CLOCK,
        counts={"plans": 5, "events": 29},
        findings=[finding, finding],
        overdue=[Overdue(date(2026, 9, 30), "content/d.md", "d/", "D", 52)],
    )
    assert json.loads(card) == {
        "commit": "2a713d3",
        "time": "2026-11-21T03:04:05+07:00",
        "counts": {"plans": 5, "events": 29},
        "findings": {"error": 0, "warning": 2},
        "review": [{"address": "d/", "title": "D", "review_by": "2026-09-30"}],
    }


def test_security_txt_is_rfc_9116():
    assert security_txt(contact="mailto:a@so.vn", url="https://so.vn/", clock=CLOCK).decode() == (
        "Contact: mailto:a@so.vn\n"
        "Expires: 2027-11-20T03:04:05+07:00\n"
        "Preferred-Languages: vi, en\n"
        "Canonical: https://so.vn/.well-known/security.txt\n"
    )
