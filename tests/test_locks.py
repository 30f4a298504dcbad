"""The locks: pins with hashes, nothing of the machine that made them, for the oldest Python there is."""

import re
from importlib.metadata import metadata

import pytest
from packaging.specifiers import SpecifierSet

LOCKS = (
    "requirements.lock",
    "requirements-import.lock",
    "requirements-store.lock",
    "requirements-test.lock",
    "tests/bench/generators.lock",
)
OLDEST = "3.11.2"  # of Debian 12


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_pins_and_hashes_only(root, lock):
    lines = (root / lock).read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    assert pins
    for line in pins:
        assert re.fullmatch(
            r"[\w.-]+(\[\w+\])?==[\w.+]+ \\|    --hash=sha256:[0-9a-f]{64}( \\)?", line
        ), line


def test_what_is_pinned_installs_on_the_oldest_python(root):
    text = (root / "requirements-test.lock").read_text(encoding="utf-8")
    needs = {
        name: metadata(name).get("Requires-Python") or ""
        for name in re.findall(r"^([\w.-]+)==", text, re.M)
    }
    assert needs["pymdown-extensions"]
    assert [name for name, needed in needs.items() if OLDEST not in SpecifierSet(needed)] == []


def test_what_the_benches_run_is_pinned_as_the_site_has_it(root):
    """The oldest Python takes what the site is pinned to."""
    site, bench = (
        dict(re.findall(r"^([\w.-]+)==(\S+)", (root / lock).read_text(encoding="utf-8"), re.M))
        for lock in ("requirements.lock", "tests/bench/generators.lock")
    )
    shared = site.keys() & bench.keys()
    assert "pymdown-extensions" in shared
    assert {name: bench[name] for name in shared} == {name: site[name] for name in shared}
