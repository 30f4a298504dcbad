"""The official form of a written time, which says the same as its own words: read again, it must give
the same time. Nghị định 30/2020/NĐ-CP, Phụ lục I, for how a date is written."""

from dataclasses import replace
from datetime import time

from kehoach.records.period import Period, Relation
from kehoach.records.period.naming import DAY, THIRDS, grain, name_of, namings

BEFORE, AFTER, WITHIN = Relation.BEFORE, Relation.AFTER, Relation.WITHIN

LEADS = {
    (BEFORE, True): "trước",
    (BEFORE, False): "chậm nhất",
    (AFTER, True): "sau",
    (AFTER, False): "kể từ",
}


def formal(period: Period) -> str:
    """The official form of `period`. What names no date and no rhythm is said by its own words."""
    if period.parts:
        return "; ".join(formal(part) for part in period.parts)
    if period.undated:
        return period.words
    stated = (str(period.duration or ""), _span(period), period.rhythm)
    return "dự kiến " * period.approximate + ", ".join(part for part in stated if part)


def _clock(at: time | None) -> str:
    return f"{at.hour} giờ {at.minute:02} " if at else ""


def _span(period: Period) -> str:
    start, end, precision = period.start, period.end, period.precision
    edge = start or end
    if edge is None:
        return ""
    opens, closes = (_clock(at) for at in (period.start_time, period.end_time))
    if period.sessions:
        each = [f"từ {_clock(a)}đến {_clock(b)}" if b else _clock(a) for a, b in period.sessions]
        daily = "hằng ngày, " if start != end else ""
        bare = replace(period, start_time=None, end_time=None, sessions=())
        return f"{daily}{'và '.join(each).strip()}, {_span(bare)}"
    if not start or not end:
        side = 0 if (period.relation is BEFORE) == period.exclusive else 1
        name = next(n[:2] for n in namings(edge, precision) if n[2 + side] == edge)
        return f"{LEADS[period.relation, period.exclusive]} {opens or closes}{name_of(*name, edge)}"
    for unit, part, *ends in namings(start, precision):
        if ends == [start, end] and grain(unit, part) is precision:
            lead = "trong " if period.duration and unit is not DAY and not part else ""
            hours = f"từ {opens}đến {closes}" if closes else opens
            return lead + hours + name_of(unit, part, start)
    first = next(n[:2] for n in namings(start, precision) if n[2] == start and n[1] in THIRDS)
    last = next(n[:2] for n in namings(end, precision) if n[3] == end and n[1] in THIRDS)
    begin = name_of(*first, start, year=start.year != end.year)
    if first == last == (DAY, "") and (start.year, start.month) == (end.year, end.month):
        begin = f"ngày {start.day:02}"
    lead = "trong khoảng thời gian " if (precision, period.relation) == (DAY, WITHIN) else ""
    until = "đến" if last[0] is DAY or last[1] or first == last else "đến hết"
    return f"{lead}từ {opens}{begin} {until} {closes}{name_of(*last, end)}"
