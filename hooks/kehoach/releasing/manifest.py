"""The promises of a release: the addresses it answers, and the files that later ones still lend."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass

NAME = ".release.json"
NUMBER = re.compile(r"[0-9]{6,}")

# Folders and files named after their content (assets, search index, records): a page opened earlier may still ask for
# theirs. The web servers of content/huong-dan/may-chu.md let browsers keep them, by the same rule.
_FINGERPRINTED = re.compile(
    r"(?:assets|tim-kiem/chi-muc/[^/]+|api/v1/\d+/records)-[0-9a-f]{12}[/.]"
)
_WELL_KNOWN = ".well-known/"  # RFC 8615: the one dot folder that is public
_OWN_PAGE = "404.html"


@dataclass(frozen=True, slots=True)
class Manifest:
    """One release.

    `stamp` (Unix seconds) dates its new files; it grows from release to release, whatever the clock
    does. `addresses` are permanent, without a leading slash; `lent` are fingerprinted files of its
    own; `previous` is the release that was live before, "" for the first.
    """

    id: str
    digest: str
    stamp: int
    time: str
    commit: str
    previous: str
    pages: int
    addresses: tuple[str, ...]
    lent: tuple[str, ...]

    def to_json(self) -> str:
        """One line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Manifest":
        """Raises ValueError where `text` is not a manifest."""
        try:
            data = json.loads(text)
            lists = {name: tuple(data[name]) for name in ("addresses", "lent")}
            if not NUMBER.fullmatch(data["id"]):
                raise ValueError(f"no number of a release: {data['id']}")
            return cls(**data | lists)
        except (TypeError, KeyError) as error:
            raise ValueError(f"not a manifest: {error}") from error


def address_of(path: str) -> str:
    """The address that a server gives the file: `a/index.html` answers `a/`."""
    return (
        path.removesuffix("index.html")
        if path == "index.html" or path.endswith("/index.html")
        else path
    )


def is_lent(path: str) -> bool:
    """Whether the file's address changes with its content: old ones may live on beside new ones."""
    return bool(_FINGERPRINTED.match(path))


def permanent(paths: Iterable[str]) -> tuple[str, ...]:
    """The addresses among `paths` that readers may have written down."""
    return tuple(sorted(address_of(path) for path in paths if _is_permanent(path)))


def _is_permanent(path: str) -> bool:
    if path == _OWN_PAGE or is_lent(path):
        return False
    return path.startswith(_WELL_KNOWN) or not any(part.startswith(".") for part in path.split("/"))


def following(ids: Iterable[str]) -> str:
    """The number after the highest of `ids`; never the clock, which can go back."""
    return f"{max((int(number) for number in ids), default=0) + 1:06d}"
