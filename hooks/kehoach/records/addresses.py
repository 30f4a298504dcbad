"""Where the texts of `content/` stand on the site, and where the links of a body lead."""

from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from kehoach.records.body import Mention

if TYPE_CHECKING:
    from kehoach.records.document import Document


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


def targets(document: "Document") -> Iterator[Target]:
    """The links and images of `document` that stay in the site, from its folder or its page."""
    for mention in (*document.outline.links, *document.outline.images):
        try:
            parts = urlsplit(mention.target)
        except ValueError:
            continue
        if parts.scheme or parts.netloc or "@" in parts.path or not mention.target:
            continue
        path = unquote(parts.path)
        if not path:
            yield Target(mention, "", (document.address,), unquote(parts.fragment))
            continue
        file = _under(dirname(document.file), path)
        pages = [_under(base, path) for base in (document.address, dirname(document.file))]
        addresses = [page if page == "" or page.endswith("/") else f"{page}/" for page in pages]
        addresses += [address_of(file)] if file.endswith(".md") else []
        yield Target(mention, file, tuple(addresses), unquote(parts.fragment))


def _under(base: str, path: str) -> str:
    """`path` below `base`, or below the root if it begins with a slash; "" is the root itself."""
    whole = normpath(join("/", path.lstrip("/") if path.startswith("/") else join(base, path)))
    slash = "/" if path.endswith(("/", "..", ".")) and whole != "/" else ""
    escapes = normpath(join(base, path)).startswith("..") and not path.startswith("/")
    return "../" if escapes else whole.lstrip("/") + slash
