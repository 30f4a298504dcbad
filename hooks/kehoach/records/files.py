"""The files that a document names: those it links, shows or declares. No other becomes public."""

import os
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, normpath
from typing import TYPE_CHECKING, NamedTuple

from kehoach.records.addresses import targets
from kehoach.records.fields import Picture, Record
from kehoach.records.source import Keys, Place

if TYPE_CHECKING:
    from kehoach.records.document import Document


_HOLDERS = (Record, tuple)  # what may hold others; most values are texts


class Use(NamedTuple):
    """One place where a document names a file: the place, the path under `content/`, the words."""

    at: Keys | Place
    file: str
    written: str


def declared(document: "Document") -> Iterator[Use]:
    """The files that its front matter names: every `file` of every record in it."""
    return _declared(document) if document.named_files else iter(())


def named(document: "Document") -> Iterator[Use]:
    """The files that its front matter or body names, whether or not they are there; other texts are pages."""
    return sought(document) if document.named_files else iter(())


def sought(document: "Document") -> Iterator[Use]:
    """`named` of a document that does not know yet whether it names any."""
    yield from _declared(document)
    for target in targets(document):
        if target.file and not target.file.endswith((".md", "/")):
            mention = target.mention
            yield Use(Place(mention.line, mention.column), target.file, mention.target)


def _declared(document: "Document") -> Iterator[Use]:
    home = home_of(document)
    for name, value in document:
        for keys, written in _files_in(value, (name,)):
            yield Use(keys, normpath(home + written), written)


def is_exactly(folder: Path, name: str) -> bool:
    """Whether the file `name` is in `folder`, letter by letter: Windows and macOS find "Anh.png" for "anh.png",
    and the server that publishes does not."""
    if not (folder / name).is_file():
        return False
    for part in normpath(name).split("/"):
        if part not in os.listdir(folder):
            return False
        folder = folder / part
    return True


def home_of(document: "Document") -> str:
    """The folder of `document` under `content/` with a slash behind it, "" for content itself."""
    folder = dirname(document.file)
    return f"{folder}/" if folder else ""


def pictured(document: "Document") -> Iterator[tuple[str, Picture]]:
    """The pictures that its front matter declares, each with its path under `content/`."""
    home = home_of(document)
    for _, value in document if document.named_files else ():
        for picture in _pictures_in(value):
            yield normpath(home + picture.file), picture


def _pictures_in(value: object) -> Iterator[Picture]:
    if isinstance(value, Picture):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _pictures_in(item)
    elif isinstance(value, Record):
        for _, inner in value:
            if isinstance(inner, _HOLDERS):
                yield from _pictures_in(inner)


def _files_in(value: object, keys: Keys) -> Iterator[tuple[Keys, str]]:
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _files_in(item, (*keys, index))
    elif isinstance(value, Record):
        for name, inner in value:
            if name == "file" and isinstance(inner, str):
                yield (*keys, name), inner
            elif isinstance(inner, _HOLDERS):
                yield from _files_in(inner, (*keys, name))
