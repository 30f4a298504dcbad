"""The programmes of events that stand as tables in the annexes of their plan.

"Chương trình tại Phụ lục I": an annex that is called CHƯƠNG TRÌNH and has a table by hour is the programme
of the one event whose section leads to it, else of the one that its title names, else of the only event.
"""

import re
from collections.abc import Iterable, Iterator

from kehoach.records.body.model import Annex, Cell, Table
from kehoach.records.body.outlining import Section
from kehoach.records.body.reading import body_of
from kehoach.records.body.rendering import render
from kehoach.records.body.walking import words
from kehoach.records.event import Event, Step
from kehoach.records.plan import PROGRAMME, Plan
from kehoach.records.text import canonical, fold

_TIMES = {"thời gian", "giờ", "thời điểm", "thời lượng"}
_WHATS = {"nội dung", "hoạt động", "công việc", "nội dung chương trình", "nội dung công việc"}
_WHOS = ("thực hiện", "chủ trì", "phụ trách", "báo cáo viên", "người trình bày", "đơn vị")
_CLOCK = re.compile(r"\d{1,2}\s*(?:giờ|[hg:])", re.IGNORECASE)


def programmes_of(plan: Plan, called: Iterable[Section]) -> dict[str, tuple[Step, ...]]:
    """The steps of each event that one of the annexes `called` so tells the programme of, by the event's id."""
    rendered = render(plan.body, abbreviations={}, outline=plan.outline)
    annexes = {annex.anchor: annex for annex in body_of(rendered.annexes).annexes}
    found: dict[str, tuple[Step, ...]] = {}
    for section in called:
        event = _event_of(section, plan)
        annex = annexes.get(section.anchor)
        if event and annex and event.id not in found and (steps := _steps(annex)):
            found[event.id] = steps
    return found


def _event_of(section: Section, plan: Plan) -> Event | None:
    return (
        _only(event for event in plan.events if _leads_to(section, event, plan))
        or _only(event for event in plan.events if _is_named(section, event, plan))
        or _only(iter(plan.events))
    )


def _only(events: Iterator[Event]) -> Event | None:
    found = list(events)
    return found[0] if len(found) == 1 else None


def _leads_to(section: Section, event: Event, plan: Plan) -> bool:
    """Whether the section of `event` mentions the annex by its name."""
    own = plan.outline.find(event.section) if event.section else None
    if own is None or not section.number:
        return False
    mention = re.compile(rf"(?<!\w){re.escape(canonical(section.number))}(?!\w)")
    return bool(mention.search(canonical(plan.outline.text_of(own))))


def _is_named(section: Section, event: Event, plan: Plan) -> bool:
    """Whether the title of the annex, without "Chương trình", is in the title of `event`."""
    name = fold(canonical(section.title).removeprefix(PROGRAMME))
    return bool(name) and name in fold(event.title)


def _steps(annex: Annex) -> tuple[Step, ...]:
    """The rows of the first table by hour."""
    for table in (block for block in annex.blocks if isinstance(block, Table)):
        heads = {cell.column: canonical(_text(cell)) for cell in table.cells if cell.row == 0}
        times = next((column for column, head in heads.items() if head in _TIMES), None)
        if times is None:
            continue
        steps = tuple(_rows(table, heads, times))
        if sum(bool(_CLOCK.search(step.at)) for step in steps) * 2 > len(steps):
            return steps
    return ()


def _rows(table: Table, heads: dict[int, str], times: int) -> Iterator[Step]:
    """Each row with an hour; what spans a row stands before the hours of those below it."""
    what = next((column for column, head in heads.items() if head in _WHATS), times + 1)
    who = next((column for column, head in heads.items() if head.startswith(_WHOS)), -1)
    part, hour = "", ""
    for row in range(table.heads, table.rows):
        cells = [cell for cell in table.cells if cell.row <= row < cell.row + cell.rows]
        if len(cells) == 1:
            part, hour = _text(cells[0]), ""
            continue
        hour = _at(cells, times) or hour
        told = _at(cells, what)
        if told and (part or hour):
            at = ", ".join(filter(None, (part, hour)))
            yield Step(at=at, what=told, who=_at(cells, who) or None)


def _at(cells: list[Cell], column: int) -> str:
    """The text at a column of a row, of the cell that covers it; "" where there is none."""
    found = (cell for cell in cells if cell.column <= column < cell.column + cell.columns)
    return next(map(_text, found), "")


def _text(cell: Cell) -> str:
    return " ".join(words(cell.blocks).split())
