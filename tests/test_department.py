"""A second department begins: its own repository from the wheel, offline, and what its readers get."""

import hashlib
import json
import os
import re
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
import zipfile
from pathlib import Path

import pytest
import yaml

from conftest import ROOT, contents
from kehoach import packaging
from releasing import store

NAME = "Sở Khoa học và Công nghệ tỉnh Nghệ An"
OTHERS = re.compile("Quảng Ngãi|Quảng Trị|Thanh Hóa|Bắc Giang|quang-ngai|thanh-hoa|bac-giang")
ASKED = ("--name", NAME, "--province", "Nghệ An", "--url", "https://kh.nghean.example.vn/")
PLAN = """\
---
title: {title}
number: {number}/KH-SKHCN
issuer: so
date: 10/3/2026
---
## I. MỤC ĐÍCH

1. {title} nêu việc phải làm, đơn vị chủ trì và thời gian thực hiện.
"""
PAGE = """\
# Giới thiệu

Trang này giới thiệu Sở.

!!! note "Giờ làm việc"
    Bấm ++ctrl+p++ để in.
"""
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'
)


class Program:
    """kehoach as it is installed from its wheel, with nothing of this repository on the way."""

    def __init__(self, folder: Path) -> None:
        self.wheel = folder / packaging.build_wheel(str(folder))
        self.place = folder / "installed"
        pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index"]
        subprocess.run([*pip, "--target", str(self.place), str(self.wheel)], check=True)

    def run(
        self, root: Path, *arguments: str, module: str = "kehoach"
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=root,
            env=os.environ | {"PYTHONPATH": str(self.place)},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    return Program(tmp_path_factory.mktemp("wheel"))


@pytest.fixture
def office(program: Program, tmp_path: Path) -> Path:
    done = program.run(tmp_path, "init", "so", *ASKED, "--colour", "#123a73")
    assert done.returncode == 0, done.stderr
    commit(tmp_path / "so", "Bắt đầu")
    return tmp_path / "so"


def commit(root: Path, message: str) -> None:
    git = ["git", "-c", "user.name=Văn thư", "-c", "user.email=a@so.vn"]
    if not (root / ".git").exists():
        subprocess.run([*git, "init", "-q"], cwd=root, check=True)
    subprocess.run([*git, "add", "--all"], cwd=root, check=True)
    subprocess.run([*git, "commit", "-q", "-m", message], cwd=root, check=True)


def test_a_wheel_is_the_same_twice_and_says_what_it_needs(program, tmp_path):
    again = tmp_path / packaging.build_wheel(str(tmp_path))
    assert again.read_bytes() == program.wheel.read_bytes()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    with zipfile.ZipFile(again) as wheel:
        assert wheel.testzip() is None
        names = wheel.namelist()
        metadata = wheel.read("kehoach-0.1.0.dist-info/METADATA").decode()
        for row in wheel.read("kehoach-0.1.0.dist-info/RECORD").decode().splitlines():
            path, _, size = row.rsplit(",", 2)
            assert not size or len(wheel.read(path.strip('"'))) == int(size)
    assert metadata.count("Requires-Dist: ") >= len(project["dependencies"])
    assert "kehoach/package_data/theme/main.html" in names
    assert "kehoach/package_data/content/huong-dan/index.md" in names
    assert not [name for name in names if "__pycache__" in name or "/ke-hoach/" in name]


def test_the_repository_is_the_same_from_the_wheel_and_from_here(office, tmp_path):
    here = [sys.executable, str(ROOT / "build.py"), "init", str(tmp_path / "here"), *ASKED]
    subprocess.run([*here, "--colour", "#123a73"], check=True, capture_output=True)
    made = {n: c for n, c in contents(office).items() if not n.startswith(".git/")}
    assert made == contents(tmp_path / "here")
    wheel = next(name for name in made if name.endswith(".whl"))
    digest = hashlib.sha256(made[wheel]).hexdigest()
    assert f"./{wheel} \\\n    --hash=sha256:{digest}\n" in made["requirements.lock"].decode()
    for name, content in made.items():  # templates are filled in everywhere
        if not name.startswith(("content/", "goi/", "requirements")):
            assert not re.search(r"\$(name|url|site_name)\b", content.decode()), name


@pytest.mark.parametrize("target", ["", "so@may.vn:/srv/kehoach", "s3://kho/kh"])
def test_ci_of_a_department_checks_and_publishes_and_tests_no_program(target, program, tmp_path):
    done = program.run(tmp_path, "init", "so", *ASKED, "--target", target)
    assert done.returncode == 0, done.stderr
    for path, schema in (
        (".github/workflows/site.yml", "github-workflows"),
        (".forgejo/workflows/site.yml", "github-workflows"),
        (".gitlab-ci.yml", "gitlab-ci"),
    ):
        file = tmp_path / "so" / path
        text = file.read_text()
        assert set(re.findall(r"build\.py (\w+)", text)) == {"check", "publish"}, path
        uses = re.findall(r"uses: (\S+)", text)
        assert [one for one in uses if not re.fullmatch(r"\S+@[0-9a-f]{40}", one)] == []
        assert target in text
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
        linted = subprocess.run([*command, str(file)], capture_output=True, text=True, check=False)
        assert linted.returncode == 0, linted.stdout


def answer(address: str) -> str:
    """The page at `address`, once a server that has just been started gives it."""
    for _ in range(600):
        try:
            with urllib.request.urlopen(address) as page:
                text: str = page.read().decode()
                return text
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"no answer at {address}")


@pytest.mark.heavy
def test_a_newcomer_s_first_day(program, office, tmp_path):
    content, settings = office / "content", office / "mkdocs.yml"
    (content / "ke-hoach/2026").mkdir(parents=True)
    for number, name in enumerate(("ngay-khcn", "chuyen-doi-so"), 1):
        text = PLAN.format(title=f"Kế hoạch {name}", number=number)
        (content / f"ke-hoach/2026/{name}.md").write_text(text)
    (content / "gioi-thieu.md").write_text(PAGE)
    (content / "logo.svg").write_text(LOGO)
    text = settings.read_text().replace("plugins: [kehoach]", "plugins: [kehoach, blog]")
    text = text.replace("nav:\n", "nav:\n  - Giới thiệu: gioi-thieu.md\n")
    settings.write_text(text.replace("name: kehoach", "name: kehoach\n  logo: logo.svg"))
    commit(office, "Kế hoạch đầu tiên")

    done = program.run(office, "check")
    assert done.returncode == 1
    assert "plugin blog không chạy ở đây" in done.stdout
    settings.write_text(settings.read_text().replace("[kehoach, blog]", "[kehoach]"))
    commit(office, "Bỏ blog")
    done = program.run(office, "check")
    assert done.returncode == 1
    line = settings.read_text().split("\n").index("  department:") + 1
    assert f"mkdocs.yml:{line}:3: cảnh báo [missing-contact]" in done.stdout
    assert "0 lỗi, 1 cảnh báo" in done.stdout
    settings.write_text(settings.read_text().replace("    # ", "    "))
    commit(office, "Ghi liên hệ của Sở")
    done = program.run(office, "check")
    assert done.returncode == 0, done.stdout

    done = program.run(office, "build")
    assert done.returncode == 0, done.stderr
    site = contents(office / "site")
    assert [n for n, c in site.items() if OTHERS.search(c.decode("utf-8", "ignore"))] == []
    home = site["index.html"].decode()
    assert '<a href="tel:02553822456">0255.3822.456</a>' in home
    assert '<a href="./gioi-thieu/">Giới thiệu</a>' in home
    assert 'src="./logo.svg"' in home
    assert (
        "--brand-blue: #123a73"
        in site[re.search(r'"\./(assets-\w+/css/brand.css)"', home)[1]].decode()
    )
    page = site["gioi-thieu/index.html"].decode()
    assert "Trang này giới thiệu Sở." in page
    assert '<div class="callout callout--note"><p class="callout__title">Giờ làm việc</p>' in page

    # The same bytes through MkDocs itself.
    out = tmp_path / "by-hand"
    done = program.run(office, "build", "--site-dir", str(out), module="mkdocs")
    assert done.returncode == 0, done.stderr
    assert contents(out) == site

    # And as who knows MkDocs looks at it.
    with socket.create_server(("127.0.0.1", 0)) as free:
        place = f"127.0.0.1:{free.getsockname()[1]}"
    serving = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", place]
    environment = os.environ | {"PYTHONPATH": str(program.place)}
    with subprocess.Popen(
        serving, cwd=office, env=environment, stderr=subprocess.DEVNULL
    ) as server:
        try:
            assert "Giờ làm việc" in answer(f"http://{place}/gioi-thieu/")
        finally:
            server.terminate()

    target = tmp_path / "srv"
    done = program.run(office, "publish", str(target), "--site", "site")
    assert done.returncode == 0, done.stderr
    assert json.loads((target / "current/.release.json").read_text())["pages"] > 80


def test_an_update_renews_what_the_department_left_alone(program, office):
    rules, guide = (
        office / "content/huong-dan/quy-tac/index.md",
        office / "content/huong-dan/index.md",
    )
    noted = json.loads((office / ".kehoach.json").read_text())
    guide.write_text("---\ntitle: Hướng dẫn của Sở\n---\nRiêng.\n")
    rules.write_text("cũ")
    noted["content/huong-dan/quy-tac/index.md"] = hashlib.sha256("cũ".encode()).hexdigest()
    (office / ".kehoach.json").write_text(json.dumps(noted))
    done = program.run(office, "update", "--wheel", str(program.wheel))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "đã đổi: content/huong-dan/quy-tac/index.md",
        "giữ bản của Sở: content/huong-dan/index.md",
    ]
    assert rules.read_bytes() == (ROOT / "content/huong-dan/quy-tac/index.md").read_bytes()
    assert "Riêng." in guide.read_text()


TARGETS = {
    "": ".cache/public",
    "a@may:/srv/so": "a@may:/srv/so",
    "s3://kehoach/so": "s3://kehoach/so",
}


@pytest.mark.parametrize("target", TARGETS)
def test_ci_publishes_where_init_was_told(program, tmp_path, target):
    done = program.run(tmp_path, "init", "so", *ASKED, "--target", target)
    assert done.returncode == 0, done.stderr
    github = tmp_path / "so/.github/workflows/site.yml"
    gitlab = tmp_path / "so/.gitlab-ci.yml"
    job = yaml.safe_load(github.read_text())["jobs"]["publish"]
    assert value_of(job["env"]["TARGET"], {}) == TARGETS[target]
    assert value_of(job["env"]["TARGET"], {"vars.PUBLISH_TARGET": "b@may:x"}) == "b@may:x"
    assert yaml.safe_load(gitlab.read_text())["variables"]["PUBLISH_TARGET"] == target
    shown = f"python3 build.py publish {target or 'ĐÍCH'}`"
    assert shown in (tmp_path / "so/README.md").read_text()
    for path, schema in ((github, "github-workflows"), (gitlab, "gitlab-ci")):
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
        done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def value_of(expression: str, known: dict[str, str]) -> str:
    """What GitHub makes of `${{ a || 'b' }}`: the first that is not empty."""
    terms = expression.removeprefix("${{").removesuffix("}}").split("||")
    values = (
        known.get(term.strip(), "") if "'" not in term else term.strip(" '") for term in terms
    )
    return next(filter(None, values), "")


@pytest.mark.heavy
def test_a_departments_ci_publishes_to_a_store(program, tmp_path):
    """The steps of its two services as they stand; what is secret comes from the service alone."""
    done = program.run(tmp_path, "init", "so", *ASKED, "--target", "s3://kehoach/so")
    assert done.returncode == 0, done.stderr
    root = tmp_path / "so"
    plan = root / "content/ke-hoach/2026/ngay-khcn.md"
    plan.parent.mkdir(parents=True)
    plan.write_text(PLAN.format(title="Kế hoạch Ngày KH&CN", number=1))
    commit(root, "Kế hoạch đầu tiên")
    job = yaml.safe_load((root / ".github/workflows/site.yml").read_text())["jobs"]["publish"]
    (step,) = (step for step in job["steps"] if step.get("name") == "Publish")
    gitlab = yaml.safe_load((root / ".gitlab-ci.yml").read_text())
    plain = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    with store.running() as running:
        known = {
            "secrets.AWS_ACCESS_KEY_ID": "KHOASO",
            "secrets.AWS_SECRET_ACCESS_KEY": "bi-mat-cua-so",
            "vars.AWS_ENDPOINT_URL_S3": running.url,
            "vars.AWS_REGION": "ap-southeast-1",
        }
        named = job["env"] | step["env"]
        given = {name: value_of(expression, known) for name, expression in named.items()}
        assert {name.split(".")[1] for name in known} <= given.keys()
        told = scripted(root, step["run"], plain | given)
        assert "Đang công bố bản 000001" in told
        page = "so/releases/000001/ke-hoach/2026/ngay-khcn/index.html"
        assert list(running.objects(page)) == [""]
        assert running.objects("so/current") == {"": b"000001\n"}
        # GitLab's variables are the job's environment; the same site is no new release.
        given = {name.split(".")[1]: value for name, value in known.items()}
        lines = "\n".join(gitlab["store"]["script"])
        told = scripted(
            root, lines, plain | gitlab["variables"] | given | {"CI_PROJECT_DIR": str(root)}
        )
        assert "Đang công bố bản 000001" in told
    kept = {
        name: content for name, content in contents(root).items() if not name.startswith(".venv/")
    }
    assert [name for name, content in kept.items() if b"bi-mat-cua-so" in content] == []


def scripted(root: Path, script: str, environment: dict[str, str]) -> str:
    command = ["bash", "-e", "-o", "pipefail", "-c", script]
    done = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stderr


@pytest.mark.parametrize(
    "target",
    ["/srv/so", "s3:/kehoach/so", "s3://KHOA:bi-mat@kehoach/so", "s3://kehoach/../so", "-x:y"],
)
def test_init_refuses_a_target_that_is_none(program, tmp_path, target):
    done = program.run(tmp_path, "init", "so", *ASKED, f"--target={target}")
    assert (done.returncode, (tmp_path / "so").exists()) == (2, False)
    assert f"đích `{target}` viết sai" in done.stderr


def later(wheel: Path, folder: Path, **changes: str) -> Path:
    """The wheel of a later version: the same with a line more in some files of its data and templates."""
    folder.mkdir()
    made = folder / wheel.name.replace("0.1.0", "0.2.0")
    with zipfile.ZipFile(wheel) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            more = next((line for end, line in changes.items() if name.endswith(end)), "")
            new.writestr(name.replace("0.1.0", "0.2.0"), old.read(name) + more.encode())
    return made


def test_an_update_brings_what_is_in_the_new_wheel_and_names_what_the_department_has_of_its_own(
    program, office, tmp_path
):
    guide = office / "content/huong-dan/bat-dau.md"
    guide.write_text("---\ntitle: Bắt đầu ở Sở\n---\nRiêng.\n")
    settings = office / "mkdocs.yml"
    settings.write_text(
        settings.read_text().replace("name: kehoach", "name: kehoach\n  custom_dir: mat")
    )
    (office / "mat/pages").mkdir(parents=True)
    for page in ("plan.html", "event.html"):
        (office / "mat/pages" / page).write_text("của Sở")
    new = later(
        program.wheel,
        tmp_path / "moi",
        **{
            "content/huong-dan/bat-dau.md": "Câu mới.\n",
            "content/huong-dan/loi-ra.md": "Câu mới.\n",
            "package_data/requirements.lock": "# mới\n",
            "theme/pages/plan.html": "\n",
            "theme/pages/month.html": "\n",
            "files/.github/workflows/site.yml": "# mới\n",
        },
    )
    done = program.run(office, "update", "--wheel", str(new))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "đã đổi: content/huong-dan/loi-ra.md",
        "đã đổi: goi/kehoach-0.1.0-py3-none-any.whl",
        "đã đổi: goi/kehoach-0.2.0-py3-none-any.whl",
        "đã đổi: requirements.lock",
        "giữ bản của Sở: content/huong-dan/bat-dau.md",
        "chương trình có bản mới, Sở đối chiếu: .github/workflows/site.yml",
        "chương trình có bản mới, Sở đối chiếu: content/huong-dan/bat-dau.md",
        "chương trình có bản mới, Sở đối chiếu: mat/pages/plan.html",
    ]
    assert [path.name for path in (office / "goi").iterdir()] == [new.name]
    lock = (office / "requirements.lock").read_text()
    assert f"# mới\n./goi/{new.name} \\\n" in lock
    assert hashlib.sha256(new.read_bytes()).hexdigest() in lock
    again = program.run(office, "update", "--wheel", str(new))
    assert again.stdout.splitlines() == ["giữ bản của Sở: content/huong-dan/bat-dau.md"]


def test_an_update_refuses_what_is_no_program(program, office, tmp_path):
    before = contents(office)
    with zipfile.ZipFile(tmp_path / "khac-1.0-py3-none-any.whl", "w") as other:
        other.writestr("khac/__init__.py", "")
    (tmp_path / "chu.whl").write_text("chữ")
    for name in ("khac-1.0-py3-none-any.whl", "chu.whl"):
        done = program.run(office, "update", "--wheel", str(tmp_path / name))
        assert done.returncode == 2
        assert f"{name} không phải một bản chương trình kehoach" in done.stderr
    assert contents(office) == before


NAMES = (
    'Sở: KH&CN "A" {x} #1',
    "Sở $name ${x} 'b'",
    "- Sở [a](b): c",
    "Sở\nxuống  dòng",
    "true",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_repository_stands_whatever_its_department_is_called(name, program, tmp_path):
    (tmp_path / "so").mkdir()
    subprocess.run(
        ["git", "init", "-q", str(tmp_path / "so")], check=True
    )  # as one that was cloned
    contact = ("--address", 'số 1: "a" #2', "--province", "Bà Rịa: B")
    done = program.run(tmp_path, "init", "so", "--name", name, "--url", "https://a.vn/", *contact)
    assert done.returncode == 0, done.stderr
    done = program.run(tmp_path / "so", "check", "--severity", "error")
    assert done.returncode == 0, done.stdout + done.stderr
    said = yaml.safe_load((tmp_path / "so/mkdocs.yml").read_text())
    assert said["extra"]["department"]["name"] == " ".join(name.split())


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--name", "  "), "Chưa có tên Sở"),
        (("--name", "Sở", "--url", "kh.vn"), "kh.vn không phải địa chỉ của một trang"),
        (("--name", "Sở", "--url", "mailto:a@b.vn"), "không phải địa chỉ của một trang"),
        (("--name", "Sở", "--email", "van-phong"), "van-phong không phải thư điện tử"),
        (("--name", "Sở", "--phone", "gọi Sở"), "gọi Sở không phải điện thoại"),
        (("--name", "Sở", "--target", "ftp://so.vn/kh"), "không công bố qua ftp:// được"),
        (("--name", "Sở", "--colour", "xanh"), "xanh không phải màu"),
    ],
)
def test_init_writes_nothing_that_does_not_stand(asked, told, program, tmp_path):
    done = program.run(tmp_path, "init", "so", *asked)
    assert (done.returncode, (tmp_path / "so").exists()) == (2, False)
    assert told in done.stderr


def test_init_leaves_another_s_folder_alone(program, tmp_path):
    (tmp_path / "cu").mkdir()
    (tmp_path / "cu/a.txt").write_text("của ai đó")
    done = program.run(tmp_path, "init", "cu", "--name", NAME)
    assert (done.returncode, sorted(p.name for p in (tmp_path / "cu").iterdir())) == (2, ["a.txt"])
    assert program.run(tmp_path, "init", "moi").returncode == 2
    done = program.run(tmp_path, "init", "moi", "--name", NAME, "--colour", "#ffff00")
    assert (done.returncode, (tmp_path / "moi").exists()) == (2, False)
    assert "khó đọc" in done.stderr
