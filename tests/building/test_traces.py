"""Traces: what was made stands as long as its key is what it was."""

from pathlib import Path

import pytest

from kehoach.building.traces import Traces


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "traces"


def recalled(traces: Traces, name: str, key: str) -> tuple[str, bool]:
    """What is known under `name`, and whether it had to be made."""
    made = []

    def make() -> str:
        made.append(name)
        return f"{name} of {key}"

    return traces.recall(name, key, make), bool(made)


def kept(path: Path) -> Path:
    """Traces of `a` and `b`, both of key 1."""
    traces = Traces(path, "program 1")
    assert recalled(traces, "a", "1") == ("a of 1", True)
    assert recalled(traces, "b", "1") == ("b of 1", True)
    traces.save()
    return path


def test_what_has_the_same_key_is_not_made_again(path):
    traces = Traces(kept(path), "program 1")
    assert recalled(traces, "a", "1") == ("a of 1", False)
    assert recalled(traces, "b", "2") == ("b of 2", True)
    assert recalled(traces, "b", "2") == ("b of 2", False)


def test_what_nobody_asks_for_is_forgotten_by_a_whole_build_alone(path):
    traces = Traces(kept(path), "program 1")
    traces.find("a", "1")
    traces.save(whole=False)
    assert Traces(path, "program 1").before("b").value == "b of 1"
    traces = Traces(path, "program 1")
    traces.find("a", "1")
    traces.save()
    assert Traces(path, "program 1").before("b") is None
    assert Traces(path, "program 1").before("a").value == "a of 1"


def test_what_holds_no_longer_is_still_there_before_the_next_whole_build(path):
    """Files of an earlier build are known by what it left, whatever became of its key."""
    traces = Traces(kept(path), "program 1")
    assert traces.find("b", "2") is None
    traces.save(whole=False)
    assert Traces(path, "program 1").before("b").value == "b of 1"


def test_what_is_part_of_something_that_was_found_is_kept(path):
    traces = Traces(kept(path), "program 1")
    traces.find("a", "1")
    traces.keep("b")
    traces.save()
    assert Traces(path, "program 1").before("b").value == "b of 1"
    Traces(path, "program 1").save()
    traces = Traces(path, "program 1")
    traces.save()
    assert Traces(path, "program 1").before("b") is None


def test_what_is_forgotten_is_made_again_unless_it_was_asked_for(path):
    traces = Traces(kept(path), "program 1")
    traces.find("a", "1")
    traces.forget("")
    assert traces.left("") == {}
    assert recalled(traces, "a", "1") == ("a of 1", False)
    assert recalled(traces, "b", "1") == ("b of 1", True)


def test_another_program_or_a_damaged_file_leaves_no_traces_and_is_said(path):
    other = Traces(kept(path), "program 2")
    assert other.trouble == "Bộ nhớ đệm của phiên bản khác: dựng lại từ đầu."
    content = path.read_bytes()
    for damaged in (content[:-1], content[:40], b"", content[:50] + b"\x00" + content[51:]):
        path.write_bytes(damaged)
        traces = Traces(path, "program 1")
        assert traces.trouble == "Bộ nhớ đệm bị hỏng hoặc của máy khác: dựng lại từ đầu."
        assert traces.before("a") is None


NAMES = [chr(ord("a") + number) for number in range(20)]


@pytest.mark.parametrize("at_least", [1, 100])
def test_many_are_recalled_in_order_and_only_the_missing_are_made(path, at_least):
    traces = Traces(path, "program 1")
    traces.put("c", "1", "known")
    tasks = [(name, "1", lambda name=name: name.upper()) for name in NAMES]
    expected = ["A", "B", "known", *(name.upper() for name in NAMES[3:])]
    assert traces.recall_all(tasks, at_least=at_least) == expected
    assert traces.get("d").value == "D"
    again = [(name, "1", lambda: pytest.fail("made again")) for name in NAMES]
    assert traces.recall_all(again, at_least=100) == expected
