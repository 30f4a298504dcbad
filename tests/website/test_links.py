"""Every link of the site leads somewhere on it, down to the anchor."""

from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
import pytest

from website.reading import KINDS, pages, tree

HOST = "https://kehoach.example.vn/"


def targets(site: Path, page: Path) -> list[tuple[str, str]]:
    """Every address that `page` points to on the site: (path below the root, anchor)."""
    here = HOST + page.relative_to(site).as_posix().removesuffix("index.html")
    found = []
    for element, _, value, _ in tree(page).iterlinks():
        if value.startswith(("mailto:", "tel:", "webcal:", "data:")):
            continue
        address = urlsplit(urljoin(here, value))
        if f"{address.scheme}://{address.netloc}/" != HOST:
            assert element.tag == "a", f"{page}: {value} asks another server"
            continue
        found.append((unquote(address.path).lstrip("/"), unquote(address.fragment)))
    return found


def test_every_internal_link_and_anchor_resolves(site):
    broken = set()
    checked = 0
    for page in pages(site):
        for path, anchor in targets(site, page):
            file = site / path / "index.html" if path.endswith("/") or not path else site / path
            checked += 1
            if not file.is_file():
                broken.add((page.relative_to(site).as_posix(), path))
            elif (
                anchor
                and file.suffix == ".html"
                and tree(file).get_element_by_id(anchor, None) is None
            ):
                broken.add((page.relative_to(site).as_posix(), f"{path}#{anchor}"))
    assert checked > 5000
    assert not broken


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_of_page_parses_without_an_error(site, kind):
    """The HTML Standard's parser, with every parse error an exception."""
    page = (site / KINDS[kind] / "index.html").read_text(encoding="utf-8")
    html5lib.HTMLParser(strict=True).parse(page)


def test_no_id_stands_twice_on_a_page(site):
    twice = {}
    for page in pages(site):
        ids = tree(page).xpath("//@id")
        repeated = {i for i in ids if ids.count(i) > 1}
        if repeated:
            twice[page.relative_to(site).as_posix()] = repeated
    assert not twice


def test_no_page_holds_inline_script_or_style(site):
    for page in pages(site):
        scripts = tree(page).xpath("//script[not(@src) and not(@type='application/ld+json')]")
        assert not scripts, page
        assert not tree(page).xpath("//@style | //style | //@onclick | //@onload"), page
