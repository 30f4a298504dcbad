"""What the feeds' tests share."""

from pathlib import Path

import pytest

from feeds.department import lay
from kehoach.building.shelf import read_library
from kehoach.records.library import Library
from node import npm


@pytest.fixture(scope="session")
def node() -> Path:
    """The folder of the programs from npm."""
    return npm.modules()


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """The small department."""
    return lay(tmp_path)


@pytest.fixture(scope="session")
def published(root: Path) -> Library:
    """The content of this repository."""
    return read_library(root / "content")
