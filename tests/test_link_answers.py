"""A link that `check` accepts answers on the site, wherever it stands and however it is written."""

import re
from datetime import date
from pathlib import Path
from posixpath import relpath
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feeds.department import PLAN, SITE, lay
from kehoach import rules
from kehoach.building.shelf import read_library
from kehoach.history import History
from kehoach.pages import prose
from kehoach.pages.parts import Book
from kehoach.records.library import address_of

FILES = [
    "index.md",
    "lien-he.md",
    "huong-dan/index.md",
    "huong-dan/viet.md",
    "huong-dan/phu-luc/loi-ra.md",
    "huong-dan/phu-luc/anh.png",
    "huong-dan/viet/sau.md",
]
SOURCES = ["lien-he.md", "huong-dan/viet.md", "huong-dan/phu-luc/loi-ra.md", PLAN]
MADE = ["su-kien/2024/toa-dam/", "lich/2024/", "don-vi/so-khcn/", "chu-de/", "khong/co/"]
BROKEN = {"broken-link": rules.all_rules()["broken-link"]}
HREF = re.compile(r'href="([^"]*)"')


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("links")
    lay(root, {name: "---\ntitle: A\n---\n" for name in FILES if name.endswith(".md")})
    (root / "content/huong-dan/phu-luc/anh.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return root / "content"


@st.composite
def links(draw: st.DrawFn, source: str) -> str:
    """A file or an address as somebody in the file `source` might write it."""
    target = draw(st.sampled_from([*FILES, *MADE, PLAN]))
    if draw(st.booleans()) and target.endswith(".md"):
        target = address_of(target)
    if draw(st.booleans()):
        target = target.removesuffix("/")
    if draw(st.booleans()):
        target = target.removesuffix(".md")
    slash = "/" if target.endswith("/") else ""
    start = draw(st.sampled_from([source.rpartition("/")[0] or ".", address_of(source)]))
    written = draw(st.sampled_from([f"/{target}", target, relpath(target or ".", start) + slash]))
    return written + draw(st.sampled_from(["", "", "#muc", "?q=1", "/"]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_a_link_that_check_accepts_answers(content, data):
    source = data.draw(st.sampled_from(SOURCES))
    written = data.draw(st.lists(links(source), min_size=1, max_size=5).filter(all))
    file = content / source
    before = file.read_text("utf-8")
    try:
        file.write_text(before + "".join(f"\n[x]({link})\n" for link in written), "utf-8")
        library = read_library(content)
        found = rules.check(library, today=date(2024, 6, 1), rules=BROKEN)
        refused = {f.message.split("`")[1] for f in found if f.rule == "broken-link"}
        document = library.document(f"content/{source}")
        shown = prose.body(Book(library, SITE, History()), document).html
    finally:
        file.write_text(before, "utf-8")
    answering = {*library.addresses, *(name for name in FILES if not name.endswith(".md"))}
    hrefs = HREF.findall(shown)[-len(written) :]
    assert len(hrefs) == len(written)
    for link, href in zip(written, hrefs, strict=True):
        address = urlsplit(urljoin(f"https://so.vn/{document.address}", href)).path
        if link not in refused:
            assert unquote(address).lstrip("/") in answering, (source, link, href)


def test_folders_of_the_text_and_of_its_page_are_both_tried(content):
    file = content / "huong-dan/viet.md"
    before = file.read_text("utf-8")
    file.write_text(f"{before}\n[x](phu-luc/loi-ra/)\n[x](sau/)\n[x](phu-luc/anh.png)\n", "utf-8")
    library = read_library(content)
    document = library.document("content/huong-dan/viet.md")
    shown = prose.body(Book(library, SITE, History()), document).html
    file.write_text(before, "utf-8")
    assert HREF.findall(shown) == [
        "../../huong-dan/phu-luc/loi-ra/",
        "sau/",
        "../../huong-dan/phu-luc/anh.png",
    ]
