"""What a plan says of an event or a deadline, to be compared with its front matter."""

from kehoach.records.body.references import name_of
from kehoach.records.event import Deadline, Event
from kehoach.records.plan import Plan


def words_of(plan: Plan, item: Event | Deadline) -> tuple[str, str] | None:
    """What people call the place where `plan` speaks of `item`, and its text.

    That is the section named by the item, with all below it and those it stands in. A plan of a
    single event speaks of it throughout. None where the body lacks the section.
    """
    outline = plan.outline
    if not item.section or (isinstance(item, Event) and len(plan.events) == 1):
        every = (section.text for section in outline.sections)
        return "thân văn bản", "\n".join((outline.preamble, *every))
    section = outline.find(item.section)
    if section is None:
        return None
    texts = [outline.text_of(section)]
    while section.parent is not None:
        section = outline.sections[section.parent]
        texts.append(section.text)
    return name_of(item.section), "\n".join(texts)
