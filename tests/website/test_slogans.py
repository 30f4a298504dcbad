"""The page of a slogan: each file says what it is for, and colours come as print shops write them."""

import pytest

from building.small import lay, made, plan, write
from kehoach.prints.formats import FORMATS, SCHEMES
from website.reading import KINDS, text, tree


@pytest.fixture
def page(site):
    return tree(site / KINDS["slogan"] / "index.html")


def test_what_is_for_paper_comes_first_and_pictures_say_their_size(page, site):
    prints = page.xpath("//li[@class='print']")
    assert len(prints) == len(FORMATS)
    for format, item in zip(FORMATS, prints, strict=True):
        (button,), others = item.xpath(".//a[contains(@class, 'button')]"), item.xpath(".//li/a")
        first = "PDF để in" if format.unit == "mm" else "PNG cho màn hình"
        assert text(button).startswith(first)
        assert text(button).endswith(f": {format.title}")
        files = {
            link.get("href").rsplit("/", 1)[1]: link.get("download") for link in [button, *others]
        }
        assert all((site / KINDS["slogan"] / name).is_file() for name in files)
        (picture,) = [saved for saved in files.values() if saved.endswith(".png")]
        if format.dpi:
            assert picture.endswith("-in-150dpi.png")
        else:
            width, height = format.pixels
            assert picture.endswith(f"-man-hinh-{width}x{height}px.png")
    assert len({text(link) for link in page.xpath("//li[@class='print']//a")}) == 6 * 3 + 3 * 2


def test_the_colours_are_those_that_are_drawn(page):
    rows = [
        [text(cell) for cell in row]
        for row in page.xpath("//section[@aria-labelledby='mau']//tbody/tr")
    ]
    assert rows == [
        ["Nền", "#C8102E", "200, 16, 46", "0, 100, 90, 10"],
        ["Chữ khẩu hiệu", "#FFE600", "255, 230, 0", "0, 5, 100, 0"],
        ["Tên cơ quan", "#FFFFFF", "255, 255, 255", "0, 0, 0, 0"],
    ]
    assert [row[1].lower() for row in rows] == [ink.rgb for _, ink in SCHEMES["do-vang"].inks]


def test_a_quick_look_without_prints_offers_none(tmp_path):
    root = lay(tmp_path)
    write(root, "ke-hoach/2022/x.md", plan("slogans: [{id: cau, text: Chào mừng Ngày 18/5}]"))
    page = made(root)["khau-hieu/2022/cau/index.html"].decode()
    assert "Chào mừng Ngày 18/5" in page
    assert 'class="print"' not in page
