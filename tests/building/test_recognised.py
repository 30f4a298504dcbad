"""The settings of mkdocs.yml: every one of MkDocs' and Material's has a row, and no row is idle talk."""

from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from lxml import html
from mkdocs.config.defaults import MkDocsConfig

from building.small import lay, made, plan, write
from kehoach import shipped
from kehoach.building import recognised, translating
from kehoach.records.source import parse_yaml

ADDRESSES = frozenset({"", "ke-hoach/", "gioi-thieu/", "ve-so/to-chuc/"})
REFUSED = sorted(name for name, row in recognised.TABLE.items() if row.remedy)


def found(text: str, content: Path = Path("content")) -> list[str]:
    source = parse_yaml(text.encode(), "mkdocs.yml")
    assert source.findings == []
    return [
        f"{f.line}:{f.column} {f.message} ({f.hint})"
        for f in recognised.problems(source, content, ADDRESSES)
    ]


def test_every_setting_of_mkdocs_has_a_row():
    names = set(MkDocsConfig()) - {"config_file_path"}
    assert len(names) > 30
    assert names - recognised.TABLE.keys() == set()


def test_every_setting_of_materials_theme_has_a_row():
    text = (files("material") / "templates/mkdocs_theme.yml").read_text()
    names = {f"theme.{name}" for name in yaml.safe_load(text)}
    assert names - recognised.TABLE.keys() == set()


def test_the_guide_shows_the_table(root):
    page = (root / "content/huong-dan/thiet-lap.md").read_bytes()
    assert page == recognised.guide_page()  # python3 build.py check --write-docs
    for name in recognised.TABLE:
        assert f"| `{name}` |" in page.decode()


def test_a_row_honours_or_refuses():
    for name, row in recognised.TABLE.items():
        assert bool(row.honoured) != bool(row.remedy), name


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_says_so_at_its_place(name):
    *above, last = name.split(".")
    text = "".join(f"{key}:\n  " for key in above) + f"{last}: gi-do\n"
    (line,) = found(text)
    assert line == (
        f"{len(above) + 1}:{2 * len(above) + 1} {name}: thiết lập này không dùng ở đây"
        f" ({recognised.TABLE[name].remedy})"
    )


@pytest.mark.parametrize("name", sorted(n for n, row in recognised.TABLE.items() if row.idle))
def test_what_asks_for_what_is_so_anyway_is_no_fault(name):
    *above, last = name.split(".")
    for value in recognised.TABLE[name].idle:
        assert found("".join(f"{key}:\n  " for key in above) + f"{last}: {value}\n") == []


@pytest.mark.parametrize(
    "name", sorted(name for name, remedy in recognised.PLUGINS.items() if remedy)
)
def test_a_plugin_is_refused_by_its_name(name):
    for text in (
        f"plugins:\n  - {name}\n",
        f"plugins:\n  - {name}: {{}}\n",
        f"plugins: [{name}]\n",
    ):
        (line,) = found(text)
        assert f"plugin {name} không chạy ở đây" in line
        assert recognised.PLUGINS[name] in line


def test_a_plugin_that_nobody_knows_is_refused_too():
    assert "plugin la-lam không chạy" in found("plugins: [la-lam]\n")[0]
    assert found("plugins: [kehoach]\n") == found("plugins: []\n") == []


def test_names_are_corrected():
    assert found("site_nam: X\n") == ["1:1 site_nam: không có thiết lập này (có phải site_name?)"]
    assert found("extra:\n  brnad: {}\n") == [
        "2:3 extra.brnad: không có thiết lập này (có phải brand?)"
    ]
    assert found("extra:\n  my_own_data: 1\n") == []  # for a template of the department's own


def test_a_theme_that_is_not_ours():
    (line,) = found("theme:\n  name: readthedocs\n")
    assert "giao diện readthedocs không dùng được" in line
    assert found("theme: {name: material}\n") == found("theme: {name: kehoach}\n") == []


def test_an_extension_that_nothing_understands():
    (line,) = found("markdown_extensions: [tables, pymdownx.arithmatex]\n")
    assert "phần mở rộng pymdownx.arithmatex không dùng ở đây" in line


def test_files_of_the_site_are_there_and_its_own(tmp_path):
    for file in ("theme/rieng.css", "theme/pages/rieng.css", "content/css/cu.css"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("")
    files = (
        "rieng.css, thieu.css, css/cu.css, pages/rieng.css, ../x.css, sw.js, 'https://cdn.vn/x.css'"
    )
    text = f"extra_css: [{files}]\ntheme: {{custom_dir: theme, logo: logo.svg}}\n"
    lines = found(text, tmp_path / "content")
    assert [line.split(": ", 1)[1] for line in lines] == [
        "không có tệp content/logo.svg (đặt tệp ở đường dẫn này)",
        "không có tệp theme/thieu.css (đặt tệp ở đường dẫn này)",
        "content/css/cu.css không lên trang: mã chạy được nằm trong theme/ (chuyển tệp sang theme/css/cu.css)",
        "theme/pages/rieng.css không lên trang (đặt tệp ở nơi khác trong theme/, ví dụ theme/rieng/)",
        "theme/../x.css không lên trang (đặt tệp ở nơi khác trong theme/, ví dụ theme/rieng/)",
        "theme/sw.js không lên trang (đặt tệp ở nơi khác trong theme/, ví dụ theme/rieng/)",
        "https://cdn.vn/x.css ở máy chủ khác (chép tệp vào theme/)",
    ]
    assert found("extra_javascript: [rieng.js]\n") == [
        "1:20 extra_javascript[0]: rieng.js: chưa có thư mục giao diện của Sở"
        " (ghi custom_dir: theme dưới theme, đặt tệp ở theme/rieng.js)"
    ]


def test_styles_and_scripts_of_the_department_reach_every_page(tmp_path):
    root = lay(tmp_path)
    write(root, "ke-hoach/2022/x.md", plan())
    own = root / "giao-dien"
    for name in ("rieng.css", "assets/css/mau.css", "rieng.js", "js/la.mjs"):
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_text(f"/* {name} */")
    settings = root / "mkdocs.yml"
    text = settings.read_text().replace("custom_dir: theme", "custom_dir: giao-dien")
    text += "extra_css: [rieng.css, assets/css/mau.css]\n"
    settings.write_text(text + "extra_javascript: [{path: rieng.js, async: true}, js/la.mjs]\n")
    site = made(root)
    page = html.fromstring(site["ke-hoach/2022/x/index.html"])
    scripts = {
        node.get("src").removeprefix("../../../"): dict(node.attrib)
        for node in page.iterfind(".//script[@src]")
    }
    assert "async" in scripts["rieng.js"]
    assert scripts["js/la.mjs"]["type"] == "module"
    linked = [
        link.removeprefix("../../../") for link in page.xpath("//link[@rel='stylesheet']/@href")
    ]
    assert linked[1] == "rieng.css"
    assert linked[2].startswith("assets-")
    assert [site[path] for path in (*linked[1:], "rieng.js", "js/la.mjs")] == [
        b"/* rieng.css */",
        b"/* assets/css/mau.css */",
        b"/* rieng.js */",
        b"/* js/la.mjs */",
    ]


def test_templates_of_prints_are_the_program_s(tmp_path):
    own = tmp_path / "theme" / "print"
    own.mkdir(parents=True)
    same = (shipped.THEME / "print/sheet.typ").read_bytes()
    (own / "sheet.typ").write_bytes(same)
    text = "theme:\n  custom_dir: theme\n"
    assert found(text, tmp_path / "content") == []
    (own / "sheet.typ").write_bytes(same + b"// own")
    assert found(text, tmp_path / "content") == [
        "2:3 theme.custom_dir: theme/print/sheet.typ không được dùng: mẫu bản in là của chương trình"
        " (xoá theme/print/)"
    ]


def test_a_hook_for_pages_is_refused_by_its_event(tmp_path):
    (tmp_path / "nha.py").write_text("def on_page_markdown(markdown, **_):\n    return markdown\n")
    (line,) = found("hooks: [nha.py]\n", tmp_path / "content")
    assert "nha.py: on_page_markdown không chạy" in line


def test_what_is_watched_lies_in_the_repository():
    lines = found("watch: [du-lieu, ../ngoai, ., .an, /etc]\n")
    assert [line.split(" ")[1:3] for line in lines] == [
        ["watch[1]:", "../ngoai"],
        ["watch[2]:", "."],
        ["watch[3]:", ".an"],
        ["watch[4]:", "/etc"],
    ]
    assert found("watch: [du-lieu, du-lieu/bang.csv]\n") == []


NAV = """\
nav:
  - Kế hoạch: ke-hoach/
  - gioi-thieu.md
  - Về Sở:
      - Tổ chức: ve-so/to-chuc.md
      - Trang cũ: https://cu.so.vn/
  - Sai: gioi-thiu.md
"""


def test_the_navigation_leads_somewhere():
    assert found(NAV) == ["7:5 nav[3].Sai: không có trang gioi-thiu.md (có phải gioi-thieu/?)"]


def test_the_navigation_takes_every_shape(tmp_path):
    (tmp_path / "gioi-thieu.md").write_text("---\ntitle: Giới thiệu\n---\nChào.\n")
    said = translating.translate({}, {}, {"nav": yaml.safe_load(NAV)["nav"]}, tmp_path)
    entries = said["mkdocs"]["navigation"]
    assert [(e["label"], e["address"]) for e in entries] == [
        ("Kế hoạch", "ke-hoach/"),
        ("Giới thiệu", "gioi-thieu/"),
        ("Về Sở", ""),
        ("Sai", "gioi-thiu/"),
    ]
    assert [(e["address"], e["elsewhere"]) for e in entries[2]["children"]] == [
        ("ve-so/to-chuc/", False),
        ("https://cu.so.vn/", True),
    ]
    assert list(translating.pages(entries))[:3] == ["ke-hoach/", "gioi-thieu/", "ve-so/to-chuc/"]


def test_without_a_navigation_the_sections_are_it():
    entries = translating.translate({}, {}, {}, Path())["mkdocs"]["navigation"]
    assert {e["label"]: e["address"] for e in entries} == translating.SECTIONS


def test_materials_words_become_ours():
    theme = {"logo": "logo.svg", "palette": [{"primary": "indigo", "scheme": "slate"}, {}]}
    config = {"repo_url": "https://git.so.vn/kehoach", "edit_uri": "edit/main/content/"}
    said = translating.translate({"brand": {"red": "#990000"}}, theme, config, Path())
    assert said["department"] == {"emblem": "logo.svg"}
    assert said["brand"] == {"blue": "#4051b5", "red": "#990000"}
    assert said["mkdocs"]["scheme"] == "dark"
    assert said["mkdocs"]["edit"] == "https://git.so.vn/kehoach/edit/main/content/"
