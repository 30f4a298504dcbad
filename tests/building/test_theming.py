"""A theme of the department's own files over those of the program, made anew when either changes."""

import shutil
from pathlib import Path

import pytest

from kehoach import shipped
from kehoach.building.theming import whole

NAME = "pages/plan.html"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "theme"
    (folder / "pages").mkdir(parents=True)
    (folder / NAME).write_text("{# của Sở #}")
    return folder


def test_it_has_the_department_s_files_and_the_program_s(own: Path, tmp_path: Path) -> None:
    made = whole(own, tmp_path / "cache" / "theme")
    assert (made / NAME).read_text() == "{# của Sở #}"
    assert (made / "main.html").read_bytes() == (shipped.THEME / "main.html").read_bytes()
    names = {path.relative_to(made) for path in made.rglob("*")}
    assert names == {path.relative_to(shipped.THEME) for path in shipped.THEME.rglob("*")}


def test_it_is_made_again_when_a_file_changed_or_it_is_not_whole(own: Path, tmp_path: Path) -> None:
    beside = tmp_path / "cache" / "theme"
    mark = whole(own, beside) / "dau"
    mark.touch()
    assert (whole(own, beside) / "dau").exists()  # it stands as it was
    (own / NAME).write_text("{# đã sửa #}")
    assert not (whole(own, beside) / "dau").exists()
    assert (beside / NAME).read_text() == "{# đã sửa #}"
    (beside.parent / "theme.state").write_bytes(b"x")
    mark.touch()
    assert not (whole(own, beside) / "dau").exists()
    shutil.rmtree(beside)
    assert (whole(own, beside) / NAME).read_text() == "{# đã sửa #}"


def test_without_such_files_or_with_a_theme_that_is_whole_nothing_is_made(tmp_path: Path) -> None:
    beside = tmp_path / "cache" / "theme"
    assert whole(None, beside) == whole(tmp_path / "none", beside) == shipped.THEME
    assert whole(shipped.THEME, beside) == shipped.THEME
    assert not beside.exists()
