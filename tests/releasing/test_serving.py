"""The guide's nginx and Caddy configurations, run: what a reader's browser gets."""

import gzip
import shutil
from pathlib import Path

import brotli
import pytest

from kehoach.releasing import publish
from releasing import web
from releasing.readers import Visitor, reading
from releasing.sample import make_site, page, write

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'; manifest-src 'self'; worker-src 'self'"
)


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("www")
    site = make_site(folder / "site", "1")
    write(site / "tim-kiem/index.html", page("1", "../", "", "ke-hoach/2022/p0/"))
    write(site / ".well-known/security.txt", "Contact: mailto:a@so.vn\n")
    write(site / "don-vi/so/feed.xml", "<feed/>")
    write(site / "api/v1/plans.json", "{}")
    write(site / "manifest.webmanifest", "{}")
    target = folder / "srv"
    publish(site, str(target), say=print)
    preview = make_site(folder / "preview", "nháp")
    publish(preview, str(target / "previews/nhap"), say=print)
    (target / "xem-truoc").mkdir()
    (target / "xem-truoc/nhap").symlink_to("../previews/nhap/current")
    return target


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def server(request: pytest.FixtureRequest, target: Path, tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "nginx":
        with web.nginx(target, folder) as running:
            yield running
        return
    program = shutil.which("caddy")
    assert program, "caddy is not installed (Debian: apt-get install caddy)"
    with web.caddy(program, target, folder) as running:
        yield running


def css(target: Path) -> str:
    (found,) = (target / "current").glob("assets-*/css/site.css")
    return f"/{found.parent.parent.name}/css/site.css"


def test_pages_come_with_their_policy_and_are_asked_for_again(server):
    answer = server.get("/ke-hoach/2022/p1/")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-security-policy"] == _POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "x-robots-tag" not in answer.headers
    again = server.get("/ke-hoach/2022/p1/", If_None_Match=answer.headers["etag"])
    assert (again.status, again.body) == (304, b"")


def test_the_search_page_has_the_same_policy(server):
    policy = server.get("/tim-kiem/").headers["content-security-policy"]
    assert policy == _POLICY


def test_fingerprinted_files_are_kept_for_good(server, target):
    answer = server.get(css(target))
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"].startswith("text/css")


def test_compressed_files_are_sent_as_they_lie(server, target):
    plain = (target / "current/index.html").read_bytes()
    answer = server.get("/", Accept_Encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert "accept-encoding" in answer.headers["vary"].lower()
    assert answer.body == (target / "current/index.html.gz").read_bytes()
    assert gzip.decompress(answer.body) == plain
    assert server.get("/").body == plain


def test_brotli_is_sent_to_who_takes_it(server, target):
    assert web.BROTLI.exists(), "Debian: apt-get install libnginx-mod-http-brotli-static"
    answer = server.get("/", Accept_Encoding="gzip, br")
    assert answer.headers["content-encoding"] == "br"
    assert brotli.decompress(answer.body) == (target / "current/index.html").read_bytes()


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/lich.ics", "text/calendar; charset=utf-8"),
        ("/feed.xml", "application/atom+xml; charset=utf-8"),
        ("/don-vi/so/feed.xml", "application/atom+xml; charset=utf-8"),
        ("/api/v1/plans.json", "application/json; charset=utf-8"),
        ("/manifest.webmanifest", "application/manifest+json; charset=utf-8"),
        ("/.well-known/security.txt", "text/plain; charset=utf-8"),
    ],
)
def test_media_types(server, path, media_type):
    answer = server.get(path)
    assert (answer.status, answer.headers["content-type"]) == (200, media_type)
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("path", "origin"),
    [
        *[(path, "*") for path in ("/lich.ics", "/feed.xml", "/don-vi/so/feed.xml")],
        ("/api/v1/plans.json", "*"),
        ("/", None),
        ("/ke-hoach/2022/p1/", None),
    ],
)
def test_data_may_be_read_by_other_sites_pages(server, path, origin):
    answer = server.get(path, Origin="https://khac.vn")
    assert (answer.status, answer.headers.get("access-control-allow-origin")) == (200, origin)


def test_a_missing_page_is_the_sites_own(server, target):
    answer = server.get("/khong-co/")
    assert (answer.status, answer.body) == (404, (target / "current/404.html").read_bytes())
    assert answer.headers["content-security-policy"] == _POLICY


@pytest.mark.parametrize(
    "path",
    ["/.release.json", "/.git/config", "/xem-truoc/nhap/.release.json", "/../lock", "/%2e%2e/lock"],
)
def test_what_is_not_public_stays_so(server, path):
    answer = server.get(path)
    assert answer.status in (400, 404)
    assert b"addresses" not in answer.body


def test_previews_are_there_and_not_indexed(server):
    answer = server.get("/xem-truoc/nhap/")
    assert (answer.status, answer.headers["x-robots-tag"]) == (200, "noindex, nofollow")
    assert "release=nháp".encode() in answer.body
    assert server.get("/xem-truoc/").status in (403, 404)


def test_an_address_without_its_slash_leads_on(server):
    answer = server.get("/ke-hoach/2022/p1")
    assert answer.status in (301, 308)
    assert answer.headers["location"].endswith("/ke-hoach/2022/p1/")


@pytest.mark.parametrize("server", ["nginx"], indirect=True)  # Caddy does it by itself
def test_http_leads_to_https(server):
    answer = server.get("/lich.ics?a=1", plain=True)
    assert (answer.status, answer.headers["location"]) == (301, f"https://{web.NAME}/lich.ics?a=1")


def test_ipv6(server):
    assert server.get("/", host="::1").status == 200


@pytest.mark.heavy
def test_a_hundred_publishes_while_readers_read(tmp_path, record_property):
    """No failed request, no page of two releases, none older than the last; styles still there."""
    target = tmp_path / "srv"
    publish(make_site(tmp_path / "site0", "0"), str(target), say=print)
    with web.nginx(target, tmp_path) as server:
        with reading(server, tmp_path) as figures:
            visitor = Visitor(server)
            visitor.visit(0)
            for release in range(1, 101):
                site = make_site(tmp_path / f"site{release}", str(release))
                publish(site, str(target), say=print)
                shutil.rmtree(site)
                visitor.visit(release)
        assert server.log.read_text() == ""
    for name, value in figures.items():
        record_property(name, value)
    assert (target / "current").readlink() == Path("releases/000101")
    assert int(figures.pop("requests")) > 1000
    assert figures == {"failed": "0", "mixed": "0", "backwards": "0", "errors": "0"}
    assert visitor.wrong == []
    assert visitor.seen > 300
