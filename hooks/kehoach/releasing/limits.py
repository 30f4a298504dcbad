"""A program under limits of time and memory, whose lines are heard as they come."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kehoach.releasing.folder import Say

_PAUSE = 0.25  # seconds between two looks at a program
_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a build: `seconds` of time, `megabytes` of memory in all its processes."""

    seconds: int = 1800
    megabytes: int = 4096


def run(
    command: Sequence[str], folder: Path, environment: dict[str, str], limits: Limits, say: Say
) -> tuple[int, str]:
    """Run `command` in `folder`, saying its lines; its exit code, and which limit ended it, in words.

    Whatever it started ends with it.
    """
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    ) as process:
        watch = _Watch(process, limits)
        watch.start()
        assert process.stdout
        try:
            for line in process.stdout:
                say(line.rstrip("\n"))
        finally:
            code = process.wait()
            watch.stop()
    return code, watch.reason


class _Watch(threading.Thread):
    """Ends a process and all that it started when they take more than they may."""

    def __init__(self, process: subprocess.Popen[str], limits: Limits) -> None:
        super().__init__(daemon=True)
        self.reason = ""
        self._process = process
        self._limits = limits
        self._ended = threading.Event()

    def run(self) -> None:
        end = time.monotonic() + self._limits.seconds
        while not self._ended.wait(_PAUSE):
            if time.monotonic() > end:
                self.reason = f"quá {self._limits.seconds} giây"
            elif _megabytes(self._process.pid) > self._limits.megabytes:
                self.reason = f"dùng quá {self._limits.megabytes} MB bộ nhớ"
            if self.reason:
                return self._kill()
        return None

    def stop(self) -> None:
        self._ended.set()
        self.join()
        self._kill()  # what it may have left behind

    def _kill(self) -> None:
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return


def _megabytes(group: int) -> float:
    """The memory of all processes of `group`, what they share counted once; 0 where nothing tells."""
    return sum(map(_kilobytes, _members(group))) / 1024


def _members(group: int) -> Iterator[Path]:
    for folder in _PROC.glob("[0-9]*") if _PROC.is_dir() else ():
        try:
            # proc_pid_stat(5): the name may hold spaces and brackets; the group is the third after it.
            if int((folder / "stat").read_text().rpartition(")")[2].split()[2]) == group:
                yield folder
        except (OSError, IndexError, ValueError):
            continue


def _kilobytes(process: Path) -> int:
    """Its proportional share (Linux, Documentation/filesystems/proc.rst)."""
    try:
        for line in (process / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        return 0
    return 0
