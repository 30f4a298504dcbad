"""Reading built pages."""

from functools import cache
from pathlib import Path

from lxml import etree
from lxml import html as lxml_html

# One address for each kind of page.
KINDS = {
    "home": "",
    "plans": "ke-hoach/",
    "plan": "ke-hoach/2022/ngay-khcn-quang-ngai/",
    "events": "su-kien/",
    "event": "su-kien/2022/toa-dam-cai-cach-hanh-chinh/",
    "calendars": "lich/",
    "year": "lich/2024/",
    "month": "lich/2022/05/",
    "subscribe": "lich/dang-ky/",
    "campaigns": "chu-de/",
    "campaign": "chu-de/2024/",
    "slogans": "khau-hieu/",
    "slogan": "khau-hieu/2022/nhiet-liet-18-5/",
    "units": "don-vi/",
    "unit": "don-vi/phong-hanh-chinh-tong-hop-quang-ngai/",
    "materials": "truyen-thong/",
    "material": "truyen-thong/2022/y-nghia-ngay-18-5/",
    "search": "tim-kiem/",
    "map": "so-do-trang/",
    "guide": "huong-dan/viet-ke-hoach/",
}


@cache
def tree(path: Path) -> etree._Element:
    return lxml_html.fromstring(path.read_text(encoding="utf-8"))


def pages(site: Path) -> list[Path]:
    found = sorted(site.rglob("*.html"))
    assert len(found) > 200
    return found


def text(element: etree._Element) -> str:
    """The element's text, white space folded."""
    return " ".join("".join(element.itertext()).split())


def blocks(element: etree._Element) -> str:
    """The element's text with a space between its blocks, white space folded."""
    return " ".join(" ".join(element.itertext()).split())
