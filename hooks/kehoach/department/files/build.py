#!/usr/bin/env python3
"""Makes .venv from the locks, then runs kehoach in it. Standard library alone."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "locks"
# The program's packages, then the department's own, where it has some; what reads documents and what
# speaks to an object store, where a command needs it.
LOCKS = ("requirements.lock", "requirements-own.lock")
IMPORT_LOCK = "requirements-import.lock"
STORE_LOCK = "requirements-store.lock"


def main() -> int:
    to_store = any(one.startswith("s3:") or "=s3:" in one for one in sys.argv[1:])
    importing = sys.argv[1:2] == ["import"]
    wanted = [*LOCKS, *[IMPORT_LOCK] * importing, *[STORE_LOCK] * to_store]
    present = {name: digest(name) for name in wanted if (ROOT / name).is_file()}
    installed = read_stamp()
    if any(installed.get(name) != present.get(name) for name in LOCKS) or (
        installed.get("python") != sys.version
    ):
        import venv

        print("Chuẩn bị môi trường Python trong .venv …", file=sys.stderr)
        venv.create(VENV, with_pip=True, clear=True)
        installed = {"python": sys.version}
    for name in [name for name in present if installed.get(name) != present[name]]:
        pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        if subprocess.call([*pip, "--require-hashes", "-r", name], cwd=ROOT):
            sys.exit(f"Không cài được {name}: kiểm tra kết nối mạng rồi chạy lại lệnh này.")
        installed[name] = present[name]
        STAMP.write_text(json.dumps(installed))
    return subprocess.call([PYTHON, "-X", "utf8", "-m", "kehoach", *sys.argv[1:]], cwd=ROOT)


def digest(name: str) -> str:
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def read_stamp() -> dict[str, str]:
    """What `.venv` holds: the digests of its locks, and its Python."""
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text())
        return stamp
    except (OSError, ValueError):
        return {}


if __name__ == "__main__":
    sys.exit(main())
