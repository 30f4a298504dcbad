"""The files of the index: the same for the same texts, small, and changed shard by shard."""

import gzip
import json
import shutil
from pathlib import PurePosixPath

import pytest

from bench import corpus
from bench.indexing import index
from kehoach import search
from kehoach.building.shelf import read_library
from kehoach.gzipped import gzipped
from kehoach.search.documents import PLAN, Entry, Passage
from kehoach.search.shards import bundle, shard, unbundled


def contents(found):
    return json.loads(found[f"{search.FOLDER}/index.json"])


@pytest.fixture(scope="module")
def library(root):
    return read_library(root / "content")


def opened(content):
    return {name: json.loads(gzip.decompress(file)) for name, file in unbundled(content)}


def sections(gaps):
    return [sum(gaps[: at + 1]) - 1 for at in range(len(gaps))]


def test_a_shard_says_which_sections_hold_a_word_and_a_pair():
    texts = {"": "Treo băng rôn", "i": "Hội thảo", "ii": "Băng rôn, bảng"}
    passages = tuple(Passage(anchor, anchor.upper(), text) for anchor, text in texts.items())
    index = opened(shard([Entry(PLAN, "a/", "A", "", 2022, passages)]))
    by_word, by_pair = index["meta"]["words"]["all"], index["meta"]["pairs"]["all"]
    assert sections(by_word["băng"]) == [0, 2]
    assert sections(by_word["bảng"]) == [2]
    assert sections(by_pair["băng rôn"]) == [0, 2]
    assert list(by_word) == ["băng", "bảng", "hội", "rôn", "thảo", "treo"]
    assert index["vocabulary"]["bang"] == 3
    assert index["v0"][0]["sections"][1] == ["i", "I", "Hội thảo", ""]


def test_the_same_plans_make_the_same_bytes(library, root):
    assert index(library) == index(read_library(root / "content"))


def test_a_small_site_is_one_file_a_year(library):
    found = index(library)
    assert contents(found)["whole"]
    assert {PurePosixPath(path).name for path in found} == {"all.bin", "index.json"}
    assert [part["year"] for part in contents(found)["shards"]] == [*range(2025, 2017, -1), 0]
    assert sum(map(len, found.values())) < 100_000


def test_abbreviations_are_told_to_the_browser(library):
    known = contents(index(library))["abbreviations"]
    assert [["đmst"], ["đổi", "mới", "sáng", "tạo"]] in known
    assert [["kh", "cn"], ["khoa", "học", "và", "công", "nghệ"]] in known


def test_a_large_site_is_fetched_in_small_parts(tmp_path, root):
    corpus.write(tmp_path / "content", root / "content", 60, seed=3)
    found = index(read_library(tmp_path / "content"))
    assert not contents(found)["whole"]
    parts = [content for path, content in found.items() if not path.endswith(("all.bin", ".json"))]
    assert max(map(len, parts)) < 20_000
    for part in contents(found)["shards"]:
        folder = f"{search.FOLDER}/{part['folder']}"
        for name, content in unbundled(found[f"{folder}/all.bin"]):
            assert found[f"{folder}/{name}.bin"] == content


def test_an_edited_plan_changes_its_year_only(tmp_path, root):
    shutil.copytree(root / "content", tmp_path / "content")
    made = []

    def keep(key, make, kept={}):  # noqa: B006
        if key not in kept:
            made.append(key)
            kept[key] = make()
        return kept[key]

    before = index(read_library(tmp_path / "content"), keep=keep)
    assert len(made) == 9
    plan = tmp_path / "content/ke-hoach/2021/hoi-nghi-nong-thon-mien-nui-quang-ngai.md"
    plan.write_text(plan.read_text("utf-8") + "\nThêm một dòng.\n", "utf-8")
    after = index(read_library(tmp_path / "content"), keep=keep)
    assert len(made) == 10
    changed = {PurePosixPath(path).parts[2][:4] for path in before.keys() ^ after.keys()}
    assert changed == {"2021"}
    names = [{part["folder"] for part in contents(found)["shards"]} for found in (before, after)]
    assert len(names[0] & names[1]) == 8


def test_a_bundle_comes_apart_as_it_was_put_together():
    parts = {"a": b"\n\n1", "b": b"", "c": b"\x00\xff"}
    assert dict(unbundled(bundle(parts))) == parts


def test_a_site_without_content_has_an_empty_index(tmp_path):
    (tmp_path / "content").mkdir()
    found = index(read_library(tmp_path / "content"))
    assert contents(found)["shards"] == []


def test_what_is_packed_names_no_time_and_the_same_system_from_each_python():
    assert gzipped(b"abc")[:10].hex() == "1f8b0800000000000203"
    assert gzip.decompress(gzipped(b"abc" * 1000)) == b"abc" * 1000
