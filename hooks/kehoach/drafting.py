"""A first draft of a plan or of a communication material, from a few answers.

In: the library, today, what is already known, and a way to ask (None where nobody can be asked).
Out: a file that `check` accepts; the author writes the rest in it.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kehoach.records.library import Library
from kehoach.records.material import MaterialKind
from kehoach.records.period import PeriodError, parse_period
from kehoach.records.text import slug
from kehoach.records.unit import UnitKind

Ask = Callable[[str], str]
Judge = Callable[[str], str]  # what is wrong with an answer, "" where nothing is

_LONGEST_NAME = 60  # characters of a file name or an event's id
_PLAIN = re.compile(r"[^\W_][^:#\"'{}\[\],&*!|>%@`\n]*(?<=\S)")


class DraftError(ValueError):
    """An answer is missing or cannot be used; the message says which and what to write."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to know. `key` is its option; a number as answer takes one of `proposals`."""

    key: str
    words: str
    proposals: tuple[str, ...] = ()
    default: str = ""
    required: bool = False
    judge: Judge = lambda answer: ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A file to be: its path under `content/`, and its text."""

    file: str
    text: str


def new_plan(library: Library, today: date, given: Mapping[str, str], ask: Ask | None) -> Draft:
    """The draft of a plan; `given` are answers by the keys of PLAN_OPTIONS."""
    answers = _Answers(given, ask)
    title = answers.to(_TITLE)
    issuer = answers.to(_issuer(library))
    unit = library.units.resolve(issuer)
    children = tuple(child.name for child in library.units.children(unit)) if unit else ()
    day = answers.to(Question("date", "Ngày ban hành", (), _day(today), True, _judge_date))
    year = parse_period(day).start.year
    campaign = answers.to(_campaign(library, year))
    themes = _themes(library, campaign)
    theme = answers.to(Question("theme", "Chủ đề treo băng rôn (để trống nếu không có)", themes))
    event = answers.to(Question("event", "Tên một sự kiện (để trống nếu chưa có)"))
    when = lead = ""
    if event:
        when = answers.to(Question("when", "Thời gian sự kiện, ví dụ: từ ngày 04 - 20/5", (), "", True, _judge_period(year)))
        judge = _judge_unit(library, issuer)
        lead = answers.to(Question("lead", "Đơn vị chủ trì sự kiện", children, "", True, judge))
    section = "II.2" if theme else "II.1"
    head = {"title": title, "kind": "Kế hoạch", "issuer": issuer, "date": day, "campaign": campaign, "status": "draft"}
    lines = [*_keys(head), "# number: 12/KH-…    # bỏ dấu # và ghi số khi đã vào sổ"]
    taken = {s.id for s in library.slogans if s.year == year and s.text != theme}
    if theme:
        lines += ["slogans:", *_item(id=_unique(theme, taken), text=theme, kind="chủ đề", section="II.1")]
    if event:
        ids = {e.id for e in library.events if e.year == year}
        lines += ["events:", *_item(id=_unique(event, ids), title=event, section=section, when=when, lead=lead)]
    body = ["", "## I. MỤC ĐÍCH, YÊU CẦU", "", "### 1. Mục đích", "", "- …", "", "### 2. Yêu cầu", "", "- …"]
    body += ["", "## II. NỘI DUNG", ""]
    body += ["### 1. Chủ đề", "", f"- “{theme}”.", ""] if theme else []
    number = section.removeprefix("II.")
    name = _name_of(library, lead, issuer)
    body += [f"### {number}. {event}", "", f"- Đơn vị chủ trì: {name}.", "", f"- Thời gian: {when}.", ""] if event else []
    body += [] if theme or event else ["### 1. …", ""]
    body += ["## III. TỔ CHỨC THỰC HIỆN", "", "1. …"]
    return _draft(library, f"ke-hoach/{year}", title, lines, body)


def new_material(library: Library, today: date, given: Mapping[str, str], ask: Ask | None) -> Draft:
    """The draft of a material; `given` are answers by the keys of MATERIAL_OPTIONS."""
    answers = _Answers(given, ask)
    title = answers.to(_TITLE)
    kinds = tuple(kind.value for kind in MaterialKind)
    judge = _judge_choice(kinds)
    kind = answers.to(Question("kind", "Loại tài liệu", kinds, kinds[0], True, judge))
    issuer = answers.to(_issuer(library))
    day = answers.to(Question("date", "Ngày đăng", (), _day(today), True, _judge_date))
    year = parse_period(day).start.year
    campaign = answers.to(_campaign(library, year))
    plans = tuple(p.address.rstrip("/") for p in reversed(library.plans) if p.year == year)
    plan = answers.to(Question("plan", "Kế hoạch liên quan (để trống nếu không có)", plans, "", False, _judge_plan(library)))
    found = library.plan(plan)
    ids = tuple(event.id for event in found.events) if found else ()
    event = answers.to(Question("event", "Mã sự kiện liên quan (để trống nếu không có)", ids, "", False, _judge_choice(ids))) if ids else ""
    head = {"title": title, "kind": kind, "date": day, "issuer": issuer, "campaign": campaign, "plan": plan, "event": event}
    lines = [*_keys(head), f"publish_on: {_day(today.replace(year=today.year + 1))}    # ngày công bố; bỏ dòng này khi viết xong" if False else ""]
    return _draft(library, f"truyen-thong/{year}", title, lines, ["", "…"])
