"""What the tests of prints share: the library, a site, and the PDF tools of poppler and qpdf."""

from datetime import datetime
from pathlib import Path

import pytest

from kehoach.building.shelf import read_library
from kehoach.records.library import Library
from kehoach.site import TIMEZONE, Site

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def library() -> Library:
    return read_library(ROOT / "content")


@pytest.fixture(scope="session")
def department() -> Site:
    return Site(
        name="Kế hoạch Khoa học và Công nghệ",
        url="https://kehoach.example.vn/",
        description="",
        clock=datetime(2024, 5, 18, tzinfo=TIMEZONE),
        extra={"department": {"name": "Sở Khoa học và Công nghệ"}},
    )
