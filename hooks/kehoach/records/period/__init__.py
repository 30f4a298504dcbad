"""Vietnamese written dates: “Từ ngày 04 - 20/5/2022”, “cuối tháng 10 năm 2022”, “trước ngày 14/5”.

In: the words a plan uses for a time, or ISO 8601 / EDTF. Out: a Period, which keeps those words
beside what they say and says no more than they do: a day they leave open stays open. Words that are
not understood are kept with a doubt and no date; only what cannot be (31/2) raises.

Sources: Nghị định 30/2020/NĐ-CP, Phụ lục I (how a date is written); Extended Date/Time Format,
Library of Congress 2019, levels 0 and 1 (`~`, `?`, `%`, `..`).
"""

from kehoach.records.period.meaning import (
    Doubt,
    Duration,
    Period,
    PeriodError,
    Relation,
    document_date,
    joined,
)
from kehoach.records.period.naming import Precision, format_day
from kehoach.records.period.reading import parse_period

__all__ = [
    "Doubt",
    "Duration",
    "Period",
    "PeriodError",
    "Precision",
    "Relation",
    "document_date",
    "format_day",
    "joined",
    "parse_period",
]
