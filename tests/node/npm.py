"""Programs from npm for the tests, exactly as package-lock.json names them."""

import fcntl
import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent


def modules() -> Path:
    """`node_modules`, installed when the lock has changed; the test fails where there is no npm."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.fail("these tests drive programs from npm: install Node.js 20 or later")
    found = FOLDER / "node_modules"
    stamp = found / ".lock-digest"
    with (FOLDER / "package-lock.json").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanted = hashlib.sha256(lock.read()).hexdigest()
        if not stamp.exists() or stamp.read_text() != wanted:
            command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False)
            if done.returncode:
                pytest.fail(f"npm ci failed in {FOLDER}:\n{done.stdout}{done.stderr}")
            stamp.write_text(wanted)
    return found


def run(script: str, text: str) -> str:
    """What the script of this folder prints when it is given `text`."""
    modules()
    command = ["node", str(FOLDER / script)]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
