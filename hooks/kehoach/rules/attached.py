"""The files that a document hands out beside itself."""

from collections.abc import Iterator
from posixpath import dirname, normpath

from kehoach.records.document import Document
from kehoach.records.library import Library
from kehoach.records.source import Keys


def attached(document: Document) -> Iterator[tuple[Keys, str, str]]:
    """Each attachment: its place in the front matter, its path under `content/`, its name."""
    home = _home(document)
    for index, attachment in enumerate(document.attachments):
        yield ("attachments", index, "file"), normpath(home + attachment.file), attachment.file
    for number, event in enumerate(getattr(document, "events", ())):
        for index, attachment in enumerate(event.documents):
            keys = ("events", number, "documents", index, "file")
            yield keys, normpath(home + attachment.file), attachment.file


def beside(document: Document, library: Library) -> list[str]:
    """The names of the files in the folder of `document`, its own kind left out."""
    home = _home(document)
    names = (file.removeprefix(home) for file in library.files if file.startswith(home))
    return [name for name in names if "/" not in name and not name.endswith(".md")]


def _home(document: Document) -> str:
    folder = dirname(document.file)
    return f"{folder}/" if folder else ""
