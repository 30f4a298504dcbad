"""A target on this machine."""

import contextlib
import ctypes
import fcntl
import os
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kehoach.releasing import assembling
from kehoach.releasing.manifest import NAME, NUMBER, Manifest
from kehoach.releasing.problem import PublishError, TargetError
from kehoach.releasing.survey import Survey

Say = Callable[[str], None]

_PAUSE = 0.1  # seconds between two looks at a lock


@dataclass(frozen=True, slots=True)
class Folder:
    """The releases under `root`. Whoever changes something holds `lock`."""

    root: Path

    @property
    def _releases(self) -> Path:
        return self.root / "releases"

    @contextlib.contextmanager
    def lock(self, wait: float, say: Say) -> Iterator[None]:
        """Be the only publisher; wait `wait` seconds for another one.

        The kernel lets go of the lock of a process that died, so no lock outlives its holder;
        the name it left in the file tells that it died at work, and `clean` takes away the rest.
        """
        self.make()
        descriptor = os.open(self.root / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _take(descriptor, wait, say)
            if left := _read(descriptor):
                say(
                    f"Lần công bố trước ({left}) dừng giữa chừng;"
                    " trang đang công bố không bị ảnh hưởng."
                )
            _note(descriptor, holder())
            try:
                yield
            finally:
                _note(descriptor, "")
        finally:
            os.close(descriptor)

    def make(self) -> None:
        """The empty target; TargetError where something else stands there."""
        if self.root.is_dir() and not self._releases.is_dir() and any(self.root.iterdir()):
            raise TargetError(
                [f"{self.root} đã có nội dung khác: chọn một thư mục trống để công bố"]
            )
        if (self.root / "current").is_dir() and not (self.root / "current").is_symlink():
            raise TargetError(
                [f"{self.root / 'current'} phải là liên kết tượng trưng: đổi tên thư mục này"]
            )
        make_open(self._releases)

    def clean(self) -> None:
        """Take away what an interrupted publisher left."""
        (self.root / "current.new").unlink(missing_ok=True)
        for left in self._releases.glob(".*"):
            shutil.rmtree(left)

    def manifests(self) -> list[Manifest]:
        """The whole releases, in order; a folder without a readable manifest is none."""
        found = []
        for folder in self._releases.glob("*"):
            try:
                found.append(Manifest.from_json((folder / NAME).read_text()))
            except (OSError, ValueError):
                continue
        return sorted(found, key=lambda manifest: int(manifest.id))

    def numbers(self) -> list[str]:
        return [path.name for path in self._releases.glob("*") if NUMBER.fullmatch(path.name)]

    def current(self) -> str:
        """The live release's id, "" where none is."""
        try:
            return Path(os.readlink(self.root / "current")).name
        except OSError:
            return ""

    def stage(self, fresh: Survey, manifest: Manifest) -> None:
        """Bring the release beside the others, not yet seen."""
        previous = self._releases / manifest.previous if manifest.previous else None
        assembling.assemble(fresh.site, fresh.files, self._staging(manifest.id), manifest, previous)

    def lend(self, source: str, files: tuple[str, ...], into: str, *, staged: bool) -> None:
        folder = self._staging(into) if staged else self._releases / into
        assembling.lend(files, self._releases / source, folder)

    def discard(self, id: str) -> None:
        shutil.rmtree(self._staging(id), ignore_errors=True)

    def accept(self, id: str) -> None:
        """Make the staged release one of the releases, once every byte of it is on the disk."""
        sync(self._releases)
        self._staging(id).rename(self._releases / id)
        sync(self._releases)

    def switch(self, id: str) -> None:
        """Change the public site in one moment: rename(2) replaces the symlink."""
        fresh = self.root / "current.new"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(f"releases/{id}")
        fresh.replace(self.root / "current")
        sync(self.root)

    def remove(self, ids: list[str]) -> None:
        """Remove a release, out of sight by one rename first: half a release is never seen."""
        for id in ids:
            old = self._releases / f".old-{id}"
            (self._releases / id).rename(old)
            shutil.rmtree(old)

    def _staging(self, id: str) -> Path:
        return self._releases / f".new-{id}"


def make_open(folder: Path) -> None:
    """Make `folder` and those above it that are missing, so that a web server may enter whatever the
    umask says."""
    if not folder.is_dir():
        make_open(folder.parent)
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)


def holder() -> str:
    """The name of who publishes, for whoever waits for the lock."""
    now = datetime.now().astimezone().strftime("%H:%M:%S %d/%m/%Y")
    return f"tiến trình {os.getpid()} trên {socket.gethostname()}, từ {now}"


def sync(folder: Path) -> None:
    """Flush everything written to the file system of `folder` to the disk, by one syncfs(2)."""
    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None:  # not Linux
        os.sync()
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if syncfs(descriptor):
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(folder))
    finally:
        os.close(descriptor)


def _take(descriptor: int, wait: float, say: Say) -> None:
    end = time.monotonic() + wait
    told = False
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            other = _read(descriptor)
            if time.monotonic() >= end:
                raise PublishError([f"đang có lần công bố khác ({other}): thử lại sau"]) from None
            if not told:
                say(f"Đang chờ lần công bố khác ({other}) …")
                told = True
            time.sleep(_PAUSE)


def _read(descriptor: int) -> str:
    return os.pread(descriptor, 4096, 0).decode(errors="replace").strip()


def _note(descriptor: int, text: str) -> None:
    """Who holds the lock: a courtesy, so a full disk does not stop it."""
    with contextlib.suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, text.encode(), 0)
