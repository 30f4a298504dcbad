"""The real site published, and a real push of the real project, built by the installed program."""

import os
import subprocess
from pathlib import Path

import pytest

from kehoach.releasing import install_hook, publish, releases
from releasing.test_ci import clone


def push(root: Path, message: str) -> str:
    identity = ["-c", "user.name=Văn thư", "-c", "user.email=a@so.vn"]
    subprocess.run(["git", "add", "--all"], cwd=root, check=True)
    subprocess.run(
        ["git", *identity, "commit", "--quiet", "--allow-empty", "-m", message],
        cwd=root,
        check=True,
    )
    return subprocess.run(
        ["git", "push", "origin", "main"], cwd=root, check=True, capture_output=True, text=True
    ).stderr


def test_the_real_site_has_no_link_to_nowhere(site, tmp_path):
    manifest = publish(site, str(tmp_path / "srv"), url="https://kehoach.example.vn/", say=print)
    assert manifest.pages > 300
    assert {"", "ke-hoach/", "lich.ics", "feed.xml"} <= set(manifest.addresses)


@pytest.mark.heavy
def test_a_push_publishes_and_one_with_an_error_does_not(tmp_path):
    root, server, target = tmp_path / "work", tmp_path / "kho.git", tmp_path / "srv"
    root.mkdir()
    clone(root)
    subprocess.run(
        ["git", "init", "--quiet", "--bare", "--initial-branch=main", str(server)], check=True
    )
    subprocess.run(["git", "remote", "add", "origin", str(server)], cwd=root, check=True)
    install_hook(server, str(target), url="https://kehoach.example.vn/")

    heard = push(root, "Lần đầu")
    assert "Đã công bố" in heard, heard
    assert "bản 000001" in heard
    plan = next(root.glob("content/ke-hoach/*/*.md"))
    address = plan.relative_to(root / "content").as_posix().removesuffix(".md")
    page = target / "current" / address / "index.html"
    before = page.read_bytes()

    text = plan.read_text()
    plan.write_text(text.replace("title:", "tile:", 1))
    heard = push(root, "Gõ nhầm khoá")
    assert f"{plan.relative_to(root).as_posix()}:" in heard
    assert "unknown-key" in heard
    assert "Trang đang công bố giữ nguyên: bản 000001." in heard
    assert page.read_bytes() == before
    assert os.readlink(target / "current") == "releases/000001"

    plan.write_text(text)
    guide = root / "content/huong-dan/index.md"
    guide.write_text(f"{guide.read_text()}\nThêm một câu vào trang hướng dẫn.\n")
    heard = push(root, "Thêm một câu")  # the search index comes under another name
    assert "bản 000002" in heard, heard
    assert "Thêm một câu" in (target / "current/huong-dan/index.html").read_text()

    (root / "content/ke-hoach/trom.md").symlink_to("/etc/passwd")
    heard = push(root, "Liên kết trỏ ra ngoài")
    assert "content/ke-hoach/trom.md:1:1: lỗi [outward-link]" in heard
    assert len(releases(str(target))) == 2

    (root / "content/ke-hoach/trom.md").unlink()
    (root / "build.py").write_text(f"open({str(tmp_path / 'chay')!r}, 'w')\n")
    (root / "theme/main.html").write_text("thay cả trang")
    guide.write_text(f"{guide.read_text()}\nThêm một câu nữa.\n")
    heard = push(root, "Chương trình khác")
    assert "Bản đẩy lên có chương trình khác bản đã cài trên máy chủ: build.py, theme." in heard
    assert "bản 000003" in heard, heard
    assert "Thêm một câu nữa" in (target / "current/huong-dan/index.html").read_text()
    assert not (tmp_path / "chay").exists()
