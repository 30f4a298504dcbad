"""What lies on the disk, from one run to the next: known, or read again."""

import os
from datetime import date
from pathlib import Path

import pytest

from kehoach import rules
from kehoach.building.memory import Memory
from kehoach.building.problem import UndeclaredRead
from kehoach.building.shelf import Changed, Shelf, read_library
from kehoach.building.traces import Traces
from kehoach.records.library import Library
from rules.fixtures import lay

TODAY = date(2022, 5, 4)
LATER = 4_000_000_000 * 10**9  # ns: all files are old by then


@pytest.fixture
def content(tmp_path: Path) -> Path:
    content = lay("duplicate-event", "input", tmp_path)
    plan = content / "ke-hoach/2022/x.md"
    plan.write_text(plan.read_text("utf-8") + "\nHết..\n", "utf-8")
    return content


def shelf(content: Path) -> Shelf:
    store = content.parent / "store"
    memory, traces = Memory(store / "memory", ""), Traces(store / "traces", "1")
    opened = Shelf(content, memory, traces)
    opened.scan(LATER)
    return opened


def told(library: Library) -> tuple:
    """All that a library tells: its findings, its documents, their texts and where they stand."""
    found = rules.check(library, today=TODAY)
    read = [
        (document.model_dump(warnings=False), document.outline) for document in library.documents
    ]
    return found, read, library.events[0].plan.address, library.file_set


def test_a_library_off_the_shelf_is_the_library_read(content):
    fresh = told(read_library(content))
    for _ in range(2):
        opened = shelf(content)
        assert told(opened.library()) == fresh
        opened.save()
        opened.traces.save()
    plan = content / "ke-hoach/2022/x.md"
    plan.write_text(plan.read_text("utf-8").replace("..", "."), "utf-8")
    assert told(shelf(content).library()) == told(read_library(content)) != fresh


def test_a_file_that_changed_in_the_second_before_is_read_again(content):
    opened = shelf(content)
    opened.save()
    opened.traces.save()
    plan = content / "ke-hoach/2022/x.md"
    text, stat = plan.read_bytes(), plan.stat()
    plan.write_bytes(text.replace(b"H\xe1\xba\xbft..", b"H\xe1\xba\xbft,."))
    os.utime(plan, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    again = Shelf(content, opened.memory, Traces(content.parent / "store/traces", "1"))
    again.scan(plan.stat().st_ctime_ns + 1)
    assert again.library().plans[0].body.rstrip().endswith("Hết,.")


def test_a_file_that_changes_during_a_build_is_said(content):
    opened = shelf(content)
    (content / "ke-hoach/2022/x.md").write_text("---\ntitle: A\n---\n", "utf-8")
    with pytest.raises(Changed, match="đổi trong khi đang dựng"):
        _ = [plan.body for plan in opened.library().plans]


def test_a_word_in_a_text_changes_no_head_and_a_new_title_does(content):
    opened = shelf(content)
    head, text = opened.head("ke-hoach/2022/x.md"), opened.text("ke-hoach/2022/x.md")
    plan = content / "ke-hoach/2022/x.md"
    plan.write_text(plan.read_text("utf-8").replace("Hết", "Hết rồi"), "utf-8")
    opened = shelf(content)
    assert opened.head("ke-hoach/2022/x.md") == head
    assert opened.text("ke-hoach/2022/x.md") != text
    plan.write_text(plan.read_text("utf-8").replace("title: ", "title: Bản "), "utf-8")
    assert shelf(content).head("ke-hoach/2022/x.md") != head


def test_to_say_how_much_was_read_and_one_line_of_it_opens_no_other_document(content, monkeypatch):
    library = read_library(content)
    asked, opened = [], Shelf.opened
    monkeypatch.setattr(Shelf, "opened", lambda at, file: asked.append(file) or opened(at, file))
    assert library.size == len(library.paths) + 2  # units and abbreviations
    assert library.text("content/ke-hoach/2022/x.md").rstrip().endswith("Hết..")
    assert library.text("content/don-vi.yml") == (content / "don-vi.yml").read_text("utf-8")
    assert library.text("mkdocs.yml") == ""
    assert asked == ["ke-hoach/2022/x.md"]


def test_a_text_is_read_by_nobody_who_has_not_declared_it(content):
    opened = shelf(content)
    plan, other = opened.library().plans
    with opened.declaring(frozenset([plan.file])):
        assert plan.body
        assert plan.outline
        assert other.origin.place(("title",)).line == 2
        for read in ("body", "outline"):
            with pytest.raises(UndeclaredRead, match=f"the text of {other.file}"):
                getattr(other, read)
    assert other.body


def test_a_file_that_was_read_as_it_changed_is_read_again_later(content):
    """A disk that counts in seconds shows no change within one."""
    plan = content / "ke-hoach/2022/x.md"
    opened = Shelf(content, Memory(content.parent / "memory", ""), Traces(None, "1"))
    opened.scan(plan.stat().st_ctime_ns + 1)
    before = opened.files["ke-hoach/2022/x.md"]
    opened.files["ke-hoach/2022/x.md"] = before._replace(digest="of what it was before")
    opened.scan(LATER)
    assert opened.files["ke-hoach/2022/x.md"].digest == before.digest


@pytest.mark.parametrize("name", ["don-vi.yml", "tu-viet-tat.yml"])
@pytest.mark.parametrize("spoilt", [b"- [", b"", b"\xff\xfe", b"a: 1\nb: {}\n", b"- {id: a}\n"])
def test_what_is_wrong_in_a_shared_file_is_said_by_every_run(content, name, spoilt):
    plan = content / "ke-hoach/2022/x.md"
    plan.write_text(plan.read_text("utf-8") + "\nTheo ABCD\n", "utf-8")
    (content / name).write_bytes(spoilt)
    expected = rules.check(read_library(content), today=TODAY)
    assert f"content/{name}" in {finding.path for finding in expected}
    # What uses the names of the file says nothing wrong.
    silent = {"don-vi.yml": "unknown-unit", "tu-viet-tat.yml": "unknown-abbreviation"}[name]
    assert silent not in {finding.rule for finding in expected}
    for _ in range(2):
        opened = shelf(content)
        assert rules.check(opened.library(), today=TODAY) == expected
        opened.save()
        opened.traces.save()


def test_links_that_lead_nowhere_or_round_are_files_that_cannot_be_read(content):
    (content / "a").mkdir()
    (content / "b").mkdir()
    for name, target in {
        "a/ra-ngoai": "../b",
        "b/ve-lai": "../a",
        "ke-hoach/vong": "..",
        "ke-hoach/2022/anh.png": "khong-co",
        "minh": "minh",
    }.items():
        (content / name).symlink_to(target)
    (content / "b/van-ban.txt").write_text("có")
    opened = shelf(content)
    names = {"a/ra-ngoai/ve-lai", "b/ve-lai/ra-ngoai", "ke-hoach/vong", "ke-hoach/2022/anh.png"}
    assert set(opened.unreadable()) == {f"content/{name}" for name in (*names, "minh")}
    assert "a/ra-ngoai/van-ban.txt" in opened.files
