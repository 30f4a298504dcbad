"""All that is published, by the Nu HTML Checker: HTML, ARIA, style sheets, drawings."""

import json
import subprocess
from pathlib import Path

import pytest

from node import npm

pytestmark = pytest.mark.node

# What the checker does not know yet, with what defines it.
AHEAD = {
    "CSS: Unrecognized at-rule “@container”",  # CSS Conditional Rules 5
    "CSS: “container-type”: Property “container-type” doesn't exist.",
    "CSS: “vector-effect”: Property “vector-effect” doesn't exist.",  # SVG 2, 8.11
}
# Warnings that say nothing of a page: a policy is judged as if pages stood in a folder, and JSON-LD is no
# script; a signed table says by `align` how its columns stand.
BESIDE = (
    "Resource violates Content Security Policy",
    "Inline script violates Content Security Policy",
)
OBSOLETE = "The “align” attribute on the “td” element is obsolete."


@pytest.mark.parametrize("built", ["site", "stressed"])
def test_the_checker_finds_nothing(request, built):
    site: Path = request.getfixturevalue(built)
    checker = npm.modules() / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-jar", str(checker), "--format", "json", "--stdout", "--exit-zero-always"]
    command += ["--skip-non-html", "--also-check-css", "--also-check-svg", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    messages = json.loads(done.stdout)["messages"]
    assert len(messages) > 400  # those of BESIDE: it has read the pages
    found = {
        f"{message['url'].removeprefix(site.as_uri())}, {message['lastLine']}: {message['message']}"
        for message in messages
        if message["message"] not in AHEAD
        and not message["message"].startswith((*BESIDE, OBSOLETE))
    }
    assert found == set()
