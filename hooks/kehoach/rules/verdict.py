"""How a rule says what it found: where, what, and what to write instead."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from kehoach.records.document import Document
from kehoach.records.event import Deadline, Event
from kehoach.records.finding import Finding, Severity
from kehoach.records.library import Library
from kehoach.records.plan import Plan
from kehoach.records.source import Keys, Parsed, Place, Source, field_name
from kehoach.records.text import nearest_path

At = Keys | Place | int


def error(of: Document | Source, at: At, message: str, hint: str = "") -> Finding:
    """A finding that stops a build. `at` is a key, or a place or an offset in the body."""
    return _finding(of, at, message, hint, Severity.ERROR)


def warning(of: Document | Source, at: At, message: str, hint: str = "") -> Finding:
    """A finding that the author may leave as it is; `at` as for `error`."""
    return _finding(of, at, message, hint, Severity.WARNING)


def at_file(
    library: Library, file: str, message: str, hint: str, *, warns: bool = False
) -> Finding:
    """A finding about a file that is no text, by its path under `content/`."""
    of = Parsed(f"{library.name}/{file}")
    return (warning if warns else error)(of, Place(1, 1), message, hint)


def reading(library: Library, rule: str) -> Iterator[Finding]:
    """The findings under `rule` from reading the files."""
    return (finding for finding in library.findings if finding.rule == rule)


def planned(plan: Plan) -> Iterator[tuple[Event | Deadline, Keys]]:
    """The events and deadlines of `plan`, and where they stand in its front matter."""
    yield from ((event, ("events", index)) for index, event in enumerate(plan.events))
    yield from ((deadline, ("deadlines", index)) for index, deadline in enumerate(plan.deadlines))


def told(item: Event | Deadline) -> str:
    """An event or a deadline as findings call it: its id, and where people look it up."""
    shelf, noun = ("events", "sự kiện") if isinstance(item, Event) else ("deadlines", "thời hạn")
    index = getattr(item.plan, shelf).index(item)
    return f"{noun} `{item.id}` ({where(item.plan, (shelf, index, 'when'))})"


def repeated(
    named: Iterable[tuple[str, Document | Source, Keys]],
) -> Iterator[tuple[str, Document | Source, Keys, str]]:
    """Each name that came before, where it stands again, and where it stood first."""
    seen: dict[str, tuple[Document | Source, Keys]] = {}
    for name, of, keys in named:
        if name in seen:
            yield name, of, keys, where(*seen[name])
        else:
            seen[name] = of, keys


def where(of: Document | Source, keys: Keys) -> str:
    """A place as people look it up: "content/ke-hoach/2022/x.md:12:5"."""
    source = _source(of)
    place = source.place(keys)
    return f"{source.path}:{place.line}:{place.column}"


def nearest_plan(document: Document, library: Library, address: str) -> str:
    """A hint for a plan that is not there but named in `document`."""
    files = (file for file in library.files if file.startswith(f"{Plan.folder}/"))
    plans = (file.removesuffix(".md") for file in files if file.endswith(".md"))
    others = (plan for plan in plans if plan != document.address.strip("/"))
    close = nearest_path(address.removesuffix(".md").strip("/"), others)
    return f"có phải `{close}`?" if close else "viết địa chỉ, ví dụ ke-hoach/2022/ten-tep"


def _finding(of: Document | Source, at: At, message: str, hint: str, severity: Severity) -> Finding:
    source = _source(of)
    if isinstance(at, (Place, int)):
        place = at if isinstance(at, Place) else source.body_place(at)
        field = _section(of, place.line) if isinstance(of, Document) else ""
    else:
        # A list of one may be written as the one: `lead[0]` is then `lead`.
        keys = at if at in source.places or not at or isinstance(at[-1], str) else at[:-1]
        place, field = source.place(keys), field_name(keys)
    return source.finding(place, "", message, hint, field=field, severity=severity)


def _source(of: Document | Source) -> Source:
    return of.origin if isinstance(of, Document) else of


def _section(document: Document, line: int) -> str:
    """The section of the body that `line` is in, "II.3.đ"."""
    sections = document.outline.sections
    index = bisect_right(sections, line, key=lambda section: section.line)
    return sections[index - 1].ref if index else ""
