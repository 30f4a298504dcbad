#!/usr/bin/env python3
"""Makes .venv from the locks, then runs kehoach in it. Standard library alone."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "locks"
# The program's packages, then the department's own, where it has some.
LOCKS = [ROOT / name for name in ("requirements.lock", "requirements-own.lock")]


def main() -> int:
    locks = [lock for lock in LOCKS if lock.is_file()]
    wanted = hashlib.sha256(b"".join(lock.read_bytes() for lock in locks)).hexdigest() + sys.version
    if not STAMP.is_file() or STAMP.read_text() != wanted:
        import venv

        print("Chuẩn bị môi trường Python trong .venv …", file=sys.stderr)
        venv.create(VENV, with_pip=True, clear=True)
        for lock in locks:
            pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
            if subprocess.call([*pip, "--require-hashes", "-r", str(lock)], cwd=ROOT):
                sys.exit(
                    f"Không cài được {lock.name}: kiểm tra kết nối mạng rồi chạy lại lệnh này."
                )
        STAMP.write_text(wanted)
    return subprocess.call([PYTHON, "-X", "utf8", "-m", "kehoach", *sys.argv[1:]], cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main())
