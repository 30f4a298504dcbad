"""Search: an index of every page, cut by year, which the browser reads in parts.

The other half is theme/assets/js/search/.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cache, partial
from hashlib import sha256
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from kehoach.artefact import Plain
from kehoach.hashing import digest, digest_of_all, fingerprint
from kehoach.records.library import Library
from kehoach.search.documents import KINDS, Entry, Passage, entries
from kehoach.search.shards import shard, unbundled
from kehoach.search.words import words

FOLDER = "tim-kiem/chi-muc"
WHOLE = 100_000  # bytes of an index that is fetched in one piece a year
AHEAD = 8_000_000  # bytes of an index that is fetched ahead, in such pieces, after a first search

Keep = Callable[[str, Callable[[], bytes]], bytes]

_SOURCES = sorted(Path(__file__).parent.glob("*.py"))
_CODE = digest_of_all(_SOURCES)
# What makes a key of them; their `repr` takes twice as long.
_PASSAGE = attrgetter(*(field.name for field in fields(Passage)))
_ENTRY = attrgetter(*(field.name for field in fields(Entry) if field.name != "passages"))


class Shard(NamedTuple):
    """The bundle of a year, 0 for what belongs to none: the key that it is kept under, how many bytes
    it has, the folder that is named by its content, and the files in it."""

    year: int
    key: str
    size: int
    folder: str
    names: tuple[str, ...]

    @classmethod
    def of(cls, year: int, key: str, bundle: bytes) -> "Shard":
        folder = f"{year or 'chung'}-{sha256(bundle).hexdigest()[:12]}"
        return cls(year, key, len(bundle), folder, tuple(dict(unbundled(bundle))))


def of_year(library: Library, year: int, keep: Keep) -> Shard | None:
    """The shard of what in `library` is of `year`, None for nothing. `keep` gets its key and what
    makes it, and gives its bytes."""
    found = list(entries(library, year))
    if not found:
        return None
    name = key(found)
    return Shard.of(year, name, keep(name, lambda: shard(found)))


def key(found: list[Entry]) -> str:
    """A name for the shard of `found`: another one when a text, or how it is indexed, changes."""
    told = [(*_ENTRY(entry), [*map(_PASSAGE, entry.passages)]) for entry in found]
    return fingerprint(_CODE, told)


def files(
    shards: list[Shard], abbreviations: dict[str, str], bundle_of: Callable[[Shard], bytes]
) -> Iterator[Plain]:
    """Every file of the index, of which `index.json` names the others; `bundle_of` gives a shard's bytes."""
    size = sum(shard.size for shard in shards)
    whole, ahead = size <= WHOLE, size <= AHEAD
    for each in shards:
        folder = f"{FOLDER}/{each.folder}"
        bundle = cache(partial(bundle_of, each))
        if ahead:
            yield Plain(f"{folder}/all.bin", each.folder, bundle)
        opened = cache(lambda bundle=bundle: dict(unbundled(bundle())))
        for name in () if whole else each.names:
            yield Plain(f"{folder}/{name}.bin", each.folder, partial(_member, opened, name))
    contents = {
        "kinds": KINDS,
        "whole": whole,
        "ahead": ahead,
        "shards": [{"year": shard.year, "folder": shard.folder} for shard in shards],
        "abbreviations": [[words(short), words(long)] for short, long in abbreviations.items()],
    }
    content = json.dumps(contents, ensure_ascii=False).encode()
    yield Plain(f"{FOLDER}/index.json", digest(content), lambda: content)


def _member(opened: Callable[[], dict[str, bytes]], name: str) -> bytes:
    return opened()[name]
