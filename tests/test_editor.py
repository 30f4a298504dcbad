"""In VS Code's YAML language server the schema completes keys and flags wrong ones."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from node import npm

pytestmark = pytest.mark.node
ROOT = Path(__file__).resolve().parents[1]
SCHEMAS = {
    (ROOT / f"content/schema/{name}.json").as_uri(): [f"**/{name}{files}"]
    for name, files in (("ke-hoach", "/**"), ("don-vi", ".yml"))
}
SETTINGS = {"yaml": {"schemas": SCHEMAS, "completion": True, "validate": True}}


class Editor:
    """A client of the language server over its standard input and output (LSP 3.17)."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.asked = 0

    def send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        """The next message; what the server asks for, it gets: the settings, else nothing."""
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b": ")
            length = int(value) if name == b"Content-Length" else length
        message = json.loads(self.process.stdout.read(length))
        if "id" in message and "method" in message:
            items = (message.get("params") or {}).get("items")
            result = [SETTINGS.get(item["section"]) for item in items] if items else None
            self.send(id=message["id"], result=result)
        return message

    def wait(self, method: str) -> dict[str, Any]:
        while (message := self.receive()).get("method") != method:
            pass
        return message

    def ask(self, method: str, params: Any) -> Any:
        self.asked += 1
        self.send(id=self.asked, method=method, params=params)
        while (message := self.receive()).get("id") != self.asked or "method" in message:
            pass
        return message["result"]

    def open(self, name: str, text: str) -> str:
        uri = f"file:///content/{name}"
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.send(method="textDocument/didOpen", params={"textDocument": document})
        return uri

    def problems(self, uri: str) -> list[dict[str, Any]]:
        """What the server says of the document, once it has looked at it."""
        while (told := self.wait("textDocument/publishDiagnostics")["params"])["uri"] != uri:
            pass
        return told["diagnostics"]

    def completions(self, uri: str, line: int, column: int) -> dict[str, str]:
        """The labels proposed at a place (from 0), and what is said of each."""
        place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": column}}
        items = self.ask("textDocument/completion", place)["items"]
        return {item["label"]: str(item.get("documentation")) for item in items}


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    server = npm.modules() / ".bin" / "yaml-language-server"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([server, "--stdio"], **pipes) as process:
        too_long = Timer(120, process.kill)
        too_long.daemon = True
        too_long.start()
        editor = Editor(process)
        editor.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
        editor.send(method="initialized", params={})
        editor.send(method="workspace/didChangeConfiguration", params={"settings": SETTINGS})
        # The settings hold once what they make wrong is told to be wrong.
        probe = editor.open("ke-hoach/probe.yaml", "ngay: 18/5/2022\n")
        while not editor.problems(probe):
            pass
        yield editor
        editor.ask("shutdown", None)
        editor.send(method="exit")
        too_long.cancel()


PLAN = """\
title: Chào mừng
issuer: so-khcn
date: 04/5/2022
events:
  - id: toa-dam
    title: Tọa đàm
    le
"""


def test_lead_is_completed_inside_an_event(editor):
    uri = editor.open("ke-hoach/2022/a.yaml", PLAN)
    proposed = editor.completions(uri, 6, 6)
    assert "lead" in proposed
    assert "Đơn vị chủ trì" in proposed["lead"]
    assert "issuer" not in proposed


def test_values_of_a_closed_list_are_completed(editor):
    uri = editor.open("ke-hoach/2022/b.yaml", PLAN.replace("    le\n", "    status: \n"))
    assert {"scheduled", "postponed", "cancelled"} <= set(editor.completions(uri, 6, 12))


def test_ngay_is_flagged_at_its_place(editor):
    uri = editor.open("ke-hoach/2022/c.yaml", PLAN.replace("    le\n", "    ngay: 18/5/2022\n"))
    [problem] = editor.problems(uri)
    assert "ngay" in problem["message"]
    assert problem["range"]["start"] == {"line": 6, "character": 4}


def test_a_valid_plan_is_not_flagged(editor):
    text = PLAN.replace("    le\n", "    lead: van-phong-so\n") + "number: 254\ncampaign: 2022\n"
    assert editor.problems(editor.open("ke-hoach/2022/d.yaml", text)) == []


def test_the_units_of_content_are_not_flagged(editor):
    text = (ROOT / "content/don-vi.yml").read_text("utf-8")
    assert editor.problems(editor.open("don-vi.yml", text)) == []
