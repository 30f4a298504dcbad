"""What of content/ readers are given: what published documents name, and what settings name."""

import os
import re
import socket
import subprocess
import sys
import unicodedata
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from lxml import html

from building.small import PDF, PNG, found, lay, made, plan, write
from conftest import ROOT, contents
from kehoach import building, reporting
from kehoach.building.problem import SetupError
from kehoach.building.shelf import read_library
from kehoach.rules.taken_name import is_made, is_replaceable

DECLARED = "attachments: [{file: phu-luc.pdf, title: Phụ lục}]"
LEFTOVERS = ["mat.md~", "#e.md#", "f.md.bak", "h.md.swp", "~$thu.docx", "Thumbs.db", "desktop.ini"]
FOLDER = "ke-hoach/2022/"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path)


def rules(root: Path) -> list[str]:
    return sorted(
        f"{finding.rule} {finding.path.removeprefix('content/')}" for finding in found(root)
    )


def of_content(site: dict[str, bytes], root: Path) -> set[str]:
    """The files of `site` that lie in content/ under the same path."""
    return {path for path in site if (root / "content" / path).exists()}


def with_files(root: Path) -> None:
    """Every way to name a file, and every file that nobody names."""
    body = "[Mẫu](mau.docx) ![Ảnh](/anh/bang-ron.png) <img src='the.gif' alt='Thẻ'> <a href='../so-do.pdf'>Sơ đồ</a>"
    paper = "[{file: giay-moi.pdf, title: Giấy mời}]"
    event = f"events: [{{id: toa-dam, title: Tọa đàm, when: 18/5/2022, documents: {paper}}}]"
    write(root, FOLDER + "x.md", plan(DECLARED, event, body=body))
    word = BytesIO()
    with zipfile.ZipFile(word, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    write(root, FOLDER + "mau.docx", word.getvalue())
    for name in (FOLDER + "phu-luc.pdf", FOLDER + "giay-moi.pdf", "ke-hoach/so-do.pdf"):
        write(root, name, PDF)
    write(root, "anh/bang-ron.png", PNG)
    write(root, FOLDER + "the.gif", b"GIF89a\1\0\1\0\0\0\0;")
    write(
        root,
        FOLDER + "du-thao.md",
        plan("status: draft", DECLARED.replace("phu-luc", "mat"), body="![Mật](mat.png)"),
    )
    write(
        root, FOLDER + "hen.md", plan("publish_on: 01/01/2090", DECLARED.replace("phu-luc", "hen"))
    )
    for name in ("mat.pdf", "hen.pdf"):
        write(root, FOLDER + name, PDF)
    write(root, FOLDER + "mat.png", PNG)
    for name in LEFTOVERS:
        write(root, FOLDER + name, plan())
    write(root, FOLDER + "notes.txt", "Gọi lại cho anh Sơn.")
    write(root, "print/noi-bo.pdf", PDF)


NAMED = {FOLDER + name for name in ("phu-luc.pdf", "mau.docx", "giay-moi.pdf", "the.gif")}
NAMED |= {"ke-hoach/so-do.pdf", "anh/bang-ron.png"}


def test_the_site_holds_what_published_documents_name_and_nothing_else_of_content(root):
    with_files(root)
    assert of_content(made(root), root) == NAMED
    assert [rule for rule in rules(root) if not rule.startswith(("withheld", "un"))] == []
    assert [rule for rule in rules(root) if rule.startswith("undeclared")] == [
        f"undeclared-file {FOLDER}notes.txt",
        "undeclared-file print/noi-bo.pdf",
    ]


def test_the_page_leads_to_every_file_that_it_names(root):
    with_files(root)
    page = made(root)[FOLDER + "x/index.html"].decode()
    for file in (
        "ke-hoach/2022/mau.docx",
        "anh/bang-ron.png",
        "ke-hoach/2022/the.gif",
        "ke-hoach/so-do.pdf",
    ):
        assert f'"../../../{file}"' in page


def test_what_is_declared_or_taken_back_is_noticed_by_the_next_build(root):
    with_files(root)
    made(root)
    write(root, FOLDER + "y.md", plan("attachments: [{file: notes.txt, title: Ghi chú}]"))
    assert of_content(made(root), root) == NAMED | {FOLDER + "notes.txt"}
    write(
        root,
        FOLDER + "y.md",
        plan("status: draft", "attachments: [{file: notes.txt, title: Ghi chú}]"),
    )
    assert of_content(made(root), root) == NAMED
    write(root, FOLDER + "x.md", plan(body="![Ảnh](/anh/bang-ron.png)"))
    assert of_content(made(root), root) == {"anh/bang-ron.png"}
    write(root, "anh/bang-ron.png", PNG + b"\0")
    assert made(root)["anh/bang-ron.png"] == PNG + b"\0"


def test_a_preview_shows_what_belongs_to_drafts(root):
    with_files(root)
    out = root / "site"
    project = building.open_project(building.configure(root, out), drafts=True)
    building.build(root, out, strict=False, project=project, with_prints=False)
    drafted = {FOLDER + name for name in ("mat.pdf", "hen.pdf", "mat.png")}
    assert of_content(contents(out), root) == NAMED | drafted


def test_a_departments_own_folders_may_be_called_as_those_of_the_theme(root):
    write(
        root,
        FOLDER + "x.md",
        plan(body="[In](/print/in.pdf) [Trang](/pages/a.pdf) [Lược đồ](/schema/b.pdf)"),
    )
    named = {"print/in.pdf", "pages/a.pdf", "schema/b.pdf"}
    for name in named:
        write(root, name, PDF)
    assert of_content(made(root), root) == named


def test_leftovers_are_told_in_one_line_and_are_no_findings(root):
    write(root, FOLDER + "x.md", plan())
    for name in LEFTOVERS:
        write(root, FOLDER + name, plan())
    assert rules(root) == []
    project = building.open_project(building.configure(root, root / "site"))
    assert project.library.listing.leftovers == sorted(FOLDER + name for name in LEFTOVERS)


def test_hidden_files_are_told_in_one_line_and_are_no_findings(root):
    write(root, FOLDER + "x.md", plan())
    hidden = [".nhap.md", ".DS_Store", ".thu/a.pdf", ".thu/b/c.md", ".well-known/b.txt"]
    for name in (*hidden, ".gitkeep", ".git/config", FOLDER + ".gitignore", ".well-known/a.txt"):
        write(root, name, "x")
    settings = root / "mkdocs.yml"
    settings.write_text(settings.read_text() + "  root_files: [.well-known/a.txt]\n")
    assert rules(root) == []
    project = building.open_project(building.configure(root, root / "site"))
    assert project.library.listing.hidden == sorted(hidden)
    assert reporting.left_out(project.library) == [
        f"Bỏ qua tệp ẩn, tên bắt đầu bằng dấu chấm: {', '.join(sorted(hidden))}."
    ]
    assert of_content(made(root), root) == {".well-known/a.txt"}


@pytest.mark.parametrize("name", ["thu.MD", "thu.markdown", "thu.md.txt", "thu.docx", "thu.mkd"])
def test_a_text_under_another_suffix_is_told(root, name):
    write(root, FOLDER + "x.md", plan())
    write(root, FOLDER + name, plan())
    assert rules(root) == [f"unread-text {FOLDER}{name}"]


@pytest.mark.parametrize(
    "name",
    [
        *("sw.js", "the.png", "feed.xml", "api/v1/plans.json", "assets-1/x.css", "lich"),
        *("SW.js", "The.PNG", "API/v1/plans.json", FOLDER + "X/X.pdf", FOLDER + "x/Index.html"),
    ],
)
def test_a_name_that_the_build_makes_is_an_error_whoever_names_it(root, name):
    write(root, FOLDER + "x.md", plan(body=f"[Tệp](/{name})"))
    write(root, name, PNG)
    assert f"taken-name {name}" in rules(root)


def test_every_file_that_the_build_makes_has_a_name_that_is_refused(root, site):
    pages = {document.address for document in read_library(ROOT / "content").documents}
    kept = [
        path for path in contents(site) if not is_made(path, pages) and not is_replaceable(path)
    ]
    assert kept == []


def test_a_name_that_no_rule_foresaw_is_refused_by_the_build(root, monkeypatch):
    write(root, FOLDER + "x.md", plan(DECLARED))
    write(root, FOLDER + "phu-luc.pdf", PDF)
    project = building.open_project(building.configure(root, root / "site"))
    assert project.public == {
        FOLDER + "phu-luc.pdf": project.shelf.files[FOLDER + "phu-luc.pdf"].digest
    }
    project.public["api/v1/build.json"] = ""
    with pytest.raises(SetupError, match=r"content/api/v1/build\.json có tên của tệp do máy dựng"):
        building.build(root, root / "site", strict=False, project=project, with_prints=False)
    assert not (root / "site").exists()


@pytest.mark.parametrize(
    ("link", "file"),
    [
        ("phu-luc.pdf?ban=2", "phu-luc.pdf"),
        ("phu-luc.pdf#page=2", "phu-luc.pdf"),
        ("phu%2Dluc%2Epdf", "phu-luc.pdf"),
        ("../2022/./phu-luc.pdf", "phu-luc.pdf"),
        ("/ke-hoach/2022/phu-luc.pdf", "phu-luc.pdf"),
        ("Ph%E1%BB%A5%20l%E1%BB%A5c.pdf", "Phụ lục.pdf"),
        ("<Phụ lục.pdf>", "Phụ lục.pdf"),
    ],
)
def test_a_link_names_its_file_however_it_is_written(root, link, file):
    write(root, FOLDER + "x.md", plan(body=f"[Tệp]({link})"))
    write(root, FOLDER + file, PDF)
    assert rules(root) == []
    assert of_content(made(root), root) == {FOLDER + file}


@pytest.mark.parametrize(
    ("link", "file"),
    [
        ("ma.js?x=a.txt", "ma.js"),
        ("ma.js#a.pdf", "ma.js"),
        ("ma%2Ejs", "ma.js"),
        ("trang.html?.pdf", "trang.html"),
        ("ma.JS?x", "ma.JS"),
    ],
)
def test_no_way_to_write_a_link_hides_what_the_file_is(root, link, file):
    """A browser and a server go by the name of the file alone."""
    write(root, FOLDER + "x.md", plan(body=f"[Tệp]({link})"))
    write(root, FOLDER + file, "alert(1)")
    assert rules(root) == [f"unsafe-attachment {FOLDER}x.md"]


@pytest.mark.parametrize("name", [b"a\xff.pdf", b"a\nb.pdf", b"a .pdf ", b"..a\t.pdf"])
def test_a_name_that_is_no_text_is_told_in_every_form(root, name):
    write(root, FOLDER + "x.md", plan())
    path = os.path.join(os.fsencode(root / "content" / FOLDER), name)
    Path(os.fsdecode(path)).write_bytes(PDF)
    project = building.open_project(building.configure(root, root / "site"))
    told = {finding.path.rpartition("/")[2] for finding in project.findings}
    told |= {file.rpartition("/")[2] for file in project.library.listing.hidden}
    assert told == {os.fsdecode(name)}
    for form in reporting.FORMS:
        done = subprocess.run(
            [sys.executable, "-m", "kehoach", "check", "--format", form],
            cwd=root,
            env=os.environ | {"PYTHONPATH": str(ROOT / "hooks")},
            capture_output=True,
            check=False,
        )
        assert (b"Traceback" in done.stderr, b".pdf" in done.stdout) == (False, True), done.stderr


def test_decomposed_names_are_told_as_such(root):
    file = unicodedata.normalize("NFD", "Phụ-lục.pdf")
    write(root, FOLDER + file, PDF)
    write(
        root,
        FOLDER + "x.md",
        plan("attachments: [{file: Phụ-lục.pdf, title: T}]", body="[Tệp](Phụ-lục.pdf)"),
    )
    hints = {f.rule: f.hint for f in found(root) if f.rule in ("broken-link", "missing-attachment")}
    assert set(hints) == {"broken-link", "missing-attachment"}
    assert all("ghi dấu tách rời (NFD)" in hint for hint in hints.values())


def test_links_that_go_round_are_told_and_end(root):
    write(root, FOLDER + "x.md", plan())
    for name, target in (
        (FOLDER + "vong", "."),
        ("tu", "tu"),
        ("len", "../content"),
        ("mat.pdf", "khong"),
    ):
        (root / "content" / name).symlink_to(target)
    assert {rule for rule in rules(root) if rule.startswith("unreadable")} == {
        f"unreadable-file {name}" for name in (FOLDER + "vong", "tu", "len", "mat.pdf")
    }


@pytest.mark.parametrize("name", [".an.pdf", "cu.pdf~", "thuong.pdf"])
def test_a_link_that_leads_out_is_told_whatever_its_name(root, name):
    write(root, FOLDER + "x.md", plan())
    (root / "content" / FOLDER / name).symlink_to("/etc/hostname")
    assert rules(root) == [f"outward-link {FOLDER}{name}"]


def test_links_that_lead_out_are_errors_and_are_never_followed(root, tmp_path):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "x.md").write_text(plan())
    write(root, FOLDER + "x.md", plan(body="[Mật khẩu](mat-khau.txt)"))
    (root / "content" / FOLDER / "mat-khau.txt").symlink_to("/etc/passwd")
    (root / "content" / FOLDER / "y.md").symlink_to(secret / "x.md")
    (root / "content" / "ngoai").symlink_to(secret)
    assert [rule for rule in rules(root) if rule.startswith("outward")] == [
        f"outward-link {FOLDER}mat-khau.txt",
        f"outward-link {FOLDER}y.md",
        "outward-link ngoai",
    ]
    library = read_library(root / "content")
    assert [document.address for document in library.plans] == [FOLDER + "x/"]


def test_pipes_and_sockets_are_findings_and_no_wait(root):
    write(root, FOLDER + "x.md", plan())
    os.mkfifo(root / "content" / FOLDER / "y.md")
    os.mkfifo(root / "content" / "don.pdf")
    folder = os.open(root / "content", os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind(f"/proc/self/fd/{folder}/o-cam")  # its own path may be too long for a socket
        assert rules(root) == [
            f"special-file {name}" for name in ("don.pdf", FOLDER + "y.md", "o-cam")
        ]
    os.close(folder)


@pytest.mark.parametrize("place", [".git/config", ".git"])
def test_a_repository_within_is_a_finding_and_is_not_read(root, place):
    write(root, FOLDER + "x.md", plan())
    write(root, FOLDER + "phu/y.md", plan())
    write(root, FOLDER + f"phu/{place}", "gitdir: ../.git/modules/phu")
    assert rules(root) == [f"special-file {FOLDER}phu"]
    assert [document.address for document in read_library(root / "content").plans] == [
        FOLDER + "x/"
    ]


def test_files_that_settings_name_stand_at_the_root(root):
    write(root, FOLDER + "x.md", plan())
    files = {"robots.txt": b"User-agent: *\n", "CNAME": b"kehoach.so.vn\n", ".nojekyll": b""}
    files |= {
        "google1.html": b"google-site-verification: google1.html",
        ".well-known/a.json": b"{}",
    }
    files["BingSiteAuth.xml"] = b'<?xml version="1.0"?><users><user>1</user></users>'
    for name, content in files.items():
        write(root, name, content)
    settings = root / "mkdocs.yml"
    settings.write_text(settings.read_text() + f"  root_files: [{', '.join(files)}]\n")
    assert rules(root) == []
    site = made(root)
    assert {
        name: site[name] for name in files
    } == files  # the robots.txt that the build makes gives way
    write(root, "robots.txt", "User-agent: b\n")
    assert made(root)["robots.txt"] == b"User-agent: b\n"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("trom.js", b"alert(1)", "loại tệp chạy được mã"),
        ("g.html", b"<script>alert(1)</script>", "có thẻ HTML"),
        ("g.html", b"<body onload=alert(1)>", "có thẻ HTML"),
        ("g.html", b"<meta http-equiv=refresh content=0>", "có thẻ HTML"),
        ("a.xml", b'<?xml-stylesheet href="x.xsl"?><a/>', "có thẻ HTML"),
        ("a.xml", b'<script xmlns="http://www.w3.org/1999/xhtml">1</script>', "có thẻ HTML"),
        ("a.txt", b"\xff\xfe\x00", "không phải văn bản"),
        ("sitemap.xml", b"x", "tên của tệp do máy dựng"),
        ("../mkdocs.yml", b"", "không phải tên một tệp ở gốc"),
        ("thieu.txt", None, "không có tệp"),
    ],
)
def test_what_will_not_do_at_the_root_is_told_where_it_is_named(root, name, content, message):
    write(root, FOLDER + "x.md", plan())
    if content:
        write(root, name, content)
    settings = root / "mkdocs.yml"
    text = settings.read_text() + f"  root_files:\n    - {name}\n"
    settings.write_text(text)
    (problem,) = [finding for finding in found(root) if finding.rule == "bad-root-file"]
    assert message in problem.message
    assert (problem.path, problem.line, problem.column) == ("mkdocs.yml", text.count("\n"), 7)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("site_url: https://kehoach.example.vn/", "site_url: ftp://so.vn/", "site_url"),
        ("  - Lịch: lich/", "  - Lịch: javascript:alert(1)", "nav[2].Lịch"),
        ("  - Lịch: lich/", "  - Lịch: //example.org/x", "nav[2].Lịch"),
        ("\nextra:\n", "\nextra:\n  security: an-toan@so.vn\n", "extra.security"),
        ("\nextra:\n", '\nextra:\n  security: "mailto:a@so.vn\\nX: y"\n', "extra.security"),
        (
            "\n  department:\n",
            "\n  department:\n    url: 'data:text/html,x'\n",
            "extra.department.url",
        ),
        ("\nextra:\n", "\nextra:\n  motto: 'javascript:alert(1)'\n", "extra.motto"),
    ],
)
def test_an_address_in_the_settings_leads_to_a_page_a_letter_or_a_telephone(root, old, new, field):
    write(root, FOLDER + "x.md", plan())
    settings = root / "mkdocs.yml"
    text = settings.read_text()
    assert old in text
    assert [finding for finding in found(root) if finding.rule == "bad-url"] == []
    settings.write_text(text.replace(old, new, 1))
    (problem,) = [finding for finding in found(root) if finding.rule == "bad-url"]
    assert (problem.path, problem.field) == ("mkdocs.yml", field)
    assert problem.line > 1


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "chạy được"),
        ("A.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "chạy được"),
        ("the.png", PNG, "tên của tệp do máy dựng"),
        ("api/a.png", PNG, "tên của tệp do máy dựng"),
        ("/etc/hostname", b"", "nằm ngoài thư mục nội dung|không có tệp"),
    ],
)
@pytest.mark.parametrize("setting", ["extra.department.emblem", "theme.logo"])
def test_an_emblem_is_as_harmless_as_what_documents_name(root, name, content, message, setting):
    write(root, FOLDER + "x.md", plan())
    if content:
        write(root, name, content)
    settings = root / "mkdocs.yml"
    before, after = {
        "extra.department.emblem": ("  department:\n", f"  department:\n    emblem: {name}\n"),
        "theme.logo": ("  font: false\n", f"  font: false\n  logo: {name}\n"),
    }[setting]
    text = settings.read_text()
    assert before in text
    settings.write_text(text.replace(before, after, 1))
    (problem,) = [finding for finding in found(root) if finding.path == "mkdocs.yml"]
    assert problem.rule in ("bad-emblem", "refused-setting")
    assert re.search(message, problem.message)


def with_favicon(root, name):
    write(root, FOLDER + "x.md", plan())
    settings = root / "mkdocs.yml"
    text = settings.read_text().replace("  font: false", f"  font: false\n  favicon: {name}")
    settings.write_text(text)
    return text.splitlines().index(f"  favicon: {name}") + 1


@pytest.mark.parametrize("name", ["anh/rieng.png", "favicon.ico", "rieng.svg"])
def test_the_icon_that_settings_name_is_that_of_every_page(root, name):
    content = {
        "png": PNG,
        "ico": b"\0\0\1\0" + bytes(18),
        "svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    }[name.rpartition(".")[2]]
    write(root, name, content)
    with_favicon(root, name)
    assert found(root) == []
    site = made(root)
    assert site[name] == content
    page = html.fromstring(site[FOLDER + "x/index.html"])
    assert page.xpath("//link[@rel='icon']/@href") == [f"../../../{name}"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("thieu.png", None, "không có tệp `content/thieu.png`"),
        ("a.png", b"GIF89a", "không phải là tệp .png"),
        ("a.webp", b"RIFF0000WEBP", "không phải ICO, PNG hay SVG"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "chạy được"),
        ("lich/a.png", PNG, "tên của tệp do máy dựng"),
        ("../a.png", PNG, "nằm ngoài thư mục nội dung"),
        ("https://cdn.vn/a.png", None, "ở máy chủ khác"),
        ("a.png", PNG + bytes(256 * 1024), "nặng quá"),
    ],
)
def test_an_icon_that_will_not_do_is_told_where_it_is_named(root, name, content, message):
    if content:
        write(root, name, content)
    line = with_favicon(root, name)
    (problem,) = [finding for finding in found(root) if finding.rule == "bad-favicon"]
    assert message in problem.message
    assert (problem.path, problem.line, problem.column) == ("mkdocs.yml", line, 12)
