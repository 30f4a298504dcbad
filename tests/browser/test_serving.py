"""The live preview: what is saved is on the screen, and nothing an author does ends it."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser

PLAN = "ke-hoach/2022/ngay-khcn-quang-ngai"
SOON = 30_000  # ms


class Preview(NamedTuple):
    root: Path
    address: str
    process: subprocess.Popen

    @property
    def plan(self) -> Path:
        return self.root / "content" / f"{PLAN}.md"


@pytest.fixture
def preview(checkout: Path) -> Iterator[Preview]:
    yield from previewed(checkout)


@pytest.fixture
def hidden(checkout: Path) -> Iterator[Preview]:
    """A preview of a project that lies in a hidden folder."""
    place = checkout.with_name(".du-an")
    yield from previewed(checkout.rename(place))


def previewed(checkout: Path) -> Iterator[Preview]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]  # the same when it starts anew
    command = [sys.executable, "build.py", "serve", "--port", str(port), "--without", "prints"]
    process = subprocess.Popen(
        command, cwd=checkout, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    line = next(line for line in process.stderr if "http://" in line)
    yield Preview(checkout, re.search(r"http://\S+", line)[0], process)
    os.killpg(process.pid, signal.SIGTERM)
    process.wait()
    process.stderr.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Without the checks of a built site: a preview asks for its events and breaks that off."""
    return context.new_page()


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_what_is_saved_is_on_the_screen_where_the_reader_was(page, preview):
    page.goto(f"{preview.address}{PLAN}/")
    page.evaluate("scrollTo(0, 700)")
    page.wait_for_function("scrollY === 700")
    replace(preview.plan, "## I. MỤC ĐÍCH", "Một đoạn mới viết.\n\n## I. MỤC ĐÍCH")
    page.get_by_text("Một đoạn mới viết.").wait_for(timeout=SOON)
    page.wait_for_function("Math.abs(scrollY - 700) < 80", timeout=SOON)
    style = preview.root / "theme/assets/css/site.css"
    style.write_text(style.read_text("utf-8") + "body { outline: 3px solid red }\n", "utf-8")
    shown = "getComputedStyle(document.body).outlineWidth === '3px'"
    page.wait_for_function(shown, timeout=SOON)


def test_a_page_that_missed_a_build_is_told_when_it_asks(preview):
    with urllib.request.urlopen(f"{preview.address}__kehoach/events?older", timeout=10) as events:
        assert events.readline() == b"data: built\n"


def test_a_broken_text_is_said_above_the_last_good_page(page, preview):
    page.goto(f"{preview.address}{PLAN}/")
    signed = preview.plan.read_text("utf-8")
    replace(preview.plan, "when: Từ ngày 04 - 20/5/2022", "when: 31/2/2022")
    alert = page.locator("pre[role=alert]")
    alert.wait_for(timeout=SOON)
    assert f"content/{PLAN}.md:" in alert.inner_text()
    assert "[invalid-date]" in alert.inner_text()
    assert page.locator("h1").count() == 1
    preview.plan.write_text(signed, "utf-8")
    alert.wait_for(state="detached", timeout=SOON)


def test_a_folder_that_goes_and_comes_again_does_not_end_it(page, preview):
    page.goto(f"{preview.address}{PLAN}/")
    year = preview.plan.parent
    kept = preview.root / "kept"
    shutil.move(year, kept)
    page.locator("pre[role=alert], h1:has-text('Không tìm thấy')").first.wait_for(timeout=SOON)
    shutil.move(kept, year)
    replace(preview.plan, "## I. MỤC ĐÍCH", "Đã trở lại.\n\n## I. MỤC ĐÍCH")
    page.get_by_text("Đã trở lại.").wait_for(timeout=SOON)
    assert preview.process.poll() is None


def test_a_draft_is_shown_in_the_preview(page, preview):
    page.goto(f"{preview.address}{PLAN}/")
    replace(preview.plan, "status: issued", "status: draft")
    replace(preview.plan, "## I. MỤC ĐÍCH", "Còn là dự thảo.\n\n## I. MỤC ĐÍCH")
    page.get_by_text("Còn là dự thảo.").wait_for(timeout=SOON)


def test_an_edit_in_a_hidden_folder_is_seen(page, hidden):
    page.goto(f"{hidden.address}{PLAN}/")
    replace(hidden.plan, "## I. MỤC ĐÍCH", "Vẫn thấy.\n\n## I. MỤC ĐÍCH")
    page.get_by_text("Vẫn thấy.").wait_for(timeout=SOON)


def test_settings_that_are_put_in_place_by_a_new_name_are_seen(page, preview):
    page.goto(preview.address)
    settings, beside = preview.root / "mkdocs.yml", preview.root / "mkdocs.yml.moi"
    beside.write_text(re.sub("site_name: .*", "site_name: Tên mới", settings.read_text("utf-8")))
    beside.rename(settings)
    page.get_by_text("Tên mới").first.wait_for(timeout=SOON)


def test_code_that_cannot_start_is_said_and_the_preview_goes_on(page, preview):
    page.goto(f"{preview.address}{PLAN}/")
    code = preview.root / "hooks/kehoach/hashing.py"
    good = code.read_text("utf-8")
    code.write_text("def (\n", "utf-8")
    alert = page.locator("pre[role=alert]")
    alert.wait_for(timeout=SOON)
    assert "SyntaxError" in alert.inner_text()
    shutil.move(preview.root / "theme/print", preview.root / "kept")
    code.write_text(good, "utf-8")
    page.get_by_text("terms.txt").wait_for(timeout=SOON)
    shutil.move(preview.root / "kept", preview.root / "theme/print")
    replace(preview.plan, "## I. MỤC ĐÍCH", "Đã chạy lại.\n\n## I. MỤC ĐÍCH")
    page.get_by_text("Đã chạy lại.").wait_for(timeout=SOON)
    assert preview.process.poll() is None


HOOK = """\
from pathlib import Path


def on_config(config):
    config.copyright = Path("du-lieu/dong.txt").read_text()
    return config
"""


def test_what_the_settings_have_it_watch_is_read_again(page, preview):
    page.goto(preview.address)
    line = preview.root / "du-lieu" / "dong.txt"
    line.parent.mkdir()
    line.write_text("Dữ liệu cũ", "utf-8")
    (preview.root / "rieng.py").write_text(HOOK, "utf-8")
    replace(
        preview.root / "mkdocs.yml",
        "  - hooks/mkdocs_events.py\n",
        "  - hooks/mkdocs_events.py\n  - rieng.py\nwatch: [du-lieu]\n",
    )
    page.get_by_text("Dữ liệu cũ").wait_for(timeout=SOON)
    line.write_text("Dữ liệu mới", "utf-8")
    page.get_by_text("Dữ liệu mới").wait_for(timeout=SOON)
    # The hook itself, and settings that are inherited.
    own = HOOK.replace(".read_text()", ".read_text() + '!'")
    (preview.root / "rieng.py").write_text(own, "utf-8")
    page.get_by_text("Dữ liệu mới!").wait_for(timeout=SOON)
    (preview.root / "chung").mkdir()
    common = preview.root / "chung" / "chung.yml"
    common.write_text("repo_url: https://git.so.vn/cu\n", "utf-8")
    settings = preview.root / "mkdocs.yml"
    settings.write_text("INHERIT: chung/chung.yml\n" + settings.read_text("utf-8"), "utf-8")
    page.locator("a[href='https://git.so.vn/cu']").wait_for(timeout=SOON)
    common.write_text("repo_url: https://git.so.vn/moi\n", "utf-8")
    page.locator("a[href='https://git.so.vn/moi']").wait_for(timeout=SOON)
