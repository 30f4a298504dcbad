"""The records that concern each unit: its own plans, and all that it leads, joins, owes or receives."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from kehoach.records.event import Deadline, Event
from kehoach.records.library import Library
from kehoach.records.plan import Plan


@dataclass(slots=True)
class Concern:
    """`issued` are the plans of the unit itself, `duties` its part in any plan."""

    issued: list[Plan] = field(default_factory=list)
    duties: list[Event | Deadline] = field(default_factory=list)

    def plans(self) -> Iterator[Plan]:
        """Every plan that concerns the unit, once."""
        plans = (*self.issued, *(duty.plan for duty in self.duties))
        yield from {plan.address: plan for plan in plans}.values()


def concerns(library: Library) -> dict[str, Concern]:
    """By unit id; what a group ("Các phòng, đơn vị thuộc Sở") has to do, each of its units has."""
    found = {unit.id: Concern() for unit in library.units}
    for unit in library.units:
        for one in (unit, *library.collectives(unit)):
            duties = library.duties[one.id]
            found[unit.id].duties += [*duties.leads, *duties.joins, *duties.owes, *duties.receives]
    for plan in library.plans:
        for issuer in library.issuing(plan):
            found[issuer.id].issued.append(plan)
    return found
