"""Publishing to an object store: what becomes live, what is refused, what a store may do to it."""

import gzip
import json
import os
import random
import signal
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from conftest import run
from kehoach.releasing import PublishError, publish, releases, rollback
from kehoach.releasing.mirror import waves
from kehoach.releasing.problem import TargetError
from releasing import faults, store
from releasing.faults import Faulty, Refusal, Request
from releasing.sample import files, make_site, start, write

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def proxy() -> Iterator[Faulty]:
    with store.running() as running, faults.faulty(running) as found:
        before = dict(os.environ)
        os.environ.update(found.environment)
        yield found
        os.environ.clear()
        os.environ.update(before)


@pytest.fixture
def target(proxy: Faulty, request: pytest.FixtureRequest) -> Iterator[str]:
    """A prefix of its own for each test."""
    proxy.forget()
    name = f"{abs(hash(request.node.name)):x}"
    yield f"s3://{store.BUCKET}/{name}"
    proxy.forget()


@pytest.fixture
def build(tmp_path: Path):
    def made(release: str, **options: int) -> Path:
        return make_site(
            tmp_path / f"site-{release}", release, **{"pages": 12, "steady": 6} | options
        )

    return made


def lying(proxy: Faulty, target: str, below: str = "") -> dict[str, bytes]:
    """The objects below the target by their keys."""
    return proxy.store.objects(f"{target.removeprefix(f's3://{store.BUCKET}/')}/{below}")


def release_of(proxy: Faulty, target: str) -> dict[str, bytes]:
    """The live release as a reader gets it, file by file, unpacked."""
    id = lying(proxy, target, "current")[""].decode().strip()
    found = lying(proxy, target, f"releases/{id}/")
    return {
        path: gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
        for path, content in found.items()
    }


def whole(proxy: Faulty, target: str, sites: dict[str, Path]) -> str:
    """The live release's name, once every file of its site is seen to be there, byte for byte."""
    live = release_of(proxy, target)
    release = live["index.html"].decode().split("release=")[1].split(";")[0]
    for path, content in files(sites[release]).items():
        assert live.get(path) == content, f"{path} of release {release}"
    return release


def refusal(site: Path, target: str, **options: object) -> str:
    with pytest.raises(PublishError) as refused:
        publish(site, target, say=print, **options)
    return "\n".join(refused.value.lines)


def test_every_file_lies_there_under_its_address(build, proxy, target):
    site = build("a")
    manifest = publish(site, target, say=print)
    live = release_of(proxy, target)
    assert {path: live[path] for path in files(site)} == files(site)
    assert sorted(live.keys() - files(site)) == [".files.json", ".release.json"]
    assert (manifest.id, manifest.previous, manifest.pages) == ("000001", "", 20)


@pytest.mark.parametrize(
    ("path", "type", "cache", "encoding"),
    [
        ("index.html", "text/html; charset=utf-8", "no-cache", "gzip"),
        ("lich.ics", "text/calendar; charset=utf-8", "no-cache", None),
        ("feed.xml", "application/atom+xml; charset=utf-8", "no-cache", None),
        (
            "assets-0123456789ab/app.js",
            "text/javascript; charset=utf-8",
            "public, max-age=31536000, immutable",
            "gzip",
        ),
        ("ke-hoach/2022/p1/p1.pdf", "application/pdf", "no-cache", None),
    ],
)
def test_each_file_has_its_headers(build, proxy, target, path, type, cache, encoding):
    site = build("a")
    write(site / "assets-0123456789ab/app.js", "const a = 1;\n" * 100)
    write(site / "ke-hoach/2022/p1/p1.pdf", "%PDF-1.7")
    publish(site, target, say=print)
    key = f"{target.removeprefix(f's3://{store.BUCKET}/')}/releases/000001/{path}"
    head = proxy.store.client.head_object(Bucket=store.BUCKET, Key=key)
    assert (head["ContentType"], head["CacheControl"]) == (type, cache)
    assert head.get("ContentEncoding") == encoding


def test_what_did_not_change_is_copied_within_the_store(build, proxy, target):
    publish(build("a"), target, say=print)
    proxy.forget()
    publish(build("b"), target, say=print)
    sent = [r for r in proxy.requests if r.method == "PUT" and "/releases/000002/" in r.key]
    copied = {r.key.split("/releases/000002/")[1] for r in sent if r.is_copy}
    uploaded = {r.key.split("/releases/000002/")[1] for r in sent if not r.is_copy}
    assert copied >= {*(f"tinh/{number}/index.html" for number in range(6)), "lich.ics"}
    changed = {path for path, content in files(build("b")).items() if b"b" in content} - copied
    assert {path for path in uploaded if not path.startswith(".")} == changed
    assert len(changed) == 12 + 4  # the pages, home, 404, the feed, the style


def test_the_same_site_again_is_no_new_release(build, proxy, target):
    first = publish(build("a"), target, say=print)
    proxy.forget()
    assert publish(build("a"), target, say=print) == first
    assert {request.method for request in proxy.requests} == {"GET"}


def test_releases_rollback_and_numbers(build, target):
    for release in "abcd":
        publish(build(release), target, keep=3, say=print)
    ids = [(manifest.id, live) for manifest, live in releases(target)]
    assert ids == [("000002", False), ("000003", False), ("000004", True)]
    assert rollback(target, say=print).id == "000003"
    assert rollback(target, "2", say=print).id == "000002"
    assert publish(build("e"), target, say=print).id == "000005"
    with pytest.raises(PublishError, match="không còn bản 99"):
        rollback(target, "99", say=print)


def test_files_that_open_pages_may_still_ask_for_are_lent(build, proxy, target):
    publish(build("a"), target, say=print)
    (old,) = (path for path in release_of(proxy, target) if path.startswith("assets-"))
    publish(build("b"), target, say=print)
    (new,) = (path for path in files(build("b")) if path.startswith("assets-"))
    assert {old, new} <= release_of(proxy, target).keys()
    rollback(target, say=print)
    assert {old, new} <= release_of(proxy, target).keys()


def test_a_rollback_that_broke_off_is_done_by_the_next(build, proxy, target, monkeypatch):
    for release in "ab":
        publish(build(release), target, say=print)
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    proxy.react = lambda request: Refusal(0) if request.is_copy else None
    with pytest.raises(PublishError, match="không nối được"):
        rollback(target, say=print)
    assert whole(proxy, target, {"b": build("b")}) == "b"
    proxy.forget()
    assert rollback(target, say=print).id == "000001"
    (lent,) = (path for path in files(build("b")) if path.startswith("assets-"))
    assert lent in release_of(proxy, target)


@pytest.mark.parametrize("put", [None, b"khac"])
def test_a_release_that_somebody_took_files_from_is_not_rolled_back_to(build, proxy, target, put):
    for release in "ab":
        publish(build(release), target, say=print)
    named = {
        "Bucket": store.BUCKET,
        "Key": f"{target.removeprefix(f's3://{store.BUCKET}/')}/releases/000001/lich.ics",
    }
    if put:
        proxy.store.client.put_object(**named, Body=put)
    else:
        proxy.store.client.delete_object(**named)
    with pytest.raises(PublishError, match=r"không giữ đúng tệp lich\.ics của bản 000001"):
        rollback(target, say=print)
    assert whole(proxy, target, {"b": build("b")}) == "b"


def test_a_lost_address_is_named_and_nothing_changes(build, proxy, target):
    publish(build("a"), target, say=print)
    before = lying(proxy, target)
    site = build("b")
    (site / "lich.ics").unlink()
    assert refusal(site, target).startswith("/lich.ics đang được công bố")
    assert lying(proxy, target) == before


def test_of_two_publishers_one_wins_and_the_other_is_told(build, proxy, target):
    """The second comes, and is done, while the first uploads."""
    publish(build("a"), target, say=print)
    fast = build("c")
    came = []

    def meanwhile(request: Request) -> None:
        if request.key.endswith("/releases/000002/index.html") and not came:
            came.append(publish(fast, target, say=print).id)

    proxy.react = meanwhile
    told = refusal(build("b"), target)
    assert came == ["000003"]
    assert told == (
        "lần công bố khác vừa xong trước, đang công bố bản 000003: lấy nội dung mới nhất rồi công bố lại"
    )
    assert whole(proxy, target, {"c": fast}) == "c"
    assert lying(proxy, target, "releases/000002/") == {}


def test_of_two_publishers_with_one_number_one_is_told(build, proxy, target):
    publish(build("a"), target, say=print)
    came = []

    def meanwhile(request: Request) -> None:
        claims = request.key.endswith("/releases/000002/.files.json") and request.method == "PUT"
        if claims and not came:
            came.append(None)
            came.append(publish(build("c"), target, say=print).id)

    proxy.react = meanwhile
    assert refusal(build("b"), target) == (
        "lần công bố khác đang làm bản 000002: đợi xong rồi công bố lại"
    )
    assert whole(proxy, target, {"c": build("c")}) == "c"


def test_two_processes_at_once_leave_one_whole_release(build, proxy, target):
    sites = {name: build(name) for name in ("a", "b")}
    done = [start(site, target) for site in sites.values()]
    said = [(process.communicate(), process.returncode) for process in done]
    won = [out.strip() for (out, _), code in said if code == 0]
    assert won
    for (_, told), code in said:
        assert code == 0 or "lần công bố khác" in told
    assert whole(proxy, target, sites) in sites


def test_killed_at_fifty_moments(build, proxy, target, record_property):
    """Readers see one whole release, and the next publish works.

    A day passes each time: what was left half done goes, and all publishes ask for as much.
    """
    sites = {name: build(name) for name in ("chẵn", "lẻ")}
    for turn in range(6):
        publish(sites[("chẵn", "lẻ")[turn % 2]], target, say=print)
    proxy.forget()
    publish(sites["chẵn"], target, say=print)
    count = len(proxy.requests)
    assert count > 50
    seen: Counter[str] = Counter()
    for turn, moment in enumerate(sorted(random.Random(18).sample(range(1, count + 1), 50))):
        following = ("lẻ", "chẵn")[turn % 2]
        proxy.forget()
        process = start(sites[following], target)
        proxy.react = lambda request, process=process, moment=moment: (
            process.send_signal(signal.SIGKILL) if request.number == moment else None
        )
        process.communicate()
        assert process.returncode == -signal.SIGKILL, moment
        seen["after" if whole(proxy, target, sites) == following else "before"] += 1
        proxy.forget()
        proxy.ahead = timedelta(hours=25)
        publish(sites[following], target, say=print)
        assert whole(proxy, target, sites) == following
    record_property("moments", 50)
    for name, value in seen.items():
        record_property(name, value)
    assert seen["before"] > 10
    assert seen["after"] > 2


def test_what_nobody_finished_goes_after_a_day(build, proxy, target):
    publish(build("a"), target, say=print)
    prefix = target.removeprefix(f"s3://{store.BUCKET}/")
    client = proxy.store.client
    listed = json.dumps({"publisher": "x", "files": {"a.html": ["", -1, ""]}}).encode()
    for name, content in ((".files.json", listed), ("a.html", b"a"), ("la.txt", b"foreign")):
        client.put_object(Bucket=store.BUCKET, Key=f"{prefix}/releases/000002/{name}", Body=content)
    assert publish(build("b"), target, say=print).id == "000003"
    assert set(lying(proxy, target, "releases/000002/")) == {".files.json", "a.html", "la.txt"}
    proxy.ahead = timedelta(hours=25)
    publish(build("c"), target, say=print)
    assert set(lying(proxy, target, "releases/000002/")) == {"la.txt"}


def test_foreign_files_are_never_deleted(build, proxy, target):
    prefix = target.removeprefix(f"s3://{store.BUCKET}/")
    client = proxy.store.client
    foreign = ("anh.png", "releases/ghi-chu.txt", "releases/000001/cua-ai.txt", "public.txt")
    for name in foreign:
        client.put_object(Bucket=store.BUCKET, Key=f"{prefix}/{name}", Body=name.encode())
    for release in "abcd":
        publish(build(release), target, keep=2, say=print)
    left = lying(proxy, target)
    assert {name: left[name] for name in foreign} == {name: name.encode() for name in foreign}


def test_a_busy_store_is_asked_again(build, proxy, target):
    site = build("a")
    proxy.react = lambda request: Refusal(503, "SlowDown") if request.number % 7 == 3 else None
    publish(site, target, say=print)
    assert whole(proxy, target, {"a": site}) == "a"


def test_an_answer_that_is_lost_is_no_defeat(build, proxy, target):
    """The switch got through, its answer did not: who asks again finds his own release live."""
    site, lost = build("a"), []

    def lose(request: Request) -> Refusal | None:
        if request.key.endswith("/current") and request.method == "PUT" and not lost:
            lost.append(request)
            key = request.key.split("/", 1)[1]
            proxy.store.client.put_object(
                Bucket=store.BUCKET, Key=key, Body=b"000001\n", Metadata=request.noted
            )
            return Refusal(500, "InternalError")
        return None

    proxy.react = lose
    assert publish(site, target, say=print).id == "000001"
    assert whole(proxy, target, {"a": site}) == "a"


BUSY = "kho lưu trữ đang quá tải hoặc tạm ngừng phục vụ"
FORBIDDEN = "tài khoản không đủ quyền với bucket `kehoach`"
UNREACHED = "không nối được tới kho lưu trữ http://127.0.0.1:"


@pytest.fixture(scope="module")
def standing(proxy: Faulty, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A target with one release, which no publish that is refused may change; its site."""
    proxy.forget()
    target = f"s3://{store.BUCKET}/dung-yen"
    site = make_site(tmp_path_factory.mktemp("site"), "a", pages=12, steady=6)
    publish(site, target, say=print)
    return target, site


def unchanged(proxy: Faulty, standing: tuple[str, Path]) -> bool:
    target, site = standing
    proxy.forget()
    return whole(proxy, target, {"a": site}) == "a" and releases(target)[-1][1]


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Refusal(403, "InvalidAccessKeyId"), "kho lưu trữ không nhận thông tin đăng nhập"),
        (Refusal(403, "SignatureDoesNotMatch"), "kho lưu trữ không nhận thông tin đăng nhập"),
        (Refusal(403, "AccessDenied"), FORBIDDEN),
        (Refusal(403, "AccountProblem"), FORBIDDEN),
        (Refusal(403, "RequestTimeTooSkewed"), "đồng hồ của máy này lệch với kho lưu trữ"),
        (Refusal(400, "ExpiredToken"), "phiên đăng nhập kho lưu trữ đã hết hạn"),
        (Refusal(400, "AuthorizationHeaderMalformed"), "bucket `kehoach` ở vùng khác"),
        (Refusal(301, "PermanentRedirect"), "bucket `kehoach` ở vùng khác: đặt AWS_REGION"),
        (Refusal(404, "NoSuchBucket"), "không có bucket `kehoach`"),
        (Refusal(418, "Teapot"), "kho lưu trữ từ chối get_object: Teapot no"),
        (Refusal(501, "NotImplemented"), "kho lưu trữ không biết get_object có điều kiện"),
        (Refusal(503, "ServiceUnavailable"), BUSY),
        (Refusal(500, "InternalError"), BUSY),
        (Refusal(400, "BadDigest"), "tệp bị hỏng trên đường tới kho lưu trữ"),
        (Refusal(200), UNREACHED),
        (Refusal(0), UNREACHED),
    ],
)
def test_what_the_store_refuses_is_a_sentence(build, proxy, standing, monkeypatch, reply, told):
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    proxy.react = lambda request: reply
    assert refusal(build("b"), standing[0]).startswith(told)
    with pytest.raises(PublishError) as refused:
        rollback(standing[0], say=print)
    assert str(refused.value).startswith(told)
    with pytest.raises(PublishError) as refused:
        releases(standing[0])
    assert str(refused.value).startswith(told)
    assert unchanged(proxy, standing)


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Refusal(403, "AccessDenied"), FORBIDDEN),
        (Refusal(503, "SlowDown"), BUSY),
        (Refusal(0), UNREACHED),
    ],
)
@pytest.mark.parametrize("when", ["while uploading", "from then on", "at the switch"])
def test_a_store_that_refuses_half_way_is_a_sentence(
    build, proxy, standing, monkeypatch, reply, told, when
):
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    begun = []

    def react(request: Request) -> Refusal | None:
        name = "/current" if when == "at the switch" else "/p3/index.html"
        due = request.method == "PUT" and request.key.endswith(name)
        if due:
            begun.append(request)
        return reply if due or (begun and when == "from then on") else None

    proxy.react = react
    assert refusal(build("b"), standing[0]).startswith(told)
    assert begun
    assert unchanged(proxy, standing)


@pytest.mark.parametrize(
    "prefix",
    ["", "so/", "Sở KH&CN/kế hoạch 2026", "so?x#y%41+b~(1)'", "releases/000001"],
)
def test_a_prefix_is_whatever_a_key_may_begin_with(build, proxy, prefix):
    """Releases, rollback, pruning and the mirror below it; what begins likewise beside it stays."""
    proxy.forget()
    name = store.bucket(proxy.store)
    client = proxy.store.client
    beside = f"{prefix.rstrip('/')}x/releases/000001/index.html" if prefix else "x.txt"
    client.put_object(Bucket=name, Key=beside, Body=b"foreign")
    here, key = f"s3://{name}/{prefix}", f"{prefix.rstrip('/')}/" if prefix else ""
    for release in "abc":
        site = build(release, pages=2, steady=1)
        write(site / "ke-hoach/2022/p1/Phụ lục 1+2.pdf", f"%PDF-1.7 {release}")
        publish(site, here, keep=2, direct=True, say=print)
    assert [manifest.id for manifest, _ in releases(here)] == ["000002", "000003"]
    assert rollback(here, say=print).id == "000002"
    lying = {item["Key"] for item in client.list_objects_v2(Bucket=name)["Contents"]}
    for place in ("releases/000002", "public"):
        found = f"{key}{place}/ke-hoach/2022/p1/Phụ lục 1+2.pdf"
        assert client.get_object(Bucket=name, Key=found)["Body"].read() == b"%PDF-1.7 b"
    tops = {k.removeprefix(key).split("/")[0] for k in lying - {beside}}
    assert tops == {"current", "public", "releases"}
    assert not {k for k in lying if k.startswith(f"{key}releases/000001/")}
    assert beside in lying


def test_a_bucket_that_keeps_versions(build, proxy):
    proxy.forget()
    name = store.bucket(proxy.store)
    proxy.store.client.put_bucket_versioning(
        Bucket=name, VersioningConfiguration={"Status": "Enabled"}
    )
    here = f"s3://{name}/so"
    for release in "abc":
        publish(build(release, pages=2, steady=1), here, keep=2, say=print)
    assert rollback(here, say=print).id == "000002"
    assert publish(build("d", pages=2, steady=1), here, keep=2, say=print).id == "000004"
    assert [(m.id, live) for m, live in releases(here)] == [("000002", False), ("000004", True)]


def test_the_region_is_that_of_the_environment(build, proxy, target, monkeypatch):
    monkeypatch.setenv("AWS_REGION", "eu-west-3")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-2")
    assert releases(target) == []
    assert {request.region for request in proxy.requests} == {"eu-west-3"}


def test_another_s_object_called_current_is_left_alone(build, proxy, target):
    key = f"{target.removeprefix(f's3://{store.BUCKET}/')}/current"
    proxy.store.client.put_object(Bucket=store.BUCKET, Key=key, Body=b"cua ai do")
    told = refusal(build("a"), target, allow_removals=True)
    assert told.endswith(
        "current của kho lưu trữ đã có nội dung khác: dùng một tiền tố trống để công bố"
    )
    assert lying(proxy, target) == {"current": b"cua ai do"}


def test_a_switch_that_somebody_took_away_is_told(build, proxy, target):
    """`current` is deleted while another release is on its way: nobody's number is overwritten."""
    publish(build("a"), target, say=print)
    key = f"{target.removeprefix(f's3://{store.BUCKET}/')}/current"

    def take_away(request: Request) -> None:
        if request.method == "PUT" and request.key.endswith("/current"):
            proxy.store.client.delete_object(Bucket=store.BUCKET, Key=key)

    proxy.react = take_away
    assert refusal(build("b"), target).startswith("lần công bố khác vừa xong trước")
    assert lying(proxy, target, "releases/000002/") == {}


def test_an_object_that_another_wrote_anew_is_sent_again(build, proxy, target):
    """As where somebody uploaded it in parts: same bytes, another ETag."""
    publish(build("a"), target, say=print)
    key = f"{target.removeprefix(f's3://{store.BUCKET}/')}/releases/000001/lich.ics"
    client = proxy.store.client
    part = client.create_multipart_upload(Bucket=store.BUCKET, Key=key)
    named = {"Bucket": store.BUCKET, "Key": key, "UploadId": part["UploadId"]}
    etag = client.upload_part(**named, PartNumber=1, Body=b"khac")["ETag"]
    client.complete_multipart_upload(
        **named, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": etag}]}
    )
    publish(build("b"), target, say=print)
    assert whole(proxy, target, {"b": build("b")}) == "b"


def test_a_bucket_that_is_not_there(build, proxy):
    assert refusal(build("a"), "s3://khong-co/so") == (
        "không có bucket `khong-co`: tạo bucket trước, hoặc sửa tên trong đích công bố"
    )


def test_without_credentials(build, proxy, target, monkeypatch, tmp_path):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    assert refusal(build("a"), target).startswith("không có thông tin đăng nhập kho lưu trữ")
    monkeypatch.setenv("AWS_PROFILE", "so-khcn")
    assert refusal(build("a"), target) == "không có hồ sơ AWS_PROFILE=so-khcn trong ~/.aws"


@pytest.mark.parametrize(
    "name",
    [
        *("s3://", "s3:/x/y", "s3://A/b", "s3://ab", "s3://a_b/c", "s3://khoa:bi-mat@kehoach/so"),
        *("s3://kehoach/a//b", "s3://kehoach/../b", "s3://kehoach/a/.", "s3://kehoach/a\nb"),
    ],
)
def test_a_target_that_cannot_be_one(build, name):
    with pytest.raises(TargetError, match="viết sai"):
        publish(build("a"), name, say=print)


def test_a_mirror_is_for_a_store_alone(build, tmp_path):
    with pytest.raises(TargetError, match="--direct chỉ dùng với kho lưu trữ"):
        publish(build("a"), str(tmp_path / "srv"), direct=True, say=print)


def test_what_pages_need_comes_before_them_and_lists_after_them():
    paths = [
        *("sitemap.xml", "index.html", "ke-hoach/index.html", "ke-hoach/2022/x/index.html"),
        *("ke-hoach/2022/x/x.pdf", "assets-0123456789ab/css/site.css", "feed.xml", "sw.js"),
        *("su-kien/2022/a/index.html", "api/v1/plans.json", "lich.ics", "anh/a.png"),
    ]
    assert waves(iter(paths)) == [
        ["assets-0123456789ab/css/site.css"],
        ["anh/a.png", "ke-hoach/2022/x/x.pdf"],
        ["ke-hoach/2022/x/index.html", "su-kien/2022/a/index.html"],
        [
            *("api/v1/plans.json", "feed.xml", "index.html", "ke-hoach/index.html", "lich.ics"),
            *("sitemap.xml", "sw.js"),
        ],
    ]


def mirrored(proxy: Faulty, target: str) -> dict[str, bytes]:
    found = lying(proxy, target, "public/")
    assert json.loads(found.pop(".kehoach.json"))["files"].keys() == found.keys()
    return {
        path: gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
        for path, content in found.items()
    }


def test_a_mirror_follows_every_publish_and_rollback(build, proxy, target):
    publish(build("a"), target, direct=True, say=print)
    assert mirrored(proxy, target) == files(build("a"))
    proxy.forget()
    publish(build("b"), target, say=print)
    there = mirrored(proxy, target)
    assert {path: there[path] for path in files(build("b"))} == files(build("b"))
    order = [
        r.key.split("/public/")[1] for r in proxy.requests if "/public/" in r.key and r.is_copy
    ]
    assert order[0].startswith("assets-")
    assert order.index("index.html") > max(
        order.index(f"ke-hoach/2022/p{n}/index.html") for n in range(12)
    )
    rollback(target, say=print)
    there = mirrored(proxy, target)
    assert {path: there[path] for path in files(build("a"))} == files(build("a"))


def test_what_is_gone_stays_in_the_mirror_for_a_day(build, proxy, target):
    site = build("a")
    write(site / "ke-hoach/2022/cu/index.html", "<title>cũ</title>")
    publish(site, target, direct=True, say=print)
    publish(build("b"), target, allow_removals=True, say=print)
    assert "ke-hoach/2022/cu/index.html" in mirrored(proxy, target)
    key = f"{target.removeprefix(f's3://{store.BUCKET}/')}/public/.kehoach.json"
    client = proxy.store.client
    state = json.loads(client.get_object(Bucket=store.BUCKET, Key=key)["Body"].read())
    yesterday = datetime.now(UTC) - timedelta(hours=25)
    assert list(state["gone"])[-1] == "ke-hoach/2022/cu/index.html"
    state["gone"] = dict.fromkeys(state["gone"], yesterday.isoformat())
    client.put_object(Bucket=store.BUCKET, Key=key, Body=json.dumps(state).encode())
    publish(build("b"), target, say=print)
    assert "ke-hoach/2022/cu/index.html" not in mirrored(proxy, target)


def test_a_mirror_that_broke_off_is_mended_by_the_next_publish(build, proxy, target, monkeypatch):
    publish(build("a"), target, direct=True, say=print)
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    proxy.react = lambda request: (
        Refusal(503, "SlowDown")
        if request.key.endswith("/public/ke-hoach/2022/p7/index.html")
        else None
    )
    told = refusal(build("b"), target)
    assert told.startswith("đã chuyển sang bản 000002, nhưng chưa chép xong vào public/")
    assert "chạy rollback --to 000002\nkho lưu trữ đang quá tải" in told
    proxy.forget()
    assert rollback(target, "000002", say=print).id == "000002"
    there = mirrored(proxy, target)
    assert {path: there[path] for path in files(build("b"))} == files(build("b"))
    publish(build("b"), target, say=print)
    there = mirrored(proxy, target)
    assert {path: there[path] for path in files(build("b"))} == files(build("b"))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"files": 1}'])
def test_a_mirror_that_nobody_can_read_is_told(build, proxy, target, content):
    publish(build("a"), target, direct=True, say=print)
    key = f"{target.removeprefix(f's3://{store.BUCKET}/')}/public/.kehoach.json"
    proxy.store.client.put_object(Bucket=store.BUCKET, Key=key, Body=content)
    assert f"không đọc được {key} của kho lưu trữ" in refusal(build("b"), target)
    assert whole(proxy, target, {"a": build("a")}) == "a"


def test_a_mirror_takes_no_foreign_place(build, proxy, target):
    key = f"{target.removeprefix(f's3://{store.BUCKET}/')}/public/index.html"
    proxy.store.client.put_object(Bucket=store.BUCKET, Key=key, Body=b"trang khac")
    assert "public/ của kho lưu trữ đã có nội dung khác" in refusal(build("a"), target, direct=True)
    assert lying(proxy, target) == {"public/index.html": b"trang khac"}


def test_the_command_publishes_there(build, proxy, target, root):
    """As people type it; the environment says where the store is."""
    done = run(root, "publish", target, "--site", str(build("a")), "--direct")
    assert (done.returncode, done.stderr) == (0, f"Đang công bố bản 000001, 20 trang: {target}\n")
    assert whole(proxy, target, {"a": build("a")}) == "a"
    assert mirrored(proxy, target) == files(build("a"))
    listed = run(root, "releases", target)
    assert listed.stdout.startswith("→ 000001 ")
    refused = run(root, "rollback", target)
    assert (refused.returncode, refused.stderr) == (
        1,
        "không còn bản trước đó để quay lại; các bản hiện có: 000001\n",
    )
