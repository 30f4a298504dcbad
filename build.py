#!/usr/bin/env python3
"""Sets up .venv from the locks, then does what kehoach.command_line says. Standard library alone."""

import hashlib
import os
import sys

FOLDER = os.path.dirname(os.path.realpath(__file__))
VENV = os.path.join(FOLDER, ".venv")
PYTHON = os.path.join(VENV, "Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = os.path.join(VENV, "locks.json")
SITE_LOCK = "requirements.lock"
# Windows would read and write texts in another encoding.
INSIDE = [PYTHON, "-X", "utf8", os.path.join(FOLDER, "build.py"), *sys.argv[1:]]


def is_inside() -> bool:
    """Whether this is the Python of `.venv`."""
    return os.path.realpath(sys.prefix) == os.path.realpath(VENV)


def stands() -> bool:
    """Whether `.venv` holds the site's packages, by the words of its stamp: to read JSON is dear here."""
    try:
        with open(STAMP, encoding="utf-8") as file:
            stamp = file.read()
    except OSError:
        return False
    facts = {"python": sys.version, SITE_LOCK: digest_of(SITE_LOCK)}
    return all(f'"{name}": "{fact}"' in stamp for name, fact in facts.items())


def digest_of(lock: str) -> str:
    with open(os.path.join(FOLDER, lock), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


# It stands in nearly every run: this Python is left before it imports what the next one has to
# import again.
if __name__ == "__main__" and os.name == "posix" and not is_inside() and stands():
    os.execv(PYTHON, INSIDE)

import argparse  # noqa: E402
import contextlib  # noqa: E402
import json  # noqa: E402
import shutil  # noqa: E402
import subprocess  # noqa: E402
from collections.abc import Iterator  # noqa: E402
from pathlib import Path  # noqa: E402

ROOT = Path(FOLDER)
sys.path.insert(0, str(ROOT / "hooks"))

from kehoach import command_line  # noqa: E402
from kehoach.command_line import say  # noqa: E402

STORE_LOCK = "requirements-store.lock"
IMPORT_LOCK = "requirements-import.lock"
TEST_LOCK = "requirements-test.lock"


def main(arguments: list[str]) -> int:
    options = command_line.read(arguments, "build.py")
    enter(SITE_LOCK, *locks_of(options))
    return command_line.perform(options, ROOT)


def locks_of(options: argparse.Namespace) -> list[str]:
    """What a command needs beside the site's own packages."""
    if options.command in ("test", "bench"):
        return [TEST_LOCK]
    if options.command == "import":
        return [IMPORT_LOCK]
    named = [getattr(options, name, None) or "" for name in ("target", "released")]
    if options.command != "init" and any(target.startswith("s3:") for target in named):
        return [STORE_LOCK]
    return []


def enter(*locks: str) -> None:
    """Continue in `.venv`, made or remade so that it holds exactly what `locks` pin."""
    if not is_ready(*locks):
        with exclusive(ROOT / ".cache" / "setup.lock"):
            prepare(*locks)
    if is_inside():
        return
    if os.name == "nt":  # where a process that is replaced seems to have ended
        sys.exit(subprocess.call(INSIDE))
    os.execv(PYTHON, INSIDE)


def is_ready(*locks: str) -> bool:
    """Whether `.venv` holds what `locks` pin, so that nothing has to be written."""
    installed = read_stamp()
    complete = installed.get(TEST_LOCK) == digest_of(TEST_LOCK)
    return installed.get("python") == sys.version and all(
        installed.get(lock) == digest_of(lock)
        for lock in locks
        if lock == SITE_LOCK or not complete
    )


def prepare(*locks: str) -> None:
    wanted = {lock: digest_of(lock) for lock in locks}
    installed = read_stamp()
    if installed.get(SITE_LOCK) != wanted[SITE_LOCK] or installed.get("python") != sys.version:
        say("Chuẩn bị môi trường Python trong .venv …")
        shutil.rmtree(VENV, ignore_errors=True)
        create_venv()
        installed = {"python": sys.version}
    # The lock of the tests holds what all others do.
    complete = installed.get(TEST_LOCK) == digest_of(TEST_LOCK)
    for lock, digest in wanted.items():
        if complete or installed.get(lock) == digest:
            continue
        say(f"Cài các gói trong {lock} …")
        if not install(ROOT / lock):
            sys.exit(
                f"Không cài được {lock}: kiểm tra kết nối tới kho gói Python rồi chạy lại lệnh này."
            )
        installed[lock] = digest
        Path(STAMP).write_text(json.dumps(installed))


def install(lock: Path) -> bool:
    """Whether pip could install what `lock` pins; on a terminal the packages are counted as they come."""
    total = lock.read_text(encoding="utf-8").count("==")
    command = [PYTHON, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    command += ["--progress-bar", "off", "--require-hashes", "-r", str(lock)]
    seen = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as pip:
        for line in pip.stdout or ():
            if line.startswith("Collecting ") and sys.stderr.isatty():
                seen += 1
                print(f"\r  {seen}/{total} gói", end="", file=sys.stderr, flush=True)
    if seen:
        print("\r\033[K", end="", file=sys.stderr, flush=True)
    return pip.returncode == 0


def create_venv() -> None:
    import venv  # late: it is needed once

    try:
        venv.create(VENV, with_pip=True)
    except (subprocess.CalledProcessError, ImportError, OSError):
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit("Python này thiếu mô-đun venv. Trên Debian, Ubuntu: apt-get install python3-venv")


def read_stamp() -> dict[str, str]:
    try:
        return json.loads(Path(STAMP).read_text())
    except (OSError, ValueError):
        return {}


@contextlib.contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the lock file `path`; a second process waits for the first."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w") as file:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # until the file is closed
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    command_line.conduct(lambda: main(sys.argv[1:]))
