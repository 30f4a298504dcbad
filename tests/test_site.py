"""Full addresses, as RFC 3986 §5.2 resolves them."""

from datetime import UTC, datetime
from urllib.parse import urljoin

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kehoach.site import Site

CLOCK = datetime(2024, 6, 1, tzinfo=UTC)
URLS = [
    *("https://kehoach.example.vn/", "https://so.example.vn/ke-hoach/", "http://máy.vn:8000/a/"),
    *("HTTPS://so.example.vn/", "https://so.example.vn//a/", "https://so.example.vn/a/../b/"),
    *("https://so.example.vn/a?b/", "https://so.example.vn/#/", "mailto:so@example.vn/"),
]
PIECES = [
    "ke-hoach",
    "2024",
    "kế_hoạch",
    "index.json",
    ".",
    "..",
    "/",
    "#",
    "?",
    ":",
    ";",
    " ",
    "\t",
]


def absolute(url: str, address: str) -> str:
    return Site("Sở", url, "", CLOCK).absolute(address)


@given(st.sampled_from(URLS), st.lists(st.sampled_from(PIECES), max_size=7).map("".join))
def test_an_address_of_pieces_is_resolved_as_any_other(url, address):
    assert absolute(url, address) == urljoin(url, address)


@given(st.sampled_from(URLS), st.text(max_size=9))
def test_an_address_of_any_letters_is_resolved_as_any_other(url, address):
    try:
        whole = urljoin(url, address)
    except ValueError:  # "//[" begins no host
        assume(False)
    assert absolute(url, address) == whole


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("", "https://so.example.vn/"),
        ("lich/2024/lich.ics", "https://so.example.vn/lich/2024/lich.ics"),
        ("ke-hoach/2024/x/#han-gui", "https://so.example.vn/ke-hoach/2024/x/#han-gui"),
        ("#trang", "https://so.example.vn/#trang"),
        ("a/../b//c#", "https://so.example.vn/b/c"),
    ],
)
def test_a_full_address(address, whole):
    assert absolute("https://so.example.vn/", address) == whole


def test_without_an_address_of_its_own_a_site_begins_at_the_root():
    assert absolute("", "lich/") == "/lich/"
