"""Fingerprints tell data apart by what it says; what was kept is found whole or not at all."""

from enum import StrEnum

import pytest

from kehoach.building.cache import read_sealed, write_sealed
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


def test_what_was_kept_is_found_whole_or_not_at_all(tmp_path):
    kept = tmp_path / "kept"
    assert read_sealed(kept) is None
    write_sealed(kept, b"1\n", b"content")
    assert read_sealed(kept) == b"1\ncontent"
    whole = kept.read_bytes()
    for damaged in (whole[:-1], whole[:5], b"", whole + b"x", whole[:-1] + b"T"):
        kept.write_bytes(damaged)
        assert read_sealed(kept) is None
