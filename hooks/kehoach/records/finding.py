"""A finding: what is wrong, where, and what to write instead."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to mend. Line and column count from 1; `path` is relative to the project's root."""

    path: str
    line: int
    column: int
    rule: str
    message: str
    hint: str = ""
    field: str = ""
    severity: Severity = Severity.ERROR
