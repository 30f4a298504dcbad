"""The list of the files of a release in a store: `.files.json`."""

import json
from collections.abc import Mapping
from typing import NamedTuple


class Stored(NamedTuple):
    """One file: the SHA-256 of its content and headers, its size as stored, its ETag.

    All empty while it is only planned.
    """

    digest: str = ""
    size: int = -1
    etag: str = ""


def write_stored(files: Mapping[str, Stored], publisher: str) -> bytes:
    """UTF-8 JSON; `publisher` says who wrote it."""
    return json.dumps({"publisher": publisher, "files": files}, ensure_ascii=False).encode()


def read_stored(content: bytes) -> dict[str, Stored]:
    """The files by their paths; none where `content` is no such list."""
    try:
        return {path: Stored(*values) for path, values in json.loads(content)["files"].items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}
