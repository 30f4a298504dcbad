"""What is printed is drawn once, however many addresses it has."""

import os

from building import small
from kehoach import building

TEXT = "Khoa học và công nghệ - Động lực phát triển"
FIRST, SECOND = "khau-hieu/2022/mot/mot", "khau-hieu/2022/hai/hai"
FILES = ("ap-phich-a3.pdf", "ap-phich-a3.svg", "ap-phich-a3.png")


def slogan(name: str, text: str = TEXT) -> str:
    head = (
        f"title: Chào mừng Ngày 18/5, {name}\nnumber: 12/KH-SKHCN\nissuer: so-khcn\ndate: 04/5/2022"
    )
    said = f"slogans:\n  - id: {name}\n    text: {text}\n"
    return f"---\n{head}\n{said}---\n\n## I. NỘI DUNG\n\nTreo khẩu hiệu “{text}”.\n"


def make(root):
    out = root / "site"
    project = building.open_project(building.configure(root, out))
    assert project.errors == []
    building.build(root, out, strict=False, project=project, with_search=False)
    return out


def test_slogans_of_one_text_share_their_banners_until_one_is_reworded(tmp_path):
    root = small.lay(tmp_path)
    small.write(root, "ke-hoach/2022/mot.md", slogan("mot"))
    small.write(root, "ke-hoach/2022/hai.md", slogan("hai"))
    site = make(root)
    for file in FILES:
        one, other = site / f"{FIRST}-{file}", site / f"{SECOND}-{file}"
        assert os.path.samefile(one, other)
    before = {file: (site / f"{FIRST}-{file}").read_bytes() for file in FILES}

    small.write(root, "ke-hoach/2022/hai.md", slogan("hai", "Sáng tạo vì cộng đồng"))
    site = make(root)
    for file in FILES:
        assert (site / f"{FIRST}-{file}").read_bytes() == before[file]
        assert (site / f"{SECOND}-{file}").read_bytes() != before[file]
