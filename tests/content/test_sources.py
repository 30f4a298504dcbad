"""The plans in content/ hold every word of their sources, in order, and no other."""

import re

import pytest

from content.sources import (
    CONTENT,
    FOLDER,
    NOTE_MARKS,
    PLANS,
    footnotes,
    source_paragraphs,
    without_marks,
)
from kehoach.records.source import parse

_NOTE = re.compile(r"^\[\^(\d+)\]: (.*)$", re.MULTILINE)
_NOTE_CALL = re.compile(r"\[\^(\d+)\]")
_SIGNED_MARK = re.compile(r"^ ?(?:- )?([-+*]) ", re.MULTILINE)
_EMPHASIS = re.compile(r"(\*{1,2})([^*\s][^*\n]*)\1")


def read_plan(file: str) -> tuple[dict, str]:
    source = parse((CONTENT / file).read_bytes(), file)
    return source.data, source.body


def date_line(place: str, date: str) -> str:
    """`Bắc Giang`, `tháng 10/2022` as the document has it: `Bắc Giang, ngày tháng 10 năm 2022`."""
    *day, month, year = date.removeprefix("tháng ").split("/")
    return " ".join([f"{place}, ngày", *day, "tháng", month, "năm", year])


def plain_text(plan: dict, body: str) -> str:
    """The whole document, first line to last, on one line and without Markdown marks."""
    signer = plan["signer"]
    notes_called = _NOTE_CALL.sub(lambda call: NOTE_MARKS[call[1]], _NOTE.sub("", body))
    lines = [
        f"Số: {plan['number']}" if "number" in plan else "",
        date_line(plan["place"], plan["date"]) if "place" in plan else "",
        plan["kind"].upper(),
        plan["title"],
        *notes_called.splitlines(),
        "Nơi nhận:",
        *plan["recipients"],
        signer.get("authority", ""),
        signer["title"],
        signer["name"],
    ]
    return " ".join(" ".join(without_marks(line) for line in lines).split())


@pytest.fixture(params=PLANS, ids=lambda name: name.removesuffix(".txt"))
def pair(request: pytest.FixtureRequest) -> tuple[str, dict, str]:
    return ((FOLDER / request.param).read_text("utf-8"), *read_plan(PLANS[request.param]))


def test_every_paragraph_of_the_source_stands_in_the_plan_in_order(pair):
    source, plan, body = pair
    text, position = plain_text(plan, body), 0
    for paragraph in source_paragraphs(source):
        found = text.find(paragraph, position)
        assert found >= 0, (
            f"missing after {text[max(0, position - 60) : position]!r}: {paragraph!r}"
        )
        position = found + len(paragraph)


def test_the_plan_adds_nothing_to_its_source(pair):
    source, plan, body = pair
    assert plain_text(plan, body) == " ".join(source_paragraphs(source))


def test_footnotes_are_those_of_the_source(pair):
    source, _, body = pair
    notes = _NOTE.findall(body)
    assert [note for _, note in notes] == footnotes(source)
    assert [number for number, _ in notes] == _NOTE_CALL.findall(_NOTE.sub("", body))


def test_list_marks_are_those_of_the_source(pair):
    source, plan, body = pair
    marks = _SIGNED_MARK.findall(source.partition("\nNơi nhận:")[0])
    assert _SIGNED_MARK.findall(body) == marks
    assert source.partition("\nNơi nhận:")[2].count("\n- ") == len(plan["recipients"])


def test_emphasis_is_that_of_the_source(pair):
    source, _, body = pair
    assert _EMPHASIS.findall(body) == _EMPHASIS.findall(source.partition("\nNơi nhận:")[0])


@pytest.mark.parametrize(
    ("name", "paragraphs", "notes"),
    [
        ("bac-giang-2022-hoi-thao-sang-kien.txt", 38, 0),
        ("quang-ngai-2021-hoi-nghi-ntmn.txt", 70, 0),
        ("quang-ngai-2022-ngay-khcn.txt", 74, 0),
        ("quang-tri-2024-cam-ket.txt", 53, 0),
        ("thanh-hoa-2024-ngay-khcn.txt", 73, 2),
    ],
)
def test_sources_are_read_whole(name, paragraphs, notes):
    text = (FOLDER / name).read_text("utf-8")
    assert (len(source_paragraphs(text)), len(footnotes(text))) == (paragraphs, notes)
