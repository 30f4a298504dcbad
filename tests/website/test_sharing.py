"""What links to pages show where people share them, and what browsers ask every site for."""

import io
import json
from urllib.parse import urlsplit

import pytest
from lxml import etree
from PIL import Image

from kehoach.feeds import sitemap
from website.reading import KINDS, pages, tree

URL = "https://kehoach.example.vn/"
WANTED = {"og:type", "og:site_name", "og:locale", "og:title", "og:description", "og:image"}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_page_has_a_card_for_its_link(site, kind):
    page = tree(site / KINDS[kind] / "index.html")
    told = {meta.get("property"): meta.get("content") for meta in page.xpath("//meta[@property]")}
    assert told.keys() >= WANTED
    assert all(told.values())
    assert told["og:url"] == URL + KINDS[kind]
    title = page.findtext(".//title").rpartition(" - ")[0]
    assert told["og:title"] == (title if KINDS[kind] else told["og:site_name"])
    picture = site / urlsplit(told["og:image"]).path.lstrip("/")
    with Image.open(picture) as image:
        size = told["og:image:width"], told["og:image:height"]
        assert (*map(str, image.size),) == size == ("1200", "630")
    (card,) = page.xpath("//meta[@name='twitter:card']/@content")
    assert card == "summary_large_image"


def test_browsers_find_the_icons_that_they_ask_for(site):
    with Image.open(site / "favicon.ico") as icon:
        assert icon.info["sizes"] == {(16, 16), (32, 32), (48, 48)}
    with Image.open(site / "apple-touch-icon.png") as icon:
        assert icon.size == (180, 180)
        assert icon.convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 255)  # no hole in it
        assert icon.convert("RGBA").getpixel((90, 30))[:3] != (255, 255, 255)
    manifest = json.loads((site / "manifest.webmanifest").read_text())
    for told in manifest["icons"]:
        with Image.open(io.BytesIO((site / told["src"]).read_bytes())) as icon:
            assert f"{icon.width}x{icon.height}" == told["sizes"]


def test_robots_find_the_sitemap_and_each_page_of_it_says_when_it_changed(site):
    assert (site / "robots.txt").read_text().endswith(f"\nSitemap: {URL}sitemap.xml\n")
    rows = etree.fromstring((site / "sitemap.xml").read_bytes())
    found = {
        name: len(rows.findall(f".//{{{sitemap.NAMESPACE}}}{name}")) for name in ("url", "lastmod")
    }
    assert 200 < found["lastmod"] == found["url"] <= len(pages(site))
