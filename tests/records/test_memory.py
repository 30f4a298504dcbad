"""What is remembered from run to run: never out of date, never in the way."""

from pathlib import Path

import pytest

from kehoach.records.memory import Memory


@pytest.fixture
def code(tmp_path: Path) -> Path:
    folder = tmp_path / "code"
    folder.mkdir()
    (folder / "reader.py").write_text("version = 1\n")
    return folder


def made_in(memory: Memory, *parts: bytes) -> list[bytes]:
    """What had to be made, when `parts` are asked for and the run ends."""
    made: list[bytes] = []
    for part in parts:
        value = memory.recall(part, make=lambda part=part: made.append(part) or part * 2)
        assert value == part * 2
    memory.save()
    return made


def test_a_value_is_made_once(tmp_path, code):
    store = tmp_path / ".cache" / "memory"
    assert made_in(Memory(store, [code]), b"a", b"b") == [b"a", b"b"]
    assert made_in(Memory(store, [code]), b"a", b"c") == [b"c"]


def test_what_nobody_asks_for_is_forgotten(tmp_path, code):
    store = tmp_path / "memory"
    made_in(Memory(store, [code]), b"a", b"b")
    made_in(Memory(store, [code]), b"a")
    assert made_in(Memory(store, [code]), b"a", b"b") == [b"b"]


def test_changed_code_makes_everything_anew(tmp_path, code):
    store = tmp_path / "memory"
    made_in(Memory(store, [code]), b"a")
    (code / "reader.py").write_text("version = 2\n")
    assert made_in(Memory(store, [code]), b"a") == [b"a"]


@pytest.mark.parametrize("damage", [b"", b"not a database" * 100])
def test_a_damaged_store_is_an_empty_one(tmp_path, code, damage):
    store = tmp_path / "memory"
    made_in(Memory(store, [code]), b"a")
    store.write_bytes(damage)
    assert made_in(Memory(store, [code]), b"a") == [b"a"]
    made_in(Memory(store, [code]), b"a")
    assert made_in(Memory(store, [code]), b"a") == []


def test_parts_do_not_run_together(tmp_path, code):
    memory = Memory(tmp_path / "memory", [code])
    assert memory.recall(b"ab", b"c", make=lambda: 1) == 1
    assert memory.recall(b"a", b"bc", make=lambda: 2) == 2
