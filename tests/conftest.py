"""What all tests share: the site, built once by the command that people use, and which tests are quick."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from kehoach.building import CACHE
from website import stress

# How long an example takes says something of the machine, nothing of the program.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


# Who takes one of these builds a site or works on a project of its own: not for the quick loop.
BUILDING = {"site", "stressed", "checkout", "office", "program"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if BUILDING & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.built)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of a run share; who makes something in it holds a lock."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def site(shared: Path) -> Path:
    """The site of `content/`, as `python3 build.py` makes it: built once, for reading alone."""
    out = shared / "built" / "site"
    with FileLock(shared / "built.lock"):
        if not out.exists():
            build(ROOT, out)
    return out


@pytest.fixture(scope="session")
def stressed(shared: Path) -> Path:
    """The site of the samples and of all that they have little of, without prints: for reading alone."""
    root = shared / "stressed"
    out = root / "site"
    with FileLock(shared / "stressed.lock"):
        if not out.exists():
            root.mkdir()
            stress.repository(root, ROOT)
            build(root, out, "--without", "prints")
    return out


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was left out and why, and the figures of tests that count: never only in a file."""
    for report in terminalreporter.stats.get("skipped", []):
        terminalreporter.write_line(f"left out: {report.nodeid}: {report.longrepr[2]}")
    for report in terminalreporter.stats.get("passed", []):
        figures = [f"{name} {value}" for name, value in report.user_properties if "/" not in name]
        if report.when == "call" and figures:
            terminalreporter.write_line(f"{report.nodeid.split('::')[1]}: {', '.join(figures)}")


@pytest.fixture
def checkout(root: Path, tmp_path: Path) -> Path:
    """A copy of the project that a test may spoil; Git history comes along."""
    copy = tmp_path / "checkout"
    subprocess.run(["git", "clone", "-q", str(root), str(copy)], check=True)
    for name in (
        "content",
        "hooks",
        "theme",
        "mkdocs.yml",
        "build.py",
        "requirements.lock",
        "requirements-import.lock",
        "requirements-store.lock",
        "requirements-test.lock",
    ):
        target = copy / name
        if target.is_dir():
            shutil.rmtree(target)
        if (root / name).is_dir():
            shutil.copytree(root / name, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(root / name, target)
    (copy / ".venv").symlink_to(root / ".venv")
    return copy


@pytest.fixture
def drawn(checkout: Path, site: Path) -> Path:
    """Such a copy with what was drawn for `site`, for tests that look at what is drawn after that."""
    kept = CACHE / "prints"
    half = shutil.ignore_patterns("*.*")  # files that another process is about to put there
    shutil.copytree(ROOT / kept, checkout / kept, ignore=half)
    return checkout


def build(root: Path, out: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the build command of the checkout at `root`; fail the test where it fails."""
    done = run(root, "build", "--out", str(out), *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def contents(site: Path) -> dict[str, bytes]:
    """Every file of a site by its path."""
    files = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}


def run(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """build.py of the checkout at `root`, in the environment the tests run in."""
    return subprocess.run(
        [sys.executable, str(root / "build.py"), *arguments],
        cwd=root,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
