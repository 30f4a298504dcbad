"""The words of a plan about an event or a deadline, to be compared with its front matter."""

import re
from functools import cached_property, lru_cache

from kehoach.records.body.references import name_of
from kehoach.records.event import Deadline, Event
from kehoach.records.plan import Plan
from kehoach.records.text import fold

_NUMBER = re.compile(r"0*(\d+)")

_folded = lru_cache(maxsize=10_000)(fold)  # names of units, which plans share


def numbers(text: str) -> set[str]:
    """The numbers in `text`, without leading zeros."""
    return set(_NUMBER.findall(text))


class Passage:
    """The text of a plan that speaks of something; `name` is what people call the place."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._mentioned: dict[tuple[str, ...], bool] = {}

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Every number in it, without leading zeros."""
        return frozenset(numbers(self.text))

    @cached_property
    def _folded(self) -> str:
        return fold(self.text)

    def mentions(self, names: tuple[str, ...]) -> bool:
        """Whether one of `names` stands in it, in whatever case and with or without its marks."""
        if names not in self._mentioned:
            self._mentioned[names] = any(name in self.text for name in names) or any(
                _folded(name) in self._folded for name in names
            )
        return self._mentioned[names]


class Passages:
    """The passages of a plan, each put together once: many events may share one."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._by_section: dict[str, Passage | None] = {}

    def of(self, item: Event | Deadline) -> Passage | None:
        """Where the plan speaks of `item`; None where the body lacks the section that it names.

        That is the section, with all below it and those it stands in. A plan of a single event
        speaks of it throughout.
        """
        alone = isinstance(item, Event) and len(self._plan.events) == 1
        ref = "" if alone else item.section or ""
        if ref not in self._by_section:
            self._by_section[ref] = self._section(ref) if ref else self.whole
        return self._by_section[ref]

    @cached_property
    def whole(self) -> Passage:
        """The body of the plan, its annexes included."""
        outline = self._plan.outline
        every = (section.text for section in outline.sections)
        return Passage("thân văn bản", "\n".join((outline.preamble, *every)))

    def _section(self, ref: str) -> Passage | None:
        outline = self._plan.outline
        section = outline.find(ref)
        if section is None:
            return None
        texts = [outline.text_of(section)]
        while section.parent is not None:
            section = outline.sections[section.parent]
            texts.append(section.text)
        return Passage(name_of(ref), "\n".join(texts))
