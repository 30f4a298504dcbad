"""Two folders that take turns: the public one is never half old, and nothing strange in it survives."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from kehoach.building import tree as tree_module
from kehoach.building.problem import SetupError
from kehoach.building.tree import Notes, Tree


def brought(tmp_path: Path, notes: Notes | None, files: dict[str, str], gone: tuple = ()) -> Notes:
    """One build that writes `files` and removes what is `gone`."""
    tree = Tree(tmp_path / "site", tmp_path / "state" / "site", notes)
    tree.open()
    for path, text in files.items():
        tree.next.write(path, text.encode())
    for path in gone:
        tree.next.remove(path)
    return tree.close()


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files}


def test_each_build_writes_what_differs_and_the_rest_stays(tmp_path):
    notes = brought(tmp_path, None, {"a/x": "1", "a/y": "1", "b/z": "1"})
    for number in (2, 3, 4):
        notes = brought(tmp_path, notes, {"a/x": str(number)})
        assert contents(tmp_path / "site") == {"a/x": str(number), "a/y": "1", "b/z": "1"}
    notes = brought(tmp_path, notes, {}, gone=("b/z",))
    assert contents(tmp_path / "site") == {"a/x": "4", "a/y": "1"}
    assert not (tmp_path / "site/b").exists()
    notes = brought(tmp_path, notes, {"b/w": "5"})
    assert contents(tmp_path / "site") == {"a/x": "4", "a/y": "1", "b/w": "5"}


def test_a_build_that_changes_nothing_leaves_the_folder_alone(tmp_path):
    notes = brought(tmp_path, None, {"a/x": "1"})
    before = (tmp_path / "site").stat().st_ino
    notes = brought(tmp_path, notes, {})
    assert (tmp_path / "site").stat().st_ino == before
    notes = brought(tmp_path, notes, {"a/x": "2"})
    assert contents(tmp_path / "site") == {"a/x": "2"}


def test_a_reader_of_the_old_site_keeps_it(tmp_path):
    notes = brought(tmp_path, None, {"x": "1"})
    with (tmp_path / "site/x").open() as reading:
        notes = brought(tmp_path, notes, {"x": "2"})
        brought(tmp_path, notes, {"x": "3"})
        assert reading.read() == "1"


@pytest.mark.parametrize("spoil", ["add", "remove", "replace", "gone"])
def test_a_folder_that_somebody_else_changed_does_not_stand(tmp_path, spoil):
    notes = brought(tmp_path, None, {"a/x": "1", "y": "1"})
    site = tmp_path / "site"
    if spoil == "add":
        (site / "a/strange").write_text("?")
    elif spoil == "remove":
        (site / "a/x").unlink()
    elif spoil == "replace":
        (site / "y").unlink()
        (site / "y").write_text("?")
    else:
        site.rename(tmp_path / "elsewhere")
    tree = Tree(site, tmp_path / "state" / "site", notes)
    assert not tree.stands
    notes = brought(tmp_path, notes, {"a/x": "2", "y": "2"})
    assert contents(site) == {"a/x": "2", "y": "2"}
    notes = brought(tmp_path, notes, {"y": "3"})
    assert contents(site) == {"a/x": "2", "y": "3"}


def test_years_of_a_large_site_take_turns_in_being_looked_at(tmp_path, monkeypatch):
    monkeypatch.setattr(tree_module, "LOOKS", 1)
    site = tmp_path / "site"
    files = {f"ke-hoach/{year}/x/index.html": "1" for year in (2020, 2021, 2022)}
    notes = brought(tmp_path, None, files)
    notes = brought(tmp_path, notes, {"y": "0"})
    for year in (2020, 2021, 2022):
        (site / f"ke-hoach/{year}/x/strange").write_text("?")
        for number in range(3):
            notes = brought(tmp_path, notes, {**files, "y": f"{year} {number}"})
        assert contents(site) == {**files, "y": f"{year} 2"}
        notes = brought(tmp_path, notes, {"y": "0"})
    (site / "ke-hoach/2021/strange").write_text("?")
    assert not Tree(site, tmp_path / "state/site", notes).stands


def test_a_private_folder_is_made_of_no_public_one_that_somebody_else_changed(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(tree_module, "LOOKS", 1)
    files = {f"ke-hoach/{year}/x/index.html": "1" for year in (2020, 2021, 2022)}
    notes = brought(tmp_path, None, files)
    for year in (2020, 2021, 2022):
        (tmp_path / f"site/ke-hoach/{year}/x/strange").write_text("?")
        assert not Tree(tmp_path / "site", tmp_path / "state/site", notes).stands
        notes = brought(tmp_path, None, files)


def test_a_build_that_changes_nothing_leaves_the_public_folder_where_it_is(tmp_path):
    notes = brought(tmp_path, None, {"x": "1"})
    notes = brought(tmp_path, notes, {"x": "2"})
    public = (tmp_path / "site").stat().st_ino
    notes = brought(tmp_path, notes, {})
    assert (tmp_path / "site").stat().st_ino == public
    brought(tmp_path, notes, {"y": "1"})
    assert contents(tmp_path / "site") == {"x": "2", "y": "1"}


def test_a_build_that_was_killed_leaves_the_public_folder_and_the_next_one_is_right(tmp_path):
    notes = brought(tmp_path, None, {"x": "1", "y": "1"})
    notes = brought(tmp_path, notes, {"x": "2"})
    killed = Tree(tmp_path / "site", tmp_path / "state" / "site", notes)
    killed.open()
    killed.next.write("x", b"half")
    killed.next.write("new", b"half")
    assert contents(tmp_path / "site") == {"x": "2", "y": "1"}
    notes = brought(tmp_path, notes, {"y": "3"})
    assert contents(tmp_path / "site") == {"x": "2", "y": "3"}
    notes = brought(tmp_path, notes, {"x": "4"})
    assert contents(tmp_path / "site") == {"x": "4", "y": "3"}


@pytest.mark.parametrize("spoil", ["remove", "add", "gone"])
def test_a_private_folder_that_somebody_else_changed_is_made_anew(tmp_path, spoil):
    notes = brought(tmp_path, None, {"a/x": "1", "b/y": "1"})
    notes = brought(tmp_path, notes, {"a/x": "2"})
    private = tmp_path / "state/site"
    if spoil == "remove":
        (private / "b/y").unlink()
    elif spoil == "add":
        (private / "b/strange").write_text("?")
    else:
        shutil.rmtree(private)
    notes = brought(tmp_path, notes, {"a/x": "3"})
    assert contents(tmp_path / "site") == {"a/x": "3", "b/y": "1"}
    brought(tmp_path, notes, {"a/x": "4"})
    assert contents(tmp_path / "site") == {"a/x": "4", "b/y": "1"}


def test_a_file_and_a_folder_change_places(tmp_path):
    notes = brought(tmp_path, None, {"a": "1", "b/c/x": "1", "y": "1"})
    for number in (2, 3):
        now = {"a/b/x": str(number), "b": str(number)}
        notes = brought(tmp_path, notes, now, gone=("a", "b/c/x"))
        assert contents(tmp_path / "site") == {**now, "y": "1"}
        now = {"a": str(number), "b/c/x": str(number)}
        notes = brought(tmp_path, notes, now, gone=("a/b/x", "b"))
        assert contents(tmp_path / "site") == {**now, "y": "1"}
    tree = Tree(tmp_path / "site", tmp_path / "state/site", notes)
    assert tree.stands


def test_a_folder_that_was_taken_away_in_between_is_not_published(tmp_path):
    notes = brought(tmp_path, None, {"x": "1", "y": "1"})
    tree = Tree(tmp_path / "site", tmp_path / "state/site", notes)
    tree.open()
    shutil.rmtree(tmp_path / "state")
    with pytest.raises(SetupError, match="bị xoá trong khi đang dựng"):
        tree.next.write("x", b"2")
    with pytest.raises(FileNotFoundError):
        tree.close()
    assert contents(tmp_path / "site") == {"x": "1", "y": "1"}


def test_a_place_that_cannot_be_taken_keeps_what_it_has(tmp_path, monkeypatch):
    notes = brought(tmp_path, None, {"x": "1"})

    def busy(one: Path, other: Path) -> None:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    monkeypatch.setattr(tree_module, "exchange", busy)
    tree = Tree(tmp_path / "site", tmp_path / "state/site", notes)
    tree.open()
    tree.next.write("x", b"2")
    with pytest.raises(OSError, match="busy"):
        tree.close()
    assert contents(tmp_path / "site") == {"x": "1"}
    assert not list((tmp_path / "state").iterdir())
