"""Fingerprints tell data apart by what it says; what was kept is found whole or not at all."""

from enum import StrEnum

import pytest

from kehoach.building.store import Store
from kehoach.hashing import fingerprint


class Kind(StrEnum):
    PLAN = "kế hoạch"


def test_equal_data_has_one_fingerprint_whichever_objects_it_is_made_of():
    words = "Hội thảo về sáng kiến"
    one = [words]
    again = [["Hội thảo " + "về sáng kiến"], ["".join(words)]]
    assert fingerprint({"title": [one, one]}) == fingerprint({"title": again})


@pytest.mark.parametrize(
    "other",
    [["a", "b", ""], ["a", "", "b"], ["ab"], "ab", ["a", ["b"]], ["a", "b", None], ["a", 0]],
)
def test_other_data_has_another(other):
    assert fingerprint(["a", "b"]) != fingerprint(other)


@pytest.mark.parametrize("text", [Kind.PLAN, b"b\xe1\xba".decode("utf-8", "surrogateescape")])
def test_any_text_has_one(text):
    assert fingerprint([text]) == fingerprint([text])
    assert fingerprint([text]) != fingerprint([f"{text} "])


@pytest.mark.parametrize("trusted", [True, False])
def test_what_was_kept_is_found_whole_or_not_at_all(tmp_path, trusted):
    store = Store(tmp_path / "store", trusted=trusted)
    assert store.get("kept") is None
    assert store.recall("kept", lambda: b"content") == b"content"
    assert store.recall("kept", pytest.fail) == store.get("kept") == b"content"
    kept = tmp_path / "store" / "kept"
    whole = kept.read_bytes()
    for damaged in (whole[:-1], whole[:5], b"", whole + b"x", whole[:-1] + b"T"):
        kept.write_bytes(damaged)
        assert store.get("kept") is None
        assert store.recall("kept", lambda: b"content") == b"content"


def test_a_store_that_runs_what_it_holds_takes_nothing_from_one_that_does_not(tmp_path):
    Store(tmp_path, trusted=False).put("kept", b"content")
    assert Store(tmp_path, trusted=True).get("kept") is None


def test_what_nobody_uses_is_dropped(tmp_path):
    store = Store(tmp_path / "store", trusted=False)
    store.prune(["a"])  # of a store that holds nothing yet
    for key in ("a", "b", "c"):
        store.put(key, key.encode())
    store.prune(["a", "d"])
    assert [store.has(key) for key in ("a", "b", "c", "d")] == [True, False, False, False]
    store.forget("a")
    store.forget("a")
    assert not store.has("a")
