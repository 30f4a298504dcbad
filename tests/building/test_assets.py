"""Scripts, styles and fonts stand in a folder that is named after what is in it."""

import re
from pathlib import Path

import pytest

from conftest import build
from kehoach.building import assets
from kehoach.building.problem import SetupError
from kehoach.releasing.manifest import is_lent


def theme(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / "assets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def test_any_change_gives_another_folder(tmp_path):
    folders = [
        assets.folder(theme(tmp_path / "a", site="p {}", main="go()")),
        assets.folder(theme(tmp_path / "b", site="p {}", main="go();")),
        assets.folder(theme(tmp_path / "c", site="p {}", mai="go()")),
        assets.folder(theme(tmp_path / "d", site="p {}m", ain="go()")),
        assets.folder(tmp_path / "a", b":root {}"),
    ]
    assert len(set(folders)) == 5
    assert assets.folder(theme(tmp_path / "e", main="go()", site="p {}")) == folders[0]
    assert is_lent(folders[0] + "css/site.css")


def test_every_page_asks_for_them_there_and_nowhere_else(site):
    (folder,) = (path.name for path in site.glob("assets*"))
    assert re.fullmatch("assets-[0-9a-f]{12}", folder)
    pages = list(site.rglob("*.html"))
    asked = {
        name
        for page in pages
        for name in re.findall(r'(?:href|src)="[^"]*?(assets[^"]*)"', page.read_text())
        if "data-notice" not in page.read_text()
    }
    assert len(asked) > 15
    assert {name.split("/")[0] for name in asked} == {folder}
    assert [name for name in asked if not (site / name).is_file()] == []


def test_the_colours_of_a_department_stand_with_the_styles_and_move_them(checkout, site):
    settings = checkout / "mkdocs.yml"
    settings.write_text(
        settings.read_text().replace(
            "  department:\n", '  brand: {red: "#8b0000"}\n  department:\n'
        )
    )
    build(checkout, checkout / "site")
    (styles,) = (checkout / "site").glob("assets-*/css")
    assert "#8b0000" in (styles / "brand.css").read_text()
    (plain,) = site.glob("assets-*")
    assert styles.parent.name != plain.name
    assert (
        f'href="./{styles.parent.name}/css/brand.css"' in (checkout / "site/index.html").read_text()
    )


def test_a_sheet_is_joined_from_the_files_it_names_wherever_their_lines_stand(tmp_path):
    (tmp_path / "a.css").write_text("/* một */\np {\n  color: red;\n}\n")
    (tmp_path / "b.css").write_text("color: blue;")
    sheet = tmp_path / "site.css"
    sheet.write_text('@import "a.css";\n\n@media print {\n  q {\n    @import "b.css";\n  }\n}\n')
    assert assets.joined(sheet) == (
        "p {\n  color: red;\n}\n\n\n@media print {\n  q {\n    color: blue;\n  }\n}\n"
    )
    (tmp_path / "b.css").unlink()
    with pytest.raises(SetupError, match=r'site\.css có @import "b\.css"'):
        assets.joined(sheet)


def test_what_the_sheet_is_joined_from_is_not_served(site):
    (styles,) = site.glob("assets-*/css")
    assert [path.name for path in styles.iterdir()] == ["site.css"]
    assert "@import" not in (styles / "site.css").read_text()
