"""Lines of a slogan end where a speaker may breathe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach.prints.lines import groups, splits, unbroken


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Nhiệt liệt chào mừng Ngày Khoa học và Công nghệ Việt Nam 18-5",
            ["Nhiệt liệt", "chào mừng", "Ngày Khoa học", "và Công nghệ", "Việt Nam 18-5"],
        ),
        (
            "Khoa học, công nghệ và đổi mới sáng tạo - nâng cao tiềm lực và vị thế quốc gia",
            [
                "Khoa học,",
                "công nghệ",
                "và đổi mới sáng tạo -",
                "nâng cao",
                "tiềm lực",
                "và vị thế",
                "quốc gia",
            ],
        ),
        ("phát triển kinh tế - xã hội", ["phát triển", "kinh tế - xã hội"]),
        ("- phát huy sáng kiến 2016 - 2020", ["- phát huy", "sáng kiến 2016 - 2020"]),
        ("Đề án 06 – Khơi dậy 5 sáng kiến", ["Đề", "án 06 –", "Khơi dậy 5", "sáng kiến"]),
        ("trên nền tảng văn hoá Việt Nam", ["trên nền tảng", "văn hoá", "Việt Nam"]),
        ("Chào\u00a0năm mới", ["Chào\u00a0năm", "mới"]),
    ],
)
def test_groups(text, parts):
    assert groups(text) == [parts]


def test_the_author_s_own_line_breaks_win():
    assert groups("Khoa học\nvà công nghệ\n") == [["Khoa học"], ["và công nghệ"]]


def test_every_split_is_tried_once():
    made = [tuple(split.lines) for split in splits(["a", "b", "c", "d"], 3)]
    assert len(made) == len(set(made)) == 1 + 3 + 3
    assert all(" ".join(lines) == "a b c d" for lines in made)


def test_a_break_after_a_dash_costs_least_and_within_a_phrase_most():
    found = list(splits(["a", "b,", "c", "và d -", "e"], 2))
    costs = {split.lines[0]: split.cost for split in found}
    assert [split.lines[0] for split in found if split.crossed] == ["a", "a b,", "a b, c"]
    assert costs["a b, c và d -"] < costs["a b, c"] < costs["a b,"] < costs["a"]


@given(st.text(alphabet="aă –-,.&18/\n\u00a0"))
def test_no_word_is_lost(text):
    assert " ".join(p for line in groups(text) for p in line).split() == text.split()
    assert unbroken(text).replace("\u2060", "").split() == text.split()


@given(st.lists(st.sampled_from(["khoa", "học", "và", "-", "18/5", "tạo,", "của"]), min_size=1))
def test_no_line_may_begin_with_a_dash_or_end_with_a_leaning_word(words):
    first, *others = groups(" ".join(words))[0]
    assert all(part.split()[0] != "-" for part in others)
    assert all(part.split()[-1] not in {"và", "của"} for part in [first, *others][:-1])


@pytest.mark.parametrize("dash", "-–—")
def test_a_dash_keeps_to_the_word_before_it_even_in_a_group_that_may_be_broken(dash):
    assert unbroken(f"sáng tạo {dash} vươn xa") == f"sáng\u00a0tạo\u00a0{dash} vươn xa"
    assert unbroken(f"năm 2016 {dash} 2020") == f"năm\u00a02016\u00a0{dash}\u2060\u00a02020"
    held = unbroken(f"{'của ' * 9}tỉnh {dash} vươn xa")
    assert f"tỉnh\u00a0{dash}" in held
    assert " của" in held
