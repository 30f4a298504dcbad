"""Search: an index of every page, cut by year, that the browser reads in parts (theme/assets/js/search/)."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from xml.sax.saxutils import escape

from kehoach.records.library import Library
from kehoach.search.documents import KINDS, Entry, entries
from kehoach.search.shards import Shard, bundle, packed, shard
from kehoach.search.words import words
from kehoach.site import Site

FOLDER = "tim-kiem/chi-muc"
WHOLE = 90_000  # bytes of an index that is fetched in one piece a year
DESCRIPTION = "tim-kiem/opensearch.xml"


@dataclass(frozen=True, slots=True)
class Artefact:
    """One file of the site: its path and its bytes."""

    path: str
    content: bytes


def artefacts(library: Library, site: Site) -> Iterator[Artefact]:
    """The index of the site and, where the site has an address, its OpenSearch description."""
    years = by_year(entries(library))
    yield from index([shard(year, group) for year, group in years.items()], library.abbreviations)
    if site.url:
        yield Artefact(DESCRIPTION, description(site))


def by_year(found: Iterator[Entry]) -> dict[int, list[Entry]]:
    """What makes up each shard, the latest year first, what belongs to no year last."""
    groups: dict[int, list[Entry]] = {}
    for entry in found:
        groups.setdefault(entry.year, []).append(entry)
    return dict(sorted(groups.items(), reverse=True))


def index(shards: list[Shard], abbreviations: dict[str, str]) -> Iterator[Artefact]:
    """Every file of the index. `index.json` names the others; those never change under their name."""
    vocabulary: Counter[str] = Counter()
    bundles = [bundle(part.files) for part in shards]
    whole = sum(map(len, bundles)) <= WHOLE
    for part, content in zip(shards, bundles, strict=True):
        vocabulary.update(part.vocabulary)
        yield Artefact(f"{FOLDER}/{part.folder}/all.bin", content)
        for name, piece in () if whole else part.files.items():
            yield Artefact(f"{FOLDER}/{part.folder}/{name}.bin", piece)
    # The most frequent first: of two words equally close to a misspelt one, it is the likelier.
    ranked = packed(sorted(vocabulary, key=lambda word: (-vocabulary[word], word)))
    name = f"words-{sha256(ranked).hexdigest()[:12]}.bin"
    contents = {
        "kinds": KINDS,
        "whole": whole,
        "words": name,
        "shards": [
            {"year": part.year, "folder": part.folder, "size": len(content)}
            for part, content in zip(shards, bundles, strict=True)
        ],
        "abbreviations": [[words(short), words(long)] for short, long in abbreviations.items()],
    }
    yield Artefact(f"{FOLDER}/{name}", ranked)
    yield Artefact(f"{FOLDER}/index.json", json.dumps(contents, ensure_ascii=False).encode())


def description(site: Site) -> bytes:
    """How a browser adds the site to its search engines (OpenSearch 1.1, draft 6)."""
    address = escape(site.absolute("tim-kiem/"))
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>{escape(site.name[:16])}</ShortName>
<Description>{escape(site.description or site.name)}</Description>
<Language>vi</Language>
<InputEncoding>UTF-8</InputEncoding>
<Url type="text/html" template="{address}?q={{searchTerms}}"/>
</OpenSearchDescription>
""".encode()
