"""Search: an index of every page, cut by year, which the browser reads in parts.

The other half is theme/assets/js/search/.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kehoach.records.library import Library
from kehoach.search.documents import KINDS, Entry, entries
from kehoach.search.shards import shard, unbundled
from kehoach.search.words import words

FOLDER = "tim-kiem/chi-muc"
WHOLE = 100_000  # bytes of an index that is fetched in one piece a year
AHEAD = 8_000_000  # bytes of an index that is fetched ahead, in such pieces, after a first search

Keep = Callable[[str, Callable[[], bytes]], bytes]

_SOURCES = sorted(Path(__file__).parent.glob("*.py"))
_CODE = sha256(b"".join(path.read_bytes() for path in _SOURCES)).hexdigest()


@dataclass(frozen=True, slots=True)
class Artefact:
    """One file of the site: its path and its bytes."""

    path: str
    content: bytes


def artefacts(library: Library, keep: Keep = lambda key, make: make()) -> Iterator[Artefact]:
    """The index of the site. `keep` gets the key of each shard and what makes it."""
    years = by_year(entries(library))
    bundles = {
        year: keep(key(found), lambda found=found: shard(found)) for year, found in years.items()
    }
    yield from index(bundles, library.abbreviations)


def by_year(found: Iterable[Entry]) -> dict[int, list[Entry]]:
    """What makes up each shard, the latest year first, what belongs to no year last."""
    groups: dict[int, list[Entry]] = {}
    for entry in found:
        groups.setdefault(entry.year, []).append(entry)
    return dict(sorted(groups.items(), reverse=True))


def key(found: list[Entry]) -> str:
    """A name for the shard of `found`: another one when a text, or how it is indexed, changes."""
    return sha256(f"{_CODE}{found}".encode()).hexdigest()


def index(bundles: dict[int, bytes], abbreviations: dict[str, str]) -> Iterator[Artefact]:
    """Every file of the index. `index.json` names the others; these never change under a name."""
    size = sum(map(len, bundles.values()))
    whole, ahead = size <= WHOLE, size <= AHEAD
    shards = []
    for year, bundle in bundles.items():
        folder = f"{year or 'chung'}-{sha256(bundle).hexdigest()[:12]}"
        shards.append({"year": year, "folder": folder})
        if ahead:
            yield Artefact(f"{FOLDER}/{folder}/all.bin", bundle)
        for name, content in () if whole else unbundled(bundle):
            yield Artefact(f"{FOLDER}/{folder}/{name}.bin", content)
    contents = {
        "kinds": KINDS,
        "whole": whole,
        "ahead": ahead,
        "shards": shards,
        "abbreviations": [[words(short), words(long)] for short, long in abbreviations.items()],
    }
    yield Artefact(f"{FOLDER}/index.json", json.dumps(contents, ensure_ascii=False).encode())
