"""The ledger: what was made stands as long as all that it looked at is as it was."""

from pathlib import Path

import pytest

from kehoach.building.ledger import MANY_PACKS, Ledger


class Desk:
    """A ledger over some named words, and what was made with it."""

    def __init__(self, path: Path, words: dict[str, str], edition: str = "1") -> None:
        self.ledger = Ledger(path, edition)
        self.words = words
        self.ledger.now["word"] = lambda name: words.get(name, "")
        self.made: list[str] = []

    def look(self, *names: str) -> str:
        """The words of `names`, joined; each is noted."""
        for name in names:
            self.ledger.note("word", name)
        return " ".join(self.words.get(name, "") for name in names)

    def recall(self, title: str, *names: str, key: str = "") -> str:
        def make() -> str:
            self.made.append(title)
            return self.look(*names)

        return self.ledger.recall(title, key, make)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger"


def kept(path: Path) -> Path:
    """A ledger in which `both` looked at a and b, and `one` at b."""
    desk = Desk(path, {"a": "A", "b": "B"})
    assert (desk.recall("both", "a", "b"), desk.recall("one", "b")) == ("A B", "B")
    desk.ledger.save()
    return path


def test_what_is_the_same_is_not_made_again(path):
    desk = Desk(kept(path), {"a": "A", "b": "B"})
    assert (desk.recall("both", "a", "b"), desk.recall("one", "b")) == ("A B", "B")
    assert desk.made == []


def test_what_looked_at_something_that_changed_is_made_again(path):
    desk = Desk(kept(path), {"a": "Á", "b": "B"})
    assert (desk.recall("both", "a", "b"), desk.recall("one", "b")) == ("Á B", "B")
    assert desk.made == ["both"]


def test_another_key_makes_it_again(path):
    desk = Desk(kept(path), {"a": "A", "b": "B"})
    desk.recall("one", "b", key="other")
    assert desk.made == ["one"]


def test_who_asks_for_something_looks_at_what_it_looked_at(path):
    def outer(desk: Desk) -> str:
        make = lambda: f"<{desk.recall('both', 'a', 'b')}>"  # noqa: E731
        return desk.ledger.recall("outer", "", make)

    desk = Desk(kept(path), {"a": "A", "b": "B"})
    assert outer(desk) == "<A B>"
    desk.ledger.save()
    assert outer(Desk(path, {"a": "A", "b": "B̉"})) == "<A B̉>"


def test_what_nobody_asks_for_is_forgotten_by_a_whole_build_alone(path):
    desk = Desk(kept(path), {"a": "A", "b": "B"})
    desk.recall("one", "b")
    desk.ledger.save(whole=False)
    assert Ledger(path, "1").before("both") is not None
    desk = Desk(path, {"a": "A", "b": "B"})
    desk.recall("one", "b")
    desk.ledger.save()
    assert Ledger(path, "1").before("both") is None


def test_what_holds_no_longer_is_still_there_before_the_next_whole_build(path):
    """Files of an earlier build are known by what it left, whatever looked at their texts since."""
    desk = Desk(kept(path), {"a": "A", "b": "B2"})
    desk.recall("one", "b")
    desk.ledger.save(whole=False)
    assert Ledger(path, "1").before("both").value == "A B"


def test_what_is_within_something_that_was_found_is_kept(path):
    """A build that changes nothing finds the whole; the next one needs the shares it is made of."""

    def whole(desk: Desk) -> str:
        return desk.ledger.recall("whole", "", lambda: desk.recall("both", "a", "b"))

    words = {"a": "A", "b": "B"}
    for _ in range(3):
        desk = Desk(path, words)
        assert whole(desk) == "A B"
        desk.ledger.save()
    assert Ledger(path, "1").before("both") is not None


def test_what_was_not_asked_for_does_not_outlive_a_change_that_was_seen(path):
    """b changes while only `one` is asked for; `both`, which looked at b too, must not come back."""
    desk = Desk(kept(path), {"a": "A", "b": "B2"})
    desk.recall("one", "b")
    desk.ledger.save(whole=False)
    desk = Desk(path, {"a": "A", "b": "B2"})
    assert desk.recall("both", "a", "b") == "A B2"


def test_subjects_of_many_builds_keep_their_numbers(path):
    words = {f"word {number}": f"Từ {number}" for number in range(MANY_PACKS * 2 + 5)}
    for number in range(len(words)):
        desk = Desk(path, words)
        desk.recall(f"title {number}", f"word {number}", "word 0")
        desk.ledger.save(whole=False)
    words["word 7"] = "Từ khác"
    desk = Desk(path, words)
    for number in range(len(words)):
        desk.recall(f"title {number}", f"word {number}", "word 0")
    assert desk.made == ["title 7"]


def test_another_edition_or_a_damaged_file_is_no_ledger_and_is_said(path):
    assert Ledger(kept(path), "2").trouble == "Bộ nhớ đệm của phiên bản khác: dựng lại từ đầu."
    content = path.read_bytes()
    for damaged in (content[:-1], content[:40], b"", content[:50] + b"\x00" + content[51:]):
        path.write_bytes(damaged)
        ledger = Ledger(path, "1")
        assert ledger.trouble == "Bộ nhớ đệm bị hỏng: dựng lại từ đầu."
        assert ledger.before("both") is None


NAMES = [chr(ord("a") + number) for number in range(20)]


@pytest.mark.parametrize("pays", [1, 100])
def test_many_are_recalled_in_order_and_each_by_what_it_looked_at(path, pays):
    desk = Desk(path, {name: name.upper() for name in NAMES})
    # "c" is known before the others, and nobody of a crew knows of the words that another looks at.
    desk.recall("c", "c", "x")
    tasks = [(name, "", lambda name=name: desk.look(name, "x")) for name in NAMES]
    with desk.ledger.watching() as seen:
        assert desk.ledger.recall_all(tasks, pays=pays) == [f"{name.upper()} " for name in NAMES]
    assert len(seen) == len(NAMES) + 1
    desk.ledger.save()

    words = {name: name.upper() for name in NAMES} | {"b": "Bờ"}
    later = Desk(path, words)
    again = [(name, "", lambda name=name: later.recall(f"{name}!", name)) for name in NAMES]
    assert later.ledger.recall_all(again, pays=100)[:3] == ["A ", "Bờ", "C "]
    assert later.made == ["b!"]
