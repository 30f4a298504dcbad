"""nginx in front of an object store, as docs/deploying.md has it: one whole release for every reader."""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kehoach.releasing import publish, rollback
from releasing import aws, store, web
from releasing.readers import Visitor, reading
from releasing.sample import make_site, write

TARGET = f"s3://{store.BUCKET}/so"

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def shelf() -> Iterator[store.Store]:
    with store.running() as running:
        before = dict(os.environ)
        os.environ.update(running.environment)
        yield running
        os.environ.clear()
        os.environ.update(before)


@pytest.fixture(scope="module")
def front(shelf: store.Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[web.Server]:
    folder = tmp_path_factory.mktemp("front")
    publish(make_site(folder / "site", "một"), TARGET, say=print)
    with web.store_front(f"127.0.0.1:{shelf.port}", f"{store.BUCKET}/so", folder) as server:
        yield server


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_site(tmp_path / "site", "một")


def policy() -> str:
    """What the web servers of the guide let pages do."""
    guide = web.block("nginx", "/etc/nginx/conf.d/kehoach.conf")
    return re.search(r'Content-Security-Policy "([^"]+)"', guide)[1]


def test_a_page_comes_as_from_a_server_with_a_folder(front, site):
    answer = front.get("/ke-hoach/2022/p1/")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert answer.body == (site / "ke-hoach/2022/p1/index.html").read_bytes()
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-security-policy"] == policy()
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert [name for name in answer.headers if name.startswith("x-amz-id")] == []


def test_it_is_packed_for_who_takes_that_and_not_for_others(front, site):
    plain = (site / "ke-hoach/2022/p1/index.html").read_bytes()
    answer = front.get("/ke-hoach/2022/p1/", Accept_Encoding="gzip, br")
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(answer.body) == plain
    again = front.get("/ke-hoach/2022/p1/")
    assert ("content-encoding" in again.headers, again.body) == (False, plain)


def test_who_has_it_is_told_so(front):
    answer = front.get("/ke-hoach/2022/p1/", Accept_Encoding="gzip")
    again = front.get(
        "/ke-hoach/2022/p1/", Accept_Encoding="gzip", If_None_Match=answer.headers["etag"]
    )
    assert (again.status, again.body) == (304, b"")


def test_fingerprinted_files_are_kept_for_good(front, site):
    (style,) = site.glob("assets-*/css/site.css")
    answer = front.get(f"/{style.relative_to(site)}")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/css; charset=utf-8"


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/lich.ics", "text/calendar; charset=utf-8"),
        ("/feed.xml", "application/atom+xml; charset=utf-8"),
    ],
)
def test_media_types(front, path, media_type):
    answer = front.get(path)
    assert (answer.status, answer.headers["content-type"]) == (200, media_type)


@pytest.mark.parametrize("path", ["/khong-co/", "/khong-co.pdf", "/.release.json", "/.files.json"])
def test_what_is_not_there_is_the_sites_own_page(front, site, path):
    answer = front.get(path)
    assert (answer.status, answer.body) == (404, (site / "404.html").read_bytes())
    assert answer.headers["content-security-policy"] == policy()


@pytest.mark.parametrize("path", ["/.kehoach-current", "/.kehoach-404", "/../current"])
def test_what_the_server_asks_itself_is_for_nobody_else(front, path):
    assert front.get(path).status in (400, 404)


def test_an_address_without_its_slash_leads_on(front):
    answer = front.get("/ke-hoach/2022/p1?a=1")
    assert (answer.status, answer.headers["location"]) == (301, "/ke-hoach/2022/p1/?a=1")


def test_a_query_changes_nothing(front, site):
    assert front.get("/?q=a").body == (site / "index.html").read_bytes()


def test_part_of_a_file_is_part_of_it(front, site):
    answer = front.get("/lich.ics", Range="bytes=0-4")
    assert (answer.status, answer.body) == (206, b"BEGIN")


def eventually(front: web.Server, path: str, release: str) -> None:
    end = time.monotonic() + 10
    while f"release={release};".encode() not in front.get(path).body:
        assert time.monotonic() < end, f"{path} does not show {release}"
        time.sleep(0.1)


def test_a_publish_and_a_rollback_are_seen_within_seconds(front, tmp_path):
    publish(make_site(tmp_path / "hai", "hai"), TARGET, say=print)
    eventually(front, "/ke-hoach/2022/p2/", "hai")
    rollback(TARGET, say=print)
    eventually(front, "/ke-hoach/2022/p2/", "một")


def test_what_was_read_is_read_on_while_the_store_is_down(tmp_path, monkeypatch):
    with store.running() as down:
        for name, value in down.environment.items():
            monkeypatch.setenv(name, value)
        publish(make_site(tmp_path / "site", "một"), TARGET, say=print)
        with web.store_front(f"127.0.0.1:{down.port}", f"{store.BUCKET}/so", tmp_path) as front:
            page = front.get("/ke-hoach/2022/p1/").body
            down.stop()
            time.sleep(1.5)  # what is known of the live release is a second old
            assert front.get("/ke-hoach/2022/p1/").body == page


def test_a_hundred_publishes_while_readers_read(shelf, tmp_path, record_property):
    """No failed request, no page of two releases, none older than the last; styles still there."""
    target = f"s3://{store.BUCKET}/tram"
    size = {"pages": 12, "steady": 3}  # a store takes each file by a request of its own
    publish(make_site(tmp_path / "site0", "0", **size), target, say=print)
    with web.store_front(f"127.0.0.1:{shelf.port}", f"{store.BUCKET}/tram", tmp_path) as server:
        with reading(server, tmp_path, size["pages"]) as figures:
            visitor = Visitor(server)
            visitor.visit(0)
            for release in range(1, 101):
                site = make_site(tmp_path / f"site{release}", str(release), **size)
                publish(site, target, say=print)
                shutil.rmtree(site)
                visitor.visit(release)
        assert server.log.read_text() == ""
    for name, value in figures.items():
        record_property(name, value)
    assert shelf.objects("tram/current")[""] == b"000101\n"
    assert int(figures.pop("requests")) > 1000
    assert figures == {"failed": "0", "mixed": "0", "backwards": "0", "errors": "0"}
    assert visitor.wrong == []
    assert visitor.seen > 100  # what is live is known a second late


def test_the_configuration_is_one_that_nginx_takes(front):
    """`nginx -t` on what runs: no warning about anything it says."""
    command = ["nginx", "-t", "-q", "-c", str(front.log.parent / "nginx.conf"), "-e", "stderr"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_the_set_up_works_as_it_is_written(root, site, tmp_path):
    """docs/deploying.md from its first command to a page in the browser; addresses alone are ours."""
    (commands,) = (text for text in web.blocks("sh", web.DEPLOYING) if "aws s3api" in text)
    write(tmp_path / "aws", f'#!/bin/sh\nexec {sys.executable} {Path(aws.__file__)} "$@"\n')
    (tmp_path / "aws").chmod(0o755)
    write(tmp_path / "policy.json", json.dumps(web.store_policy()))
    with store.running(empty=True) as running:
        commands = commands.replace("https://s3.example.vn", running.url)
        build = f"{sys.executable} {root / 'build.py'}"
        commands = commands.replace("python3 build.py", build)
        commands = commands.replace("s3://kehoach/so ", f"s3://kehoach/so --site {site} ")
        done = subprocess.run(
            ["sh", "-eu"],
            input=commands,
            cwd=tmp_path,
            env=os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        with web.store_front(f"127.0.0.1:{running.port}", "kehoach/so", tmp_path) as server:
            answer = server.get("/ke-hoach/2022/p1/")
        assert answer.body == (site / "ke-hoach/2022/p1/index.html").read_bytes()
