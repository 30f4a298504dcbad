"""What a department sets in mkdocs.yml, on the site that is built."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html

from building.small import PDF, lay, made, plan, write
from conftest import ROOT, contents
from kehoach import building

FOLDER = "ke-hoach/2022/"
SETTINGS = """\
copyright: Bản quyền của Sở
repo_url: https://git.so.vn/ke-hoach
repo_name: Kho của Sở
edit_uri: edit/main/content/
exclude_docs: noi-bo.md
draft_docs: |
  ke-hoach/2022/nhap-*.md
"""
SOCIAL = """\
  social:
    - {name: Trang của Sở trên Zalo, link: "https://zalo.me/so"}
    - {link: "https://video.so.vn/"}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = lay(tmp_path)
    write(root, FOLDER + "x.md", plan())
    return root


def test_every_page_shows_what_is_set(root):
    settings = root / "mkdocs.yml"
    settings.write_text(settings.read_text() + SOCIAL + SETTINGS)
    for name in ("noi-bo", "nhap-a"):
        text = plan().replace("12/KH-SKHCN", f"{len(name)}3/KH-SKHCN").replace("Chào mừng", name)
        write(root, f"{FOLDER}{name}.md", text)
    site = made(root)
    page = html.fromstring(site[FOLDER + "x/index.html"])
    (foot,) = page.xpath("//footer")
    links = {node.text_content(): node.get("href") for node in foot.iter("a")}
    assert links["Kho của Sở"] == "https://git.so.vn/ke-hoach"
    assert links["Trang của Sở trên Zalo"] == "https://zalo.me/so"
    assert links["https://video.so.vn/"] == "https://video.so.vn/"
    assert "Bản quyền của Sở" in foot.text_content()
    (edit,) = page.xpath("//a[text()='Sửa trang này']/@href")
    assert edit == f"https://git.so.vn/ke-hoach/edit/main/content/{FOLDER}x.md"
    pages = {f"{FOLDER}{name}/index.html" for name in ("x", "noi-bo", "nhap-a")}
    assert pages & site.keys() == {f"{FOLDER}x/index.html"}
    assert [path for path, content in site.items() if b"noi-bo" in content] == []

    out = root / "site"
    project = building.open_project(building.configure(root, out), drafts=True)
    building.build(root, out, strict=False, project=project, with_prints=False)
    assert pages & contents(out).keys() == pages - {f"{FOLDER}noi-bo/index.html"}


def test_strict_makes_a_warning_an_error(root):
    write(root, "du.pdf", PDF)  # that no document names
    command = [sys.executable, "-m", "kehoach", "build", "--without", "prints"]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "hooks")}

    def build() -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command, cwd=root, env=environment, capture_output=True, text=True, check=False
        )

    settings = root / "mkdocs.yml"
    text = settings.read_text()
    settings.write_text(text + "strict: true\n")
    done = build()
    assert (done.returncode, (root / "site").exists()) == (1, False), done.stderr
    assert "[undeclared-file]" in done.stdout
    settings.write_text(text + "strict: false\n")
    done = build()
    assert (done.returncode, (root / "site").exists()) == (0, True), done.stderr
