"""Publishing to another machine over ssh and rsync."""

import json
import os
import shutil
import signal
import time
from pathlib import Path

import pytest

from kehoach.releasing import PublishError, publish, releases, rollback
from kehoach.releasing.publishing import store_at
from releasing.far import TARGET, machine
from releasing.sample import files, make_site, published, start, write


@pytest.fixture
def far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder `trang web` in the home of van-thu on the machine `may`."""
    for name, value in machine(tmp_path).items():
        monkeypatch.setenv(name, value)
    return tmp_path / "far/trang web"


said: list[str] = []


def put(site: Path, **options: object) -> str:
    return publish(site, TARGET, say=said.append, **options).id


def test_the_far_folder_becomes_what_a_near_one_would(far, tmp_path):
    near = tmp_path / "near"
    for release in ("a", "b"):
        site = make_site(tmp_path / release, release)
        put(site, commit=release)
        publish(site, str(near), commit=release, say=said.append)
    assert os.readlink(far / "current") == os.readlink(near / "current") == "releases/000002"
    there, here = files(far / "releases"), files(near / "releases")
    manifests = {path for path in here if path.endswith(".release.json")}
    assert {p: there[p] for p in there if p not in manifests} == {
        p: here[p] for p in here if p not in manifests
    }
    for path in manifests:
        pair = [json.loads(side[path]) for side in (there, here)]
        assert pair[0]["addresses"] == pair[1]["addresses"]
    assert {oct(p.stat().st_mode & 0o777) for p in (far / "current").rglob("*.html")} == {"0o644"}


def test_unchanged_files_are_links_and_keep_their_date(far, tmp_path):
    put(make_site(tmp_path / "a", "a"))
    put(make_site(tmp_path / "b", "b"))
    old, new = far / "releases/000001", far / "releases/000002"
    for form in ("", ".gz", ".br"):
        steady = f"tinh/1/index.html{form}"
        assert (old / steady).stat().st_ino == (new / steady).stat().st_ino
    changed = [int((side / "index.html").stat().st_mtime) for side in (old, new)]
    assert changed[0] < changed[1]
    assert len(list(new.glob("assets-*/css/site.css"))) == 2  # its own, and the one lent


def test_rollback_releases_and_pruning(far, tmp_path):
    for release in "abcd":
        put(make_site(tmp_path / release, release), keep=2)
    assert [(m.id, live) for m, live in releases(TARGET)] == [("000003", False), ("000004", True)]
    assert rollback(TARGET, say=said.append).id == "000003"
    assert published(far) == "c"
    assert sorted(p.name for p in (far / "releases").iterdir()) == ["000003", "000004"]


def test_a_lost_address_is_refused(far, tmp_path):
    put(make_site(tmp_path / "a", "a"))
    site = make_site(tmp_path / "b", "b")
    (site / "lich.ics").unlink()
    with pytest.raises(PublishError, match=r"/lich\.ics đang được công bố"):
        put(site)
    assert published(far) == "a"


def test_a_far_folder_with_other_things_is_no_target(far, tmp_path):
    write(far / "index.html", "trang khác")
    with pytest.raises(PublishError, match="đã có nội dung khác"):
        put(make_site(tmp_path / "a", "a"))
    assert list(files(far)) == ["index.html"]


def test_who_lost_the_lock_makes_nothing_live(far, tmp_path):
    put(make_site(tmp_path / "a", "a"))
    store = store_at(TARGET)
    with store.lock(5, said.append):
        (far / "releases/.new-000002").mkdir()
        (far / "lock").write_text("tiến trình 7 trên máy khác")
        for act in (store.accept, store.switch):
            with pytest.raises(PublishError, match="đã thuộc về: tiến trình 7 trên máy khác"):
                act("000002")
        store.discard("000002")
        assert (far / "releases/.new-000002").is_dir()  # not ours any more
    assert published(far) == "a"
    assert not (far / "releases/000002").exists()


def test_no_network_is_said_and_changes_nothing(far, tmp_path):
    with pytest.raises(PublishError, match="máy chủ không làm được"):
        publish(make_site(tmp_path / "a", "a"), "ai-do@noi-khac:srv", say=said.append)


def test_two_machines_at_once_take_turns(far, tmp_path):
    sites = [make_site(tmp_path / release, release) for release in "abc"]
    publishers = [start(site, TARGET) for site in sites]
    outcome = [publisher.communicate() for publisher in publishers]
    assert sorted(out.strip() for out, _ in outcome) == ["000001", "000002", "000003"]
    assert os.readlink(far / "current") == "releases/000003"


@pytest.mark.parametrize("seed", range(6))
def test_a_publisher_killed_at_any_moment_leaves_the_far_site_whole(far, tmp_path, seed):
    put(make_site(tmp_path / "a", "a"))
    before = files(far / "current")
    site = make_site(tmp_path / "b", "b")
    publisher = start(site, TARGET, start_new_session=True)
    time.sleep(0.12 + 0.12 * seed)
    os.killpg(publisher.pid, signal.SIGKILL)
    publisher.communicate()
    assert published(far) in ("a", "b")
    if published(far) == "a":
        assert files(far / "current") == before
    shutil.rmtree(site)
    put(make_site(tmp_path / "c", "c"), wait=20)
    assert published(far) == "c"
    assert not list((far / "releases").glob(".*"))


@pytest.mark.parametrize("target", ["van-thu@may:~/trang web", "van-thu@may:trang web/"])
def test_a_path_begins_at_the_home_there(far, tmp_path, target):
    publish(make_site(tmp_path / "site", "một"), target)
    assert published(far) == "một"
    assert not (far.parent / "~").exists()


def test_the_home_of_another_is_a_path_of_its_own(tmp_path):
    with pytest.raises(PublishError, match="ghi đường dẫn đầy đủ thay cho `~khac`"):
        publish(make_site(tmp_path / "site", "một"), "van-thu@may:~khac/trang")


def test_a_missing_program_is_a_sentence_here_and_there(far, tmp_path, monkeypatch):
    site = make_site(tmp_path / "site", "một")
    monkeypatch.setenv("RSYNC_RSH", "khong-co-ssh -p 22")
    with pytest.raises(PublishError, match="máy này không có chương trình khong-co-ssh"):
        publish(site, TARGET)
    with pytest.raises(PublishError, match="máy này không có chương trình khong-co-ssh"):
        releases(TARGET)


@pytest.mark.parametrize(
    "said", ["sh: 1: rsync: not found", "bash: line 1: rsync: command not found"]
)
def test_a_program_that_is_missing_there_is_named(far, tmp_path, monkeypatch, said):
    shell = tmp_path / "shell"
    shell.write_text(f"#!/bin/sh\necho {said!r} >&2; exit 127\n")
    shell.chmod(0o755)
    monkeypatch.setenv("RSYNC_RSH", str(shell))
    with pytest.raises(PublishError, match="máy chủ không có chương trình rsync"):
        publish(make_site(tmp_path / "site", "một"), TARGET)
