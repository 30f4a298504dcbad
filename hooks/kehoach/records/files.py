"""The files that a document names: those it links, shows or declares. No other becomes public."""

from collections.abc import Iterator
from posixpath import dirname, normpath
from typing import TYPE_CHECKING, NamedTuple

from kehoach.records.addresses import targets
from kehoach.records.fields import Record
from kehoach.records.source import Keys, Place

if TYPE_CHECKING:
    from kehoach.records.document import Document
    from kehoach.records.library import Library


class Use(NamedTuple):
    """One place where a document names a file: the place, the path under `content/`, the words."""

    at: Keys | Place
    file: str
    written: str


def declared(document: "Document") -> Iterator[Use]:
    """What its front matter names: every `file` of every record in it."""
    home = home_of(document)
    for name, value in document:
        for keys, written in _files_in(value, (name,)):
            yield Use(keys, normpath(home + written), written)


def named(document: "Document") -> Iterator[Use]:
    """What its front matter or its body names, whether or not it is there; other texts are pages."""
    yield from declared(document)
    for target in targets(document):
        if target.file and not target.file.endswith((".md", "/")):
            mention = target.mention
            yield Use(Place(mention.line, mention.column), target.file, mention.target)


def home_of(document: "Document") -> str:
    """The folder of `document` under `content/` with a slash behind it, "" for content itself."""
    folder = dirname(document.file)
    return f"{folder}/" if folder else ""


def public(library: "Library") -> frozenset[str]:
    """The files of `library` that its documents name."""
    wanted = {file for document in library.documents for file in document.named_files}
    return library.file_set & wanted


def _files_in(value: object, keys: Keys) -> Iterator[tuple[Keys, str]]:
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _files_in(item, (*keys, index))
    elif isinstance(value, Record):
        for name, inner in value:
            if name == "file" and isinstance(inner, str):
                yield (*keys, name), inner
            else:
                yield from _files_in(inner, (*keys, name))
