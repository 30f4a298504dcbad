"""The files that lie beside the texts and that nobody names."""

import re
from collections.abc import Iterator

from kehoach.records.library import ABBREVIATIONS_FILE, UNITS_FILE, Library
from kehoach.rules.media import suffix_of

_OWN = frozenset([UNITS_FILE, ABBREVIATIONS_FILE])
_SCHEMA = re.compile(r"schema/[a-z-]+\.json")  # of the front matter, for editors
_MARKDOWN = re.compile(r"\.(?:md|markdown|mdown|mkdn?|mdwn)(?:\.txt)?\Z", re.IGNORECASE)
OFFICE = frozenset(["doc", "docx", "docm", "odt", "rtf", "wps", "pages"])
_FRONT_MATTER = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n(?:.*\n)*?[\w-]+:")


def unnamed(library: Library, set_files: frozenset[str]) -> Iterator[str]:
    """The files of `library` that are no texts, and that no document and no setting names.

    What a document names that cannot be read is not known: files that its text speaks of are left out.
    """
    wanted = {file for document in library.documents for file in document.named_files}
    found = [file for file in library.files if file not in wanted and not _is_known(file)]
    if found := [file for file in found if file not in set_files]:
        unread = [library.text(path) for path in library.paths if _is_unread(library, path)]
        for file in found:
            if not any(file.rpartition("/")[2] in text for text in unread):
                yield file


def _is_known(file: str) -> bool:
    """Whether the program itself reads the file, or has written it."""
    return file.endswith(".md") or file in _OWN or bool(_SCHEMA.fullmatch(file))


def looks_like_text(library: Library, file: str) -> str:
    """How the file would become a page, in words; "" where it was never meant to."""
    stem, suffix = file.rpartition("/")[2], suffix_of(file)
    if ending := _MARKDOWN.search(stem):
        return f"đổi tên thành {stem[: ending.start()]}.md"
    if suffix in OFFICE:
        return f"soạn thành tệp .md, hoặc khai báo `{stem}` trong attachments của văn bản"
    try:
        with (library.root / file).open("rb") as opened:
            head = opened.read(2048)
    except OSError:
        return ""
    return f"đổi tên thành {stem.partition('.')[0]}.md" if _FRONT_MATTER.match(head) else ""


def _is_unread(library: Library, path: str) -> bool:
    document = library.document(path)
    return document is None or document.is_partial
