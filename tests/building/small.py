"""A small project: this one's theme and settings, a library of a few texts."""

import shutil
from pathlib import Path

from conftest import contents
from kehoach import building
from kehoach.records.finding import Finding

ROOT = Path(__file__).resolve().parents[2]
PDF = b"%PDF-1.7\n%%EOF\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f"
    "00010501012718e3660000000049454e44ae426082"
)


def lay(folder: Path) -> Path:
    """A project in `folder` with units and a campaign, without plans."""
    root = folder / "project"
    shutil.copytree(ROOT / "tests" / "rules" / "library", root / "content")
    for name in ("theme", "hooks"):
        (root / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    return root


def write(root: Path, file: str, content: str | bytes) -> None:
    """Put a file into `content/`."""
    path = root / "content" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def plan(*lines: str, body: str = "") -> str:
    """A plan without faults, with more `lines` in its front matter."""
    head = (
        "title: Chào mừng Ngày 18/5",
        "number: 12/KH-SKHCN",
        "issuer: so-khcn",
        "date: 04/5/2022",
    )
    front = "".join(f"{line}\n" for line in (*head, *lines))
    return f"---\n{front}---\n\n## I. NỘI DUNG\n\nTọa đàm ngày 18/5/2022. Chủ trì: Văn phòng Sở.\n\n{body}\n"


def found(root: Path) -> list[Finding]:
    return building.open_project(building.configure(root, root / "site")).findings


def made(root: Path) -> dict[str, bytes]:
    """The site of `root` by path, without prints."""
    out = root / "site"
    project = building.open_project(building.configure(root, out))
    assert project.errors == []
    building.build(root, out, strict=False, project=project, with_prints=False)
    return contents(out)
