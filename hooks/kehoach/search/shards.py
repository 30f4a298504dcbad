"""The index: a shard for each year, which changes when a text of that year does, not before.

A query is answered by sections that hold all its words, or all its pairs of neighbouring words: a
phrase is the pairs it consists of. So a shard has

- `meta`: its pages with what they can be filtered by, the length of every section, and where in
  the following files a word is;
- `t0`, `t1` …: for each word the numbers of the sections that hold it;
- `c0`, `c1` …: the same for each pair of words;
- `v0`, `v1` …: the sections themselves, for the results that are shown;
- `vocabulary`: how frequent each word is, for queries with a slip of the finger.

All are JSON packed with gzip (RFC 1952, without a time) and not larger than a few kilobytes; words
are in the order of their keys, in UTF-16 as a browser compares. `all` is every file in one, for
small sites and for readers who have searched once and may be offline the next time.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from operator import sub
from typing import Any, TypeVar

from pydantic_core import to_json

from kehoach.gzipped import gzipped
from kehoach.search.documents import KINDS, Entry
from kehoach.search.words import key, pairs, words

POSTINGS = 4_000  # numbers of sections in a file of words or pairs: about 2.5 KB packed
LETTERS = 9_000  # of text in a file of sections: about 3 KB packed

T = TypeVar("T")
Files = dict[str, bytes]
Postings = dict[str, list[int]]  # term -> the numbers of the sections that hold it


def shard(entries: list[Entry]) -> bytes:
    """The bundle of the files that make `entries` found."""
    passages = [passage for entry in entries for passage in entry.passages]
    texts = [f"{p.text}\n{p.hidden}" if p.hidden else p.text for p in passages]
    found = [words(text) for text in texts]
    by_word = _postings(map(set, found))
    by_pair = {" ".join(p): held for p, held in _postings(map(pairs, texts, found)).items()}
    shown, places = _texts(entries)
    files: Files = {f"v{number}": text for number, text in enumerate(shown)}
    meta = {
        **_columns(entries),
        "text": places,
        "sections": [len(entry.passages) for entry in entries],
        "sizes": [max(1, round(len(w) / p.weight)) for w, p in zip(found, passages, strict=True)],
        "words": _spread("t", by_word, files),
        "pairs": _spread("c", by_pair, files),
    }
    files["meta"] = packed(meta)
    files["vocabulary"] = packed(_vocabulary(by_word))
    return bundle(files)


def _vocabulary(by_word: Postings) -> dict[str, int]:
    """In how many sections each word stands, whatever its marks."""
    counts: dict[str, int] = {}
    for word, sections in sorted(by_word.items()):
        if word.isalpha():
            counts[key(word)] = counts.get(key(word), 0) + len(sections)
    return counts


def bundle(files: Files) -> bytes:
    """`files` in one: a line of JSON with the length of each, then one after the other."""
    lengths = json.dumps({name: len(content) for name, content in files.items()})
    return lengths.encode() + b"\n" + b"".join(files.values())


def unbundled(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The files of a bundle by name."""
    line, _, rest = content.partition(b"\n")
    for name, length in json.loads(line).items():
        yield name, rest[:length]
        rest = rest[length:]


def packed(value: Any) -> bytes:
    """`value` as JSON in gzip, the same bytes for the same value."""
    text = to_json(value)
    return gzipped(text)


def _texts(entries: list[Entry]) -> tuple[list[bytes], list[int]]:
    """The files of sections, and for each page the number of the file it is in."""
    files: list[list[Any]] = []
    places: list[int] = []
    room = 0
    for entry in entries:
        size = sum(len(passage.text) for passage in entry.passages)
        if size > room:
            files.append([])
            room = LETTERS
        room -= size
        files[-1].append(
            {
                "address": entry.address,
                "title": entry.title,
                "label": entry.label,
                "sections": [[p.anchor, p.heading, p.text, p.hidden] for p in entry.passages],
            }
        )
        places.append(len(files) - 1)
    return [packed(file) for file in files], places


def _columns(entries: list[Entry]) -> dict[str, Any]:
    """The columns that pages are filtered by; a name is its number in its list."""
    provinces = _names(entry.province for entry in entries)
    units = _names(unit for entry in entries for unit in entry.units)
    statuses = _names(entry.status for entry in entries)
    return {
        "names": {"province": list(provinces), "unit": list(units), "status": list(statuses)},
        "kind": [KINDS.index(entry.kind) for entry in entries],
        "province": [provinces[entry.province] for entry in entries],
        "unit": [[units[unit] for unit in entry.units] for entry in entries],
        "status": [statuses[entry.status] for entry in entries],
        "campaign": [entry.campaign for entry in entries],
        "start": [entry.start for entry in entries],
        "end": [entry.end if entry.end != entry.start else "" for entry in entries],
    }


def _names(values: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(sorted(set(values)))}


def _postings(passages: Iterable[set[T]]) -> dict[T, list[int]]:
    postings: dict[T, list[int]] = defaultdict(list)
    for number, found in enumerate(passages):
        for term in found:
            postings[term].append(number)
    return postings


def _spread(prefix: str, postings: Postings, files: Files) -> dict[str, Any]:
    """The first key of each file that `postings` fill, or all of them where they fill but one."""
    groups: dict[str, dict[str, list[int]]] = {}
    for term in sorted(postings, key=_in_utf16):
        groups.setdefault(key(term), {})[term] = _gaps(postings[term])
    chunks = list(_chunks(groups))
    if len(chunks) == 1:
        return {"all": chunks[0][1]}
    for number, (_, chunk) in enumerate(chunks):
        files[f"{prefix}{number}"] = packed(chunk)
    return {"from": [first for first, _ in chunks]}


def _chunks(groups: dict[str, dict[str, list[int]]]) -> Iterator[tuple[str, dict[str, list[int]]]]:
    first, size = "", 0
    chunk: dict[str, list[int]] = {}
    for name, terms in groups.items():
        if size >= POSTINGS:
            yield first, chunk
            first, chunk, size = name, {}, 0
        chunk |= terms
        size += sum(len(gaps) for gaps in terms.values())
    yield first, chunk


def _gaps(numbers: list[int]) -> list[int]:
    return list(map(sub, numbers, [-1, *numbers]))


def _in_utf16(term: str) -> bytes:
    """What sorts `term` by its key and then by itself, as a browser compares."""
    return f"{key(term)}\0{term}".encode("utf-16-be")
