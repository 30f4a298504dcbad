"""A push to a bare repository: what goes live, what the pusher hears. Git and the hook are real."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kehoach.releasing import PublishError, install_hook, receiving, releases
from kehoach.releasing.receiving import folder_name, receive
from releasing.sample import files, published, write

URL = "https://so.vn/"

# A program as an administrator installs it: it finds faults in what is pushed, or writes a site.
BUILD = """
import os, pathlib, sys, time
os.chdir(sys.argv[sys.argv.index("--project") + 1])
out = pathlib.Path(sys.argv[sys.argv.index("--out") + 1])
release = pathlib.Path("content/ban.md").read_text().strip()
cache = pathlib.Path(".cache/build")
if cache.exists() and cache.read_text() != "tốt":
    raise SystemExit("Traceback: cache")
cache.parent.mkdir(exist_ok=True)
cache.write_text("tốt")
if release.startswith("chậm"):
    time.sleep(5)
if release == "treo":
    print("đang dựng", flush=True)
    os.fork() or os.fork()
    time.sleep(600)
if release == "phình":
    held = bytearray(300 * 1024 * 1024)
    time.sleep(600)
if release.startswith("sai"):
    print("content/ban.md:1:1: lỗi [ban]: bản sai", file=sys.stderr)
    sys.exit(1)
if release == "cụt":
    out.mkdir()
    (out / "index.html").write_text('<a href="mat/">')
    sys.exit()
out.mkdir()
(out / "index.html").write_text(f"<html><head></head><body>release={release};</body></html>")
for name in pathlib.Path("content").glob("*.txt"):
    (out / name.name).write_text(name.read_text())
"""

SETTINGS = "site_name: Sở\nsite_url: https://so.vn/\ndocs_dir: content\ntheme: {name: material, custom_dir: theme}\n"


class Office:
    """A member of staff's clone of the server's repository."""

    def __init__(self, folder: Path) -> None:
        self.program = folder / "chuong-trinh"
        write(self.program / "build.py", BUILD)
        write(self.program / "theme/main.html", "{}")
        write(self.program / "mkdocs.yml", SETTINGS)
        self.server = folder / "kho.git"
        self.target = folder / "srv"
        self.clone = folder / "clone"
        git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(self.server))
        git(folder, "clone", "--quiet", str(self.server), str(self.clone))
        git(self.clone, "checkout", "--quiet", "-b", "main")
        write(self.clone / "mkdocs.yml", SETTINGS)
        self.install()

    def install(self, **bounds: int) -> None:
        """What the administrator does, once and after an upgrade."""
        install_hook(self.server, str(self.target), url=URL, program=self.program, **bounds)

    def commit(self, release: str) -> str:
        write(self.clone / "content/ban.md", release)
        git(self.clone, "add", "--all")
        git(self.clone, "commit", "--quiet", "--message", release)
        return git(self.clone, "rev-parse", "HEAD").strip()

    def push(self, *arguments: str) -> list[str]:
        """What the server says to the pusher."""
        heard = git(self.clone, "push", *(arguments or ("origin", "main")))
        return [
            line.removeprefix("remote: ").rstrip()
            for line in heard.splitlines()
            if line.startswith("remote: ")
        ]


def git(folder: Path, *arguments: str) -> str:
    who = {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "Văn thư"), ("EMAIL", "vanthu@so.vn"))
    }
    done = subprocess.run(
        ["git", "-c", "init.defaultBranch=main", *arguments],
        cwd=folder,
        env=os.environ | who,
        encoding="utf-8",
        errors="surrogateescape",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=True,
    )
    return done.stdout


def holds(path: Path, text: str) -> bool:
    """Whether the file says so by now; for a moment Git has taken it away."""
    try:
        return path.read_text() == text
    except FileNotFoundError:
        return False


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_a_push_publishes_and_says_where(office):
    commit = office.commit("một")
    assert office.push() == [f"Đã công bố 1 trang, bản 000001, từ {commit[:7]}: {URL}"]
    assert published(office.target) == "một"
    ((manifest, live),) = releases(str(office.target))
    assert (manifest.commit, live) == (commit, True)


def test_a_push_with_an_error_shows_the_finding_and_leaves_the_site(office):
    office.commit("một")
    office.push()
    office.commit("sai")
    assert office.push() == [
        "content/ban.md:1:1: lỗi [ban]: bản sai",
        "  Không công bố: sửa các lỗi nêu trên rồi đẩy lại.",
        "Trang đang công bố giữ nguyên: bản 000001.",
    ]
    assert published(office.target) == "một"


def test_a_broken_link_leaves_the_site_too(office):
    office.commit("cụt")
    assert office.push() == [
        "  trang chủ: liên kết `mat/` không dẫn tới đâu",
        "Chưa có bản nào được công bố.",
    ]


def test_a_lost_address_is_let_go_only_on_request(office):
    write(office.clone / "content/a.txt", "a")
    office.commit("một")
    office.push()
    (office.clone / "content/a.txt").unlink()
    office.commit("hai")
    heard = office.push()
    assert heard[0].startswith("  /a.txt đang được công bố nhưng không còn trong bản mới")
    assert (
        heard[-1] == "Nếu đúng ý: git commit --allow-empty -m 'Lý do' && git push -o allow-removals"
    )
    assert published(office.target) == "một"
    git(office.clone, "commit", "--quiet", "--allow-empty", "--message", "Lý do")
    office.push("-o", "allow-removals", "origin", "main")
    assert published(office.target) == "hai"


def test_a_branch_is_a_preview_and_goes_with_its_branch(office):
    office.commit("một")
    office.push()
    git(office.clone, "checkout", "--quiet", "-b", "dự-thảo/18-5")
    office.commit("hai")
    (heard,) = office.push("origin", "dự-thảo/18-5")
    name = folder_name("dự-thảo/18-5")
    assert heard == f"Bản xem trước của nhánh dự-thảo/18-5: {URL}xem-truoc/{name}/"
    preview = (office.target / "xem-truoc" / name / "index.html").read_text()
    assert preview == (
        '<html><head><meta name="robots" content="noindex, nofollow"></head>'
        "<body>release=hai;</body></html>"
    )
    assert published(office.target) == "một"
    assert "hai" not in "".join(files(office.target / "current"))
    (heard,) = office.push("origin", "--delete", "dự-thảo/18-5")
    assert heard == "Đã gỡ bản xem trước của nhánh dự-thảo/18-5."
    assert list((office.target / "xem-truoc").iterdir()) == []
    assert list((office.target / "previews").iterdir()) == []
    assert [p.name for p in (office.server / "kehoach/worktrees").iterdir()] == ["main"]


def test_two_pushes_at_once_both_end_right_and_the_last_is_live(office, tmp_path):
    office.commit("một")
    office.push()
    second = tmp_path / "clone2"
    git(tmp_path, "clone", "--quiet", str(office.server), str(second))
    office.commit("chậm hai")
    first = subprocess.Popen(
        ["git", "push", "origin", "main"], cwd=office.clone, text=True, stderr=subprocess.PIPE
    )
    building = office.server / "kehoach/worktrees/main/content/ban.md"
    while not holds(building, "chậm hai"):
        time.sleep(0.02)
    git(second, "pull", "--quiet", "origin", "main")
    write(second / "content/ban.md", "ba")
    git(second, "commit", "--quiet", "--all", "--message", "ba")
    heard = git(second, "push", "origin", "main")
    assert "Đang chờ lần đẩy trước" in heard
    assert "bản 000003" in heard
    assert "bản 000002" in first.communicate()[1]
    assert published(office.target) == "ba"


def test_who_waited_for_a_push_that_published_the_newest_has_nothing_to_do(office):
    office.commit("một")
    office.push()
    server = receiving.server_of(office.server)
    said: list[str] = []
    head = git(office.server, "rev-parse", "main").strip()
    assert receive(server, [f"{'0' * 40} {head} refs/heads/main"], [], said.append) == 0
    assert said == [f"Bản {head[:7]} đã được công bố cùng một lần đẩy khác."]


def test_a_corrupt_cache_is_thrown_away(office):
    office.commit("một")
    office.push()
    (office.server / "kehoach/worktrees/main/.cache/build").write_bytes(os.urandom(4096))
    office.commit("hai")
    heard = office.push()
    assert "Dựng trang hỏng; bỏ bộ nhớ đệm và dựng lại từ đầu …" in heard
    assert published(office.target) == "hai"


def test_a_damaged_worktree_is_made_anew(office):
    office.commit("một")
    office.push()
    (office.server / "kehoach/worktrees/main/.git").unlink()
    office.commit("hai")
    office.push()
    assert published(office.target) == "hai"


def test_a_link_in_the_place_of_content_is_refused(office):
    office.commit("một")
    office.push()
    (office.clone / "content").rename(office.clone / "khac")
    (office.clone / "content").symlink_to("khac")
    git(office.clone, "add", "--all")
    git(office.clone, "commit", "--quiet", "--message", "hai")
    assert office.push()[0] == "  content/ trong bản đẩy lên không phải là một thư mục"
    assert published(office.target) == "một"


def test_a_repository_within_content_is_refused(office):
    """Git gives the server an empty folder in its place: texts would be missing unseen."""
    office.commit("một")
    office.push()
    head = git(office.clone, "rev-parse", "HEAD").strip()
    git(office.clone, "update-index", "--add", "--cacheinfo", f"160000,{head},content/phụ")
    git(office.clone, "commit", "--quiet", "--message", "hai")
    heard = "\n".join(office.push())
    assert "content/phụ là một kho Git riêng (submodule): chép các tệp vào đó" in heard
    assert "Trang đang công bố giữ nguyên: bản 000001." in heard


def test_deleting_the_main_branch_deletes_no_site(office):
    office.commit("một")
    office.push()
    git(office.server, "config", "receive.denyDeleteCurrent", "ignore")
    assert office.push("origin", "--delete", "main") == [
        "Nhánh main bị xoá; trang đang công bố giữ nguyên."
    ]
    assert published(office.target) == "một"


@pytest.mark.parametrize(
    "branch", ["../x", "../../srv", "..", "a/../../b", "/etc", "-x", "a b", "."]
)
def test_a_branch_leads_nowhere_else(tmp_path, office, branch):
    before = sorted(path.name for path in tmp_path.iterdir())
    name = folder_name(branch)
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert name[0] not in "-."
    said: list[str] = []
    server = receiving.server_of(office.server)
    office.commit("một")
    office.push()
    head = git(office.server, "rev-parse", "main").strip()
    for new in (head, "0" * 40):
        assert receive(server, [f"{head} {new} refs/heads/{branch}"], [], said.append) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert published(office.target) == "một"


def test_names_of_branches_do_not_meet():
    branches = ["a-b", "a/b", "a_b", "A-B", "á-b", "../a-b", "x" * 80, "x" * 81]
    branches += [os.fsdecode(b"\xff\xfe"), os.fsdecode(b"\xff"), "\ufffd\ufffd"]
    branches += [folder_name(branch) for branch in branches if folder_name(branch) != branch]
    assert len({folder_name(branch) for branch in branches}) == len(branches)
    assert folder_name("sua-loi-2") == "sua-loi-2"


def test_a_preview_whose_branch_went_unseen_is_forgotten(office):
    office.commit("một")
    office.push("origin", "main:main", "main:nháp")
    name = folder_name("nháp")
    assert (office.target / "xem-truoc" / name / "index.html").exists()
    git(office.server, "update-ref", "-d", "refs/heads/nháp")
    office.commit("hai")
    office.push()
    assert not (office.target / "previews" / name).exists()
    assert not (office.target / "xem-truoc" / name).is_symlink()


def test_a_tag_publishes_nothing(office):
    office.commit("một")
    git(office.clone, "tag", "v1")
    assert office.push("origin", "v1") == []
    assert not (office.target / "current").exists()


def test_a_pusher_who_hangs_up_does_not_stop_the_publishing(office):
    office.commit("chậm một")
    pusher = subprocess.Popen(
        ["git", "push", "origin", "main"],
        cwd=office.clone,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    while not (office.server / "kehoach/main.lock").exists():
        time.sleep(0.02)
    pusher.kill()
    pusher.communicate()
    end = time.monotonic() + 20
    while not (office.target / "current").exists() and time.monotonic() < end:
        time.sleep(0.05)
    assert published(office.target) == "chậm một"


def test_the_hook_says_so_when_its_python_is_gone(office):
    hook = office.server / "hooks/post-receive"
    hook.write_text(hook.read_text().replace("bin/python", "bin/mat"))
    office.commit("một")
    (heard,) = office.push()
    assert heard.startswith("Không công bố được: thiếu ")


def test_installing_again_is_fine_but_another_hook_is_kept(office):
    office.install()
    (office.server / "hooks/post-receive").write_text("#!/bin/sh\necho của người khác\n")
    with pytest.raises(PublishError, match="không phải của kehoach"):
        install_hook(office.server, str(office.target))


def test_only_a_bare_repository_and_a_folder_will_do(office, tmp_path):
    with pytest.raises(PublishError, match="không phải kho Git trần"):
        install_hook(office.clone, str(office.target))
    with pytest.raises(PublishError, match="một thư mục của chính nó"):
        install_hook(office.server, "so@may:trang")


def commit_all(office: Office, message: str) -> str:
    git(office.clone, "add", "--all", "--force")
    git(office.clone, "commit", "--quiet", "--message", message)
    return git(office.clone, "rev-parse", "HEAD").strip()


def test_a_push_changes_what_is_said_and_never_what_runs(office, tmp_path):
    """An editor pushes another program, by every door; the installed one builds."""
    office.commit("một")
    office.push()
    proof = tmp_path / "chay-duoc"
    evil = f"import pathlib; pathlib.Path({str(proof)!r}).touch()\n"
    for name in (
        "build.py",
        "hooks/kehoach/__init__.py",
        "theme/print/x.py",
        "json.py",
        "sitecustomize.py",
    ):
        write(office.clone / name, evil)
    write(office.clone / "theme/main.html", "thay")
    write(office.clone / "requirements.lock", "evil==1")
    write(office.clone / ".cache/build", "xấu")  # a cache is trusted by who made it
    commit_all(office, "mã")
    office.commit("hai")
    heard = office.push()
    names = "build.py, hooks, requirements.lock, theme"
    assert heard[:3] == [
        f"Bản đẩy lên có chương trình khác bản đã cài trên máy chủ: {names}.",
        "Trang được dựng bằng bản đã cài, chỉ lấy văn bản và thiết lập của bản đẩy lên.",
        "Quản trị viên nâng cấp bằng: python3 build.py publish … --install-hook …",
    ]
    assert heard[3].startswith("Đã công bố 1 trang, bản 000002")
    assert published(office.target) == "hai"
    git(office.clone, "checkout", "--quiet", "-b", "nháp")
    office.push("origin", "nháp")
    assert published(office.target) == "hai"
    assert not proof.exists()
    worktree = office.server / "kehoach/worktrees/main"
    assert (worktree / "theme/main.html").read_text() == "{}"
    assert sorted(path.name for path in worktree.iterdir()) == [
        *(".cache", ".git", "content", "mkdocs.yml", "theme")
    ]


def test_an_administrator_upgrades_by_installing_again(office):
    office.commit("một")
    office.push()
    write(
        office.program / "build.py",
        BUILD.replace("release={release};", "release={release} bằng bản mới;"),
    )
    office.commit("hai")
    office.push()
    assert published(office.target) == "hai"
    office.install()
    office.commit("ba")
    office.push()
    assert published(office.target) == "ba bằng bản mới"
    assert len(list((office.server / "kehoach/program").iterdir())) == 1


def test_a_program_from_a_wheel_is_that_of_the_administrators_python(office, tmp_path):
    settings = tmp_path / "so"
    write(settings / "mkdocs.yml", SETTINGS)
    install_hook(office.server, str(office.target), url=URL, program=settings)
    program = receiving.server_of(office.server).program
    assert program.command == [sys.executable, "-P", "-m", "kehoach"]
    assert (program.folder / "mkdocs.yml").read_text() == SETTINGS
    with pytest.raises(PublishError, match=r"thiếu mkdocs\.yml"):
        install_hook(office.server, str(office.target), url=URL, program=tmp_path)


@pytest.mark.parametrize(
    ("line", "heard"),
    [
        ("x: !!python/object/apply:os.system ['touch {proof}']", "không dùng được trên máy chủ"),
        ("x: !ENV HOME", "không dùng được trên máy chủ"),
        ("x: [", "không dùng được trên máy chủ"),
    ],
)
def test_settings_that_could_run_code_are_refused(office, tmp_path, line, heard):
    office.commit("một")
    office.push()
    proof = tmp_path / "chay-duoc"
    write(office.clone / "mkdocs.yml", SETTINGS + line.format(proof=proof))
    office.commit("hai")
    assert heard in office.push()[0]
    assert published(office.target) == "một"
    assert not proof.exists()


def test_of_the_settings_the_department_changes_its_own_and_no_others(office):
    write(
        office.clone / "mkdocs.yml",
        SETTINGS.replace("Sở", "Sở mới") + "hooks: [content/x.py]\nINHERIT: /etc/x\n",
    )
    office.commit("một")
    heard = office.push()
    assert heard[0].endswith(": mkdocs.yml (INHERIT), mkdocs.yml (hooks).")
    used = (office.server / "kehoach/worktrees/main/mkdocs.yml").read_text()
    assert "Sở mới" in used
    assert "x.py" not in used
    write(office.clone / "mkdocs.yml", SETTINGS.replace("Sở", "Sở hai"))
    office.commit("hai")
    assert len(office.push()) == 1
    used = (office.server / "kehoach/worktrees/main/mkdocs.yml").read_text()
    assert used == SETTINGS.replace("Sở", "Sở hai")  # as it stands: findings name its lines


def test_a_site_without_an_address_is_not_published(office):
    write(office.clone / "mkdocs.yml", SETTINGS.replace("site_url: https://so.vn/\n", ""))
    office.commit("một")
    assert office.push()[0] == "  đặt site_url trong mkdocs.yml, là địa chỉ mà trang sẽ đứng"
    assert not (office.target / "current").exists()


def test_a_branch_whose_name_is_no_text_has_its_preview_and_stops_nobody(office):
    office.commit("một")
    office.push()
    branch = os.fsdecode(b"\xff\xfe")
    head = git(office.clone, "rev-parse", "HEAD").strip()
    heard = office.push("origin", f"{head}:refs/heads/{branch}")
    name = folder_name(branch)
    assert heard == [f"Bản xem trước của nhánh \ufffd\ufffd: {URL}xem-truoc/{name}/"]
    assert (office.target / "xem-truoc" / name / "index.html").exists()
    office.commit("hai")
    assert office.push()[-1].startswith("Đã công bố 1 trang, bản 000002")
    assert (office.target / "previews" / name).exists()


def test_a_build_that_never_ends_is_ended_and_the_next_push_publishes(office):
    office.commit("một")
    office.push()
    office.install(seconds=2)
    office.commit("treo")
    assert office.push() == [
        "đang dựng",
        "  việc dựng trang quá 2 giây nên đã bị dừng: "
        "báo quản trị viên máy chủ, hoặc tách bớt nội dung vừa thêm",
        "Trang đang công bố giữ nguyên: bản 000001.",
    ]
    office.install(seconds=60)
    office.commit("hai")
    assert office.push()[-1].startswith("Đã công bố 1 trang, bản 000002")


def test_a_build_that_takes_all_memory_is_ended(office):
    office.commit("một")
    office.push()
    office.install(seconds=60, megabytes=100)
    office.commit("phình")
    assert office.push()[0].startswith("  việc dựng trang dùng quá 100 MB bộ nhớ nên đã bị dừng")
    assert published(office.target) == "một"


def test_a_strict_umask_shuts_nobody_out(office):
    before = os.umask(0o077)
    try:
        office.commit("một")
        office.push()
        office.push("origin", "main:nháp")
    finally:
        os.umask(before)
    for path in office.target.rglob("*"):
        if (
            not path.is_symlink()
            and path.name not in ("lock", "releases")
            and ".new" not in path.name
        ):
            wanted = 0o755 if path.is_dir() else 0o644
            assert path.stat().st_mode & 0o777 == wanted, path
