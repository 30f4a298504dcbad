"""What is wrong in a library, and what to write instead: one rule a file, its id the file's name.

A rule is a module with `check`, a generator of findings; its docstring is the page people read. The
names of `check`'s parameters say what it looks at. The first is its subject, and `check` runs once
for each: `library`, `document`, `plan` or `material`. Those after it are what it needs besides:
`library`, `today`, the ids of all `rules`, or the `findings` of all other rules by path.
"""

import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from importlib import import_module
from typing import Any

from kehoach.records.document import Document
from kehoach.records.finding import Finding
from kehoach.records.library import Library
from kehoach.records.material import Material
from kehoach.records.memory import Memory
from kehoach.records.plan import Plan

# Gives what is found under a name: by what makes it, or from an earlier run.
Recall = Callable[[str, Callable[[], list[Finding]]], list[Finding]]

_SUBJECTS: dict[str, Callable[[Library], Any]] = {
    "library": lambda library: [library],
    "document": lambda library: library.documents,
    "plan": lambda library: library.plans,
    "material": lambda library: library.materials,
}
_KINDS: dict[str, type[Document]] = {"document": Document, "plan": Plan, "material": Material}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its id, its doc, and what it looks at."""

    id: str
    doc: str
    check: Callable[..., Iterator[Finding]]
    subject: str
    needs: tuple[str, ...]

    @property
    def title(self) -> str:
        """The first line of the doc without the id."""
        return self.doc.split("\n", 1)[0].removeprefix(f"{self.id}:").strip().removesuffix(".")

    @property
    def local(self) -> bool:
        """Whether it looks at one document and at nothing else."""
        return self.subject != "library" and not self.needs

    def findings(self, library: Library, given: Mapping[str, Any]) -> Iterator[Finding]:
        for subject in _SUBJECTS[self.subject](library):
            yield from self.of(subject, given)

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
        rules[name] = Rule(name, inspect.getdoc(module) or "", module.check, subject, tuple(needs))
    return rules


def check(
    library: Library,
    *,
    today: date,
    rules: Mapping[str, Rule] | None = None,
    memory: Memory | None = None,
    recall: Recall | None = None,
) -> list[Finding]:
    """Every finding of `rules` (all of them by default) in `library`, by file, line and column.

    `today` is the day a page must be due by to be published. What a document allows is left out;
    an allowance that nothing needed is itself a finding. With `memory`, what only concerns an
    unchanged document is recalled from an earlier run; with `recall`, all that is unchanged.
    """
    chosen = list((all_rules() if rules is None else rules).values())
    given: dict[str, Any] = {"library": library, "today": today, "rules": frozenset(all_rules())}
    # What reading found under no rule of this folder is not lost.
    found = [finding for finding in library.findings if finding.rule not in given["rules"]]
    if recall:
        found += _recalled(chosen, library, given, recall)
    else:
        for document in library.documents:
            found += _local([rule for rule in chosen if rule.local], document, memory)
        for rule in chosen:
            if not rule.local and "findings" not in rule.needs:
                found += rule.findings(library, given)
    given["findings"] = by_path = {}
    for finding in found:
        by_path.setdefault(finding.path, []).append(finding)
    for rule in chosen:
        if "findings" in rule.needs:
            found += rule.findings(library, given)
    documents = {document.path: document for document in library.documents}
    return sorted(
        finding for finding in found if not _allowed(finding, documents.get(finding.path))
    )


def _recalled(
    rules: list[Rule], library: Library, given: Mapping[str, Any], recall: Recall
) -> Iterator[Finding]:
    """What `rules` find in each document and in the whole, each asked for by a name."""
    rules = [rule for rule in rules if "findings" not in rule.needs]

    def find(subject: Any, chosen: Iterable[Rule]) -> list[Finding]:
        return [finding for rule in chosen for finding in rule.of(subject, given)]

    for document in library.documents:
        mine = [rule for rule in rules if isinstance(document, _KINDS.get(rule.subject, ()))]
        yield from recall(f"rules {document.path}", partial(find, document, mine))
    for rule in rules:
        if rule.subject == "library":
            yield from recall(f"rule {rule.id}", partial(find, library, [rule]))


def _local(rules: list[Rule], document: Document, memory: Memory | None) -> list[Finding]:
    """What `rules` that look at one document find in `document`."""

    def find() -> list[Finding]:
        mine = (rule for rule in rules if isinstance(document, _KINDS[rule.subject]))
        return [finding for rule in mine for finding in rule.of(document, {})]

    if memory is None:
        return find()
    ids = " ".join(rule.id for rule in rules)
    return memory.recall(
        ids.encode(), document.path.encode(), document.origin.text.encode(), make=find
    )


def _allowed(finding: Finding, document: Document | None) -> bool:
    return document is not None and any(
        allowance.covers(finding.rule, finding.field) for allowance in document.allow
    )
