"""The index of search between builds: a bundle for each year, none for a text as it was."""

from pathlib import Path

from building import small
from kehoach.building.settings import CACHE


def test_the_bundle_of_a_text_that_was_edited_is_forgotten(tmp_path: Path) -> None:
    root = small.lay(tmp_path)
    small.write(root, "ke-hoach/2022/mot.md", small.plan())
    kept = root / CACHE / "search"
    small.made(root)
    first = {path.name for path in kept.iterdir()}
    small.write(root, "ke-hoach/2022/mot.md", small.plan(body="Hội thi Robocon."))
    small.made(root)
    second = {path.name for path in kept.iterdir()}
    assert len(first) == len(second)
    assert len(first - second) == 1
