"""Publishing to a folder: what becomes live, what is refused, what is kept."""

import gzip
import os
import signal
import stat
import time
from pathlib import Path

import brotli
import pytest

from kehoach.releasing import (
    Manifest,
    PublishError,
    folder,
    publish,
    publishing,
    releases,
    rollback,
)
from kehoach.releasing.problem import TargetError
from releasing.sample import files, make_site, published, start, write


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "srv"


@pytest.fixture
def build(tmp_path: Path):
    """The build: `build("một")` gives a fresh folder with the site of that release."""

    def made(release: str, **options: int) -> Path:
        return make_site(tmp_path / f"site-{release}", release, **options)

    return made


def put(site: Path, target: Path, **options: object) -> Manifest:
    return publish(site, str(target), say=said.append, **options)


said: list[str] = []


@pytest.fixture(autouse=True)
def _silence() -> None:
    said.clear()


def refusal(site: Path, target: Path, **options: object) -> tuple[str, ...]:
    with pytest.raises(PublishError) as refused:
        put(site, target, **options)
    return refused.value.lines


def test_the_live_folder_has_every_file_of_the_site(build, target):
    site = build("một")
    manifest = put(site, target)
    live = files(target / "current")
    assert os.readlink(target / "current") == "releases/000001"
    assert {path: live[path] for path in files(site)} == files(site)
    assert (manifest.id, manifest.previous, manifest.pages) == ("000001", "", 62)
    assert set(manifest.addresses) >= {"", "ke-hoach/2022/p0/", "lich.ics", "feed.xml"}
    assert "404.html" not in manifest.addresses


def test_compressed_files_stand_beside_and_are_the_same_each_time(build, target, tmp_path):
    put(build("một"), target)
    put(build("một"), tmp_path / "again")
    first, second = files(target / "current"), files(tmp_path / "again/current")
    page = first["ke-hoach/2022/p0/index.html"]
    assert gzip.decompress(first["ke-hoach/2022/p0/index.html.gz"]) == page
    assert brotli.decompress(first["ke-hoach/2022/p0/index.html.br"]) == page
    assert len(first["ke-hoach/2022/p0/index.html.br"]) < len(page)
    assert "lich.ics.gz" not in first  # 44 bytes: not worth a second file
    packed = [path for path in first if path.endswith((".gz", ".br"))]
    assert len(packed) == 2 * 63
    assert [first[path] for path in packed] == [second[path] for path in packed]


def test_unchanged_files_are_the_same_inode_and_changed_ones_are_not(build, target):
    put(build("một"), target)
    put(build("hai"), target)
    old, new = target / "releases/000001", target / "releases/000002"
    for form in ("", ".gz", ".br"):
        steady = f"tinh/3/index.html{form}"
        assert (old / steady).stat().st_ino == (new / steady).stat().st_ino
        changed = f"ke-hoach/2022/p3/index.html{form}"
        assert (old / changed).stat().st_ino != (new / changed).stat().st_ino


def test_a_release_shares_nothing_with_the_built_folder(build, target):
    site = build("một")
    put(site, target)
    (site / "tinh/0/index.html").write_text("ghi đè tại chỗ")
    assert "ghi đè" not in (target / "current/tinh/0/index.html").read_text()


def test_the_same_site_again_is_no_new_release(build, target):
    first = put(build("một"), target)
    assert put(build("một"), target) == first
    assert [manifest.id for manifest, _ in releases(str(target))] == ["000001"]


def test_keep_says_how_many_releases_stay(build, target):
    for release in "abcdef":
        put(build(release), target, keep=3)
    assert [(m.id, live) for m, live in releases(str(target))] == [
        ("000004", False),
        ("000005", False),
        ("000006", True),
    ]
    assert sorted(path.name for path in (target / "releases").iterdir()) == [
        "000004",
        "000005",
        "000006",
    ]


def test_rollback_goes_to_what_was_live_before_and_numbers_go_on(build, target):
    for release in ("a", "b"):
        put(build(release), target)
    assert rollback(str(target), say=said.append).id == "000001"
    assert published(target) == "a"
    put(build("c"), target)
    assert published(target) == "c"
    assert rollback(str(target), say=said.append).id == "000001"
    assert rollback(str(target), "3", say=said.append).id == "000003"
    with pytest.raises(PublishError, match="không còn bản 99"):
        rollback(str(target), "99", say=said.append)


def test_files_that_open_pages_may_still_ask_for_are_lent(build, target):
    put(build("a"), target)
    index = "tim-kiem/chi-muc/2022-0123456789ab/all.bin"
    site = build("a")
    write(site / index, "tệp chỉ mục")
    put(site, target)
    live = target / "current"
    (old,) = (path.name for path in live.glob("assets-*"))
    put(build("b"), target)
    assert (live / index).read_text() == "tệp chỉ mục"
    (new,) = (path.name for path in live.glob("assets-*") if path.name != old)
    assert (live / old / "css/site.css").exists()
    rollback(str(target), say=said.append)
    assert (live / new / "css/site.css").exists()


def test_a_lost_address_is_named_and_the_old_site_stays(build, target):
    put(build("a"), target)
    site = build("b")
    (site / "lich.ics").unlink()
    assert refusal(site, target) == (
        "/lich.ics đang được công bố nhưng không còn trong bản mới: ghi địa chỉ cũ vào `aliases:`"
        " của văn bản thay thế, hoặc thêm --allow-removals",
    )
    assert published(target) == "a"
    put(site, target, allow_removals=True)
    assert published(target) == "b"


def test_a_notice_answers_for_the_files_of_its_document(build, target):
    site = build("a")
    write(site / "ke-hoach/2022/p1/p1.pdf", "%PDF")
    put(site, target)
    site = build("b")
    assert any("p1.pdf" in line for line in refusal(site, target))
    old = (site / "ke-hoach/2022/p1/index.html").read_text()
    write(
        site / "ke-hoach/2022/p1/index.html", old.replace("<body>", '<body data-notice="removed">')
    )
    put(site, target)
    assert published(target) == "b"


def test_a_sudden_loss_of_pages_is_refused_by_its_share(build, target):
    put(build("a", pages=40), target)
    lines = refusal(build("b", pages=30), target)
    assert lines[-1].startswith("trang mới chỉ có 52 trang, bản đang công bố có 62: giảm quá 10%")
    assert len(lines) == 11
    put(build("c", pages=30), target, allow_removals=True)


@pytest.mark.parametrize(
    ("markup", "line"),
    [
        ('<a href="khong-co/">', "trang chủ: liên kết `khong-co/` không dẫn tới đâu"),
        ('<img src="/anh.png">', "trang chủ: liên kết `/anh.png` không dẫn tới đâu"),
        ("<a href='#khong'>", "trang chủ: không có chỗ `#khong` trong trang chủ"),
        (
            '<a href="tinh/1/#vi-ii">',
            "trang chủ: không có chỗ `#vi-ii` trong tinh/1/",
        ),
        (
            '<a href="https://so.vn/khong-co/">',
            "trang chủ: liên kết `https://so.vn/khong-co/` không dẫn tới đâu",
        ),
        (
            '<link href="webcal://so.vn/x.ics">',
            "trang chủ: liên kết `webcal://so.vn/x.ics` không dẫn tới đâu",
        ),
    ],
)
def test_a_link_to_nowhere_is_refused(build, target, markup, line):
    site = build("a")
    write(site / "index.html", (site / "index.html").read_text() + markup)
    assert refusal(site, target, url="https://so.vn/") == (line,)
    assert not (target / "current").exists()


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="tinh/1/#i">',
        '<a href="tinh/1/?q=a#i">',
        '<a href="tinh/1">',
        '<a href="#top">',
        '<a href="/">',
        '<a href="mailto:a@so.vn">',
        '<a href="https://khac.vn/x">',
        '<a href="webcal://so.vn/lich.ics">',
        "<script>const a = '<a href=\"khong-co/\">'</script>",
        '<!-- <a href="khong-co/"> -->',
        '<code>href="khong-co/"</code>',
        "<p title='<a href=\"khong-co/\">'>",
    ],
)
def test_a_good_link_is_not(build, target, markup):
    site = build("a")
    write(site / "index.html", (site / "index.html").read_text() + markup)
    assert put(site, target, url="https://so.vn/").id == "000001"


def test_a_site_under_a_path_links_from_that_path(build, target):
    site = build("a")
    text = (site / "404.html").read_text()
    write(site / "404.html", text.replace('href="/', 'href="/ke/'))
    assert put(site, target, url="https://so.vn/ke/").id == "000001"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("assets/a.css", "a { background: url(../khong.png) }"),
        ("assets/a.js", 'import { a } from "./khong.js";'),
    ],
)
def test_styles_and_scripts_lead_somewhere_too(build, target, name, text):
    site = build("a")
    write(site / name, text)
    (line,) = refusal(site, target)
    assert line.startswith(f"{name}: liên kết")


def test_a_symlink_in_the_site_is_refused(build, target):
    site = build("a")
    (site / "mat-khau.txt").symlink_to("/etc/passwd")
    (line,) = refusal(site, target)
    assert line.startswith("mat-khau.txt là liên kết tượng trưng tới /etc/passwd")


def test_a_site_that_changes_while_it_is_published_is_refused(build, target, monkeypatch):
    put(build("a"), target)
    site = build("b")
    assemble = folder.assembling.assemble

    def meanwhile(*arguments: object) -> None:
        assemble(*arguments)
        write(site / "index.html", "bản dựng sau")

    monkeypatch.setattr(folder.assembling, "assemble", meanwhile)
    (line,) = refusal(site, target)
    assert "thay đổi trong lúc công bố" in line
    assert published(target) == "a"
    assert [path.name for path in (target / "releases").iterdir()] == ["000001"]


def test_the_clock_going_back_changes_no_order(build, target, monkeypatch):
    monkeypatch.setattr(publishing.time, "time", lambda: 2_000_000_000.0)
    put(build("a"), target)
    monkeypatch.setattr(publishing.time, "time", lambda: 1_000_000_000.0)
    second = put(build("b"), target)
    assert (second.id, second.stamp) == ("000002", 2_000_000_001)
    # The time is in the ETag: the same size and second would give a reader the old page.
    assert int((target / "current/index.html").stat().st_mtime) == 2_000_000_001
    assert published(target) == "b"


def test_after_a_rollback_dates_go_on_from_the_newest_release(build, target, monkeypatch):
    monkeypatch.setattr(publishing.time, "time", lambda: 2_000_000_000.0)
    for release in "abc":
        put(build(release), target)
    rollback(str(target), "1", say=said.append)
    assert put(build("d"), target).stamp == 2_000_000_003


@pytest.mark.parametrize("damage", ["", "{", '{"id": "000001"}'])
def test_without_the_list_of_what_was_promised_nothing_is_replaced(build, target, damage):
    put(build("a"), target)
    (target / "current/.release.json").write_text(damage)
    (line,) = refusal(build("b", pages=20), target)
    assert line.startswith("không đọc được danh mục địa chỉ của bản đang công bố (000001)")
    assert published(target) == "a"
    assert put(build("b", pages=20), target, allow_removals=True).id == "000002"


def test_a_web_server_may_read_it_whatever_the_umask(build, target):
    before = os.umask(0o077)
    try:
        put(build("a"), target)
    finally:
        os.umask(before)
    modes = {
        stat.S_IMODE(path.stat().st_mode): path.is_dir()
        for path in (target, *(target / "releases").rglob("*"))
    }
    assert modes == {0o755: True, 0o644: False}


def test_a_second_publisher_waits_and_then_gives_up(build, target):
    put(build("a"), target)
    with folder.Folder(target).lock(0, said.append):
        started = time.monotonic()
        (line,) = refusal(build("b"), target, wait=0.3)
        assert 0.3 <= time.monotonic() - started < 5
    assert line.startswith(f"đang có lần công bố khác (tiến trình {os.getpid()} trên ")
    assert any(line.startswith("Đang chờ lần công bố khác") for line in said)


def test_two_publishers_at_once_both_end_right(build, target):
    publishers = [start(build(release), target) for release in ("a", "b", "c")]
    ids = sorted(publisher.communicate()[0].strip() for publisher in publishers)
    assert ids == ["000001", "000002", "000003"]
    assert os.readlink(target / "current") == "releases/000003"


def test_the_lock_of_a_dead_publisher_holds_nobody_up(build, target):
    put(build("a"), target)
    big = build("b")
    write(big / "lon.txt", "x" * 60_000_000)
    publisher = start(big, target)
    while not list((target / "releases").glob(".new-*")):
        time.sleep(0.005)
    publisher.send_signal(signal.SIGKILL)
    publisher.communicate()
    put(build("c"), target)
    (line,) = said
    assert line.startswith(f"Lần công bố trước (tiến trình {publisher.pid} trên ")
    assert sorted(path.name for path in (target / "releases").iterdir()) == ["000001", "000002"]


def test_a_refused_site_leaves_no_word_of_a_dead_publisher(build, target):
    site = build("a")
    put(site, target)
    (site / "lich.ics").unlink()
    refusal(site, target)
    put(build("c"), target)
    assert said == []


@pytest.mark.parametrize("name", ["", "-oProxyCommand=x:srv", "má:y", "a b:srv"])
def test_a_target_that_cannot_be_one(build, name):
    with pytest.raises(TargetError):
        publish(build("a"), name, say=said.append)


def test_a_folder_with_other_things_in_it_is_no_target(build, tmp_path):
    write(tmp_path / "www/index.html", "trang khác")
    (line,) = refusal(build("a"), tmp_path / "www")
    assert "đã có nội dung khác" in line
    assert files(tmp_path / "www") == {"index.html": "trang khác".encode()}


def test_the_site_itself_is_no_target(build):
    site = build("a")
    assert "lồng nhau" in refusal(site, site / "srv")[0]


def test_nothing_built_is_nothing_published(tmp_path, target):
    (line,) = refusal(tmp_path / "site", target)
    assert "chạy python3 build.py trước" in line
