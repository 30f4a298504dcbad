"""A release as a folder: the files and their compressed forms, shared with the one before."""

import errno
import filecmp
import os
import shutil
from collections import deque
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

from kehoach import progress
from kehoach.gzipped import gzipped
from kehoach.releasing.manifest import NAME, Manifest, is_lent

# Text types that servers send compressed; fonts, pictures, PDF and the search index already are.
_COMPRESSED = (
    ".html",
    ".css",
    ".js",
    ".json",
    ".svg",
    ".xml",
    ".ics",
    ".txt",
    ".webmanifest",
    ".vcf",
    ".csv",
)
_SMALLEST = 512  # bytes; below, the headers weigh more than what is saved
# Pages are many: quality 9 saves 6 % over gzip -9 in 0.2 ms with a window of their own size (2^16;
# the default 2^22 costs 5 ms a file). Assets are few and long-lived: 11 saves 12 % in 15 ms.
_FAST = {"quality": 9, "lgwin": 16}
_BEST = {"quality": 11}
# A file system that cannot link (or not any more, or not another owner's file) gets a copy.
_CANNOT_LINK = (errno.EMLINK, errno.EPERM, errno.EXDEV, errno.ENOTSUP)


def assemble(
    site: Path, files: Iterable[str], into: Path, manifest: Manifest, previous: Path | None
) -> None:
    """Fill the new folder `into` with `files` of `site`.

    What `previous` has unchanged becomes a hard link. Files of `site` itself are copied, never
    linked: the next build may write into them.
    """
    into.mkdir(mode=0o755)
    into.chmod(0o755)
    names = set(files)
    fresh = []
    for name in progress.over("Chép vào bản mới", sorted(names), len(names)):
        path = into / name
        _make_folders(path.parent, into)
        if previous and _same(site / name, previous / name):
            for kept in (name, f"{name}.gz", f"{name}.br"):
                if kept == name or (kept not in names and (previous / kept).is_file()):
                    link(previous / kept, into / kept)
            continue
        shutil.copyfile(site / name, path)
        _finish(path, manifest.stamp)
        fresh.append(name)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        packed = pool.map(lambda name: _compress(into / name, names, name, manifest.stamp), fresh)
        deque(progress.over("Nén", packed, len(fresh)), maxlen=0)
    (into / NAME).write_text(manifest.to_json() + "\n")
    _finish(into / NAME, manifest.stamp)


def lend(files: Iterable[str], source: Path, into: Path) -> None:
    """Hard links in `into` to those `files` of `source` that it lacks, compressed forms too."""
    for name in files:
        for form in (name, f"{name}.gz", f"{name}.br"):
            if (source / form).is_file() and not (into / form).exists():
                _make_folders((into / form).parent, into)
                link(source / form, into / form)


def link(source: Path, path: Path) -> None:
    try:
        os.link(source, path)
    except OSError as error:
        if error.errno not in _CANNOT_LINK:
            raise
        shutil.copy2(source, path)


def _same(fresh: Path, old: Path) -> bool:
    return old.is_file() and filecmp.cmp(fresh, old, shallow=False)


def _make_folders(folder: Path, root: Path) -> None:
    if folder == root or folder.is_dir():
        return
    _make_folders(folder.parent, root)
    folder.mkdir()
    folder.chmod(0o755)  # a Git hook's umask may shut the web server out


def _finish(path: Path, stamp: int) -> None:
    """Readable by the web server; dated so that an ETag of time and size always changes."""
    path.chmod(0o644)
    os.utime(path, (stamp, stamp))


def _compress(path: Path, names: set[str], name: str, stamp: int) -> None:
    if path.suffix not in _COMPRESSED:
        return
    content = path.read_bytes()
    if len(content) < _SMALLEST:
        return
    for suffix, packed in (
        (".gz", gzipped(content)),
        (
            ".br",
            brotli.compress(content, mode=brotli.MODE_TEXT, **(_BEST if is_lent(name) else _FAST)),
        ),
    ):
        if name + suffix not in names and len(packed) < len(content):
            beside = path.with_name(path.name + suffix)
            beside.write_bytes(packed)
            _finish(beside, stamp)
