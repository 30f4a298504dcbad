"""Builds beside each other: nobody's memory is thrown away under him, and nobody publishes what he read too early."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import build, contents
from kehoach import building

PLAN = "ke-hoach/2022/ngay-khcn-quang-ngai"
QUICK = ("--without", "prints", "--without", "search")
LONG = 1.5  # seconds in which a build of a few plans would have done what it must not do yet


def begin(root: Path, *more: str) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "build.py", "build", *QUICK, *more], cwd=root)


@pytest.fixture
def built(checkout: Path) -> Path:
    build(checkout, checkout / "site", *QUICK)
    return checkout


def test_what_is_remembered_is_not_thrown_away_while_somebody_uses_it(built):
    (traces,) = (built / ".cache/build").glob("*/traces")
    known = traces.stat().st_ino
    with building.using_cache(built):
        forgetful = begin(built, "--clean")
        time.sleep(LONG)
        assert (forgetful.poll(), traces.stat().st_ino) == (None, known)
    assert forgetful.wait() == 0
    assert traces.stat().st_ino != known


def test_who_waits_for_his_turn_reads_when_it_has_come(built):
    with building.locked(building.configure(built, built / "site")):
        waiting = begin(built)
        time.sleep(LONG)
        plan = built / f"content/{PLAN}.md"
        plan.write_text(plan.read_text("utf-8") + "\nViết trong khi chờ.\n", "utf-8")
        assert waiting.poll() is None
    assert waiting.wait() == 0
    assert "Viết trong khi chờ." in contents(built / "site")[f"{PLAN}/index.html"].decode()
