"""The build command: all findings at once, a site whole or untouched, the same bytes every time."""

import shutil
import subprocess

import pytest

from conftest import build, contents, run

BROKEN = {
    "thieu-khoa.md": (
        "---\ntitle: Thử\ndate: 16/3/2022\n---\nBody\n",
        "2:1: lỗi [missing-key] issuer",
    ),
    "sai-kieu.md": (
        "---\ntitle: [a]\nissuer: so-khcn-quang-ngai\ndate: 16/3/2022\n---\n",
        "2:8: lỗi [wrong-type] title",
    ),
    "don-vi-la.md": (
        "---\ntitle: T\nissuer: Sở Lạ\ndate: 16/3/2022\n---\n",
        "3:9: lỗi [unknown-unit] issuer",
    ),
    "yaml-hong.md": ("---\ntitle: Kế hoạch: Ngày\n---\n", "2:16: lỗi [invalid-yaml]"),
    "rong.md": ("", "1:1: lỗi [empty-file]"),
}


def test_every_kind_of_bad_input_is_found_in_one_run_and_the_site_stays(checkout):
    site = checkout / "site"
    build(checkout, site)
    before = (site / "index.html").read_bytes()
    folder = checkout / "content" / "ke-hoach" / "2022"
    for name, (text, _) in BROKEN.items():
        (folder / name).write_text(text)
    (folder / "latin1.md").write_bytes(b"---\ntitle: K\xea ho\xe1ch\n---\n")
    shutil.copy(folder / "ngay-khcn-quang-ngai.md", folder / "ban-sao.md")

    done = run(checkout, "build")

    assert done.returncode == 1
    output = done.stdout + done.stderr
    for name, (_, expected) in BROKEN.items():
        assert f"content/ke-hoach/2022/{name}:{expected}" in output
    assert "content/ke-hoach/2022/latin1.md:2:9: lỗi [not-utf8]" in output
    assert "[duplicate-event]" in output
    assert "Traceback" not in output
    assert (site / "index.html").read_bytes() == before


def test_a_wrong_value_hides_nothing_else_in_its_plan(checkout):
    plan = checkout / "content" / "ke-hoach" / "2022" / "ngay-khcn-quang-ngai.md"
    text = plan.read_text()
    assert "    section: II.4\n" in text
    text = text.replace("    section: II.4\n", "    section: II.44\n")
    plan.write_text(text.replace("when: Từ ngày 04 - 20/5/2022", "when: 31/2/2022", 1))
    report = run(checkout, "check").stdout
    assert "[invalid-date]" in report
    assert "[unknown-section]" in report
    assert "[unknown-event]" not in report


def test_two_builds_in_two_folders_are_byte_identical(checkout, tmp_path):
    first, second = tmp_path / "a" / "site", tmp_path / "b" / "c" / "site"
    build(checkout, first, "--clean")
    moved = tmp_path / "elsewhere"
    checkout.rename(moved)
    build(moved, second, "--clean")
    files, again = contents(first), contents(second)
    assert len(files) > 400
    assert files.keys() == again.keys()
    assert [path for path in files if files[path] != again[path]] == []


def test_what_earlier_builds_left_behind_changes_no_byte(checkout, tmp_path):
    build(checkout, tmp_path / "first", "--clean")
    plan = checkout / "content" / "ke-hoach" / "2022" / "ngay-khcn-quang-ngai.md"
    signed = plan.read_text()
    plan.write_text(signed.replace("Tháng 5/2022", "Tháng 6/2022"))
    build(checkout, tmp_path / "moved")
    plan.write_text(signed)
    build(checkout, tmp_path / "again")
    assert contents(tmp_path / "moved") != contents(tmp_path / "first")
    assert contents(tmp_path / "again") == contents(tmp_path / "first")


@pytest.mark.built
def test_the_build_says_nothing_but_what_it_did(root, tmp_path):
    done = build(root, tmp_path / "site")
    assert "WARNING" not in done.stdout + done.stderr


def test_mkdocs_by_hand_builds_the_same_site(checkout, tmp_path):
    print_file = checkout / "content" / "print" / "to-roi.txt"
    print_file.parent.mkdir()
    print_file.write_text("Tờ rơi của Sở")
    guide = checkout / "content" / "huong-dan" / "index.md"
    guide.write_text(guide.read_text() + "\n[Tờ rơi](../print/to-roi.txt)\n")
    out = tmp_path / "by-hand"
    mkdocs = checkout / ".venv" / "bin" / "python"
    subprocess.run(
        [mkdocs, "-m", "mkdocs", "build", "-q", "-d", str(out)], cwd=checkout, check=True
    )
    build(checkout, tmp_path / "site")
    by_hand, built = contents(out), contents(tmp_path / "site")
    assert len(built) > 400
    assert built["print/to-roi.txt"] == print_file.read_bytes()
    assert by_hand.keys() == built.keys()
    assert [path for path in built if by_hand[path] != built[path]] == []
