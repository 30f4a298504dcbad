"""The protocol: verify, stage, sync, switch, prune. Each step leaves the live site whole."""

import errno
import re
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from kehoach.releasing import verification
from kehoach.releasing.folder import Folder, Say
from kehoach.releasing.manifest import Manifest, following
from kehoach.releasing.problem import PublishError, TargetError
from kehoach.releasing.remote import Remote
from kehoach.releasing.survey import Survey, survey
from kehoach.site import TIMEZONE

KEEP = 5
SHARE = 0.1
WAIT = 600.0

_BUCKET = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?", re.ASCII)
_WAYS = "ghi một thư mục, người-dùng@máy:thư-mục hoặc s3://bucket/tiền-tố"
# `host:path` before any slash, as scp and rsync read it; a name never begins with a dash.
_REMOTE = re.compile(r"((?:[\w.+-]+@)?(?:\[[0-9a-fA-F:]+\]|[\w.-]+)):(.+)", re.ASCII)


class Store(Protocol):
    """Where releases live: `Folder`, `Remote` or `Bucket`. What each step does stands at `Folder`."""

    def lock(self, wait: float, say: Say) -> AbstractContextManager[None]: ...
    def clean(self) -> None: ...
    def manifests(self) -> list[Manifest]: ...
    def numbers(self) -> list[str]: ...
    def current(self) -> str: ...
    def stage(self, fresh: Survey, manifest: Manifest) -> None: ...
    def lend(self, source: str, files: tuple[str, ...], into: str, *, staged: bool) -> None: ...
    def discard(self, id: str) -> None: ...
    def accept(self, id: str) -> None: ...
    def switch(self, id: str) -> None: ...
    def remove(self, ids: list[str]) -> None: ...


def publish(
    site: Path,
    target: str,
    *,
    url: str = "",
    commit: str = "",
    keep: int = KEEP,
    share: float = SHARE,
    allow_removals: bool = False,
    direct: bool = False,
    wait: float = WAIT,
    say: Say = print,
) -> Manifest:
    """Make the folder `site` the live release of `target`, or raise PublishError, nothing changed.

    `url` is where it is served ("https://…/"); `commit` is noted in the manifest. `keep` releases
    stay (at least two: readers of the one before are still at it). `share` of the pages may go at
    once; `allow_removals` lets any number go, and their addresses with them. `direct` is for a bucket
    that is read without a server in front of it. Waits `wait` seconds for another publisher. Returns
    the live manifest; its id is the old one where nothing changed.
    """
    store = store_at(target, direct=direct)
    if isinstance(store, Folder):
        _apart(site, store.root)
    with telling():
        fresh = survey(site, url)
        with store.lock(wait, say):
            store.clean()
            shelf = {manifest.id: manifest for manifest in store.manifests()}
            live = _live(store, shelf, allow_removals)
            refused = verification.problems(fresh, live, share=share, allow_removals=allow_removals)
            if lines := tuple(refused):
                raise PublishError(lines)
            if live and live.digest == fresh.digest:
                return live
            stamp = max([int(time.time()), *(old.stamp + 1 for old in shelf.values())])
            manifest = _manifest(fresh, following(store.numbers()), stamp, live, commit)
            kept = _kept(shelf, manifest, max(keep, 2))
            _place(store, fresh, manifest, [shelf[id] for id in kept])
            _prune(store, manifest.id, set(kept), say)
    return manifest


def rollback(target: str, to: str = "", *, wait: float = WAIT, say: Say = print) -> Manifest:
    """Make release `to` live again; without it, the one that was live before this one.

    Fingerprinted files of the release that goes are lent to the other, for pages still open.
    """
    store = store_at(target)
    if not store.current():
        raise TargetError([f"{target} chưa công bố bản nào"])
    with telling(), store.lock(wait, say):
        shelf = {manifest.id: manifest for manifest in store.manifests()}
        live = shelf.get(store.current())
        wanted = to.zfill(6) if to else live.previous if live else ""
        if wanted not in shelf:
            known = ", ".join(shelf) or "chưa có"
            raise PublishError(
                [f"không còn bản {to or 'trước đó'} để quay lại; các bản hiện có: {known}"]
            )
        if live:
            store.lend(live.id, live.lent, wanted, staged=False)
        store.switch(wanted)
    return shelf[wanted]


def releases(target: str) -> list[tuple[Manifest, bool]]:
    """The releases of `target` in order, each with whether it is the live one."""
    store = store_at(target)
    current = store.current()
    return [(manifest, manifest.id == current) for manifest in store.manifests()]


def addresses(target: str) -> frozenset[str]:
    """All addresses that the releases of `target` have held: each carries on those of the one before."""
    with telling():
        return frozenset(a for manifest in store_at(target).manifests() for a in manifest.addresses)


def store_at(target: str, *, direct: bool = False) -> Store:
    """The store that `target` names: `s3://bucket/prefix`, `user@host:path`, else a folder.

    Raises TargetError.
    """
    if not target:
        raise TargetError([f"thiếu đích công bố: {_WAYS}"])
    if target.startswith("s3:"):
        name, prefix = in_store(target)
        from kehoach.releasing.bucket import Bucket  # late: most sites need no client

        return Bucket(name, prefix, direct=direct)
    if direct:
        raise TargetError([f"--direct chỉ dùng với kho lưu trữ (s3://…), không dùng với {target}"])
    if ":" not in target.split("/", 1)[0]:
        return Folder(Path(target).absolute())
    return Remote(*on_machine(target))


def in_store(target: str) -> tuple[str, str]:
    """The bucket and the prefix ("" or "…/") of `s3://bucket/prefix`. Raises TargetError."""
    found = _BUCKET.fullmatch(target)
    prefix = (found[2] or "").strip("/") if found else ""
    # What servers in front and clients would take out of an address is no part of one.
    wrong = any(part in ("", ".", "..") or not part.isprintable() for part in prefix.split("/"))
    if not found or (prefix and wrong):
        raise TargetError([f"đích `{target}` viết sai: cần s3://bucket/tiền-tố"])
    return found[1], f"{prefix}/" if prefix else ""


def on_machine(target: str) -> tuple[str, str]:
    """The host and the folder of `user@host:path`. Raises TargetError."""
    if "://" in target:
        raise TargetError(
            [f"đích `{target}`: không công bố qua {target.split('//')[0]}// được; {_WAYS}"]
        )
    remote = _REMOTE.fullmatch(target)
    if not remote or target.startswith("-"):
        raise TargetError([f"đích `{target}` viết sai: cần người-dùng@máy:thư-mục"])
    return remote[1], _from_home(remote[2], target)


def _from_home(path: str, target: str) -> str:
    """A folder of another machine as seen from the user's home there, where ssh begins: `~/x` is `x`."""
    if path == "~" or path.startswith("~/"):
        path = path[1:].strip("/") or "."
    if path.startswith("~"):
        raise TargetError(
            [f"đích `{target}`: ghi đường dẫn đầy đủ thay cho `{path.split('/')[0]}`"]
        )
    path = path.rstrip("/") or "/"
    return f"./{path}" if path.startswith("-") else path


def _apart(site: Path, root: Path) -> None:
    here, there = site.resolve(), root.resolve()
    if here.is_relative_to(there) or there.is_relative_to(here):
        raise TargetError(
            [f"đích {there} và thư mục dựng {here} lồng nhau: chọn một đích ở nơi khác"]
        )


def _live(store: Store, shelf: dict[str, Manifest], allow_removals: bool) -> Manifest | None:
    """The live release. What it promised must be known, or any address could be lost unseen."""
    id = store.current()
    if id and id not in shelf and not allow_removals:
        raise PublishError(
            [
                f"không đọc được danh mục địa chỉ của bản đang công bố ({id}): quay lại một bản còn"
                " nguyên (rollback --to SỐ), hoặc thêm --allow-removals"
            ]
        )
    return shelf.get(id)


def _manifest(fresh: Survey, id: str, stamp: int, live: Manifest | None, commit: str) -> Manifest:
    now = datetime.now(TIMEZONE)
    return Manifest(
        id=id,
        digest=fresh.digest,
        stamp=stamp,
        time=now.isoformat(timespec="seconds"),
        commit=commit,
        previous=live.id if live else "",
        pages=fresh.pages,
        addresses=fresh.addresses,
        lent=fresh.lent,
    )


def _kept(shelf: dict[str, Manifest], fresh: Manifest, keep: int) -> list[str]:
    """Which releases stay beside the fresh one: the one it follows, then the newest."""
    newest = [id for id in sorted(shelf, key=int, reverse=True) if id != fresh.previous]
    return ([fresh.previous] if fresh.previous in shelf else []) + newest[: keep - 2]


def _place(store: Store, fresh: Survey, manifest: Manifest, lenders: list[Manifest]) -> None:
    """Bring the release and make it live; what stops it before the switch leaves nothing."""
    try:
        store.stage(fresh, manifest)
        for lender in lenders:
            store.lend(lender.id, lender.lent, manifest.id, staged=True)
        if fresh.changed():
            raise PublishError(
                [f"{fresh.site} thay đổi trong lúc công bố: đợi dựng xong rồi công bố lại"]
            )
        store.accept(manifest.id)
        store.switch(manifest.id)
    except BaseException:
        store.discard(manifest.id)
        raise


def _prune(store: Store, live: str, kept: set[str], say: Say) -> None:
    """Remove what is older than `live` and not `kept`; what is newer belongs to another publisher."""
    try:
        store.remove([id for id in store.numbers() if int(id) < int(live) and id not in kept])
    except (OSError, PublishError) as error:
        say(f"Đã công bố, nhưng chưa dọn được bản cũ: {error}")


@contextmanager
def telling() -> Iterator[None]:
    """Turn errors of the system into a PublishError with the reason and the remedy."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            reason = (
                "ổ đĩa của đích đã đầy: dọn bớt hoặc giảm số bản giữ lại (--keep) rồi công bố lại"
            )
        else:
            reason = f"không ghi được vào đích: {error.strerror} ({error.filename})"
        raise PublishError([reason]) from error
