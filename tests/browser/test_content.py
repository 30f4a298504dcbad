"""Hostile and careless files in content/, published behind the documented nginx: none of them ever runs."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, Playwright

from browser.conftest import ARGUMENTS
from building.small import PDF, PNG, lay, plan, write
from conftest import contents
from kehoach import building, releasing
from releasing.web import Server, nginx

pytestmark = pytest.mark.browser

RUN = "console.log('RAN')"
HTML = f'<!doctype html><script>{RUN}</script><body onload="{RUN}">'
WORKER = f"{RUN}; addEventListener('fetch', e => e.respondWith(new Response('taken over')))"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'

# What a published plan names: the worst that the rules let through.
NAMED = {
    "ghi-chu.txt": f"Chữ thường.\n{HTML}",
    "ma.txt": WORKER,
    "so-lieu.json": f"/*{HTML}*/ {RUN}",
    "bang.csv": f"{RUN}\n{HTML}",
    "lich-hop.ics": f"BEGIN:VCALENDAR\n{HTML}",
    "hai-mat.pdf": PDF + HTML.encode(),
    "anh.png": PNG + HTML.encode(),
    "hinh.svg": SVG,
}
# What nobody may name, or nobody does.
LEFT = {
    "evil.html": HTML,
    "evil.xhtml": HTML,
    "evil.js": WORKER,
    "evil.svg": SVG.replace("<rect", f"<script>{RUN}</script><rect"),
    "evil.xml": f'<x xmlns="http://www.w3.org/1999/xhtml"><script>{RUN}</script></x>',
    "evil.shtml": HTML,
    "evil.mhtml": HTML,
    "evil.svgz": "x",
    "evil.swf": "FWS",
    "gia.pdf": HTML,
    "gia.png": SVG,
    "rong.pdf": "",
    "ma.pdf": PDF + b"<</S/JavaScript/JS(app.alert\\(1\\))>>",
    "nut.url": "[InternetShortcut]\nURL=javascript:alert(1)",
    ".an.html": HTML,
    ".an/evil.js": WORKER,
    "notes.txt": "Gọi lại cho anh Sơn.",
    "mat.md~": plan(),
    "#e.md#": plan(),
    "f.md.bak": plan(),
    "h.md.swp": plan(),
    "~$thu.docx": "x",
    "Thumbs.db": "x",
    "desktop.ini": "x",
    "du-thao.pdf": PDF,
    "hen.pdf": PDF,
    "hen.png": PNG,
}
FOLDER = "ke-hoach/2022/"
AT_ROOT = {"google1.html": "google-site-verification: google1.html", "CNAME": "kehoach.so.vn\n"}


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of a project that holds all of these."""
    folder = tmp_path_factory.mktemp("hostile")
    root = lay(folder)
    body = " ".join(f"[{name}]({name})" for name in NAMED) + " ![Hình](hinh.svg)"
    write(root, FOLDER + "x.md", plan(body=body))
    held = "attachments: [{file: du-thao.pdf, title: T}]"
    write(root, FOLDER + "du-thao.md", plan("status: draft", held))
    later = "attachments: [{file: hen.pdf, title: T}]"
    write(root, FOLDER + "hen.md", plan("publish_on: 01/01/2090", later, body="![Hẹn](hen.png)"))
    for files, home in ((NAMED, FOLDER), (LEFT, FOLDER), (AT_ROOT, "")):
        for name, content in files.items():
            write(root, home + name, content)
    for name in (
        "index",
        "du-lieu-mo",
        "kha-nang-tiep-can",
        "quy-tac/index",
    ):  # what every page leads to
        write(root, f"huong-dan/{name}.md", "---\ntitle: Hướng dẫn\n---\n\nMột trang.\n")
    settings = root / "mkdocs.yml"
    settings.write_text(settings.read_text() + f"  root_files: [{', '.join(AT_ROOT)}]\n")
    project = building.open_project(building.configure(root, root / "site"))
    assert project.errors == []
    told = {finding.path for finding in project.findings}
    listing = project.library.listing
    told |= {f"content/{name}" for name in (*listing.leftovers, *listing.hidden)}
    withheld = {"du-thao.pdf", "hen.pdf", "hen.png"}  # told with their documents
    assert {f"content/{FOLDER}{name}" for name in LEFT.keys() - withheld} <= told
    building.build(root, root / "site", strict=False, project=project)
    releasing.publish(root / "site", str(folder / "srv"), url=project.site.url, say=print)
    return folder / "srv"


def released() -> list[str]:
    """The paths of what is published of content/ as it stands."""
    return sorted([*AT_ROOT, *(FOLDER + name for name in NAMED)])


@pytest.fixture(scope="module")
def server(target: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with nginx(target, tmp_path_factory.mktemp("nginx")) as running:
        yield running


@pytest.fixture(scope="module")
def trusting(playwright: Playwright) -> Iterator[Browser]:
    """A Chromium that takes the server's own certificate, for service workers too."""
    chromium = shutil.which("chromium")
    arguments = [*ARGUMENTS, "--ignore-certificate-errors"]
    running = playwright.chromium.launch(executable_path=chromium, args=arguments)
    yield running
    running.close()


@pytest.fixture
def heard(trusting: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what scripts say on it."""
    page = trusting.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    yield page, said
    page.close()


def test_the_released_tree_holds_what_is_declared_and_nothing_else_of_content(target):
    files = contents(target / "current")
    left = {FOLDER + name for name in LEFT}
    assert left.isdisjoint(files)
    assert set(released()) <= files.keys()
    # Nor under another name: drafts, raw texts, what nobody may name.
    written = {
        content.encode() if isinstance(content, str) else content for content in LEFT.values()
    }
    others = files.keys() - set(released())
    assert [path for path in others if files[path] in written - {b""}] == []


def test_no_file_of_content_runs_when_it_is_opened(heard, server):
    page, said = heard
    for path in released():
        page.goto("about:blank")
        answer = server.get(f"/{path}")
        assert answer.status == 200
        assert answer.headers["x-content-type-options"] == "nosniff"
        with contextlib.suppress(Error):  # a download is no page, and ends the visit
            page.goto(f"{server.address}/{path}", wait_until="load")
        page.wait_for_timeout(100)
    assert "RAN" not in said


def test_no_file_of_content_runs_as_a_script_of_a_page(heard, server):
    page, said = heard
    page.goto(f"{server.address}/{FOLDER}x/")
    load = """(address) => new Promise((done) => {
        const script = Object.assign(document.createElement("script"), { src: address });
        script.onload = () => done("ran");
        script.onerror = () => done("refused");
        document.head.append(script);
    })"""
    own = page.evaluate("document.querySelector('script[src]').src")
    assert page.evaluate(load, own) == "ran"  # what the page's own do
    # A file without a suffix has no media type of its own, and nosniff refuses it like the rest.
    assert {path: page.evaluate(load, f"/{path}") for path in released()} == dict.fromkeys(
        released(), "refused"
    )
    assert "RAN" not in said


def test_no_file_of_content_becomes_the_service_worker(heard, server):
    page, said = heard
    page.goto(f"{server.address}/{FOLDER}x/")
    register = """async (address) => {
        try {
            await navigator.serviceWorker.register(address);
            return "registered";
        } catch (error) {
            return error.name;
        }
    }"""
    assert page.evaluate(register, "/sw.js") == "registered"
    found = {path: page.evaluate(register, f"/{path}") for path in released()}
    assert found == dict.fromkeys(released(), "SecurityError")
    assert "RAN" not in said
