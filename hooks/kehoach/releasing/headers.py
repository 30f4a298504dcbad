"""The headers of a file of the site: its media type, how long to keep it, how it is packed.

Web servers on a folder say the same by their own configuration (content/huong-dan/may-chu.md);
an object store has to be told with each file.
"""

from dataclasses import dataclass

from kehoach.gzipped import gzipped
from kehoach.releasing.manifest import is_lent

# IANA media types; what is text says that it is UTF-8 (Vietnamese has no other encoding here).
_TYPES = {
    ".avif": "image/avif",
    ".bin": "application/octet-stream",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".ics": "text/calendar; charset=utf-8",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".svg": "image/svg+xml; charset=utf-8",
    ".ttf": "font/ttf",
    ".txt": "text/plain; charset=utf-8",
    ".vcf": "text/vcard; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml; charset=utf-8",
    ".zip": "application/zip",
}
_NAMED = {
    "feed.xml": "application/atom+xml; charset=utf-8",
    "opensearch.xml": "application/opensearchdescription+xml; charset=utf-8",
}
_UNKNOWN = "application/octet-stream"

_FOR_GOOD = "public, max-age=31536000, immutable"
_ASKED_AGAIN = "no-cache"

# What browsers alone ask for, all of which unpack gzip. Calendars, feeds and data go to programs,
# some of which do not: a server in front packs these for whoever can take them.
_PACKED = (".html", ".css", ".js", ".svg", ".webmanifest")
_SMALLEST = 512  # bytes; below, the header weighs more than what is saved


@dataclass(frozen=True, slots=True)
class Headers:
    """The values of three HTTP headers; `encoding` is "" for a file as it is."""

    type: str
    cache: str
    encoding: str


def headers_of(path: str, size: int) -> Headers:
    """The headers of the file `path` ("lich/2025/lich.ics") of `size` bytes."""
    name = path.rpartition("/")[2]
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    return Headers(
        type=_NAMED.get(name) or _TYPES.get(suffix, _UNKNOWN),
        cache=_FOR_GOOD if is_lent(path) else _ASKED_AGAIN,
        encoding="gzip" if suffix in _PACKED and size >= _SMALLEST else "",
    )


def packed(content: bytes, headers: Headers) -> bytes:
    """`content` as it is stored under `headers`; the same bytes whenever it is made."""
    return gzipped(content) if headers.encoding else content
