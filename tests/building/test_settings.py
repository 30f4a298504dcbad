"""Each setting that is honoured, on a site that is built with all of them; what is refused: test_recognised."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import etree, html

from building.small import PDF, PNG, lay, plan, write
from conftest import ROOT, contents
from kehoach import building
from kehoach.building import recognised

FOLDER = "ke-hoach/2022/"
PAGE = FOLDER + "x/index.html"
SETTINGS = """\
INHERIT: chung.yml
site_name: Kế hoạch thử
site_url: https://so.vn/khcn/
docs_dir: van-ban
strict: true
nav:
  - Kế hoạch: ke-hoach/
  - gioi-thieu.md
  - Về Sở:
      - Trang cũ: https://cu.so.vn/
theme:
  name: material
  custom_dir: giao-dien
  palette:
    - {scheme: slate, primary: indigo, toggle: {icon: material/weather-night, name: Tối}}
    - {scheme: default}
  logo: logo.svg
  favicon: bieu-tuong.png
  features: [search.suggest, navigation.path]
copyright: Bản quyền <b>của Sở</b>
repo_url: https://git.so.vn/ke-hoach
repo_name: Kho của Sở
edit_uri: edit/main/van-ban/
exclude_docs: noi-bo.md
draft_docs: |
  ke-hoach/2022/nhap-*.md
not_in_nav: |
  gioi-thieu.md
extra_css: [rieng.css]
extra_javascript: [rieng.js]
markdown_extensions:
  - admonition
  - pymdownx.keys
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
plugins: []
hooks: [hooks/mkdocs_events.py, nha.py]
watch: [du-lieu]
validation:
  links:
    not_found: warn
"""
INHERITED = """\
site_description: !ENV [KHONG_CO_BIEN_NAY, Lời giới thiệu chung]
extra:
  department: {name: Sở Thử, address: 1 đường Thử, phone: 0255.000.000, email: so@so.vn}
  social:
    - {name: Trang của Sở trên Zalo, link: "https://zalo.me/so"}
    - {icon: fontawesome/brands/youtube, link: "https://www.video.so.vn/"}
"""
HOOK = """\
from pathlib import Path

def on_post_build(config):
    made = Path(config.site_dir) / "so-lieu.txt"
    here = Path(config.config_file_path).parent
    made.write_text((here / "du-lieu/so.txt").read_text())
"""
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
)


class Office(NamedTuple):
    """A department's project, and the site that is made of it for readers and in the preview."""

    root: Path
    site: dict[str, bytes]
    preview: dict[str, bytes]

    def page(self, path: str = PAGE) -> etree._Element:
        return html.fromstring(self.site[path].decode())

    def foot(self) -> etree._Element:
        (found,) = self.page().xpath("//footer")
        return found


def site_of(root: Path, *, drafts: bool = False) -> dict[str, bytes]:
    out = root / "site"
    project = building.open_project(building.configure(root, out), drafts=drafts)
    assert project.findings == []
    building.build(root, out, strict=True, project=project, with_prints=False)
    return contents(out)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    root = lay(tmp_path_factory.mktemp("office"))
    (root / "theme").unlink()
    write(root, FOLDER + "x.md", plan())
    for name in ("noi-bo", "nhap-a"):
        text = plan().replace("12/KH-SKHCN", f"{len(name)}3/KH-SKHCN").replace("Chào mừng", name)
        write(root, f"{FOLDER}{name}.md", text)
    write(root, "gioi-thieu.md", "# Giới thiệu\n\n!!! note\n    Bấm ++f5++. :material-home:\n")
    write(root, "logo.svg", LOGO)
    write(root, "bieu-tuong.png", PNG)
    (root / "content").rename(root / "van-ban")
    files = {
        "mkdocs.yml": SETTINGS,
        "chung.yml": INHERITED,
        "nha.py": HOOK,
        "du-lieu/so.txt": "42",
        "giao-dien/rieng.css": "/* của Sở */",
        "giao-dien/rieng.js": "// của Sở",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return Office(root, preview=site_of(root, drafts=True), site=site_of(root))


Check = Callable[[Office], None]
SHOWN: dict[str, Check] = {}


def shows(*settings: str) -> Callable[[Check], Check]:
    """The check of these settings of the table."""

    def known(check: Check) -> Check:
        SHOWN.update(dict.fromkeys(settings, check))
        return check

    return known


@shows("site_name")
def _name(office: Office) -> None:
    assert office.page().findtext(".//title").endswith(" - Kế hoạch thử")


@shows("site_url")
def _url(office: Office) -> None:
    (link,) = office.page().xpath("//link[@rel='canonical']/@href")
    assert link == "https://so.vn/khcn/ke-hoach/2022/x/"
    assert b"https://so.vn/khcn/ke-hoach/2022/x/" in office.site["sitemap.xml"]
    assert (
        "robots.txt" not in office.site
    )  # which is read at the root of a host alone (RFC 9309, 2.3)


@shows("INHERIT", "site_description")
def _description(office: Office) -> None:
    (said,) = office.page("index.html").xpath("//meta[@name='description']/@content")
    assert said == "Lời giới thiệu chung"


@shows("docs_dir")
def _texts(office: Office) -> None:
    assert not (office.root / "content").exists()
    assert PAGE in office.site


@shows("nav")
def _navigation(office: Office) -> None:
    links = {
        a.text_content().strip(): a.get("href") for a in office.page().xpath("//header//nav//a")
    }
    wanted = {
        "Kế hoạch": "../../../ke-hoach/",
        "Giới thiệu": "../../../gioi-thieu/",
        "Trang cũ": "https://cu.so.vn/",
    }
    assert wanted.items() <= links.items()
    assert "Sự kiện" not in links


@shows("exclude_docs", "draft_docs")
def _held_back(office: Office) -> None:
    pages = {f"{FOLDER}{name}/index.html" for name in ("x", "noi-bo", "nhap-a")}
    assert pages & office.site.keys() == {PAGE}
    assert pages & office.preview.keys() == pages - {f"{FOLDER}noi-bo/index.html"}
    assert [path for path, content in office.site.items() if b"noi-bo" in content] == []


@shows("not_in_nav", "validation", "plugins", "theme", "theme.name", "theme.features", "extra")
def _taken(office: Office) -> None:
    assert f"{PAGE}" in office.site  # built without a finding, see `site_of`
    assert "Sở Thử" in office.foot().text_content()


@shows("theme.custom_dir", "extra_css", "extra_javascript")
def _own_files(office: Office) -> None:
    page = office.page()
    assert "../../../rieng.css" in page.xpath("//link[@rel='stylesheet']/@href")
    assert "../../../rieng.js" in page.xpath("//script/@src")
    assert office.site["rieng.css"] == "/* của Sở */".encode()


@shows("theme.palette")
def _palette(office: Office) -> None:
    page = office.page()
    assert page.xpath("//meta[@name='first-scheme']/@content") == ["dark"]
    (style,) = page.xpath("//link[contains(@href, 'brand.css')]/@href")
    assert b"--brand-blue: #4051b5" in office.site[style.removeprefix("../../../")]


@shows("theme.logo", "theme.favicon")
def _pictures(office: Office) -> None:
    page = office.page()
    assert "../../../logo.svg" in page.xpath("//header//img/@src")
    assert page.xpath("//link[@rel='icon']/@href") == ["../../../bieu-tuong.png"]
    assert (office.site["logo.svg"], office.site["bieu-tuong.png"]) == (LOGO.encode(), PNG)


@shows("copyright")
def _rights(office: Office) -> None:
    (bold,) = office.foot().xpath(".//b")
    assert bold.text == "của Sở"
    assert "Bản quyền của Sở" in office.foot().text_content()


@shows("repo_url", "repo_name", "extra.social")
def _places(office: Office) -> None:
    links = {a.text_content().strip(): a for a in office.foot().iter("a")}
    assert links["Kho của Sở"].get("href") == "https://git.so.vn/ke-hoach"
    assert links["Trang của Sở trên Zalo"].get("href") == "https://zalo.me/so"
    assert links["video.so.vn"].get("href") == "https://www.video.so.vn/"
    (icon,) = office.foot().xpath(".//span[@class='glyph']")
    assert (icon.get("aria-hidden"), len(icon.findall("svg"))) == ("true", 1)


@shows("edit_uri")
def _edit(office: Office) -> None:
    (link,) = office.page().xpath("//a[text()='Sửa trang này']/@href")
    assert link == f"https://git.so.vn/ke-hoach/edit/main/van-ban/{FOLDER}x.md"


@shows("markdown_extensions")
def _marks(office: Office) -> None:
    page = office.page("gioi-thieu/index.html")
    assert [key.text for key in page.iter("kbd")] == ["F5"]
    assert page.xpath("count(//main//span[@class='glyph']/svg)") == 1


@shows("hooks", "watch")
def _hooks(office: Office) -> None:
    assert office.site["so-lieu.txt"] == b"42"


@shows("strict")
def _strict(office: Office) -> None:
    stray, settings = office.root / "van-ban/du.pdf", office.root / "mkdocs.yml"
    stray.write_bytes(PDF)  # that no document names
    codes = []
    for text in (SETTINGS, SETTINGS.replace("strict: true", "strict: false")):
        settings.write_text(text, encoding="utf-8")
        done = command(office.root, "khac")
        assert "[undeclared-file]" in done.stdout
        codes.append((done.returncode, (office.root / "khac").exists()))
    settings.write_text(SETTINGS, encoding="utf-8")
    stray.unlink()
    assert codes == [(1, False), (0, True)]


def command(root: Path, out: str) -> "subprocess.CompletedProcess[str]":
    """A build as people begin it, in a process of its own."""
    words = [sys.executable, "-m", "kehoach", "build", "--without", "prints", "--out", out]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "hooks")}
    return subprocess.run(
        words, cwd=root, env=environment, capture_output=True, text=True, check=False
    )


def test_every_setting_that_is_honoured_has_its_check():
    honoured = {name for name, row in recognised.TABLE.items() if row.honoured}
    assert honoured == SHOWN.keys()


@pytest.mark.parametrize("setting", SHOWN)
def test_a_setting_is_seen_on_the_site(setting, office):
    SHOWN[setting](office)


def test_a_hook_or_what_it_reads_makes_the_site_anew(office):
    for file, text, shown in (
        ("du-lieu/so.txt", "43", "43"),
        ("nha.py", HOOK.replace(".read_text()", ".read_text() + '!'"), "43!"),
    ):
        (office.root / file).write_text(text)
        done = command(office.root, "site")
        assert done.returncode == 0, done.stderr
        assert (office.root / "site/so-lieu.txt").read_text() == shown
