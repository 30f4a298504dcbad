"""A built site, read once: its files, its digest, where its links lead."""

import hashlib
import html
import os
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from kehoach.releasing.manifest import address_of, is_lent, permanent
from kehoach.releasing.problem import PublishError

# What a page says of itself when it only stands in for a moved or removed document.
_NOTICE = re.compile(r'<[^<>]*\sdata-notice="(?:moved|removed)"')
_HIDDEN = re.compile(r"<!--.*?-->|(<(script|style)\b[^>]*>).*?</\2>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*>""")
_ATTRIBUTE = re.compile(r"""\s([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""")
_LEADING = {"href", "src", "poster", "action"}
_NAMING = {"id", "name"}
_STYLE_LINK = re.compile(r"""url\(\s*["']?([^"')]+)""")
_SCRIPT_LINK = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.{1,2}/[^"']+)["']""")


@dataclass(frozen=True)
class Survey:
    """`files` maps each path to (size, mtime in ns); `broken` has a line for each dead link."""

    site: Path
    digest: str
    files: dict[str, tuple[int, int]]
    broken: tuple[str, ...]
    notices: frozenset[str]

    @property
    def pages(self) -> int:
        return sum(path.endswith(".html") for path in self.files)

    @property
    def addresses(self) -> tuple[str, ...]:
        return permanent(self.files)

    @property
    def lent(self) -> tuple[str, ...]:
        return tuple(path for path in self.files if is_lent(path))

    def changed(self) -> bool:
        """Whether somebody wrote into the folder since it was read."""
        return listing(self.site) != self.files


def survey(site: Path, url: str = "") -> Survey:
    """Read the folder `site`, to be served at `url` ("https://…/", or "" for any host's root).

    Raises PublishError for a folder that is no site, a symlink (it could point at anything on this
    machine), or a file that is not a plain one.
    """
    if not (site / "index.html").is_file():
        raise PublishError([f"{site} không có index.html: chạy python3 build.py trước khi công bố"])
    files = listing(site)
    links = _Links(frozenset(files), urlsplit(url))
    digest = hashlib.sha256()
    notices = set()
    for path in files:
        digest.update(path.encode(errors="surrogateescape") + b"\0")
        if not path.endswith((".html", ".css", ".js")):
            with (site / path).open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
            continue
        content = (site / path).read_bytes()
        digest.update(hashlib.sha256(content).digest())
        text = content.decode(errors="replace")
        links.read(path, text)
        if path.endswith(".html") and "data-notice" in text and _NOTICE.search(text):
            notices.add(address_of(path))
    broken = (*links.broken, *links.missing_anchors(site))
    return Survey(site, digest.hexdigest(), files, broken, frozenset(notices))


def listing(site: Path) -> dict[str, tuple[int, int]]:
    """Every file under `site`, in the order of paths."""
    return dict(sorted(_walk(str(site), "")))


def _walk(folder: str, prefix: str) -> Iterator[tuple[str, tuple[int, int]]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = prefix + entry.name
            if entry.is_symlink():
                shown = os.readlink(entry.path)
                raise PublishError(
                    [f"{path} là liên kết tượng trưng tới {shown}: thay bằng chính tệp đó"]
                )
            if entry.is_dir():
                yield from _walk(entry.path, path + "/")
            elif entry.is_file():
                stat = entry.stat()
                yield path, (stat.st_size, stat.st_mtime_ns)
            else:
                raise PublishError([f"{path} không phải là tệp thường: bỏ khỏi trang"])


@dataclass
class _Links:
    """Follows links while pages are read; anchors in other pages wait until all are known."""

    files: frozenset[str]
    home: SplitResult
    broken: list[str] = field(default_factory=list)
    anchors: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def read(self, path: str, text: str) -> None:
        for link in _links(path, text):
            local = self._local(link)
            if local is None:
                continue
            place, _, fragment = local.partition("#")
            target = self._target(path, place.partition("?")[0])
            if target is None:
                self.broken.append(f"{_named(path)}: liên kết `{link}` không dẫn tới đâu")
            elif (
                fragment
                and fragment != "top"
                and not fragment.startswith(":~:")
                and target.endswith(".html")
            ):
                self.anchors[target].append((path, fragment))

    def missing_anchors(self, site: Path) -> Iterator[str]:
        for target, wanted in self.anchors.items():
            known = set(_values((site / target).read_text(errors="replace"), _NAMING))
            for path, fragment in wanted:
                if unquote(fragment) not in known:
                    yield f"{_named(path)}: không có chỗ `#{fragment}` trong {_named(target)}"

    def _local(self, link: str) -> str | None:
        """The link as this site's own, None where it leads to somebody else."""
        parts = urlsplit(link)
        if not parts.scheme and not parts.netloc:
            return link
        own = parts.netloc == self.home.netloc and parts.scheme in ("", "http", "https", "webcal")
        if not own or not parts.netloc:
            return None
        return (parts.path or "/") + (f"#{parts.fragment}" if parts.fragment else "")

    def _target(self, path: str, place: str) -> str | None:
        """The file that answers `place`, seen from the file `path`."""
        if not place:
            return path
        place = unquote(place)
        if place.startswith("/"):
            base = self.home.path or "/"
            if not place.startswith(base):
                return None
            joined = place.removeprefix(base).lstrip("/")
        else:
            joined = posixpath.join(posixpath.dirname(path), place)
        normal = posixpath.normpath(joined).removeprefix("./") if joined else "."
        if normal == ".":
            return "index.html"
        candidates = (
            (f"{normal}/index.html",)
            if place.endswith(("/", ".."))
            else (normal, f"{normal}/index.html")
        )
        return next((candidate for candidate in candidates if candidate in self.files), None)


def _named(path: str) -> str:
    return address_of(path) or "trang chủ"


def _links(path: str, text: str) -> set[str]:
    if path.endswith(".css"):
        return {link.strip() for link in _STYLE_LINK.findall(text) if not link.startswith("data:")}
    if path.endswith(".js"):
        return set(_SCRIPT_LINK.findall(text))
    return {value.strip() for value in _values(text, _LEADING)}


def _values(text: str, names: set[str]) -> Iterator[str]:
    """The values of the attributes `names` in the tags of a page, scripts and comments left out."""
    visible = _HIDDEN.sub(lambda match: match[1] or "", text)
    for tag in _TAG.findall(visible):
        if not any(name in tag for name in names):
            continue
        for name, *values in _ATTRIBUTE.findall(tag):
            if name in names:
                yield html.unescape("".join(values))
