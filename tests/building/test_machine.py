"""The secret of this machine: what somebody else has sealed is not loaded."""

import os
import pickle
import stat
from pathlib import Path

import pytest

from kehoach.building import machine
from kehoach.building.memory import Memory
from kehoach.building.store import Store
from kehoach.building.traces import Traces


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("KEHOACH_CACHE_KEY", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    machine.secret.cache_clear()
    yield tmp_path
    machine.secret.cache_clear()


def again() -> bytes:
    """The secret as another process finds it."""
    machine.secret.cache_clear()
    return machine.secret()


def test_a_machine_has_one_secret_that_its_user_alone_can_read(home):
    first = machine.secret()
    assert len(first) == 32
    assert again() == first
    (file,) = (home / "state/kehoach").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_damaged_secret_is_another_one(home):
    first = machine.secret()
    (home / "state/kehoach/cache-key").write_bytes(b"short")
    assert len(again()) == 32
    assert again() != first


def test_machines_that_are_given_the_same_key_trust_each_other(home, monkeypatch):
    own = machine.secret()
    monkeypatch.setenv("KEHOACH_CACHE_KEY", "bí mật của kho")
    given = again()
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "elsewhere"))
    assert again() == given != own
    monkeypatch.setenv("KEHOACH_CACHE_KEY", "")
    assert again() not in (own, given)


def test_where_nothing_can_be_kept_nothing_is_remembered(home, monkeypatch):
    (home / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "file"))
    store = Store(home, trusted=True)
    store.put("kept", b"words")
    assert store.get("kept") == b"words"
    again()
    assert store.get("kept") is None


class Run:
    """What runs when it is loaded."""

    def __reduce__(self):
        return os.mkdir, ("ran",)


def test_a_pickle_from_elsewhere_is_not_loaded(home, monkeypatch):
    monkeypatch.chdir(home)
    monkeypatch.setenv("KEHOACH_CACHE_KEY", "of somebody else")
    again()
    traces = Traces(home / "traces", "1")
    traces.site = Run()
    traces.save()
    memory = Memory(home / "memory", "", machine.secret())
    memory.recall(b"x", make=Run)
    memory.save()
    assert not Path("ran").exists()
    monkeypatch.delenv("KEHOACH_CACHE_KEY")
    again()
    assert Traces(home / "traces", "1").site is None
    assert Memory(home / "memory", "", machine.secret()).recall(b"x", make=lambda: 7) == 7
    assert not Path("ran").exists()
    pickle.loads(pickle.dumps(Run()))
    assert Path("ran").exists()
