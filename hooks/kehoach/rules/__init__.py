"""Rules: what is wrong in a library and what to write instead; one rule a file, its id the file's name.

A rule is a module with `check`, a generator of findings; its docstring is the page people read. The
names of `check`'s parameters say what it looks at. The first is its subject, and `check` runs once
for each: `library`, `document`, `plan`, `campaign` or `material`. Those after it are what it needs
besides: `library`, `today`, the `set_files` that settings name, the ids of all `rules`, what of the
document is `unprintable`, the plans that `joined` a campaign, or the `findings` of all other rules by
path. A rule with `BINDING` holds whatever a document allows itself.
"""

import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from importlib import import_module
from itertools import chain
from typing import Any, NamedTuple

from kehoach.records.campaign import Campaign
from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.records.material import Material
from kehoach.records.plan import Plan

PREFIX = "rules "  # how the names of all tasks begin


class Task(NamedTuple):
    """A check of the document in `file`, "" for the library as a whole.

    `key` is what it was given besides. The findings are made, or come from an earlier run.
    """

    name: str
    file: str
    key: str
    make: Callable[[], list[Finding]]


Recall = Callable[[list[Task]], list[list[Finding]]]
Unprintable = Callable[[Document, Library], Iterable[Finding]]

_KINDS: dict[str, type[Document]] = {
    "document": Document,
    "plan": Plan,
    "campaign": Campaign,
    "material": Material,
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its id, its doc, and what it looks at."""

    id: str
    doc: str
    check: Callable[..., Iterator[Finding]]
    subject: str
    needs: tuple[str, ...]
    binding: bool = False  # whether no document may allow itself what it forbids

    @property
    def title(self) -> str:
        """The first line of the doc without the id."""
        return self.doc.split("\n", 1)[0].removeprefix(f"{self.id}:").strip().removesuffix(".")

    def of(self, subject: Any, given: Mapping[str, Any]) -> Iterator[Finding]:
        needed = {name: given[name] for name in self.needs}
        for finding in self.check(subject, **needed):
            yield replace(finding, rule=self.id)


@cache
def all_rules() -> dict[str, Rule]:
    """Every rule of this folder by its id."""
    modules = [
        import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
    ]
    rules = {}
    for module in modules:
        if not hasattr(module, "check"):
            continue
        subject, *needs = inspect.signature(module.check).parameters
        name = module.__name__.rpartition(".")[2].replace("_", "-")
        doc, binding = inspect.getdoc(module) or "", getattr(module, "BINDING", False)
        rules[name] = Rule(name, doc, module.check, subject, tuple(needs), binding)
    return rules


def _make_all(tasks: list[Task]) -> list[list[Finding]]:
    return [task.make() for task in tasks]


def _nothing(document: Document, library: Library) -> Iterable[Finding]:
    return ()


def check(
    library: Library,
    *,
    today: date,
    set_files: frozenset[str] = frozenset(),
    rules: Mapping[str, Rule] | None = None,
    recall: Recall = _make_all,
    unprintable: Unprintable = _nothing,
    around: Callable[[str], Library] | None = None,
) -> list[Finding]:
    """Every finding of `rules` (all of them by default) in `library`, by file, line and column.

    `today` is the day a page must be due by to be published. What a document allows is left out;
    an allowance that nothing needed is itself a finding. With `recall`, what concerns an unchanged
    document, and only such, may come from an earlier run. `unprintable` tells what of a
    document cannot be printed, which this folder knows nothing of. `around` gives as much of the
    library as the rules of one document, in the file that it is given, may look at.
    """
    known = frozenset(all_rules())
    chosen = list((all_rules() if rules is None else rules).values())
    given = {"library": library, "today": today, "set_files": set_files, "rules": known}

    def read() -> list[Finding]:
        """The findings of reading that no rule of this folder takes over."""
        return [finding for finding in library.findings if finding.rule not in known]

    wholes = [Task(f"{PREFIX}reading", "", "", read)]
    for rule in chosen:
        if rule.subject == "library":
            make = partial(_whole, rule, library, given)
            wholes.append(Task(f"{PREFIX}{rule.id}", "", "", make))
    by_path: dict[str, list[Finding]] = {}
    for finding in chain(*recall(wholes)):
        by_path.setdefault(finding.path, []).append(finding)
    tasks: list[Task] = []
    for path in library.paths:
        whole = by_path.pop(path, [])
        file = path.removeprefix(f"{library.name}/")
        make = partial(_settled, file, whole, chosen, given, unprintable, around)
        tasks.append(Task(f"{PREFIX}{path}", file, repr(whole) if whole else "", make))
    return sorted(chain(*recall(tasks), *by_path.values()))


def _whole(rule: Rule, library: Library, given: Mapping[str, Any]) -> list[Finding]:
    return list(rule.of(library, given))


def _settled(
    file: str,
    found: list[Finding],
    rules: list[Rule],
    given: Mapping[str, Any],
    unprintable: Unprintable,
    around: Callable[[str], Library] | None,
) -> list[Finding]:
    """The findings about the document in `file`, with those that looking at the whole has `found`."""
    library = around(file) if around else given["library"]
    path = f"{library.name}/{file}"
    document = library.document(path)
    if document is None:
        return found
    given = {**given, "library": library, "joined": _joined(document, library)}
    mine = [rule for rule in rules if isinstance(document, _KINDS.get(rule.subject, ()))]
    given = {**given, "unprintable": list(unprintable(document, library))}
    found = [*found, *_of(document, mine, given, last=False)]
    found += _of(document, mine, {**given, "findings": {path: found}}, last=True)
    # Of a value that could not be read, reading has said enough; the rules saw what stands for it.
    said = document.origin.findings
    found = [finding for finding in found if finding in said or document.has_read(finding.field)]
    bound = {rule.id for rule in rules if rule.binding}
    allowed = [allowance.covers for allowance in document.allow if allowance.rule not in bound]
    return [
        finding
        for finding in found
        if not any(covers(finding.rule, finding.field) for covers in allowed)
    ]


def _joined(document: Document, library: Library) -> list[Plan]:
    """The plans that join a campaign; of one that was not read whole its own findings say enough."""
    if not isinstance(document, Campaign):
        return []
    return [p for p in library.plans if p.campaign == document.year and not p.is_partial]


def _of(
    document: Document, rules: list[Rule], given: Mapping[str, Any], *, last: bool
) -> Iterator[Finding]:
    """The findings of `rules` in `document`; the `last` look at the findings of all others."""
    for rule in rules:
        if ("findings" in rule.needs) == last:
            yield from rule.of(document, given)
