"""What is remembered from run to run: never out of date, never in the way."""

import os

import pytest

from kehoach.building import crew
from kehoach.building.memory import Memory


def made_in(memory: Memory, *parts: bytes) -> list[bytes]:
    """What had to be made, when `parts` are asked for and the run ends."""
    made: list[bytes] = []
    for part in parts:
        value = memory.recall(part, make=lambda part=part: made.append(part) or part * 2)
        assert value == part * 2
    memory.save()
    return made


def test_a_value_is_made_once(tmp_path):
    store = tmp_path / ".cache" / "memory"
    assert made_in(Memory(store, "1"), b"a", b"b") == [b"a", b"b"]
    assert made_in(Memory(store, "1"), b"a", b"c") == [b"c"]


def test_what_nobody_asks_for_is_forgotten(tmp_path):
    store = tmp_path / "memory"
    made_in(Memory(store, "1"), b"a", b"b")
    made_in(Memory(store, "1"), b"a")
    assert made_in(Memory(store, "1"), b"a", b"b") == [b"b"]


def test_another_program_makes_everything_anew(tmp_path):
    store = tmp_path / "memory"
    made_in(Memory(store, "1"), b"a")
    assert made_in(Memory(store, "2"), b"a") == [b"a"]


@pytest.mark.parametrize("damage", [b"", b"not a database" * 100])
def test_a_damaged_store_is_an_empty_one(tmp_path, damage):
    store = tmp_path / "memory"
    made_in(Memory(store, "1"), b"a")
    store.write_bytes(damage)
    assert made_in(Memory(store, "1"), b"a") == [b"a"]
    made_in(Memory(store, "1"), b"a")
    assert made_in(Memory(store, "1"), b"a") == []


def test_parts_do_not_run_together(tmp_path):
    memory = Memory(tmp_path / "memory", "1")
    assert memory.recall(b"ab", b"c", make=lambda: 1) == 1
    assert memory.recall(b"a", b"bc", make=lambda: 2) == 2


def test_what_one_memory_adds_another_learns(tmp_path):
    one, other = Memory(tmp_path / "one", "1"), Memory(tmp_path / "other", "1")
    one.recall(b"known", make=lambda: 1)
    packed = one.added_by(lambda: one.recall(b"new", make=lambda: 2))
    assert len(packed) == 1
    other.learn(packed)
    assert other.recall(b"new", make=pytest.fail) == 2
    assert other.knows(other.key(b"new"))
    assert not other.knows(other.key(b"known"))
    assert one.recall(b"known", make=pytest.fail) == 1


def test_a_crew_reads_what_is_kept_and_so_does_who_sent_it(tmp_path, monkeypatch):
    monkeypatch.setattr(crew, "CORES", 2)
    monkeypatch.setattr(crew, "has_threads", lambda: False)
    names = [bytes([name]) for name in range(40)]
    made_in(Memory(tmp_path / "memory", "1"), *names)
    memory = Memory(tmp_path / "memory", "1")
    read = lambda name: (memory.recall(name, make=pytest.fail), os.getpid())  # noqa: E731
    found = list(crew.share(read, names, at_least=1))
    assert [value for value, _ in found] == [name * 2 for name in names]
    assert os.getpid() not in {process for _, process in found}
    assert read(names[0])[0] == names[0] * 2
