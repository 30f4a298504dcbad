"""Values of front matter that readers are shown under another name."""

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """A member is its value, as it is written; `label` is what readers call it."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
