"""The live release a second time, under `public/`, for a bucket that readers or a CDN read themselves.

Without a server that looks up `current` there is no one switch. The order of the copies keeps every
page whole all the same: what pages load comes before them, what lists pages comes after them, and
what is gone stays for a day, for readers who still have a list or a page that leads there.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

from kehoach.releasing.client import Client, MissingError, OvertakenError, in_parallel
from kehoach.releasing.headers import Headers
from kehoach.releasing.manifest import is_lent
from kehoach.releasing.problem import PublishError, TargetError
from kehoach.releasing.stored import Stored

_STATE = ".kehoach.json"
_OWN = Headers("application/json; charset=utf-8", "no-store", "")
_STAYS = timedelta(days=1)
# What lists others: the home page and the sections' own, feeds, data, the offline script.
_LISTS = ("feed.xml", "sitemap.xml", "sw.js", ".json", ".ics")


class Mirror:
    """`public/` under `prefix` of a bucket."""

    def __init__(self, client: Client, prefix: str) -> None:
        self._client = client
        self._prefix = prefix

    @property
    def stands(self) -> bool:
        return self._state() is not None

    def begin(self) -> None:
        """Make the empty mirror where there is none; TargetError where something else stands there."""
        if self.stands:
            return
        if next(self._client.listed(self._key("")), None):
            raise TargetError(
                ["public/ của kho lưu trữ đã có nội dung khác: dùng một tiền tố trống để công bố"]
            )
        self._note({}, {})

    def bring(self, id: str, files: Mapping[str, Stored], *, still: Callable[[], bool]) -> None:
        """Make the mirror the release `id`, which has `files`.

        Gives way, and raises PublishError, as soon as that is not live any more (`still`).
        """
        digests, gone = self._state() or ({}, {})
        release = f"{self._prefix}releases/{id}/"

        def copy(path: str) -> None:
            try:
                self._client.copy(release + path, self._key(path), files[path].etag)
            except (MissingError, OvertakenError):
                raise PublishError([f"bản {id} thiếu tệp {path}: hãy công bố lại"]) from None

        for wave in waves(path for path in files if digests.get(path) != files[path].digest):
            if not still():
                raise PublishError([f"lần công bố khác đã thay bản {id} trong khi đang chép"])
            # What may be half changed is not taken for the old or the new.
            digests = {path: digest for path, digest in digests.items() if path not in wave}
            self._note(digests, gone)
            in_parallel(copy, wave, "Chép ra public/")
            digests |= {path: files[path].digest for path in wave}
        now = self._client.now(self._key(""))
        gone = {path: gone.get(path, now) for path in digests if path not in files}
        due = [path for path, since in gone.items() if now - since >= _STAYS]
        self._client.delete([self._key(path) for path in due])
        self._note(
            {path: digest for path, digest in digests.items() if path not in due},
            {path: since for path, since in gone.items() if path not in due},
        )

    def _key(self, path: str) -> str:
        return f"{self._prefix}public/{path}"

    def _state(self) -> tuple[dict[str, str], dict[str, datetime]] | None:
        """The digests of what lies there and since when which of it is gone; None without a mirror."""
        try:
            data = json.loads(self._client.read(self._key(_STATE))[0])
            gone = {path: datetime.fromisoformat(since) for path, since in data["gone"].items()}
            return dict(data["files"]), gone
        except MissingError:
            return None
        except (ValueError, TypeError, KeyError, AttributeError):
            raise TargetError(
                [f"không đọc được {self._key(_STATE)} của kho lưu trữ: xoá tệp ấy và public/"]
            ) from None

    def _note(self, digests: Mapping[str, str], gone: Mapping[str, datetime]) -> None:
        data = {
            "files": digests,
            "gone": {path: since.isoformat() for path, since in gone.items()},
        }
        self._client.write(self._key(_STATE), json.dumps(data).encode(), _OWN)


def waves(paths: Iterator[str]) -> list[list[str]]:
    """`paths` in the order in which they may become public, those of one wave in any order."""
    found: dict[int, list[str]] = {}
    for path in paths:
        found.setdefault(_wave(path), []).append(path)
    return [sorted(found[number]) for number in sorted(found)]


def _wave(path: str) -> int:
    if is_lent(path):
        return 0
    if path.endswith(_LISTS):
        return 3
    if not path.endswith(".html"):
        return 1
    return 2 if path.count("/") > 1 else 3
