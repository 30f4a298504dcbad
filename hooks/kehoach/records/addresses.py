"""Where the texts of `content/` stand on the site, and where the links of a body lead: what rules accept,
and what pages make of them, by one resolver."""

import re
from collections.abc import Iterator
from itertools import chain
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from kehoach.records.body import Mention

if TYPE_CHECKING:
    from kehoach.records.document import Document
    from kehoach.records.library import Library


# The first part of addresses: of pages that are made of records and of no file, and of all that list some.
MADE = ("don-vi", "khau-hieu", "lich", "su-kien", "tim-kiem")
SECTIONS = (*MADE, "chu-de", "huong-dan", "ke-hoach", "truyen-thong")

_DEVICE = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")


def is_device(name: str) -> bool:
    """Whether Windows gives a device the name, so that nobody there could check such a file out."""
    return bool(_DEVICE.fullmatch(name))


class Target(NamedTuple):
    """A link inside the site: its mention, the file and the addresses it may mean, its anchor."""

    mention: Mention
    file: str  # under content/; "" for an anchor of the page itself
    addresses: tuple[str, ...]
    anchor: str


def address_of(file: str) -> str:
    """The site address of a Markdown file: `ke-hoach/2022/x.md` gives `ke-hoach/2022/x/`."""
    stem = file.removesuffix(".md")
    if stem == "index" or stem.endswith("/index"):
        return stem.removesuffix("index")
    return stem + "/"


def files_at(address: str) -> tuple[str, ...]:
    """The Markdown files that may have the address `address`: `address_of` tells which."""
    stem = address.rstrip("/")
    return (f"{stem}/index.md", f"{stem}.md") if stem else ("index.md",)


def targets(document: "Document") -> Iterator[Target]:
    """The links and images of `document` that stay in the site, from its folder or its page."""
    for mention in (*document.outline.links, *document.outline.images):
        if target := target_of(mention, document):
            yield target


def target_of(mention: Mention, document: "Document") -> Target | None:
    """The target of `mention` in `document` inside the site; None where it leads out of it."""
    try:
        parts = urlsplit(mention.target)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or "@" in parts.path or not mention.target:
        return None
    path = unquote(parts.path)
    if not path:
        return Target(mention, "", (document.address,), unquote(parts.fragment))
    file = _under(dirname(document.file), path)
    pages = [_under(base, path) for base in (document.address, dirname(document.file))]
    addresses = [page if page == "" or page.endswith("/") else f"{page}/" for page in pages]
    addresses += [address_of(file)] if file.endswith(".md") else []
    return Target(mention, file, tuple(addresses), unquote(parts.fragment))


def candidates(target: Target) -> tuple[str, ...]:
    """The files that `target` may mean."""
    return (target.file, *chain.from_iterable(map(files_at, target.addresses)))


def landing(target: Target, library: "Library") -> str | None:
    """The address that `target` leads to, site-relative; None where nothing answers there.

    A file of that name comes first, then what has an address of that name: a document, or a page
    that is made of records.
    """
    files = library.file_set
    if not target.file:
        return target.addresses[0]
    if target.file in files:
        return address_of(target.file) if target.file.endswith(".md") else target.file
    for address in target.addresses:
        if any(file in files and address_of(file) == address for file in files_at(address)):
            return address
    return next((a for a in target.addresses if a in library.addresses), None)


def _under(base: str, path: str) -> str:
    """`path` below `base`, or below the root if it begins with a slash; "" is the root itself."""
    whole = normpath(join("/", path.lstrip("/") if path.startswith("/") else join(base, path)))
    slash = "/" if path.rpartition("/")[2] in ("", ".", "..") and whole != "/" else ""
    escapes = normpath(join(base, path)).startswith("..") and not path.startswith("/")
    return "../" if escapes else whole.lstrip("/") + slash
