"""The benches that the documentation names still run, on little: their figures are whole and can be shown."""

import importlib
import json
import subprocess
import sys

import pytest

from bench import check, importing
from kehoach.commands import BENCHES

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.heavy]


def figures(root, name, *options):
    """What `bench` prints as JSON; that its table can be made of it too."""
    command = [sys.executable, "build.py", "bench", name, "--json", *options]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert importlib.import_module(f"bench.{BENCHES.get(name, name)}").table(found)
    return found


def test_speed(root):
    found = figures(root, "speed", "--plans", "5", "--rounds", "1")
    own, hugo = found["kehoach"], found["hugo"]
    assert own["site"]["pages"] == hugo["site"]["pages"] > found["hugo_lean"]["site"]["pages"]
    assert own["site_prints"]["files"] > own["site"]["files"]
    # The processes that draw are counted, although the build does not wait for their end.
    assert own["cold_prints"]["cpu"] > own["cold_search"]["cpu"] + own["cold_prints"]["seconds"] / 2
    assert found["ratio_to_hugo"]["cold"] == own["cold"]["seconds"] / hugo["cold"]["seconds"]
    assert found["serve"] < own["cold"]["seconds"]
    assert {"material", "zensical"} <= found.keys()


def test_search(root):
    found = figures(root, "search", "--plans", "5")
    assert found["peers"].keys() == {"material", "pagefind"}
    assert found["success@1"] == found["sec@1"] == 1
    assert found["fresh"]["phrase"]["success@1"] == 1
    assert 0 < found["first_query"]["bytes"] < 200_000


def test_pages(root):
    found = figures(root, "pages")
    plan = found["plan"]
    assert plan["html"]["total"] < plan["kehoach"]["total"] < plan["material"]["total"]
    for kind in ("home", "plan", "event", "month"):
        assert found["lighthouse"][kind]["accessibility"] == 100


def test_print(root):
    found = figures(root, "print")
    assert sum(kind["count"] for kind in found["kinds"]) == found["listed"]["count"] > 100
    assert found["plan"]["warm"] < found["plan"]["cold"]
    assert found["peer"].keys() == {"version", "warm", "cold"}


def test_publish(root):
    found = figures(root, "publish")
    assert found["pages"] > 100
    for front in ("nginx on the folder", "nginx in front of the store"):
        assert found[front]["failed"] == 0 < found[front]["requests_per_second"]
    assert {*found["folder"]} == {*found["store"]} == {"first", "changed", "same"}


def test_check(root):
    found = check.run(root, plans=20, cases=20)
    assert found["broken"]["raised"] == []
    assert {run["plans"] for run in found["plans"].values()} == {20}
    assert found["broken"]["clean"] < found["broken"]["cases"] == 20
    assert check.table(found)


def test_import(root):
    found = importing.run(root, formats=("docx",), scans=())
    assert importing.table(found)
    for tools in found["plans"].values():
        assert tools["docx"]["coverage"] >= 0.99
        assert tools["docx"]["whole"]
        assert "pandoc" in tools
    for matched in found["proposals"].values():
        assert matched["recall"] >= 0.9
        assert matched["precision"] >= 0.9
    assert found["long"]["kehoach"]["mebibytes"] < 400
