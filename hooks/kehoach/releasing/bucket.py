"""A target in an S3-compatible store: `s3://bucket/prefix`.

    releases/000041/…              a release: every file of the site under its own address
    releases/000041/.files.json    what it consists of; written first, so that its number is taken
    releases/000041/.release.json  its manifest; written last, so that what has one is whole
    current                        the live release's number, in its metadata too, for a server in front
    public/…                       for a bucket without such a server: the live release again (`mirror`)

There is no rename in such a store, and no lock: whoever replaces `current` first wins, since it is
replaced only if it is as it was found (If-Match). Nothing is deleted but what a `.files.json` names.
"""

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

from kehoach.releasing.client import Client, MissingError, OvertakenError, in_parallel, is_md5
from kehoach.releasing.folder import Say
from kehoach.releasing.headers import Headers, headers_of, packed
from kehoach.releasing.manifest import NAME, NUMBER, Manifest
from kehoach.releasing.mirror import Mirror
from kehoach.releasing.problem import PublishError, TargetError
from kehoach.releasing.stored import Stored, read_stored, write_stored
from kehoach.releasing.survey import Survey

FILES = ".files.json"
_OWN = Headers("application/json; charset=utf-8", "no-store", "")
_ABANDONED = timedelta(days=1)  # a release that nobody finished for so long never will be


@dataclass(frozen=True, slots=True)
class Seen:
    """`current` as it was found: the live release's number and the ETag; "" where there is none."""

    id: str
    etag: str


class Bucket:
    """The releases under `prefix` ("" or "…/") of a bucket; `direct` begins a mirror of the live one."""

    def __init__(self, bucket: str, prefix: str, *, direct: bool = False) -> None:
        self._client = Client(bucket)
        self._prefix = prefix
        self._mirror = Mirror(self._client, prefix)
        self._direct = direct
        self._publisher = uuid.uuid4().hex  # tells this one's objects from another's
        self._seen: Seen | None = None
        self._at_work: Manifest | None = None
        self._files: dict[str, Stored] = {}  # of the release at work

    @contextmanager
    def lock(self, wait: float, say: Say) -> Iterator[None]:
        """A lock that keeps nobody out: of two publishers the second fails to switch."""
        self._seen = self._read_current()
        if self._direct:
            self._mirror.begin()
        if self._seen.id:
            self._bring_mirror(self._seen.id)  # as where the last publisher broke off
        try:
            yield
        finally:
            self._seen = None

    def clean(self) -> None:
        """Take away releases that somebody began at least a day ago and never finished."""
        whole = {manifest.id for manifest in self.manifests()}
        begun = [id for id in self.numbers() if id not in whole]
        if not begun:
            return
        now = self._client.now(self._prefix)
        for id in begun:
            claims = list(self._client.listed(self._key(id, FILES)))
            if claims and now - claims[0].written > _ABANDONED:
                self._delete(id)

    def manifests(self) -> list[Manifest]:
        """The whole releases, in order; what has no readable manifest is none."""

        def read(id: str) -> Manifest | None:
            try:
                return Manifest.from_json(self._client.read(self._key(id, NAME))[0].decode())
            except (MissingError, ValueError):
                return None

        found = filter(None, in_parallel(read, self.numbers()))
        return sorted(found, key=lambda manifest: int(manifest.id))

    def numbers(self) -> list[str]:
        """Every number that is taken, be its release whole or not."""
        names = self._client.folders(f"{self._prefix}releases/")
        return [name for name in names if NUMBER.fullmatch(name)]

    def current(self) -> str:
        """The live release's id, "" where none is."""
        return (self._seen or self._read_current()).id

    def stage(self, fresh: Survey, manifest: Manifest) -> None:
        """Bring the release; what the one before has unchanged is copied within the store."""
        before = self._read_files(manifest.previous) if manifest.previous else {}
        self._files = dict.fromkeys(fresh.files, Stored())
        self._claim(manifest)

        def bring(path: str) -> tuple[str, Stored]:
            content = (fresh.site / path).read_bytes()
            headers = headers_of(path, len(content))
            digest = hashlib.sha256(repr(headers).encode() + content).hexdigest()
            old = before.get(path)
            if old and old.digest == digest:
                copied = self._copy(manifest.previous, path, old, manifest.id)
                # Not every store minds the condition of a copy; where ETags are MD5, they tell.
                if copied and (
                    copied.etag == old.etag or not is_md5(old.etag, packed(content, headers))
                ):
                    return path, copied
            body = packed(content, headers)
            etag = self._client.write(self._key(manifest.id, path), body, headers)
            return path, Stored(digest, len(body), etag)

        self._files |= in_parallel(bring, fresh.files, "Tải lên kho")

    def lend(self, source: str, files: tuple[str, ...], into: str, *, staged: bool) -> None:
        """Copy those `files` of the release `source` that `into` lacks."""
        there = self._read_files(source)
        own = self._files if staged else _brought(self._read_files(into))
        lacking = {path: there[path] for path in files if path in there and path not in own}
        if not lacking:
            return
        # Named before they are copied: what breaks off here is taken away with the release.
        self._write_files(into, own | dict.fromkeys(lacking, Stored()))

        def copy(path: str) -> tuple[str, Stored | None]:
            return path, self._copy(source, path, lacking[path], into)

        copied = in_parallel(copy, lacking, "Chép trong kho")
        own |= {path: stored for path, stored in copied if stored}
        self._write_files(into, own)

    def discard(self, id: str) -> None:
        """Take back what this publisher brought of a release that will not be; what cannot be taken
        back now is a release that nobody finished (`clean`)."""
        if self._at_work and self._at_work.id == id:
            self._at_work = None
            with suppress(PublishError):
                self._delete(id)

    def accept(self, id: str) -> None:
        """Mark the release as whole, once every file is seen to lie there as it was sent."""
        assert self._at_work
        self._verify(id, self._files)
        self._write_files(id, self._files)
        self._client.write(self._key(id, NAME), f"{self._at_work.to_json()}\n".encode(), _OWN)

    def switch(self, id: str) -> None:
        """Change the public site in one moment: write `current`, if nobody else has replaced it."""
        seen = self._seen or self._read_current()
        if not self._at_work:  # an earlier release, of which somebody may have taken files
            self._verify(id, _brought(self._read_files(id)))
        key = f"{self._prefix}current"
        told = {"release": id, "publisher": self._publisher}
        try:
            self._client.write(key, f"{id}\n".encode(), _OWN, metadata=told, match=seen.etag)
        except (OvertakenError, MissingError):
            # A first try may have got through although its answer was lost.
            if self._client.metadata(key).get("publisher") != self._publisher:
                raise PublishError(
                    [
                        "lần công bố khác vừa xong trước, đang công bố bản"
                        f" {self._read_current().id}: lấy nội dung mới nhất rồi công bố lại"
                    ]
                ) from None
        self._at_work = None
        try:
            self._bring_mirror(id)
        except PublishError as error:
            lines = [
                f"đã chuyển sang bản {id}, nhưng chưa chép xong vào public/: chạy rollback --to {id}"
            ]
            raise PublishError([*lines, *error.lines]) from error

    def _verify(self, id: str, files: dict[str, Stored]) -> None:
        """Raise PublishError where a file of the release does not lie there as it was sent."""
        listed = self._client.listed(self._key(id, ""))
        lying = {item.key: (item.size, item.etag) for item in listed}
        for path, stored in files.items():
            if lying.get(self._key(id, path)) != (stored.size, stored.etag):
                raise PublishError(
                    [f"kho lưu trữ không giữ đúng tệp {path} của bản {id}: hãy công bố lại"]
                )

    def remove(self, ids: list[str]) -> None:
        """Remove whole releases, but one that is being brought or is live."""
        whole = {manifest.id for manifest in self.manifests()}
        for id in ids:
            if id in whole and id != self._read_current().id:
                self._delete(id)

    def _bring_mirror(self, id: str) -> None:
        if self._mirror.stands:
            self._mirror.bring(
                id, self._read_files(id), still=lambda: self._read_current().id == id
            )

    def _key(self, id: str, path: str) -> str:
        return f"{self._prefix}releases/{id}/{path}"

    def _read_current(self) -> Seen:
        try:
            content, etag = self._client.read(f"{self._prefix}current")
        except MissingError:
            return Seen("", "")
        id = content.decode(errors="replace").strip()
        if not NUMBER.fullmatch(id):
            raise TargetError(
                [
                    f"{self._prefix}current của kho lưu trữ đã có nội dung khác: dùng một tiền tố trống"
                    " để công bố"
                ]
            )
        return Seen(id, etag)

    def _claim(self, manifest: Manifest) -> None:
        """Take the number, which is the moment in which two publishers part."""
        key = self._key(manifest.id, FILES)
        content = write_stored(self._files, self._publisher)
        try:
            told = {"publisher": self._publisher}
            self._client.write(key, content, _OWN, metadata=told, match="")
        except OvertakenError:
            if self._client.metadata(key).get("publisher") != self._publisher:
                raise PublishError(
                    [f"lần công bố khác đang làm bản {manifest.id}: đợi xong rồi công bố lại"]
                ) from None
        self._at_work = manifest

    def _read_files(self, id: str) -> dict[str, Stored]:
        try:
            return read_stored(self._client.read(self._key(id, FILES))[0])
        except MissingError:
            return {}

    def _write_files(self, id: str, files: dict[str, Stored]) -> None:
        self._client.write(self._key(id, FILES), write_stored(files, self._publisher), _OWN)

    def _copy(self, source: str, path: str, stored: Stored, into: str) -> Stored | None:
        """The copy of a file in another release; None where it is no longer as it was."""
        try:
            etag = self._client.copy(self._key(source, path), self._key(into, path), stored.etag)
        except (MissingError, OvertakenError):
            return None
        return stored._replace(etag=etag)

    def _delete(self, id: str) -> None:
        """Its manifest first, so that half a release is never taken for one; its names last."""
        files = self._read_files(id)
        self._client.delete([self._key(id, NAME)])
        self._client.delete([self._key(id, path) for path in files])
        self._client.delete([self._key(id, FILES)])


def _brought(files: dict[str, Stored]) -> dict[str, Stored]:
    """Those that are more than planned: a rollback that broke off may have lent less than it named."""
    return {path: stored for path, stored in files.items() if stored.size >= 0}
