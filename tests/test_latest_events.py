"""The list of all events shows the latest years, as many as a page bears, and leads on to the others."""

import pytest

from feeds.department import BODY, HEAD, SITE, lay
from kehoach.history import History
from kehoach.pages import events
from kehoach.pages.page import Templates
from kehoach.pages.parts import Book


@pytest.fixture
def listed(tmp_path, root):
    """The page that lists the events of a department that has so many in each year, and its HTML."""

    def laid(counts: dict[int, int]):
        texts = {}
        for year, count in counts.items():
            rows = [
                f"  - {{id: hoi-thao-{n}, title: Hội thảo {n}, when: tháng 5/{year}}}\n"
                for n in range(count)
            ]
            head = HEAD.replace("2024", str(year)).replace("campaign: ", "# ")
            texts[f"ke-hoach/{year}/ngay-khcn.md"] = f"{head}events:\n{''.join(rows)}{BODY}"
        library = lay(tmp_path, texts)
        assert len(library.events) == sum(counts.values())
        (page,) = events.listing(Book(library, SITE, History()))
        return page, Templates(root / "theme" / "pages").render(page, page.root)

    return laid


def test_years_are_shown_whole_until_the_page_is_full(listed):
    page, html = listed({2021: 60, 2022: 90, 2023: 100, 2024: 80})
    assert [group["year"] for group in page.view["groups"]] == [2024, 2023]
    assert html.count('<li class="event"') == 180
    assert '<p class="filters__count" role="status" data-filter-count="sự kiện">180 sự kiện' in html
    earlier = html[html.index("Sự kiện các năm trước:") :]
    assert '<a href="../su-kien/2022/">2022</a>, <a href="../su-kien/2021/">2021</a>.' in earlier


def test_the_latest_year_is_shown_however_long_it_is(listed):
    page, _ = listed({2023: 1, 2024: 201})
    assert [group["year"] for group in page.view["groups"]] == [2024]
    assert page.view["earlier"] == [2023]


def test_what_one_page_bears_is_all_there(listed):
    page, html = listed({2023: 100, 2024: 100})
    assert [group["year"] for group in page.view["groups"]] == [2024, 2023]
    assert "các năm trước" not in html
