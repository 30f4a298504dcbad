"""Index a content folder, as a process of its own: python -m bench.indexing CONTENT OUT → JSON.

Also edits one plan and indexes again, remembering what is unchanged, as a build does.
"""

import json
import resource
import shutil
import sys
import time
from pathlib import Path

from kehoach import search
from kehoach.building.shelf import read_library
from kehoach.records.library import Library
from kehoach.search.documents import entries


def main(content: Path, out: Path) -> None:
    library = read_library(content)
    for document in library.documents:
        _ = document.outline  # read for the pages anyway
    kept: dict[str, bytes] = {}
    made: list[str] = []

    def keep(key: str, make):
        if key not in kept:
            made.append(key)
            kept[key] = make()
        return kept[key]

    seconds = _index(library, keep, out)
    size = sum(path.stat().st_size for path in out.rglob("*.bin"))
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    shards = len(made)
    made.clear()
    plan = library.plans[len(library.plans) // 2]
    edited = _edited(content, plan.file, out.parent / "edited-content")
    figures = {
        "seconds": round(seconds, 2),
        "MiB": held,
        "bytes": size,
        "shards": shards,
        "edited_seconds": round(_index(edited, keep, out.parent / "edited"), 2),
        "edited_shards": len(made),
    }
    print(json.dumps(figures))


def _edited(content: Path, file: str, into: Path) -> Library:
    """The library of a copy of `content` at `into`, one plan of which has a line more."""
    shutil.copytree(content, into)
    with (into / file).open("a", encoding="utf-8") as plan:
        plan.write("\nThêm một dòng ở cuối văn bản.\n")
    edited = read_library(into)
    for document in edited.documents:
        _ = document.outline
    return edited


def index(library: Library, keep=lambda key, make: make()) -> dict[str, bytes]:
    """Every file of the index of `library`; `keep` as in `search.of_year`."""
    bundles: dict[str, bytes] = {}

    def kept(key: str, make) -> bytes:
        bundles[key] = keep(key, make)
        return bundles[key]

    years = sorted({entry.year for entry in entries(library)}, reverse=True)
    shards = [search.of_year(library, year, kept) for year in years]
    found = search.files(shards, library.abbreviations, lambda shard: bundles[shard.key])
    return {file.address: file.make() for file in found}


def _index(library: Library, keep, out: Path) -> float:
    begun = time.perf_counter()
    files = index(library, keep)
    seconds = time.perf_counter() - begun
    for name, content in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return seconds


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
