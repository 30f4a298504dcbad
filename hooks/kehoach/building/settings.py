"""The settings of `mkdocs.yml`, and the folders in which builds keep what they know."""

import contextlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kehoach.building import program
from kehoach.building.problem import SetupError
from kehoach.building.store import Store
from kehoach.hashing import digest, digest_of

CACHE = Path(".cache") / "build"
_KEPT = "settings"


@dataclass(frozen=True)
class Settings:
    """The settings of `mkdocs.yml` that concern more than MkDocs; `out` is the folder of the site.

    `fingerprint` changes whenever MkDocs may read something else.
    """

    root: Path
    out: Path
    content: Path
    theme: Path
    site_name: str
    site_url: str
    site_description: str
    extra: dict[str, Any]
    fingerprint: str = ""

    @property
    def cache(self) -> Path:
        """The folder of all that builds remember."""
        return self.root / CACHE

    def state(self, *, drafts: bool) -> Path:
        """The folder of what builds into `out` remember, with or without `drafts`."""
        name = f"{self.out} {drafts}".encode()
        return self.cache / digest(name)[:12]


def configure(root: Path, out: Path) -> Settings:
    """The settings of the project at `root`, read by MkDocs when they have changed.

    Raises SetupError where there are none, or none that MkDocs can read.
    """
    try:
        text = (root / "mkdocs.yml").read_bytes()
    except OSError as error:
        raise SetupError(f"Không đọc được mkdocs.yml: {error.strerror}.") from None
    # What depends on the environment or on another file is asked for every time.
    lasting = not any(word in text for word in (b"!ENV", b"INHERIT", b"watch:"))
    store = Store(root / CACHE, trusted=True)
    key = digest(text, program.packages().encode(), *_hooks(root, text))
    content = store.get(_KEPT) if lasting else None
    said = json.loads(content) if content else {}
    if said.get("key") != key:
        from kehoach.building import mkdocs_adapter  # late: most builds need no MkDocs

        config = mkdocs_adapter.load(root, store.folder / "site")
        said = {
            "key": key if lasting else os.urandom(20).hex(),
            **mkdocs_adapter.settings_in(config),
        }
        if lasting and _is_plain(said):
            with contextlib.suppress(OSError):  # as in a checkout that may not be written to
                store.put(_KEPT, json.dumps(said).encode())
    return settings_of(root, Path(os.path.realpath(out)), said)


def settings_of(root: Path, out: Path, said: dict[str, Any]) -> Settings:
    """The settings that `said` (see `mkdocs_adapter.settings_in`) holds as plain data."""
    name, url, description = said["site"]
    return Settings(
        root,
        out,
        root / said["content"],
        root / said["theme"],
        site_name=name,
        site_url=url,
        site_description=description,
        extra=said["extra"],
        fingerprint=said.get("key", ""),
    )


def _hooks(root: Path, text: bytes) -> Iterator[bytes]:
    """The code of a department's own hooks, and the pages whose titles stand in the navigation."""
    for name in re.findall(rb"[\w./-]+\.(?:py|md)\b", text):
        for place in (root, root / "content"):
            yield digest_of(place / os.fsdecode(name)).encode()


def _is_plain(value: Any) -> bool:
    """Whether JSON gives `value` back as it is."""
    try:
        return bool(json.loads(json.dumps(value)) == value)
    except TypeError:
        return False
