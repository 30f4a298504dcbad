"""The settings of mkdocs.yml: every one of MkDocs' and Material's has a row, and no row is idle talk."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from lxml import html
from mkdocs.config.defaults import MkDocsConfig

from building.small import lay, made, plan, write
from kehoach import building, shipped
from kehoach.building import extensions, recognised, translating
from kehoach.building.problem import SetupError
from kehoach.records.source import parse_yaml

ADDRESSES = frozenset({"", "ke-hoach/", "gioi-thieu/", "ve-so/to-chuc/"})
REFUSED = sorted(name for name, row in recognised.TABLE.items() if row.remedy)


def found(text: str, content: Path = Path("content")) -> list[str]:
    source = parse_yaml(text.encode(), "mkdocs.yml")
    return [
        f"{f.line}:{f.column} {f.field}: {f.message} ({f.hint})"
        for f in recognised.problems(source, content.parent, content, ADDRESSES)
    ]


def test_every_setting_of_mkdocs_has_a_row():
    names = set(MkDocsConfig()) - {"config_file_path"}
    assert len(names) > 30
    assert names - recognised.TABLE.keys() == set()


def test_every_setting_of_materials_theme_has_a_row():
    text = (files("material") / "templates/mkdocs_theme.yml").read_text()
    names = {f"theme.{name}" for name in yaml.safe_load(text)}
    assert names - recognised.TABLE.keys() == set()


def test_every_setting_that_materials_templates_read_has_a_row():
    """Also those that its own settings file does not name: logo, palette, extra.social …"""
    templates = [one.read_text() for one in Path(str(files("material"))).rglob("*.html")]
    read = {
        name
        for text in templates
        for name in re.findall(r"config\.((?:theme|extra)\.\w+|\w*_\w+)", text)
    }
    assert {"theme.palette", "extra.social", "site_author"} < read
    # Of its own plugins and translations, no settings of a site.
    others = {"mdx_configs", "show_email_address", "version_selector"}
    assert read - others - recognised.TABLE.keys() == set()


def test_every_feature_of_material_has_a_row():
    """Those that its templates and its scripts ask for."""
    folder = Path(str(files("material"))) / "templates"
    texts = [one.read_text() for one in folder.rglob("*.html")]
    texts += [one.read_text() for one in folder.glob("assets/javascripts/bundle*.js")]
    rooms = "announce|content|header|navigation|search|toc"
    asked = {
        name
        for text in texts
        for name in (
            *re.findall(rf'"((?:{rooms})\.[a-z.]+)" (?:not )?in features', text),
            *re.findall(rf'\b[A-Za-z]\w*\("((?:{rooms})\.[a-z]+(?:\.[a-z]+)?)"\)', text),
        )
        if not name.startswith(("search.result", "search.config"))
    }
    assert len(asked) > 25
    assert asked - recognised.FEATURES.keys() == set()


def test_the_guide_shows_the_table(root):
    page = (root / "content/huong-dan/thiet-lap.md").read_bytes()
    assert page == recognised.guide_page()  # python3 build.py check --write-docs
    for name in recognised.TABLE:
        assert f"| `{name}` |" in page.decode()


@pytest.mark.parametrize("name", recognised.FEATURES)
def test_a_feature_is_there_anyway_or_refused_by_its_name(name):
    lines = found(f"theme:\n  name: material\n  features:\n    - {name}\n")
    remedy = recognised.FEATURES[name]
    told = f"4:7 theme.features[0]: {name} không dùng ở đây (bỏ dòng này: {remedy})"
    assert lines == ([told] if remedy else [])


def test_a_feature_that_nobody_knows_is_corrected():
    (line,) = found("theme: {name: material, features: [navigation.tab]}\n")
    assert line.endswith("navigation.tab không dùng ở đây (có phải navigation.tabs?)")


@pytest.mark.parametrize("name", extensions.TABLE)
def test_an_extension_is_understood_or_refused_by_its_name(name):
    one = extensions.TABLE[name]
    for text in (
        f"markdown_extensions: [{name}]\n",
        f"markdown_extensions:\n  - {name}: {{khong_co: 1}}\n",
        f"markdown_extensions:\n  {name}: {{khong_co: 1}}\n",
    ):
        lines = found(text)
        if one.remedy:
            (line,) = lines
            assert f"phần mở rộng {name} không dùng ở đây (bỏ dòng này: {one.remedy})" in line
        elif "khong_co" in text:
            (line,) = lines
            assert f"tuỳ chọn khong_co của {name} không dùng ở đây" in line
        else:
            assert lines == []
    for option in one.options:
        assert found(f"markdown_extensions: [{name}: {{{option}: true}}]\n") == []


def test_what_material_s_own_setup_guide_asks_for_is_understood():
    text = """\
markdown_extensions:
  - attr_list
  - markdown.extensions.tables
  - toc: {permalink: true}
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
  - pymdownx.highlight: {anchor_linenums: true}
  - pymdownx.superfences:
      custom_fences:
        - name: mermaid
          class: mermaid
          format: !!python/name:pymdownx.superfences.fence_code_format
  - pymdownx.tabbed: {alternate_style: true}
"""
    assert found(text) == [
        "10:7 markdown_extensions[5].pymdownx.superfences.custom_fences: tuỳ chọn custom_fences của"
        " pymdownx.superfences không dùng ở đây (đặt ảnh của sơ đồ, kèm lời mô tả)"
    ]


PALETTES = {
    "indigo": "theme.palette: indigo không phải một bảng màu",
    "{primary: indigoo}": "theme.palette.primary: không có màu indigoo",
    "{primary: custom}": "theme.palette.primary: không có màu custom",
    "{scheme: youtube}": "theme.palette.scheme: không có nền youtube",
    "[{scheme: slate}, {scheme: default, accent: red}]": (
        "theme.palette[1].accent: trang có một bộ màu cho cả nền sáng và nền tối"
    ),
    "{hue: 210}": "theme.palette.hue: không có thiết lập này",
}


@pytest.mark.parametrize(("written", "told"), PALETTES.items())
def test_a_palette_that_is_not_done_says_so(written, told):
    (line,) = found(f"theme: {{name: material, palette: {written}}}\n")
    assert line.split(" ", 1)[1].startswith(told)


def test_a_palette_as_material_shows_it_is_no_fault():
    toggle = "toggle: {icon: material/weather-night, name: Tối}"
    light = (
        f"{{media: '(prefers-color-scheme: light)', scheme: default, primary: indigo, {toggle}}}"
    )
    dark = f"{{scheme: slate, primary: indigo, {toggle}}}"
    assert found(f"theme: {{name: material, palette: [{light}, {dark}]}}\n") == []


ALONE = {
    "site_name: ''": "1:1 site_name: trang chưa có tên",
    "site_url: https://so.vn/?a=1": "1:1 site_url: https://so.vn/?a=1 không phải địa chỉ",
    "edit_uri: edit/main/": "1:1 edit_uri: không có repo_url để nối vào",
    "repo_name: X": "1:1 repo_name: không có repo_url để nối vào",
    "use_directory_urls: false": "1:1 use_directory_urls: thiết lập này không dùng ở đây",
    "copyright: <script>x</script>": "1:1 copyright: <script> không được đưa lên trang",
    "theme: readthedocs": "1:1 theme: giao diện readthedocs không dùng được",
    "plugins: search": "1:1 plugins: plugin search không chạy ở đây",
    "plugins: [kehoach: {x: 1}]": "1:11 plugins[0].kehoach: plugin kehoach không có tuỳ chọn",
    "nav: [A: []]": "1:7 nav[0].A: mục này trống",
    "nav: ['']": "1:7 nav[0]: mục này trống",
    "nav: [A: gioi-thieu.md#muc]": "1:7 nav[0].A: điều hướng dẫn tới trang, không tới mục",
    "extra: {social: {x: y}}": "1:9 extra.social: không có địa chỉ (link)",
    "extra: {social: [{name: x}]}": "1:18 extra.social[0]: không có địa chỉ (link)",
    "extra: {social: [{link: 'https://x.vn', icon: khong/co}]}": (
        "1:41 extra.social[0].icon: không có biểu tượng khong/co"
    ),
    "site_name: A\nsite_name: B": "2:1 site_name: khoá `site_name` viết hai lần",
}  # fmt: skip


@pytest.mark.parametrize(("written", "told"), ALONE.items(), ids=ALONE)
def test_what_would_do_nothing_or_harm_says_so(written, told):
    (line,) = found(f"{written}\n")
    assert line.startswith(told)


def test_what_is_inherited_is_judged_too(tmp_path):
    (tmp_path / "chung").mkdir()
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme/rieng.css").write_text("")
    (tmp_path / "chung/a.yml").write_text("INHERIT: b.yml\nplugins: [blog]\n")
    (tmp_path / "chung/b.yml").write_text("INHERIT: a.yml\nextra_css: [rieng.css, thieu.css]\n")
    lines = found("INHERIT: chung/a.yml\ntheme: {custom_dir: theme}\n", tmp_path / "content")
    assert [line.split(" (")[0] for line in lines] == [
        "2:11 plugins[0]: plugin blog không chạy ở đây",
        "2:24 extra_css[1]: không có tệp theme/thieu.css",
    ]


@pytest.mark.parametrize("folder", [".", "content", "content/theme", ".."])
def test_a_theme_lies_apart_from_texts_and_the_repository(folder, tmp_path):
    root = lay(tmp_path)
    (root / "content/theme").mkdir()
    settings = root / "mkdocs.yml"
    text = settings.read_text()
    settings.write_text(text.replace("custom_dir: theme", f"custom_dir: {folder}"))
    with pytest.raises(SetupError, match=r"theme\.custom_dir: .* không dùng được"):
        building.configure(root, root / "site")


def test_settings_that_mkdocs_cannot_read_are_told_by_name_all_the_same(tmp_path):
    root = lay(tmp_path)
    settings = root / "mkdocs.yml"
    settings.write_text(
        settings.read_text() + "docs_dri: x\nmdx_configs: {toc: {}}\nwatch: [thieu]\n"
    )
    with pytest.raises(SetupError) as told:
        building.configure(root, root / "site")
    first, *lines = str(told.value).splitlines()
    assert first == "mkdocs.yml không dùng được."
    assert [line.split(": ")[1] for line in lines] == ["docs_dri", "mdx_configs"]


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
