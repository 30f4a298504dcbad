"""Long lists show the latest years, as many as a page bears, and lead on to the others."""

import re

import pytest

from feeds.department import BODY, HEAD, SITE, lay
from kehoach import pages
from kehoach.history import History
from kehoach.pages.page import Page, Templates
from kehoach.pages.parts import Book

DEADLINE = (
    "deadlines:\n  - {id: bao-cao, what: Báo cáo, when: 25/5/YEAR, who: Các phòng thuộc Sở}\n"
)


@pytest.fixture
def department(tmp_path):
    """The book of a department that has so many events and slogans in each year."""

    def laid(counts: dict[int, int]) -> Book:
        texts = {}
        for year, count in counts.items():
            events = [
                f"  - {{id: hoi-thao-{n}, title: Hội thảo {n}, when: tháng 5/{year},"
                " lead: Văn phòng Sở}\n"
                for n in range(count)
            ]
            words = [f"  - {{id: cau-{n}, text: Câu số {n}}}\n" for n in range(count)]
            head = HEAD.replace("2024", str(year)).replace("campaign: ", "# ")
            rows = f"events:\n{''.join(events)}{DEADLINE.replace('YEAR', str(year))}slogans:\n{''.join(words)}"
            texts[f"ke-hoach/{year}/ngay-khcn.md"] = f"{head}{rows}{BODY}"
        library = lay(tmp_path, texts)
        assert len(library.events) == sum(counts.values())
        return Book(library, SITE, History())

    return laid


@pytest.fixture
def shown(root):
    return lambda page: Templates(root / "theme" / "pages").render(page, page.root)


def one(found, address: str) -> Page:
    return next(page for page in found if page.address == address)


def test_years_are_shown_whole_until_the_page_is_full(department, shown):
    (page,) = pages.listing("events", department({2021: 60, 2022: 90, 2023: 100, 2024: 80}))
    html = shown(page)
    assert [group["year"] for group in page.view["groups"]] == [2024, 2023]
    assert html.count('<li class="event"') == 180
    assert '<p class="filters__count" role="status" data-filter-count="sự kiện">180 sự kiện' in html
    earlier = html[html.index("Sự kiện các năm trước:") :]
    assert '<a href="../su-kien/2022/">2022</a>, <a href="../su-kien/2021/">2021</a>.' in earlier


def test_the_latest_year_is_shown_however_long_it_is(department):
    (page,) = pages.listing("events", department({2023: 1, 2024: 201}))
    assert [group["year"] for group in page.view["groups"]] == [2024]
    assert page.view["earlier"] == [2023]


def test_what_one_page_bears_is_all_there(department, shown):
    (page,) = pages.listing("events", department({2023: 100, 2024: 100}))
    assert [group["year"] for group in page.view["groups"]] == [2024, 2023]
    assert "các năm trước" not in shown(page)


def test_slogans_likewise(department, shown):
    (page,) = pages.listing("slogans", department({2022: 90, 2023: 110, 2024: 80}))
    html = shown(page)
    assert html.count('<li class="card') == 110 + 80 + 1  # the theme of 2024
    assert "Khẩu hiệu các năm trước" in html
    assert '<a class="chip" href="../khau-hieu/2022/">Năm 2022</a>' in html


def test_a_unit_has_a_page_for_each_year(department, shown):
    book = department({2022: 60, 2023: 70, 2024: 20})
    page = one(pages.listing("units", book), "don-vi/van-phong/")
    html = shown(page)
    # Its own 90 and its group's two deadlines; 2022 would be too much.
    assert html.count('<li class="event"') == 90 + 2
    assert 'Việc các năm trước: <a href="../../don-vi/van-phong/2022/">2022</a>.' in html
    chips = re.findall(r'class="chip" href="../../(don-vi/van-phong/\d+/)"', html)
    assert chips == [f"don-vi/van-phong/{year}/" for year in (2024, 2023, 2022)]
    for address, count in zip(chips, (20, 70, 60), strict=True):
        year = int(address.split("/")[2])
        found = one(pages.of_year("units", book, year), address)
        assert found.title == f"Văn phòng Sở năm {year}"
        assert shown(found).count('<li class="event"') == count
        named = f'Các phòng thuộc Sở <span class="kept">năm {year}</span>'  # on one line
        group = f'<a href="../../../don-vi/cac-phong/{year}/">{named}</a>'
        assert group in shown(found)
        assert one(pages.of_year("units", book, year), f"don-vi/cac-phong/{year}/")


def test_a_year_without_the_unit_is_no_page_of_it(department, shown):
    book = department({2024: 2})
    found = {page.address for page in pages.of_year("units", book, 2024)}
    assert found == {"don-vi/so-khcn/2024/", "don-vi/van-phong/2024/", "don-vi/cac-phong/2024/"}
    assert "chips" not in shown(one(pages.listing("units", book), "don-vi/van-phong/"))
