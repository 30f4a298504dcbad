"""What a build is told about itself: by Git, by the clock, by the settings, by the disk."""

import argparse
import functools
import http.client
import os
import subprocess
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from building.small import lay, made, plan, write
from kehoach import building, commands
from kehoach.building.problem import SetupError
from kehoach.building.repository import read_head
from kehoach.serving import Handler, Preview


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    made_of = lay(tmp_path)
    write(made_of, "ke-hoach/2022/x.md", plan())
    return made_of


def git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Cán bộ", "-c", "user.email=can-bo@example.vn"]
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)


def opened(root: Path) -> building.project.Project:
    return building.open_project(building.configure(root, root / "site"))


def committed(root: Path) -> None:
    git(root, "init", "-q")
    for number in (1, 2):
        git(root, "add", "-A")
        git(root, "commit", "-q", "--allow-empty", "-m", f"Lần {number}")


def test_without_a_repository_the_clock_is_that_of_the_newest_file_and_this_is_told(root):
    for path in (root / "content").rglob("*"):
        os.utime(path, (1_650_000_000, 1_650_000_000))
    os.utime(root / "content/ke-hoach/2022/x.md", (1_651_000_000, 1_651_000_000))
    project = opened(root)
    assert project.site.clock.timestamp() == 1_651_000_000
    (remark,) = project.remarks
    assert "lấy giờ của tệp sửa sau cùng" in remark
    assert "Lần" not in remark


def test_a_clock_that_is_given_is_no_remark(root, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert opened(root).site.clock.timestamp() == 1_700_000_000
    assert opened(root).remarks == ()


def test_a_whole_repository_is_no_remark_and_one_cut_short_is(root, tmp_path):
    committed(root)
    assert opened(root).remarks == ()
    short = tmp_path / "short"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", str(short))
    (remark,) = opened(short).remarks
    assert "git fetch --unshallow" in remark


def test_a_repository_that_git_refuses_is_an_error_in_its_own_words(root, monkeypatch):
    committed(root)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(SetupError, match=r"safe\.directory"):
        opened(root)


def test_a_broken_repository_is_an_error(root):
    committed(root)
    (root / ".git/HEAD").write_text("hỏng")
    with pytest.raises(SetupError, match="Git không đọc được kho"):
        opened(root)


def test_a_repository_without_git_is_an_error_and_no_repository_is_none(root, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert read_head(root) == ("", "", False)
    (root / ".git").mkdir()
    with pytest.raises(SetupError, match="cài gói git"):
        read_head(root)


def test_a_repository_without_a_commit_is_no_error(root):
    git(root, "init", "-q")
    assert read_head(root) == ("", "", False)


def test_a_site_without_an_address_has_no_sitemap_and_no_invented_host(root):
    settings = root / "mkdocs.yml"
    lines = settings.read_text().splitlines(keepends=True)
    settings.write_text("".join(line for line in lines if not line.startswith("site_url")))
    site = made(root)
    assert not [path for path in site if path.startswith("sitemap")]
    texts = {path: site[path] for path in site if path.endswith((".xml", ".ics", ".json", ".html"))}
    assert [path for path, text in texts.items() if b".invalid" in text or b"{%" in text] == []


def test_two_sites_of_one_host_have_names_of_their_own(root):
    plan_of = plan("events: [{id: toa-dam, title: Tọa đàm, when: 18/5/2022}]")
    write(root, "ke-hoach/2022/x.md", plan_of)
    settings = root / "mkdocs.yml"
    text = settings.read_text()
    names = []
    for folder in ("so-a/", "so-b/"):
        settings.write_text(text.replace("kehoach.example.vn/", f"tinh.vn/{folder}"))
        site = made(root)
        uids = {line for line in site["lich.ics"].splitlines() if line.startswith(b"UID:")}
        ids = {
            line.strip()
            for line in site["feed.xml"].splitlines()
            if line.strip().startswith(b"<id>")
        }
        assert uids
        assert ids
        names.append(uids | ids)
    assert names[0].isdisjoint(names[1])
    assert b"UID:su-kien.2022.toa-dam@tinh.vn/so-a" in names[0]


def test_a_site_without_an_address_is_not_published(root, tmp_path, capsys):
    settings = root / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("site_url:", "site_author:", 1))
    options = argparse.Namespace(command="publish", target=str(tmp_path / "srv"), install_hook=None)
    assert commands.run(options, root) == 2
    assert "đặt site_url trong mkdocs.yml" in capsys.readouterr().err
    assert not (tmp_path / "srv").exists()


def test_a_checkout_that_may_not_be_written_to_is_checked(root, monkeypatch, capsys):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    (root / ".cache").write_text("")  # no folder can be made in it, whoever asks
    options = {"command": "check", "paths": [], "format": "text", "severity": "warning"}
    code = commands.run(argparse.Namespace(**options, write_docs=False, fix=False), root)
    assert (code, capsys.readouterr().out.splitlines()[-1]) == (
        0,
        "Không có lỗi, không có cảnh báo (đã xem 4 tệp).",
    )


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:{port}", 200),
        ("localhost", 200),
        ("[::1]:{port}", 200),
        ("may-cua-toi:{port}", 200),
        ("evil.example:{port}", 421),
        ("127.0.0.1.evil.example", 421),
        ("", 421),
    ],
)
def test_the_preview_answers_under_its_own_names_only(root, host, status):
    preview = Preview(root, hosts=["may-cua-toi"])
    preview.out.mkdir(parents=True)
    (preview.out / "index.html").write_text("<main>dự thảo</main>")
    handler = functools.partial(Handler, preview=preview)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for method in ("GET", "HEAD"):
            asked = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
            named = {"Host": host.format(port=server.server_port)}
            asked.request(method, "/", headers=named)
            answer = asked.getresponse()
            assert answer.status == status
            assert (b"d\xe1\xbb\xb1 th\xe1\xba\xa3o" in answer.read()) == (
                method == "GET" and status == 200
            )
            asked.close()
        server.shutdown()
