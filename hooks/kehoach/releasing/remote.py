"""A target on another machine, by ssh and rsync; there it needs sh, GNU coreutils, flock and rsync.

The protocol is the folder's: one ssh session holds the lock for as long as it lives, a release is
brought beside the others with hard links (`--link-dest`), and `mv -T` of the symlink switches.
"""

import os
import re
import shlex
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kehoach.releasing import assembling
from kehoach.releasing.folder import Say, holder
from kehoach.releasing.manifest import NAME, NUMBER, Manifest
from kehoach.releasing.problem import PublishError, TargetError
from kehoach.releasing.survey import Survey

# Answers once a line: `wait …`, `left …`, `ready`; ends when its standard input does.
_LOCK = """
exec 9>>lock
flock -n 9 || { echo "wait $(cat lock)"; flock -w "$1" 9 || exit 75; }
[ -s lock ] && echo "left $(cat lock)"
printf %s "$2" >lock
echo ready
read -r end && : >lock
exit 0
"""
_MAKE = """
if [ -d "$0" ] && [ ! -d "$0/releases" ] && [ -n "$(ls -A "$0")" ]; then exit 73; fi
if [ -d "$0/current" ] && [ ! -h "$0/current" ]; then exit 73; fi
umask 022 && mkdir -p "$0/releases"
"""
_CLEAN = "rm -rf releases/.new-* releases/.old-* current.new"
# A target that nobody has published to yet has none.
_READ = f'cd "$0" 2>/dev/null || exit 0; for file in releases/[0-9]*/{NAME}; do [ ! -f "$file" ] || cat "$file"; done'
_NUMBERS = "ls releases"
_CURRENT = "readlink current || :"
_STAMP = 'find "releases/.new-$1" -type f -links 1 -exec touch -d "@$2" {} +'
_LEND = 'cd "releases/$1" && xargs -0 -r cp -l -n --parents -t "../$2" -- 2>/dev/null || :'
# A lock session that was cut off lets another publisher begin: what he stages is not ours to show.
_MINE = (
    '[ "$(cat lock)" = "$2" ] || { echo "khoá công bố đã thuộc về: $(cat lock)" >&2; exit 1; }; '
)
_DISCARD = '[ "$(cat lock)" != "$2" ] || rm -rf "releases/.new-$1"'
_ACCEPT = _MINE + 'sync -f releases && mv -T "releases/.new-$1" "releases/$1" && sync -f releases'
_SWITCH = _MINE + 'ln -sfn "releases/$1" current.new && mv -T current.new current && sync -f .'
_REMOVE = 'for id; do mv -T "releases/$id" "releases/.old-$id" && rm -rf "releases/.old-$id"; done'
_NOT_A_TARGET = 73
_LOCKED = 75
_PACKAGES = {"ssh": "openssh-client"}  # of Debian, where it is not called as the program
# How a shell says that it has no such program: "sh: 1: rsync: not found", "bash: rsync: command not found".
_MISSING = re.compile(r"(\w+): command not found|: (\w+): not found")


@dataclass(frozen=True, slots=True)
class Remote:
    """The releases under `path` on `host`; a relative path starts at the user's home."""

    host: str
    path: str
    name: str = field(default_factory=holder)  # under which it holds the lock

    @contextmanager
    def lock(self, wait: float, say: Say) -> Iterator[None]:
        """Be the only publisher: a session that dies, or whose network does, lets go by itself."""
        self._run(_MAKE, zero=self.path, inside=False)
        command = self._command(_LOCK, str(int(wait)), self.name)
        with (
            _calling(command),
            subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            ) as session,
        ):
            other = ""
            for line in session.stdout or ():
                word, _, rest = line.strip().partition(" ")
                if word == "ready":
                    break
                if word == "wait":
                    other = rest
                    say(f"Đang chờ lần công bố khác ({other}) …")
                if word == "left":
                    say(
                        f"Lần công bố trước ({rest}) dừng giữa chừng;"
                        " trang đang công bố không bị ảnh hưởng."
                    )
            else:
                if session.wait() == _LOCKED:
                    raise PublishError([f"đang có lần công bố khác ({other}): thử lại sau"])
                raise PublishError([f"không khoá được {self.host}:{self.path} để công bố"])
            try:
                yield
            finally:
                session.communicate("end\n")

    def clean(self) -> None:
        self._run(_CLEAN)

    def manifests(self) -> list[Manifest]:
        found = []
        for line in self._run(_READ, zero=self.path, inside=False).splitlines():
            try:
                found.append(Manifest.from_json(line))
            except ValueError:
                continue
        return sorted(found, key=lambda manifest: int(manifest.id))

    def numbers(self) -> list[str]:
        return [name for name in self._run(_NUMBERS).split() if NUMBER.fullmatch(name)]

    def current(self) -> str:
        return self._run(_CURRENT).strip().rpartition("/")[2]

    def stage(self, fresh: Survey, manifest: Manifest) -> None:
        """Assemble the release here and send it; what the one before has unchanged is linked there, not sent."""
        with tempfile.TemporaryDirectory() as folder:
            release = Path(folder) / manifest.id
            assembling.assemble(fresh.site, fresh.files, release, manifest, None)
            options = [
                "--recursive",
                "--checksum",
                "--perms",
                "--chmod=D755,F644",
                "--compress",
                "--protect-args",
            ]
            if manifest.previous:
                options.append(f"--link-dest=../{manifest.previous}")
            there = f"{self.host}:{self.path}/releases/.new-{manifest.id}/"
            command = ["rsync", *options, f"--rsh={shlex.join(_shell())}", f"{release}/", there]
            _checked(_done(command))
        self._run(_STAMP, manifest.id, str(manifest.stamp))

    def lend(self, source: str, files: tuple[str, ...], into: str, *, staged: bool) -> None:
        names = "".join(f"{name}{form}\0" for name in files for form in ("", ".gz", ".br"))
        self._run(_LEND, source, f".new-{into}" if staged else into, stdin=names)

    def discard(self, id: str) -> None:
        self._run(_DISCARD, id, self.name)

    def accept(self, id: str) -> None:
        self._run(_ACCEPT, id, self.name)

    def switch(self, id: str) -> None:
        self._run(_SWITCH, id, self.name)

    def remove(self, ids: list[str]) -> None:
        if ids:
            self._run(_REMOVE, *ids)

    def _run(
        self, script: str, *arguments: str, stdin: str = "", zero: str = "sh", inside: bool = True
    ) -> str:
        command = self._command(script, *arguments, zero=zero, inside=inside)
        return _checked(_done(command, stdin))

    def _command(
        self, script: str, *arguments: str, zero: str = "sh", inside: bool = True
    ) -> list[str]:
        # The user's login shell there may be any; it only has to start sh.
        inner = shlex.join(["sh", "-c", script.strip(), zero, *arguments])
        outer = f"cd {shlex.quote(self.path)} && exec {inner}" if inside else inner
        return [*_shell(), self.host, outer]


def _shell() -> list[str]:
    """The remote shell: rsync's own setting (RSYNC_RSH), else ssh that never asks a question."""
    return shlex.split(
        os.environ.get("RSYNC_RSH", "ssh -o BatchMode=yes -o ServerAliveInterval=15")
    )


@contextmanager
def _calling(command: list[str]) -> Iterator[None]:
    """Raise TargetError where this machine has no such program."""
    try:
        yield
    except FileNotFoundError as error:
        if error.filename != command[0]:
            raise
        package = _PACKAGES.get(command[0], command[0])
        raise TargetError(
            [f"máy này không có chương trình {command[0]}: cài gói {package} rồi chạy lại"]
        ) from None


def _done(command: list[str], stdin: str = "") -> subprocess.CompletedProcess[str]:
    with _calling(command):
        return subprocess.run(command, input=stdin, capture_output=True, text=True, check=False)


def _checked(done: subprocess.CompletedProcess[str]) -> str:
    if done.returncode == 0:
        return done.stdout
    if done.returncode == _NOT_A_TARGET:
        raise TargetError(
            ["đích trên máy chủ đã có nội dung khác: chọn một thư mục trống để công bố"]
        )
    if missing := _MISSING.search(done.stderr):
        program = missing[1] or missing[2]
        raise TargetError([f"máy chủ không có chương trình {program}: cài ở đó rồi chạy lại"])
    if "No space left on device" in done.stderr:
        raise PublishError(["ổ đĩa của máy chủ đã đầy: dọn bớt hoặc giảm số bản giữ lại (--keep)"])
    raise PublishError(
        ["máy chủ không làm được việc công bố:", *done.stderr.strip().splitlines()[-5:]]
    )
