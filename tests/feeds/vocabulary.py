"""The vocabulary of schema.org, from its declarations in the npm package schema-dts.

schema-dts is generated from the vocabulary file that schema.org publishes: an interface for the
properties of each class (its domain), a union for what is a kind of what, and for every property
the classes and data types that it takes (its range).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

_INTERFACE = re.compile(
    r"^(?:export )?interface (\w+)(?:<.*?>)? extends (.+?) \{\n(.*?)^\}", re.M | re.S
)
_PROPERTY = re.compile(r'^    "(\w+)"\?: SchemaValue<(.+), "\1">;$', re.M)
_TYPE = re.compile(r'^    "@type": "(\w+)";$', re.M)
_UNION = re.compile(r"^export type (\w+) = (.+);$", re.M)
_DATA = {
    "Text": re.compile(r".+", re.S),
    "URL": re.compile(r"https?://\S+|/\S*"),
    "Date": re.compile(r"\d{4}-\d\d-\d\d"),
    "DateTime": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00"),
}


@dataclass(frozen=True)
class Vocabulary:
    """Classes, properties, domains and ranges, read from `declarations` (TypeScript)."""

    declarations: str = field(repr=False)

    @classmethod
    def read(cls, modules: Path) -> "Vocabulary":
        return cls((modules / "schema-dts" / "dist" / "schema.d.ts").read_text("utf-8"))

    @cached_property
    def _interfaces(self) -> dict[str, tuple[list[str], str]]:
        found = _INTERFACE.findall(self.declarations)
        return {name: (re.findall(r"\w+Base\b", bases), body) for name, bases, body in found}

    @cached_property
    def _unions(self) -> dict[str, list[str]]:
        return {name: members.split(" | ") for name, members in _UNION.findall(self.declarations)}

    @cached_property
    def _classes(self) -> dict[str, str]:
        """The interface of each class."""
        return {
            found[1]: name
            for name, (_, body) in self._interfaces.items()
            if (found := _TYPE.search(body))
        }

    def domain(self, kind: str) -> dict[str, list[str]]:
        """The properties of a class, its own and inherited, each with its range."""
        properties: dict[str, list[str]] = {}
        waiting = [self._classes[kind]]
        while waiting:
            bases, body = self._interfaces.get(waiting.pop(), ([], ""))
            waiting += bases
            properties |= {name: takes.split(" | ") for name, takes in _PROPERTY.findall(body)}
        return properties

    def is_a(self, kind: str, wanted: str) -> bool:
        below = self._unions.get(wanted, [])
        return kind == wanted or any(self.is_a(kind, m) for m in below if m in self._unions)

    def members(self, enumeration: str) -> set[str]:
        """The values of an enumeration."""
        return {m.strip('"') for m in self._unions.get(enumeration, []) if m.startswith('"http')}

    def problems(self, node: dict[str, Any], where: str = "") -> Iterator[str]:
        """What the vocabulary does not allow in a JSON-LD node."""
        kinds = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
        unknown = [kind for kind in kinds if kind not in self._classes]
        if unknown:
            yield f"{where or 'node'}: no class {unknown}"
            return
        properties: dict[str, list[str]] = {}
        for kind in kinds:
            properties |= self.domain(kind)
        for name, value in node.items():
            if name.startswith("@"):
                continue
            path = f"{where}.{name}".lstrip(".")
            if name not in properties:
                yield f"{path}: no property of {kinds}"
                continue
            for item in value if isinstance(value, list) else [value]:
                yield from self._value(item, properties[name], path)

    def _value(self, value: Any, takes: list[str], path: str) -> Iterator[str]:
        if isinstance(value, dict):
            kinds = value["@type"] if isinstance(value["@type"], list) else [value["@type"]]
            if not any(self.is_a(kind, wanted) for kind in kinds for wanted in takes):
                yield f"{path}: {kinds} is none of {takes}"
            yield from self.problems(value, path)
        elif isinstance(value, int):
            if not {"Integer", "Number"} & set(takes):
                yield f"{path}: a number is none of {takes}"
        elif not any(
            value in self.members(t) or (t in _DATA and _DATA[t].fullmatch(value)) for t in takes
        ):
            yield f"{path}: {value!r} is none of {takes}"
