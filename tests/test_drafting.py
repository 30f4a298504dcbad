"""A draft that `check` accepts, from answers at a terminal or from options."""

from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kehoach.building.shelf import read_library
from kehoach.drafting import (
    MATERIAL_OPTIONS,
    PLAN_OPTIONS,
    Ask,
    DraftError,
    new_material,
    new_plan,
)
from rules.fixtures import TODAY, check, lay

PLAN = {
    "title": "Tổ chức các hoạt động: Ngày KH&CN “18/5” năm 2022",
    "event": "Hội thảo: kết nối - vươn tầm #1",
    "when": "từ ngày 04 - 20/5",
    "lead": "Văn phòng Sở",
}


@pytest.fixture
def content(tmp_path):
    return lay("numbering-gap", "valid", tmp_path)


def replies(*lines: str) -> tuple[Ask, list[str]]:
    prompts: list[str] = []
    waiting = iter(lines)

    def ask(prompt: str) -> str:
        prompts.append(prompt)
        return next(waiting)

    return ask, prompts


def rules_of(found: Iterable) -> set[str]:
    return {finding.rule for finding in found}


def test_a_plan_from_options_is_accepted(content):
    draft = new_plan(read_library(content), TODAY, PLAN, None)
    assert draft.file == "ke-hoach/2022/to-chuc-cac-hoat-dong-ngay-kh-cn-18-5-nam-2022.md"
    draft.write(content)
    found, library = check(content)
    assert rules_of(found) == {"withheld"}
    plan = library.plan(draft.file)
    assert plan.title == PLAN["title"]
    assert plan.date.start == TODAY
    assert plan.campaign == 2022
    assert plan.status == "draft"
    [event] = plan.events
    assert (event.title, event.when.end) == (PLAN["event"], date(2022, 5, 20))
    assert library.unit(event.lead[0], plan).id == "van-phong-so"


def test_a_plan_asked_for_at_a_terminal(content):
    ask, prompts = replies(
        *("Chào mừng", "", "1", "", "", "1", "Tọa đàm", "ngày 31/2", "18/5/2022", "2")
    )
    draft = new_plan(read_library(content), TODAY, {}, ask)
    draft.write(content)
    found, library = check(content)
    assert rules_of(found) == {"withheld"}
    plan = library.plan(draft.file)
    assert [slogan.text for slogan in plan.slogans] == [library.campaign(2022).themes[0].text]
    assert plan.events[0].lead == ("Phòng Hành chính - Tổng hợp",)
    assert "[Kế hoạch]" in prompts[1]
    assert "1. Sở Khoa học và Công nghệ" in prompts[2]
    assert "[04/5/2022]" in prompts[3]
    assert "[2022]" in prompts[4]
    assert "tháng 2 năm 2022 có 28 ngày" in prompts[8]


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("Quyết định", "QUYẾT ĐỊNH:"),
        ("Công văn", "Kính gửi: …"),
        ("Tờ trình", "Kính gửi: …"),
        ("Báo cáo", "## II. NỘI DUNG"),
    ],
)
def test_a_draft_begins_as_its_kind_does(kind, line, content):
    draft = new_plan(read_library(content), TODAY, PLAN | {"kind": kind}, None)
    draft.write(content)
    found, library = check(content)
    assert [finding for finding in found if finding.severity == "error"] == []
    assert line in library.plan(draft.file).body.split("\n")


def test_a_material_is_accepted_and_may_point_to_an_event(content):
    new_plan(read_library(content), TODAY, PLAN, None).write(content)
    library = read_library(content)
    event = library.events[0].id
    plan = library.events[0].plan.address.rstrip("/")
    options = {
        "title": "Sở tổ chức tọa đàm",
        "kind": "thông cáo báo chí",
        "plan": plan,
        "event": event,
    }
    draft = new_material(library, TODAY, options, None)
    draft.write(content)
    found, library = check(content)
    assert rules_of(found) == {"withheld"}
    assert library.materials[0].event == event
    assert draft.file == "truyen-thong/2022/so-to-chuc-toa-dam.md"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "--title: thiếu tên văn bản"),
        ({"title": "x", "issuer": "Sở KHCN"}, "--issuer: không có đơn vị `Sở KHCN`, có phải"),
        ({"title": "x", "date": "31/2/2022"}, "--date: "),
        ({"title": "x", "date": "định kỳ 6 tháng và năm"}, "--date: cần một ngày"),
        ({"title": "x", "campaign": "2032"}, "--campaign: `2032` không dùng được"),
        ({"title": "x", "event": "y"}, "--when: thiếu thời gian sự kiện"),
    ],
)
def test_what_is_missing_or_wrong_is_named(content, options, message):
    with pytest.raises(DraftError, match=message):
        new_plan(read_library(content), TODAY, options, None)


def test_equal_titles_get_names_of_their_own_and_nothing_is_overwritten(content):
    library = read_library(content)
    first = new_plan(library, TODAY, PLAN, None)
    path = first.write(content)
    with pytest.raises(FileExistsError):
        first.write(content)
    second = new_plan(read_library(content), TODAY, PLAN, None)
    assert second.file == f"ke-hoach/2022/{path.stem}-2.md"
    second.write(content)
    assert rules_of(check(content)[0]) == {"withheld"}


@settings(max_examples=80, deadline=None)
@given(title=st.text(min_size=1, max_size=60), event=st.text(max_size=60))
def test_any_title_can_be_written(tmp_path_factory, title, event):
    content = lay("numbering-gap", "valid", tmp_path_factory.mktemp("draft"))
    options = PLAN | {"title": title, "event": event}
    try:
        draft = new_plan(read_library(content), TODAY, options, None)
    except DraftError:
        assert not any(letter.isprintable() and letter != " " for letter in title)
        return
    draft.write(content)
    # What the fonts cannot print is the author's to see; everything else the draft gets right.
    errors = {finding.rule for finding in check(content)[0] if finding.severity == "error"}
    assert errors <= {"missing-glyph"}


def test_the_options_are_those_the_questions_ask_for(content):
    asked: list[str] = []

    class Recorder(dict):
        def __contains__(self, key):
            asked.append(key)
            return super().__contains__(key)

    new_plan(read_library(content), TODAY, Recorder(PLAN), None).write(content)
    assert tuple(dict.fromkeys(asked)) == PLAN_OPTIONS
    asked.clear()
    library = read_library(content)
    plan = library.events[0].plan.address.rstrip("/")
    new_material(library, TODAY, Recorder(title="x", plan=plan), None)
    assert tuple(dict.fromkeys(asked)) == MATERIAL_OPTIONS
