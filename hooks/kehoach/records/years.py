"""Which year a time belongs to that names none: the year that its document is for.

That is the year named in the title, or the campaign's, where that is one year; else the year of
issue. A plan signed on 27 December 2024 “cho năm 2025” means the 10 January of 2025.
"""

import re
from collections.abc import Mapping

from kehoach.records.period import PeriodError, parse_period

# A year; “12/2015/NQ-CP” is the number of a document.
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d|/\w)", re.ASCII)


def year_meant(data: object) -> int | None:
    """The year of front matter as it stands in its file; None where nothing in it tells."""
    if not isinstance(data, Mapping):
        return None
    named = set(_YEAR.findall(_text(data, "title")))
    if not named and _YEAR.fullmatch(_text(data, "campaign")):
        named = {_text(data, "campaign")}
    if len(named) == 1:
        return int(named.pop())
    return _issued(_text(data, "date") or _text(data, "day"))


def _text(data: Mapping[object, object], key: str) -> str:
    value = data.get(key)
    return value if isinstance(value, str) else ""


def _issued(words: str) -> int | None:
    try:
        start = parse_period(words).start
    except PeriodError:
        return None
    return start.year if start else None
