"""The commands of build.py as people call them: what they print, what they leave, how they end."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import run
from releasing.sample import make_site, write


def test_help_names_every_command(root):
    done = run(root, "--help")
    assert done.returncode == 0
    for command in (
        "build",
        "check",
        "serve",
        "new",
        "publish",
        "rollback",
        "print",
        "bench",
        "test",
    ):
        assert f"\n    {command} " in done.stdout


@pytest.mark.parametrize(("part", "quick"), [("--quick", True), ("--rest", False)])
def test_each_test_is_in_one_of_two_loops(root, part, quick):
    this = "tests/test_commands.py"
    listed = run(root, "test", part, "--collect-only", "-n0", this).stdout
    assert (f"{this}::test_help_names_every_command" in listed) == quick
    assert (f"{this}::test_a_draft_is_not_published" in listed) != quick


def test_whoever_calls_is_left_before_anything_of_ours_is_imported(root):
    """The Python that `python3 build.py` was called with; the one of .venv imports it all again."""
    outside = Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}"
    command = [outside, "-S", "-X", "importtime", root / "build.py", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "các lệnh" in done.stdout
    assert "hashlib" in imported
    assert imported & {"argparse", "json", "pathlib", "subprocess", "kehoach"} == set()


def test_an_unknown_option_is_a_mistake_of_usage(root):
    assert run(root, "build", "--nonsense").returncode == 2


def test_who_closes_the_output_gets_the_same_end(root):
    script = 'exec "$0" "$1" check content/huong-dan >&- 2>&-'
    assert (
        subprocess.call(["sh", "-c", script, sys.executable, str(root / "build.py")], cwd=root) == 0
    )


def test_who_stops_reading_gets_no_traceback(root):
    command = [sys.executable, str(root / "build.py"), "check", "--format", "json"]
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 128 + signal.SIGPIPE


def test_check_is_clean_on_the_real_content(root):
    done = run(root, "check", "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["findings"] == []


def test_check_points_at_the_place_and_ends_with_1(checkout):
    plan = checkout / "content" / "ke-hoach" / "2022" / "ngay-khcn-quang-ngai.md"
    plan.write_text(plan.read_text().replace("date: 06/5/2022", "date: 31/2/2022"))
    done = run(checkout, "check", str(plan))
    assert done.returncode == 1
    line = plan.read_text().split("date: 31/2/2022")[0].count("\n") + 1
    assert f"ngay-khcn-quang-ngai.md:{line}:7: lỗi [invalid-date] date:" in done.stdout
    annotated = run(checkout, "check", "--format", "github").stdout
    assert (
        f"::error file=content/ke-hoach/2022/ngay-khcn-quang-ngai.md,line={line},col=7" in annotated
    )


def test_new_writes_a_draft_that_check_accepts(checkout):
    options = ["--title", "Tổ chức hội thảo thử nghiệm", "--issuer", "so-khcn-quang-ngai"]
    done = run(checkout, "new", "plan", *options, "--date", "2/3/2026")
    assert done.returncode == 0, done.stderr
    written = checkout / done.stdout.strip()
    assert written.is_file()
    report = json.loads(run(checkout, "check", "--format", "json", str(written)).stdout)
    assert [finding["rule"] for finding in report["findings"]] == ["withheld"]
    again = run(checkout, "new", "plan", *options, "--date", "2/3/2026")
    assert again.stdout.strip() == "content/ke-hoach/2026/to-chuc-hoi-thao-thu-nghiem-2.md"


def test_a_draft_is_not_published(checkout, tmp_path):
    plan = checkout / "content" / "ke-hoach" / "2022" / "ngay-khcn-quang-ngai.md"
    plan.write_text(plan.read_text().replace("status: issued", "status: draft"))
    done = run(checkout, "build", "--out", str(tmp_path / "site"))
    assert done.returncode == 0, done.stderr
    assert "[withheld]" in done.stdout
    # A warning alone: `check` says so with its exit code, and nothing is held up but a strict build.
    assert run(checkout, "check").returncode == 1
    strict = run(checkout, "build", "--strict", "--out", str(tmp_path / "strict"))
    assert strict.returncode == 1
    assert not (tmp_path / "strict").exists()
    assert not (tmp_path / "site/ke-hoach/2022/ngay-khcn-quang-ngai/index.html").exists()
    assert not (tmp_path / "site/su-kien/2022/toa-dam-cai-cach-hanh-chinh/index.html").exists()


def test_publish_rollback_and_releases_say_what_is_live(root, tmp_path):
    target = str(tmp_path / "srv")
    nothing = run(root, "releases", target)
    assert (nothing.returncode, nothing.stdout) == (0, "")
    assert nothing.stderr == f"{target} chưa công bố bản nào.\n"
    for release in ("một", "hai"):
        site = make_site(tmp_path / release, release)
        done = run(root, "publish", target, "--site", str(site), "--quiet")
        assert done.returncode == 0, done.stderr
    assert done.stderr == f"Đang công bố bản 000002, 62 trang: {target}\n"
    done = run(root, "rollback", target)
    assert (done.returncode, done.stderr) == (0, f"Đang công bố bản 000001, 62 trang: {target}\n")
    lines = run(root, "releases", target).stdout.splitlines()
    commit = subprocess.check_output(["git", "rev-parse", "HEAD"], cwd=root, text=True)[:12]
    assert [line.split()[:2] for line in lines] == [
        ["→", "000001"],
        ["000002", lines[1].split()[1]],
    ]
    assert lines[0].endswith(f"62 trang  {commit}")


def test_a_refused_publish_is_1_and_an_impossible_one_2(root, tmp_path):
    target = str(tmp_path / "srv")
    site = make_site(tmp_path / "site", "một")
    (site / "tinh/0/index.html").unlink()
    write(site / "index.html", '<a href="tinh/0/">')
    refused = run(root, "publish", target, "--site", str(site))
    assert refused.returncode == 1
    assert refused.stderr == "trang chủ: liên kết `tinh/0/` không dẫn tới đâu\n"
    assert run(root, "publish", "may:", "--site", str(site)).returncode == 2
    assert run(root, "rollback", target).returncode == 2


@pytest.mark.heavy
def test_installing_a_hook_says_what_follows(root, tmp_path):
    repository = tmp_path / "kho.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(repository)], check=True)
    done = run(root, "publish", str(tmp_path / "srv"), "--install-hook", str(repository))
    assert done.returncode == 0, done.stderr
    assert f"\nĐã cài {repository}/hooks/post-receive: từ nay git push" in done.stderr


@pytest.mark.parametrize("scheme", ["xanh-trang", "trang"])
def test_print_draws_a_slogan_in_another_scheme(root, tmp_path, scheme):
    done = run(root, "print", "2022/nhiet-liet-18-5", "--scheme", scheme, "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert len(list(tmp_path.glob("*.pdf"))) == 6
    assert len(list(tmp_path.glob("*.png"))) == 9


def test_print_leaves_nothing_in_the_temporary_folder(root, tmp_path):
    scratch = tmp_path / "tmp"
    scratch.mkdir()
    options = ("print", "2022/nhiet-liet-18-5", "--out", str(tmp_path / "out"))
    assert run(root, *options, TMPDIR=str(scratch)).returncode == 0
    assert list(scratch.iterdir()) == []


def test_print_of_an_unknown_slogan_proposes_the_nearest(root, tmp_path):
    done = run(root, "print", "nhiet-liet-18-6", "--out", str(tmp_path))
    assert done.returncode == 2
    assert "Có phải `nhiet-liet-18-5`?" in done.stderr


@pytest.mark.parametrize("place", ["content", "content/moi", "theme", "README.md", ".", "..", ""])
def test_a_site_takes_the_place_of_nothing_else(checkout, place):
    before = everything(checkout)
    for _ in ("nothing is known", "the settings are"):
        done = run(checkout, "build", "--quiet", "--out", place)
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
        assert everything(checkout) == before


def everything(folder):
    """The bytes of every file in it that is not the build's own."""
    files = (path for path in folder.rglob("*") if path.is_file() and ".cache" not in path.parts)
    return {path: path.read_bytes() for path in files if ".venv" not in path.parts}


@pytest.mark.built
def test_a_folder_with_other_files_is_no_place_for_a_site(root, tmp_path):
    own = tmp_path / "thư từ"
    own.mkdir()
    done = run(root, "build", "--out", str(own), "--without", "prints", "--without", "search")
    assert done.returncode == 0, done.stderr
    again = run(root, "build", "--out", str(own), "--without", "prints", "--without", "search")
    assert again.returncode == 0, again.stderr
    for letter in ("letter.txt", "folder/letter.txt"):
        other = tmp_path / "khác" / letter
        other.parent.mkdir(parents=True, exist_ok=True)
        other.write_text("thư")
        done = run(root, "build", "--out", str(tmp_path / "khác"))
        assert (done.returncode, other.read_text()) == (2, "thư")
        assert done.stderr.endswith("đã có nội dung khác: chọn thư mục trống hoặc chưa có.\n")
    beyond = run(root, "build", "--out", str(other / "site"))
    assert (beyond.returncode, other.read_text()) == (2, "thư")


@pytest.mark.parametrize("command", ["check", "build", "print"])
@pytest.mark.parametrize("harm", ["no content", "no texts", "no settings", "broken settings"])
def test_what_a_build_starts_from_may_be_missing(checkout, command, harm):
    site = checkout / "site"
    site.mkdir()
    if harm == "no content":
        shutil.rmtree(checkout / "content")
    elif harm == "no texts":
        for text in (checkout / "content").rglob("*.md"):
            text.unlink()
    elif harm == "no settings":
        (checkout / "mkdocs.yml").unlink()
    else:
        (checkout / "mkdocs.yml").write_text("site_name: [")
    done = run(checkout, command, *(["nhiet-liet-18-5"] if command == "print" else []))
    assert done.returncode == 2
    assert "content" in done.stderr or "mkdocs.yml" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(site.iterdir())


def test_a_port_that_is_taken_or_none_is_said(root):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run(root, "serve", "--port", port)
    assert done.returncode == 2
    assert done.stderr.startswith(f"Không mở được cổng {port} (")
    assert run(root, "serve", "--port", "99999").returncode == 2


@pytest.mark.parametrize("option", [["--keep", "0"], ["--keep", "-3"], ["--share", "5"]])
def test_a_number_out_of_bounds_is_a_mistake_of_usage(root, tmp_path, option):
    done = run(root, "publish", str(tmp_path / "srv"), *option)
    assert done.returncode == 2
    assert "phải là số" in done.stderr
    assert not (tmp_path / "srv").exists()


def test_what_new_would_pass_over_is_said(checkout):
    done = run(checkout, "new", "plan", "--title", "Thử", "--plan", "ke-hoach/2022/khong-co")
    assert done.returncode == 2
    assert done.stderr == "new plan không dùng: --plan\n"


def test_check_of_errors_alone_lets_a_draft_pass(checkout):
    plan = checkout / "content" / "ke-hoach" / "2022" / "ngay-khcn-quang-ngai.md"
    plan.write_text(plan.read_text().replace("status: issued", "status: draft"))
    assert run(checkout, "check", "--severity", "error").returncode == 0
    plan.write_text(plan.read_text().replace("date:", "date: 31/2/2022 #"))
    found = run(checkout, "check", "--severity", "error")
    assert found.returncode == 1
    assert "[invalid-date]" in found.stdout
    assert "[withheld]" not in found.stdout


def test_print_into_a_file_is_said(root, tmp_path):
    (tmp_path / "tệp").write_text("")
    done = run(root, "print", "2022/nhiet-liet-18-5", "--out", str(tmp_path / "tệp"))
    assert done.returncode == 2
    assert done.stderr.startswith("Không dùng được ")


@pytest.mark.parametrize("epoch", ["hôm nay", "99999999999999999999"])
def test_a_clock_that_is_none_is_said(root, epoch):
    done = run(root, "check", SOURCE_DATE_EPOCH=epoch)
    assert done.returncode == 2
    assert done.stderr == f"SOURCE_DATE_EPOCH phải là số giây từ 1970: {epoch}\n"


@pytest.mark.parametrize(
    ("name", "words"),
    [("pages/plan.html", "plan.html, dòng 1: "), ("main.html", "main.html, dòng 1: ")],
)
def test_a_broken_template_is_said_with_its_line(checkout, name, words):
    template = checkout / "theme" / name
    template.write_text("{% if %}" + template.read_text("utf-8"), "utf-8")
    done = run(checkout, "build", "--without", "prints", "--without", "search")
    assert done.returncode == 2
    assert done.stderr.startswith(f"Mẫu trang trong theme/ không dùng được: {words}")
    assert done.stderr.count("\n") == 1


def test_a_template_that_is_gone_is_named(checkout):
    (checkout / "theme/pages/slogan.html").unlink()
    done = run(checkout, "build", "--without", "prints", "--without", "search")
    assert (done.returncode, done.stderr) == (
        2,
        "Mẫu trang trong theme/ không dùng được: thiếu slogan.html\n",
    )


def test_what_the_machine_refuses_is_said(checkout):
    (checkout / ".cache").mkdir(exist_ok=True)
    (checkout / ".cache/build").write_text("?")
    done = run(checkout, "build")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("Máy không cho làm tiếp: ")


def test_a_place_that_leads_round_is_no_place_for_a_site(checkout):
    (checkout / "vong").symlink_to("vong")
    done = run(checkout, "build", "--out", "vong")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_a_bare_locale_speaks_vietnamese(checkout):
    bare = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run(checkout, "check", **bare)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Không có lỗi")


@pytest.mark.parametrize("after", [0, 0.5, 3])
def test_who_interrupts_a_build_is_told_so_in_a_word(checkout, after):
    process = subprocess.Popen(
        # A program in the background begins with the signal ignored.
        ["env", "--default-signal=INT", sys.executable, "build.py", "build"],
        cwd=checkout,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while process.poll() is None and not (checkout / ".cache").exists():
        time.sleep(0.01)
    time.sleep(after)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (128 + signal.SIGINT, "Đã dừng.\n")
    assert not (checkout / "site").exists()
